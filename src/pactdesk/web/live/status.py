"""Which status an error has."""

from __future__ import annotations

from pactdesk.apps.conversations.errors import (
    ConversationNotInState,
    IdempotencyKeyUnusable,
    MessageEmpty,
    MessageNotUnicode,
    MessageTooLong,
)
from pactdesk.apps.parties.errors import NotAdmitted, NotAllowed
from pactdesk.core.facts.fields import FactMalformed
from pactdesk.core.units.errors import PactError
from pactdesk.gateways.pictures.errors import (
    PictureKindRefused,
    PictureMissing,
    PictureTooBig,
    PictureTooManyPixels,
    PictureUnreadable,
)
from pactdesk.web.live.errors import (
    BodyTooLarge,
    BodyTooSlow,
    BodyUnreadable,
    DayIsSealed,
    DoorBusy,
    DoorFailed,
    MethodRefused,
    OpeningKeyShort,
    OriginRefused,
    TooOften,
)
from pactdesk.web.live.tickets import TicketExpired, TicketRefused

_STATUS: dict[type[PactError], int] = {
    BodyUnreadable: 400,
    MessageEmpty: 400,
    MessageNotUnicode: 400,
    MessageTooLong: 400,
    IdempotencyKeyUnusable: 400,
    OpeningKeyShort: 400,
    PictureMissing: 400,
    PictureKindRefused: 400,
    PictureUnreadable: 400,
    PictureTooManyPixels: 400,
    FactMalformed: 400,
    TicketRefused: 401,
    TicketExpired: 401,
    NotAdmitted: 403,
    NotAllowed: 403,
    OriginRefused: 403,
    MethodRefused: 405,
    BodyTooSlow: 408,
    ConversationNotInState: 409,
    DayIsSealed: 409,
    BodyTooLarge: 413,
    PictureTooBig: 413,
    TooOften: 429,
    DoorFailed: 500,
    DoorBusy: 503,
}


def status_of(problem: PactError) -> int:
    """404 for whatever is not known, or not to be seen; 409 for what is told nowhere here."""
    for kind in type(problem).__mro__:
        if kind in _STATUS:
            return _STATUS[kind]
    return 404 if type(problem).__name__.endswith("Unknown") else 409
