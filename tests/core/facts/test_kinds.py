"""Every kind of fact is written and read back, and anything malformed is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.facts.canonical import Json, canonical_json, parse_canonical
from pactdesk.core.facts.fact import (
    Fact,
    RecordedFact,
    RecordMalformed,
    content_in,
    content_of,
    from_record,
    line_of,
    record_line,
    to_record,
)
from pactdesk.core.facts.families.life import ContractStep, DutyDone, NoticeGiven
from pactdesk.core.facts.families.money import DepositMoved, ExpenseTold, LossShown, SaleTold
from pactdesk.core.facts.families.staff import AgentPaid, LeaveTaken, RewardGiven
from pactdesk.core.facts.families.works import (
    ForecastGiven,
    IncidentHappened,
    ScoreGiven,
    UsageCounted,
    WorkTold,
)
from pactdesk.core.facts.fields import (
    FactFieldMissing,
    FactFieldUnknown,
    FactFieldWrong,
    Measured,
)
from pactdesk.core.facts.kinds import (
    MEASURED_BY_KIND,
    Actor,
    Assignment,
    Attendance,
    AttendanceEvent,
    CaseType,
    Channel,
    Clock,
    ClockEvent,
    ClockMetric,
    Exclusion,
    FactKind,
    FactKindUnknown,
    InteractionAbandoned,
    InteractionClassified,
    InteractionClosed,
    InteractionOpened,
    InvoiceReceived,
    ObjectionOutcome,
    Party,
    Payment,
    Probe,
    Rating,
    StatementAccepted,
    StatementAnswered,
    StatementConfirmed,
    StatementIssued,
    StatementMade,
    StatementObjected,
    StatementReceived,
    Verdict,
)
from pactdesk.core.facts.names import (
    ContractEvent,
    DepositEvent,
    DutyEvent,
    ExpenseEvent,
    NoticeEvent,
    SaleEvent,
    WorkEvent,
)
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant, Milliseconds

EXAMPLES: list[Measured] = [
    InteractionOpened("i-1", Channel.CHAT, CaseType.COMPLAINT, "c-1"),
    InteractionOpened("i-1", Channel.PHONE),
    InteractionClassified("i-1", CaseType.SUGGESTION),
    InteractionClosed("i-1"),
    InteractionAbandoned("i-1"),
    Clock("i-1", ClockMetric.FIRST_RESPONSE, ClockEvent.FULFIL, actor=Actor.AGENT, proof="m-2"),
    Clock("i-1", ClockMetric.RESOLUTION, ClockEvent.PAUSE, reason="等待客户补充材料"),
    Rating("i-1", 5, 5),
    Attendance("a-1", AttendanceEvent.CLOCK_IN),
    Assignment("a-1", "1/2"),
    Probe("chat", False, Milliseconds(60_000)),
    Exclusion(Instant(0), Instant(1), ("5.1",), "机房停电", (Party.PROVIDER, Party.CLIENT)),
    StatementIssued("s-1", "2026-09", -120_340, {"5.1": Verdict.MET, "5.2": Verdict.MISSED}),
    StatementReceived("s-1"),
    StatementConfirmed("s-1"),
    StatementAccepted("s-1", Party.CLIENT, "ab" * 32),
    StatementObjected("s-1", "o-1", 4),
    StatementAnswered("s-1", "o-1", ObjectionOutcome.REJECTED),
    InvoiceReceived("s-1"),
    Payment("s-1", 1),
    StatementMade("s-1", "2026-10-02", 1, {"fee-1": 120_000, "deduction-1": -3_000}),
    UsageCounted("message", 1200, "export.csv#12"),
    ForecastGiven("conversation", "2026-10", 3000),
    WorkTold("fee-1", WorkEvent.REFUSED, "1/2", "缺少分析报告"),
    IncidentHappened("n-1", "data_leak", Party.PROVIDER, 1, (Party.PROVIDER, Party.CLIENT)),
    ScoreGiven("service", "2026-10", 87, 100, (Party.CLIENT,)),
    SaleTold("o-1", SaleEvent.PAID, 12_345, "a-1"),
    ExpenseTold("x-1", ExpenseEvent.CLAIMED, "差旅", 31_000, "cd" * 32),
    DepositMoved("deposit-1", DepositEvent.PAID, 2_000_000),
    LossShown("k-1", Party.CLIENT, 5_000_000, "1/2", "1", "2/3", "双方核定", ()),
    LeaveTaken("a-1", Instant(0), Instant(1), "病假", (Party.CLIENT,)),
    RewardGiven("a-1", 20_000, "月度之星"),
    AgentPaid("a-1", "2026-10-1", 51_000),
    NoticeGiven("no-1", "termination", Party.CLIENT, NoticeEvent.ARRIVED, None),
    ContractStep(ContractEvent.RENEWED, until="2027-12-31"),
    DutyDone("duty-1", "2026-10", DutyEvent.DONE, Party.PROVIDER),
]


def fact_that(detail: Measured, **changes: object) -> Fact:
    given_values: dict[str, object] = {
        "contract_id": "c", "source": "chat", "event_id": "e-1", "occurred_at": Instant(5),
    }  # fmt: skip
    return Fact.of(detail, **{**given_values, **changes})  # type: ignore[arg-type]  # a dict of mixed keywords


def test_the_examples_show_every_kind() -> None:
    assert {example.kind for example in EXAMPLES} == set(FactKind) == set(MEASURED_BY_KIND)


@pytest.mark.parametrize("detail", EXAMPLES, ids=lambda detail: detail.kind)
def test_a_fact_read_back_from_its_record_is_the_same_fact(detail: Measured) -> None:
    recorded = RecordedFact(fact_that(detail, personal={"name": "ab" * 32}), Instant(7))
    again = from_record(parse_canonical(record_line(recorded)))
    assert again == recorded
    assert again.fact.detail == detail
    assert again.fact.key == ("chat", "e-1")


names = st.text(min_size=1, max_size=9).filter(lambda text: text.isascii() or text.isalpha())
tricky = st.sampled_from(['","source":"', ',"recorded_at":1', "\\", '"', "事实", ',"source":'])


@given(names | tricky, names | tricky, st.integers(-(2**53) + 1, 2**53 - 1))
def test_a_line_is_the_canonical_record_whatever_the_names(
    source: str, event_id: str, at: int
) -> None:
    fact = fact_that(Clock(event_id, ClockMetric.ANSWER, ClockEvent.ACTIVATE, reason=source),
                     source=source, event_id=event_id)  # fmt: skip
    recorded = RecordedFact(fact, Instant(at))
    try:
        line = canonical_json(to_record(recorded))
    except PactError:
        return
    assert record_line(recorded) == line == line_of(content_of(fact), Instant(at))
    assert content_in(line) == content_of(fact)


@pytest.mark.parametrize("detail", EXAMPLES, ids=lambda detail: detail.kind)
def test_a_missing_or_unknown_field_is_named(detail: Measured) -> None:
    measured = detail.to_measured()
    with pytest.raises(FactFieldUnknown) as unknown:
        type(detail).from_measured({**measured, "extra": 1})
    assert unknown.value.facts == {"kind": detail.kind, "field": "extra"}
    for name in measured:
        rest = {other: value for other, value in measured.items() if other != name}
        with pytest.raises(FactFieldMissing) as missing:
            type(detail).from_measured(rest)
        assert missing.value.facts == {"kind": detail.kind, "field": name}


anything: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "x", "chat", "1/2"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.just("x"), inner, max_size=1),
    max_leaves=4,
)


@given(st.sampled_from(EXAMPLES), st.data(), anything)
def test_whatever_stands_in_a_field_is_read_as_it_is_or_refused(
    detail: Measured, data: st.DataObject, value: Json
) -> None:
    measured = detail.to_measured()
    name = data.draw(st.sampled_from(sorted(measured)))
    changed = {**measured, name: value}
    try:
        read = type(detail).from_measured(changed)
    except FactFieldWrong:
        return
    assert read.to_measured() == changed


@pytest.mark.parametrize(
    ("kind", "changes", "field"),
    [
        ("clock", {"event": "pause", "reason": None}, "reason"),
        ("rating", {"score": 6}, "score"),
        ("rating", {"score": -1}, "score"),
        ("rating", {"scale": True}, "scale"),
        ("assignment", {"share": "2/4"}, "share"),
        ("assignment", {"share": "3/2"}, "share"),
        ("assignment", {"share": "0.5"}, "share"),
        ("assignment", {"share": "1/0"}, "share"),
        ("probe", {"covers_ms": 0}, "covers_ms"),
        ("probe", {"up": 1}, "up"),
        ("exclusion", {"end": 0}, "end"),
        ("exclusion", {"end": 2**52}, "end"),
        ("exclusion", {"approved_by": ["client", "client"]}, "approved_by"),
        ("exclusion", {"approved_by": ["auditor"]}, "approved_by"),
        ("statement.issued", {"period": "2026-13"}, "period"),
        ("statement.issued", {"verdicts": {"5.1": "good"}}, "verdicts"),
        ("statement.issued", {"total_fen": "12.00"}, "total_fen"),
        ("payment", {"amount_fen": 0}, "amount_fen"),
        ("interaction.opened", {"channel": "fax"}, "channel"),
    ],
)
def test_a_value_that_cannot_be_is_named(kind: str, changes: dict[str, Json], field: str) -> None:
    example = next(each for each in reversed(EXAMPLES) if each.kind == kind)
    with pytest.raises(FactFieldWrong) as wrong:
        type(example).from_measured({**example.to_measured(), **changes})
    assert wrong.value.facts["field"] == field


def test_an_exclusion_counts_only_when_both_parties_approved() -> None:
    def approved_by(*parties: Party) -> bool:
        return Exclusion(Instant(0), Instant(1), (), "停电", parties).is_approved

    assert approved_by(Party.CLIENT, Party.PROVIDER)
    assert not approved_by(Party.PROVIDER)
    assert not approved_by()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("format", "pactdesk.fact/2"),
        ("contract_id", ""),
        ("source", 1),
        ("event_id", None),
        ("occurred_at", "2026-09-01T09:00:00+08:00"),
        ("occurred_at", True),
        ("recorded_at", 32_503_680_000_000),
        ("recorded_at", -2_208_988_800_001),
        ("measured", []),
        ("personal", {"name": "张三"}),
        ("personal", []),
        ("extra", 1),
    ],
)
def test_a_malformed_record_is_named(field: str, value: Json) -> None:
    record = to_record(RecordedFact(fact_that(EXAMPLES[0]), Instant(7)))
    with pytest.raises(RecordMalformed) as malformed:
        from_record({**record, field: value})
    assert str(malformed.value.facts["field"]).startswith(field)


def test_a_record_without_a_field_or_of_no_known_kind_is_refused() -> None:
    record = to_record(RecordedFact(fact_that(EXAMPLES[0]), Instant(7)))
    for name in record:
        with pytest.raises(RecordMalformed):
            from_record({other: value for other, value in record.items() if other != name})
    with pytest.raises(FactKindUnknown):
        from_record({**record, "kind": "interaction.merged"})
    with pytest.raises(RecordMalformed):
        from_record("no object")
