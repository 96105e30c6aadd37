"""The account adds up, for whatever table: nothing is lost silently, nothing is counted twice."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.facts.fact import Fact, content_of
from pactdesk.core.facts.memory import MemoryFactLog
from pactdesk.core.units.instants import Instant
from pactdesk.gateways.tabular.importing import import_rows, load
from pactdesk.gateways.tabular.mapping import read_mapping
from pactdesk.gateways.tabular.reconciliation import Reconciliation
from pactdesk.gateways.tabular.results import Imported, RowTold

COLUMNS = ("id", "from", "to", "what", "score", "agent")
RULES = read_mapping(
    """
source: s
zone: Asia/Shanghai
day: 2026-10-12
row_id: id
skip:
  - {reason: nothing, when: {what: none}}
  - {reason: a test, when: {what: test, agent: {not_in: [li]}}}
facts:
  - kind: interaction.opened
    suffix: opened
    when: {what: [call, test]}
    at: from
    fields: {interaction: {column: id}, channel: phone}
  - kind: rating
    suffix: rating
    when: {score: {greater: 0}}
    at: [to, from]
    fields: {interaction: {column: id}, score: {column: score}, scale: 5}
groups:
  - name: day
    by: [agent]
    when: {agent: {not_in: [""]}, what: [call]}
    facts:
      - kind: attendance
        suffix: in
        at: {earliest: from}
        fields: {agent: {column: agent}, event: clock_in}
      - kind: attendance
        suffix: out
        at: {latest: to}
        fields: {agent: {column: agent}, event: clock_out}
""",
    "rules.yaml",
)

TIMES = st.sampled_from(["9:00:00", "9:00:01", "10:00:00", "8:59:59", "", "late"])
ROWS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["1", "2", "3", "4", "5/6", ""]),
            TIMES,
            TIMES,
            st.sampled_from(["call", "test", "none", "other"]),
            st.sampled_from(["0", "3", "5", "9", "x"]),
            st.sampled_from(["li", "wang", ""]),
        ).map(list),
        st.lists(
            st.sampled_from(["1", "9:00:00", "call", 'a"b', "王\n五"]), min_size=1, max_size=8
        ),
    ),
    max_size=25,
)


@given(st.lists(ROWS, min_size=1, max_size=3), st.integers(1, 9))
def test_rows_and_facts_add_up_in_every_import(tables: list[list[list[str]]], batch: int) -> None:
    log = MemoryFactLog("c", ZoneInfo("Asia/Shanghai"))
    known: set[tuple[tuple[str, str], bytes]] = set()
    for rows in tables:
        with TemporaryDirectory() as folder:
            imported = _checked(rows, Path(folder))
            told = load(log, imported, Instant(0), batch=batch)
            facts = _facts(imported)
        _check_rows(told, imported, rows)
        _check_facts(told, facts, known)
        known |= {(fact.key, content_of(fact)) for fact in facts}


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[list[str]], chance: object) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random, which ruff dislikes to see
    logs = []
    for each in (rows, shuffled):
        log = MemoryFactLog("c", ZoneInfo("Asia/Shanghai"))
        with TemporaryDirectory() as folder:
            load(log, _checked(each, Path(folder)), Instant(0))
        logs.append(log)
    one, other = logs
    assert list(one.facts("c")) == list(other.facts("c"))
    assert [c.versions for c in one.conflicts()] == [c.versions for c in other.conflicts()]


def _check_rows(told: Reconciliation, imported: Imported, rows: Sequence[object]) -> None:
    skipped = sum(told.skipped.values())
    assert told.rows == imported.rows == len(rows)
    assert told.rows == told.rows_with_facts + skipped + told.rows_refused
    assert told.rows_refused == sum(told.refused_by_reason.values())
    assert len({each.number for each in told.refused}) == told.rows_refused


def _check_facts(
    told: Reconciliation, facts: list[Fact], known: set[tuple[tuple[str, str], bytes]]
) -> None:
    """The three numbers, counted without the log: by what was seen before each fact."""
    seen = set(known)
    counted: Counter[str] = Counter()
    for fact in facts:
        version = (fact.key, content_of(fact))
        told_before = {each for each in seen if each[0] == fact.key}
        if told_before == {version}:
            counted["duplicates"] += 1
        elif told_before:  # another content now, or one of several told before
            counted["conflicting"] += 1
        else:
            counted["added"] += 1
        seen.add(version)
    assert told.made == dict(sorted(Counter(fact.kind.value for fact in facts).items()))
    assert (told.added, told.duplicates, told.conflicting) == (
        counted["added"],
        counted["duplicates"],
        counted["conflicting"],
    )
    assert told.refused_by_log == ()
    assert len(told.conflicts) <= told.conflicting
    assert told.first == min((fact.occurred_at for fact in facts), default=None)
    assert told.last == max((fact.occurred_at for fact in facts), default=None)


def _facts(imported: Imported) -> list[Fact]:
    made = (each.told if isinstance(each, RowTold) else each for each in imported.results())
    return [told.fact for each in made if isinstance(each, tuple) for told in each]


def _checked(rows: list[list[str]], folder: Path) -> Imported:
    text = io.StringIO()
    csv.writer(text).writerows([COLUMNS, *rows])
    path = folder / "table.csv"
    path.write_text(text.getvalue(), "utf-8", newline="")
    return import_rows(path, RULES, "c")
