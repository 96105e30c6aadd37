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
