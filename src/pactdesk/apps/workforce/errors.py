"""What can be wrong with time at work."""

from __future__ import annotations

from pactdesk.core.units.errors import PactError


class StintUnknown(PactError):
    """No time at work `stint` can be seen."""


class ContractNotBegun(PactError):
    """Nobody clocks in for the contract `code`, which is a draft."""


class StintTimesWrong(PactError):
    """A time at work ends before it begins, in the future, or lasts more than `hours` hours."""


class StintsOverlap(PactError):
    """The agent was clocked in elsewhere then; all shares together would be `share`."""


class CorrectionReasonMissing(PactError):
    """Nobody corrects times without saying why, in at most `longest` characters."""


class ClockNotCorrected(PactError):
    """The log holds facts of the agent from elsewhere that stand in the way."""


class RuleUnknown(PactError):
    """No rules `document` can be seen."""


class RuleIncomplete(PactError):
    """Rules need a name and a text."""


class RuleTooLong(PactError):
    """A name has at most `name` characters, a text `body`, a red line `line`."""


class RuleChanged(PactError):
    """There is a newer version of `name` than the one that was read."""


class RuleNotSigned(PactError):
    """`name` had to be signed by `due`, and nobody clocks in before it is."""


class DeviceUnknown(PactError):
    """No device `device` of somebody in the person's contracts can be seen."""


class ShiftUnknown(PactError):
    """No shift `shift` can be seen."""


class ShiftTimesWrong(PactError):
    """A shift ends before it begins, is over, or lasts more than `hours` hours."""


class ShiftsOverlap(PactError):
    """Somebody would be planned for more than an hour in an hour."""


class ShiftAnswered(PactError):
    """A shift was answered, taken back or has begun."""


class AvailabilityWrong(PactError):
    """Times of a day end before they begin."""
