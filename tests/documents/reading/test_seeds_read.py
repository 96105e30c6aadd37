"""The five real templates: their type, who serves, their blanks, their plainest contradictions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from pactdesk.core.terms.base import Blank, Model, Source
from pactdesk.core.terms.clauses.deduction import Deduction
from pactdesk.core.terms.clauses.duty import Duty, Topic
from pactdesk.core.terms.clauses.fee_fixed import FixedFee
from pactdesk.core.terms.clauses.fee_headcount_hours import HeadcountHoursFee, HoursBasis
from pactdesk.core.terms.clauses.parties import Parties
from pactdesk.core.terms.clauses.payment import Payment
from pactdesk.core.terms.clauses.service_level import Metric, ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.filling import filled
from pactdesk.core.terms.text import contract_from_yaml, contract_to_yaml, plain_yaml
from pactdesk.documents.reading import Reading, read_contract
from pactdesk.documents.source import SourceText, read_source

SEEDS = sorted((Path(__file__).resolve().parents[3].parent / "shared" / "seeds").glob("*.txt"))
ANSWERS = Path(__file__).resolve().parents[1] / "answers"

every_seed = pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])


def seed_named(number: str) -> pytest.MarkDecorator:
    """Only the seed with that number, or nothing where the seeds are absent."""
    found = [path for path in SEEDS if path.name.startswith(number)]
    return pytest.mark.parametrize("seed", found, ids=lambda path: path.name[:3])


@cache
def source(seed: Path) -> SourceText:
    return read_source(seed)


@cache
def reading(seed: Path) -> Reading:
    return read_contract(source(seed))


def answered(seed: Path) -> Contract:
    file = ANSWERS / f"{seed.name[:3]}.yaml"
    return filled(reading(seed).contract, plain_yaml(file.read_text("utf-8"), file.name))


def sources_in(value: object) -> Iterator[Source]:
    if isinstance(value, Source):
        yield value
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from sources_in(getattr(value, name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from sources_in(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from sources_in(item)


TYPES = {
    "000": ("temporary_staffing", "乙方", "甲方"),
    "001": ("service_agreement", "甲方", "乙方"),
    "002": ("service_management", "乙方", "甲方"),
    "003": ("part_time_agent", "乙方", "甲方"),
    "004": ("system_outsourcing", "服务提供商", "客户"),
}

FINDINGS = {
    "000": {
        "ROLE_INVERTED",
        "PAYMENT_DIRECTION_REVERSED",
        "PAYMENT_TERM_CONFLICT",
        "PENALTY_UNDETERMINED",
        "ARB_OR_LIT",
        "ARB_BODY_UNSPECIFIED",
        "TERM_MISMATCH",
        "MULTI_COURT_VENUE",
    },
    "001": {
        "PLACEHOLDERS_AS_VALUES",
        "RENEWAL_CONFLICT",
        "METRIC_MISNAMED",
        "UNIT_AMBIGUOUS",
        "TRUNCATED",
    },
    "002": {
        "PARTY_NOT_IDENTIFIED",
        "TEXT_MISSING",
        "PENALTY_OVERLAP",
        "PENALTY_BASE_TOTAL",
        "TERM_MISMATCH",
        "VAGUE_STANDARD",
        "TRUNCATED",
    },
    "003": {
        "PARTTIME_NO_CAP",
        "PARTTIME_PAY_CYCLE_GT_15D",
        "PARTTIME_PENALTY_ILLEGAL",
        "LABOR_DISPUTE_ROUTE",
        "VENUE_ONE_SIDED",
        "NONBREACH_AS_BREACH",
        "TRUNCATED",
    },
    "004": {
        "MISSING_ARTICLES",
        "TOC_BODY_MISMATCH",
        "ARB_THEN_LIT",
        "CONF_ENDS_WITH_CONTRACT",
        "CONF_TERM_CONFLICT",
        "SURVIVAL_CONFLICT",
        "PRECEDENCE_CONFLICT",
        "UNSPECIFIED_CONSECUTIVE",
        "TERMINATION_EMPTY",
        "THIRD_PARTY_LIABILITY_SHIFT",
        "ROLE_ALIAS",
        "VENUE_BLANK",
        "TRUNCATED",
    },
}

TWO_SIDED = {
    "ROLE_INVERTED",
    "PAYMENT_DIRECTION_REVERSED",
    "PAYMENT_TERM_CONFLICT",
    "TERM_MISMATCH",
    "RENEWAL_CONFLICT",
    "PENALTY_OVERLAP",
    "ARB_THEN_LIT",
    "ARB_OR_LIT",
    "CONF_TERM_CONFLICT",
    "SURVIVAL_CONFLICT",
    "PRECEDENCE_CONFLICT",
    "MISSING_ARTICLES",
    "VENUE_BLANK",
}


@every_seed
def test_the_family_and_who_serves_are_decided_from_the_deeds(seed: Path) -> None:
    contract = reading(seed).contract
    parties = contract.one(Parties)
    found = (contract.contract_type, parties.provider.label, parties.client.label)
    assert found == TYPES[seed.name[:3]]


@every_seed
def test_the_plainest_contradictions_are_found(seed: Path) -> None:
    assert FINDINGS[seed.name[:3]] <= {finding.code for finding in reading(seed).findings}


@every_seed
def test_a_contradiction_shows_both_its_sides(seed: Path) -> None:
    for finding in reading(seed).findings:
        if finding.code in TWO_SIDED:
            assert len(finding.quotes) >= 2, finding


@every_seed
def test_every_quote_stands_where_its_source_says(seed: Path) -> None:
    paper, read = source(seed), reading(seed)
    places = [place for clause in read.contract.clauses for place in sources_in(clause)]
    places += [quote for finding in read.findings for quote in finding.quotes] + [*read.unused]
    assert places
    for place in places:
        assert place.sha256 == paper.sha256
        assert place.quote == paper.text[place.start : place.end]
        original = paper.original_quote(place.start, place.end)
        assert (place.original or place.quote) == original


@every_seed
def test_no_printed_example_becomes_a_value(seed: Path) -> None:
    for clause in reading(seed).contract.clauses:
        for path, place in clause.sources.items():
            value: object = clause
            for field in path.split("."):
                value = getattr(value, field, None)
            if isinstance(value, Blank):
                continue
            assert "例如" not in place.quote or len(place.quote) > 60, (path, place.quote)


@every_seed
def test_a_draft_survives_its_own_file(seed: Path) -> None:
    contract = reading(seed).contract
    assert contract_from_yaml(contract_to_yaml(contract)) == contract


@every_seed
def test_every_suggestion_has_the_form_of_its_field(seed: Path) -> None:
    contract = reading(seed).contract
    for path, blank in contract.blanks():
        if blank.suggested is not None:
            accepted = filled(contract, {"answers": {path: blank.suggested}})
            assert path not in dict(accepted.blanks())


@seed_named("001")
@pytest.mark.requirement("B8", "B10", "B12", "B20", "B22", "B23", "T5")
def test_the_examples_of_a_template_are_suggestions(seed: Path) -> None:
    open_fields = dict(reading(seed).contract.blanks())
    suggested = {path: blank.suggested for path, blank in open_fields.items()}
    assert suggested["fee-1.amount"] == "20000.00"
    assert suggested["fee-1.per"] == "month"
    assert suggested["level-2.target"] == "0.995"
    assert suggested["level-4.target"] == "0.85"
    assert suggested["payment-1.due.n"] == 10
    assert suggested["late-fee-1.rate_per_day"] == "0.0005"
    assert suggested["suspension-1.after_days"] == 30
    assert suggested["level-1.within"] is None  # "X秒内/分钟内" proposes nothing
    assert suggested["level-1.target"] is None


@seed_named("001")
@pytest.mark.requirement("B8", "B9", "B10", "B11", "B12", "B15", "B18")
def test_answers_alone_complete_a_service_agreement(seed: Path) -> None:
    contract = answered(seed).completed()
    assert str(contract.one(FixedFee).amount) == "20000.00"
    assert [level.metric for level in contract.of_kind(ServiceLevel)] == [
        Metric.FIRST_RESPONSE_SHARE,
        Metric.AVAILABILITY,
        Metric.RESOLUTION_SHARE,
        Metric.CSAT,
    ]
    due = contract.one(Payment).due
    assert (str(due.kind), due.n, str(due.event)) == ("working_days_after", 10, "period_end")


@seed_named("004")
@pytest.mark.requirement("E11", "E12", "E17", "E22", "E33", "E42", "E47")
def test_answers_and_the_indicator_table_complete_an_outsourcing(seed: Path) -> None:
    contract = answered(seed).completed()
    fee = contract.one(HeadcountHoursFee)
    assert (fee.headcount, str(fee.unit_price), fee.hours_basis) == (
        8,
        "36.00",
        HoursBasis.VERIFIED,
    )
    assert len(contract.of_kind(ServiceLevel)) == 5
    assert len(contract.of_kind(Deduction)) == 3
    assert contract.value("suspension-1.after_days") == 30
    assert contract.value("assessment-1.consecutive_misses") == 3


@seed_named("004")
@pytest.mark.requirement("E1", "E2", "E3", "E4", "E6", "E7", "E8", "E9", "E15", "E18", "E45")
def test_the_duties_of_an_outsourcing_are_kept_with_who_owes_them(seed: Path) -> None:
    duties = {(duty.by, duty.topic) for duty in reading(seed).contract.of_kind(Duty)}
    assert {
        ("provider", Topic.SYSTEM_MAINTENANCE),
        ("provider", Topic.TECHNICAL_SUPPORT),
        ("provider", Topic.DATA_MANAGEMENT),
        ("provider", Topic.USER_TRAINING),
        ("provider", Topic.OVERTIME),
        ("provider", Topic.STAFFING),
        ("provider", Topic.AGENT_TRAINING),
        ("provider", Topic.DISCIPLINE),
        ("provider", Topic.QUALITY),
        ("client", Topic.INDICATORS),
        ("provider", Topic.SELF_MONITORING),
        ("provider", Topic.REPORT),
        ("client", Topic.CLIENT_INPUT),
        ("both", Topic.GOVERNING_LAW),
    } <= duties


@seed_named("000")
@pytest.mark.requirement("A42", "A49")
def test_two_rules_for_one_due_day_leave_it_open(seed: Path) -> None:
    assert isinstance(reading(seed).contract.one(Payment).due.kind, Blank)
