"""What can stop the reading of a file. The sentences are in messages/*/documents.yaml."""

from __future__ import annotations

from pactdesk.core.units.errors import PactError


class FileMissing(PactError):
    """There is no file at `file`."""


class FileUnreadable(PactError):
    """`file` exists, but the system does not let us read it: `reason`."""


class FileEmpty(PactError):
    """`file` has no text in it."""


class FileTooLarge(PactError):
    """`file` has `size` bytes, more than the `limit`."""


class TextTooLong(PactError):
    """The text of `file` has `size` characters, more than the `limit`."""


class SentencesMissing(PactError):
    """The text of `file` goes on for `size` characters without a full stop or a new line."""


class NotADocument(PactError):
    """`file` is not of a kind that is read here, or is broken."""


class OldWordFile(PactError):
    """`file` is a .doc of Word 97 to 2003 (or another OLE file), not a .docx."""


class MacrosInside(PactError):
    """`file` is a Word document with macros, which are never opened here."""


class EncryptedFile(PactError):
    """`file` is protected by a password."""


class ArchiveTooLarge(PactError):
    """`file` unpacks to `size` bytes, more than the `limit`: perhaps a zip bomb."""


class EntitiesInside(PactError):
    """The XML of `file` declares entities, which no word processor does."""


class EncodingUnknown(PactError):
    """The bytes of `file` are text in none of the encodings tried: `tried`."""


class TrackedChanges(PactError):
    """`file` has `count` tracked changes, the first reading `first`: two texts in one."""


class ScannedPdf(PactError):
    """`file` has `pages` pages and next to no text: pictures of a document."""


class TooManyPages(PactError):
    """`file` has `pages` pages, more than the `limit`."""
