"""What can be wrong with the settings or the private PostgreSQL."""

from __future__ import annotations

from pactdesk.core.units.errors import PactError


class SettingMissing(PactError):
    """The environment lacks `name`, which has no safe default."""


class SettingWrong(PactError):
    """The environment has `name` as `given`, where `expected` must stand."""


class DatabaseAddressWrong(PactError):
    """The setting `name` is not a PostgreSQL address with a host or socket, user and database."""


class PostgresMissing(PactError):
    """The package `package` with the private PostgreSQL is not installed."""


class ServerAccountMissing(PactError):
    """This is root, PostgreSQL refuses to run as root, and none of `accounts` exists."""


class NoFolderForServer(PactError):
    """None of `folders` can be used by the `account` that PostgreSQL runs as."""


class ServerFailed(PactError):
    """PostgreSQL's `command` failed; the last lines it wrote are `said`."""


class AddressTaken(PactError):
    """Something else listens at `address` already, where `name` should."""


class ChildCannotStart(PactError):
    """The process `name` ended, or did not answer in time; its last lines are `said`."""


class ChildKeepsDying(PactError):
    """The process `name` has died `times` times in a row; its last lines are `said`."""
