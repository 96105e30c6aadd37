"""Why a file is not taken."""

from __future__ import annotations

from pactdesk.core.units.errors import PactError


class HandedFileEmpty(PactError):
    """The file `name` holds nothing."""


class FileKindRefused(PactError):
    """The file `name` is of no kind that is passed on; `kinds` are."""


class FileDiffers(PactError):
    """The file `name` is not, by its content, what its name says."""


class FileHoldsMacros(PactError):
    """The file `name` holds a program that opening it would run."""
