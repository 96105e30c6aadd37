"""What can be wrong between the parties about a statement."""

from __future__ import annotations

from pactdesk.core.units.errors import PactError


class StatementUnknown(PactError):
    """No statement `statement` can be seen."""


class ObjectionUnknown(PactError):
    """No objection `objection` can be seen."""


class AlreadyConfirmed(PactError):
    """`party` has confirmed the statement `number` already."""


class ContentDiffers(PactError):
    """What was read of `number` is not what is stored: its hash is not `expected`."""


class ObjectionOpen(PactError):
    """The statement `number` cannot be confirmed while the objection to line `line` is open."""


class LineObjected(PactError):
    """An objection to line `line` of `number` is open already."""


class ObjectionEnded(PactError):
    """The objection to line `line` has ended (`outcome`)."""


class ObjectionTooLate(PactError):
    """Objections to `number` were possible until `until`."""


class ReasonMissing(PactError):
    """An objection, or an answer to one, needs its reason."""


class ReasonTooLong(PactError):
    """A reason of `length` characters; `longest` can be kept."""


class DutyNotOpen(PactError):
    """`duty` is no obligation that is open now and that somebody has to say is done."""


class EventUnknown(PactError):
    """No event `event` can be seen."""


class EventKindUnknown(PactError):
    """No events of the kind `kind` can be told here by this party."""


class EventNotOffered(PactError):
    """No clause of the contract looks for what was told, or it is the other party's to tell."""


class EventAnswered(PactError):
    """The event does not wait for this party's answer."""


class EventInFuture(PactError):
    """What is told has not happened yet."""


class EventToldAlready(PactError):
    """Something else was told under the same id; nothing that was told is edited."""


class ApprovedTooMuch(PactError):
    """An expense of `claimed_fen` was claimed; `approved_fen` is above it, or nothing."""


class ArrivalImpossible(PactError):
    """A notice cannot have arrived before it was sent, nor in the future."""


class DisputeUnknown(PactError):
    """No dispute `dispute` can be seen."""


class DisputeOpenAlready(PactError):
    """A dispute about the statement `number` is open already."""


class DisputeClosed(PactError):
    """The dispute has ended (`state`)."""


class DisputeWithoutLines(PactError):
    """A dispute, a position or a proposal names at least one line."""


class DisputedAmountWrong(PactError):
    """An amount of a line is beyond anything that can be owed."""


class ProposalNotWaiting(PactError):
    """The proposal is not the other party's newest, or was answered already."""


class RouteEnded(PactError):
    """The terms name no further step."""


class StepGroundless(PactError):
    """No right to the step has arisen, and no cause was told."""


class RemedyAboveDeduction(PactError):
    """More yuan are let off (`waived`) than the clause asked for in `period` (`asked`)."""


class PaymentAboveDebt(PactError):
    """A payment of `paid` yuan, where `owed` yuan are left to pay."""
