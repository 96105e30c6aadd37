"""Everything that a lawyer notes from one paper."""

from __future__ import annotations

from dataclasses import dataclass

from pactdesk.documents.grammar.quantities import Quantity
from pactdesk.documents.paper import Paper
from pactdesk.documents.provisions import (
    advances,
    assessment,
    confidentiality,
    dispute,
    fee,
    lateness,
    liability_cap,
    notice_days,
    open_places,
    part_time,
    parties,
    payment,
    renewal,
    service_hours,
    suspension,
    term,
)
from pactdesk.documents.provisions.advances import Advance, Deposit
from pactdesk.documents.provisions.assessment import Assessment
from pactdesk.documents.provisions.confidentiality import Confidentiality
from pactdesk.documents.provisions.deductions import reading as deductions
from pactdesk.documents.provisions.deductions.kinds import Deduction
from pactdesk.documents.provisions.dispute import Dispute
from pactdesk.documents.provisions.fee import Fee
from pactdesk.documents.provisions.lateness import Penalty
from pactdesk.documents.provisions.levels import reading as levels
from pactdesk.documents.provisions.levels.level import Level
from pactdesk.documents.provisions.liability_cap import LiabilityCap
from pactdesk.documents.provisions.noted import Noted
from pactdesk.documents.provisions.part_time import PartTime
from pactdesk.documents.provisions.parties import Named
from pactdesk.documents.provisions.passage import Passage, passage_of
from pactdesk.documents.provisions.payment import Payment
from pactdesk.documents.provisions.renewal import Renewal
from pactdesk.documents.provisions.term import Term


@dataclass(frozen=True, slots=True)
class Provisions:
    """All kinds, each with its places in `passage`; None where the paper says nothing."""

    passage: Passage
    provider: Noted[Named] | None
    client: Noted[Named] | None
    term: Term
    renewal: Noted[Renewal] | None
    fee: Fee
    payment: Payment
    down_payment: Noted[Advance] | None
    final_payment: Noted[Advance] | None
    deposit: Noted[Deposit] | None
    late_fee: Noted[Penalty] | None
    provider_penalty: Noted[Penalty] | None
    suspension: Noted[int] | None
    service_hours: Noted[str] | None
    part_time: PartTime | None
    levels: tuple[Noted[Level], ...]
    deductions: tuple[Noted[Deduction], ...]
    assessment: Assessment
    notice_days: dict[str, Noted[Quantity]]
    confidentiality: Noted[Confidentiality] | None
    dispute: Noted[Dispute] | None
    liability_cap: Noted[LiabilityCap] | None
    open_places: tuple[Noted[str], ...]


def provisions_of(paper: Paper) -> Provisions:
    """Reads them all; a kind that the paper is mute on is None or empty, never guessed."""
    passage = passage_of(paper)
    provider, client = parties.read(passage)
    return Provisions(
        passage=passage,
        provider=provider,
        client=client,
        term=term.read(passage),
        renewal=renewal.read(passage),
        fee=fee.read(passage),
        payment=payment.read(passage),
        down_payment=advances.down_payment(passage),
        final_payment=advances.final_payment(passage),
        deposit=advances.deposit(passage),
        late_fee=lateness.late_fee(passage),
        provider_penalty=lateness.provider_penalty(passage),
        suspension=suspension.read(passage),
        service_hours=service_hours.read(passage),
        part_time=part_time.read(passage),
        levels=levels.read(passage),
        deductions=deductions.read(passage),
        assessment=assessment.read(passage),
        notice_days=notice_days.read(passage),
        confidentiality=confidentiality.read(passage),
        dispute=dispute.read(passage),
        liability_cap=liability_cap.read(passage),
        open_places=open_places.read(passage),
    )
