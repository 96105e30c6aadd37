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


class ConfigMissing(PactError):
    """There is no `file`, so nothing is installed there."""


class ConfigOpen(PactError):
    """Others than its owner can read `file`, which holds secrets; its mode is `mode`."""


class ConfigUnreadable(PactError):
    """Line `line` of `file` is not NAME="value"; 0 when the file cannot be read at all."""


class DemoNotServed(PactError):
    """The setting PACTDESK_MODE is `mode`; only production is served to people."""


class SecretKeyWeak(PactError):
    """The SECRET_KEY can be guessed: too few different characters, or one from an example."""


class DebugInTheOpen(PactError):
    """Debugging is on, and `address` can be reached from other machines."""


class SealingKeyForDemo(PactError):
    """The sealing key in `path` is one for demonstrations, whose seals prove nothing."""


class PrivatePostgresNotAllowed(PactError):
    """The data lie in the private PostgreSQL; `option` says that this is meant."""


class DatabaseUnreachable(PactError):
    """The database of the setting `name` does not answer: `problem`."""


class RoleTooPowerful(PactError):
    """The role `role` of the setting `name` could pass the walls, because `why`."""


class MigrationsMissing(PactError):
    """The database lacks `count` migrations of this version; the first is `first`."""


class DatabaseNewer(PactError):
    """The database has migrations that this version does not know; the first is `first`."""


class UpgradeRunning(PactError):
    """Another upgrade of this database is at work."""


class AnswerMissing(PactError):
    """Nobody can be asked, and `option` was not given."""


class BackupExists(PactError):
    """There is a `file` already; a backup is never overwritten."""


class BackupNotWritable(PactError):
    """The backup `file` cannot be written: `problem`."""


class BackupFailed(PactError):
    """The `program` of PostgreSQL did not succeed; it said `said`."""


class BackupRoleMissing(PactError):
    """The owner may not take on the role `role`, without which the walls hide the rows."""


class BackupUnreadable(PactError):
    """The `file` is no backup of ours, or of a version that this one does not know."""


class BackupKeyWrong(PactError):
    """The backup `file` does not open with this secret; it was locked with a `needed`."""


class BackupChanged(PactError):
    """The backup `file` was changed before byte `place`."""


class BackupCut(PactError):
    """The backup `file` ends after `chunks` whole pieces, before its end."""


class BackupKeyUnreadable(PactError):
    """The file `file` is not a key of 64 hex digits, for its owner alone."""


class RestoreNotEmpty(PactError):
    """The database of `name` has tables already; the first is `table`."""


class RestoreHow(PactError):
    """Either `check` or `into` says what to do with a backup."""


class SealsEndElsewhere(PactError):
    """The chain of contract `contract_id` ends with `found`, where the backup says `expected`."""


class ClockDiffers(PactError):
    """The clocks of this machine and the database are `seconds` apart."""


class TablesWithoutWalls(PactError):
    """The runtime roles may use `tables`, which no row-level wall protects."""


class SealsBehind(PactError):
    """The contract `contract_id` is sealed through `sealed` only."""


class ErrandsStuck(PactError):
    """`count` errands wait since long, or were given up; the last problem is `problem`."""


class DiskFull(PactError):
    """The disk of `folder` has only `free` left."""


class AddressFails(PactError):
    """The address of `name` cannot be used: `problem`."""


class CertificateEnds(PactError):
    """The certificate of `name` ends in `days` days."""


class VaultElsewhere(PactError):
    """The vault's keys are in the variable `name`, not in the file that `file` names."""


class VaultJustRotated(PactError):
    """Less than `seconds` ago the keys were changed; something may still hold the old ones."""


class NothingToDrop(PactError):
    """The vault file `file` has one key only."""


class SettingsDiffer(PactError):
    """The setting `name` stands in `file` already, and otherwise than it was given now."""


class MailTestFailed(PactError):
    """The test mail did not leave (`problem`); SMTP_URL stands in `file`."""
