"""What can be wrong with a request."""

from __future__ import annotations

from pactdesk.core.units.errors import PactError


class RequestUnknown(PactError):
    """No request `code` of the contract can be seen."""


class FileUnknown(PactError):
    """No file `file` of the request can be seen."""


class RequestNotInState(PactError):
    """`action` cannot be done to request `code`, which is `state`, by this party now."""


class RequestWordsMissing(PactError):
    """Something has to be said here, and nothing was."""


class RequestTooLong(PactError):
    """A text of `length` characters; `longest` is the limit."""


class ReturnDayMissing(PactError):
    """Data are to be returned or destroyed, but by no day."""


class DayPassed(PactError):
    """The day `day` is over already."""


class NothingDelivered(PactError):
    """A delivery without a file, and without saying where the data were handed over."""


class DeliveryTooBig(PactError):
    """Files of `size` MB in one delivery; `largest` is the limit."""


class TooManyFiles(PactError):
    """`count` files in one delivery; `most` is the limit."""


class DigestUnreadable(PactError):
    """`digest` is not a SHA-256 in hexadecimal."""


class NotLate(PactError):
    """Request `code` was answered in time, by the provider, or not yet: no time was lost."""
