"""What the live door refuses by itself."""

from __future__ import annotations

from pactdesk.core.units.errors import PactError


class OriginRefused(PactError):
    """A page from `origin` may not use this ticket or this site."""


class BodyUnreadable(PactError):
    """A request's body is not the JSON that is wanted there: `problem`."""


class BodyTooLarge(PactError):
    """A request's body is larger than `longest` bytes."""


class BodyTooSlow(PactError):
    """A request's body had not come whole after `seconds`."""


class TooOften(PactError):
    """Somebody asks faster than the door lets anybody; again in `seconds`."""


class DoorBusy(PactError):
    """The database cannot be reached, or does not keep up; again in `seconds`."""


class DoorPathUnknown(PactError):
    """The door has nothing at `path`."""


class MethodRefused(PactError):
    """What there is at `path` is not asked with `method`."""


class DayIsSealed(PactError):
    """The database's clock stands in a day that is sealed already, so nothing can be added."""


class OpeningKeyShort(PactError):
    """The secret name of a conversation has fewer than `shortest` characters."""


class DoorFailed(PactError):
    """A fault of ours, which the log tells more about."""
