"""Whatever is wrong with a mapping, a file or a row gets one sentence, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pactdesk.core.facts.chain import LogOfAnotherContract
from pactdesk.core.facts.memory import MemoryFactLog
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant
from pactdesk.gateways.tabular import mapping_parts, salts, table
from pactdesk.gateways.tabular.importing import import_rows, load
from pactdesk.gateways.tabular.mapping import read_mapping
from pactdesk.gateways.tabular.reconciliation import Reconciliation
from pactdesk.gateways.tabular.results import Imported
from pactdesk.messages.catalogue import LANGUAGES, say

Account = Callable[..., Reconciliation]
Checked = Callable[..., Imported]
_NOW = Instant(0)
HEADER = "line,id,queued,wait,outcome,answered,agent\n"


def told_in_one_line(error: PactError) -> bool:
    """Both languages have a sentence; a fact that it lacks would be a warning, so a failure."""
    sentences = [say(error, language) for language in LANGUAGES]
    return all(each and "\n" not in each for each in sentences)


WRONG_FILES: dict[str, tuple[bytes, type[PactError], dict[str, object]]] = {
    "empty": (b"", table.TableEmpty, {}),
    "only blank lines": (b"\n\n", table.TableEmpty, {}),
    "not UTF-8": (
        HEADER.encode() + "A,1,9:00:00,1,LEFT,,王".encode("gb18030"),
        table.TableNotText,
        {"line": 2, "encoding": "utf-8"},
    ),
    "not UTF-8, far down": (
        HEADER.encode() + b"A,1,9:00:00,1,LEFT,,w\n" * 5_000 + b"\xff\n",
        table.TableNotText,
        {"line": 5_002},
    ),
    "other delimiter": (
        HEADER.replace(",", ";").encode(),
        table.DelimiterDiffers,
        {"delimiter": ",", "likely": ";"},
    ),
    "column missing": (
        HEADER.replace("answered", "picked_up").encode(),
        table.ColumnsMissing,
        {"columns": ("answered",)},
    ),
    "column twice": (HEADER.replace("agent", "id").encode(), table.ColumnTwice, {"column": "id"}),
    "header twice": (
        (HEADER + "A,1,9:00:00,1,LEFT,,\n" + HEADER).encode(),
        table.HeaderTwice,
        {"line": 3},
    ),
    "quote left open": (
        (HEADER + 'A,1,9:00:00,1,LEFT,,"w\n').encode(),
        table.TableDamaged,
        {"line": 2},
    ),
    "not a table": (b"PK\x03\x04 not a table at all", table.ColumnsMissing, {}),
}


@pytest.mark.parametrize("case", WRONG_FILES)
def test_a_file_that_cannot_be_used_is_refused_before_anything_is_written(
    case: str, checked: Checked
) -> None:
    data, error, facts = WRONG_FILES[case]
    with pytest.raises(error) as caught:
        checked(data)
    assert caught.value.facts.items() >= {"file": "calls.csv", **facts}.items()
    assert told_in_one_line(caught.value)


def test_a_file_that_is_not_there_or_no_file(tmp_path: Path, mapping: str) -> None:
    rules = read_mapping(mapping, "m.yaml")
    with pytest.raises(table.TableMissing) as missing:
        import_rows(tmp_path / "no.csv", rules, "c")
    with pytest.raises(table.TableUnreadable) as folder:
        import_rows(tmp_path, rules, "c")
    assert told_in_one_line(missing.value)
    assert told_in_one_line(folder.value)


def test_a_file_that_changes_meanwhile_is_noticed(
    checked: Checked, memory: MemoryFactLog, calls: str
) -> None:
    imported = checked()
    imported.table.path.write_text(calls.replace("9:00:10", "9:00:11"))
    with pytest.raises(table.TableChanged):
        load(memory, imported, _NOW)
    assert list(memory.facts("c")) == []


def test_facts_of_one_contract_do_not_go_into_the_log_of_another(
    checked: Checked, memory: MemoryFactLog
) -> None:
    memory.contract_id = "other"
    with pytest.raises(LogOfAnotherContract):
        load(memory, checked(), _NOW)


def test_personal_fields_need_a_key(checked: Checked, mapping: str) -> None:
    rules = mapping.replace("channel: phone}", "channel: phone}\n    personal: {name: agent}")
    with pytest.raises(salts.SaltKeyMissing) as caught:
        checked(mapping=rules)
    assert told_in_one_line(caught.value)


@pytest.mark.parametrize("content", ["", "00", "zz" * 32, "0" * 63])
def test_a_damaged_salt_key_is_not_replaced(content: str, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(content)
    with pytest.raises(salts.SaltKeyUnreadable) as caught:
        salts.salt_key(tmp_path / "key")
    assert (tmp_path / "key").read_text() == content
    assert told_in_one_line(caught.value)


WRONG_ROWS: dict[str, tuple[str, str, str | None]] = {
    "a cell too few": ("A,1,9:00:00,1,LEFT,", "CellsMiscounted", None),
    "a cell too many": ("A,1,9:00:00,1,LEFT,,w,x", "CellsMiscounted", None),
    "no id": (",,9:00:00,1,LEFT,,", "RowUnnamed", "line, id"),
    "no time": ("A,1,,1,LEFT,,", "CellTimeMissing", "queued"),
    "no such time": ("A,1,25:00:00,1,LEFT,,", "CellTimeUnreadable", "queued"),
    "a bare date": ("A,1,2026-10-12,1,LEFT,,", "CellTimeUnreadable", "queued"),
    "no number": ("A,1,9:00:00,soon,LEFT,,", "CellNotNumber", "wait"),
    "a negative wait": ("A,1,9:00:00,-1,LEFT,,", "CellNotNumber", "wait"),
    "an answer before the call": ("A,1,9:00:00,1,ANSWERED,8:59:59,w", "TimesBackwards", "answered"),
    "an answer after midnight": ("A,1,23:59:59,1,ANSWERED,0:00:09,w", "TimesBackwards", "answered"),
}


@pytest.mark.parametrize("case", WRONG_ROWS)
def test_a_row_that_makes_no_sense_is_refused_with_its_number_and_column(
    case: str, account: Account, memory: MemoryFactLog
) -> None:
    row, error, column = WRONG_ROWS[case]
    told = account(HEADER + "B,1,9:00:00,1,LEFT,,\n" + row + "\n")
    assert [(r.number, r.column, type(r.error).__name__) for r in told.refused] == [
        (3, column, error)
    ]
    assert told_in_one_line(told.refused[0].error)
    assert told.added == 3
    assert len(list(memory.facts("c"))) == 3


RULES = """\
source: s
row_id: id
facts:
  - {kind: interaction.closed, suffix: c, at: at, fields: {interaction: {column: id}}}
"""


@pytest.mark.parametrize(
    ("cell", "zone", "error"),
    [
        ("2026-10-12T09:00:00", None, "CellZoneMissing"),
        ("9:00:00", "Asia/Shanghai", "CellDayMissing"),
        ("2026-03-29 02:30:00", "Europe/Rome", "CellTimeSkipped"),
        ("2026-10-25 02:30:00", "Europe/Rome", "CellTimeAmbiguous"),
        ("2026-10-25 02:30:00+01:00", "Europe/Rome", None),
        ("2026-10-25 03:00:00", "Europe/Rome", None),
        ("2026-10-12T09:00:00Z", None, None),
    ],
)
def test_no_zone_and_no_day_is_guessed(
    cell: str, zone: str | None, error: str | None, account: Account
) -> None:
    told = account(f"id,at\n1,{cell}\n", RULES + (f"zone: {zone}\n" if zone else ""))
    assert [type(each.error).__name__ for each in told.refused] == ([error] if error else [])
    assert all(told_in_one_line(each.error) for each in told.refused)


@pytest.mark.parametrize(
    ("fields", "when", "error", "column"),
    [
        ("{interaction: {column: note}, score: 1, scale: 5}", "", "FieldOfCellWrong", "note"),
        ("{interaction: {column: id}, score: {column: n}, scale: 5}", "", "FieldOfCellWrong", "n"),
        ("{interaction: {column: id}, score: {column: w}, scale: 5}", "", "CellNotWhole", "w"),
        ("{interaction: x, score: {column: w, map: {a: 1}}, scale: 5}", "", "CellNotMapped", "w"),
        ("{interaction: x, score: 1, scale: 5}", "when: {n: 0}", "RowSaysNothing", None),
        (
            "{interaction: x, score: 1, scale: 5}",
            "when: {note: {greater: 0}}",
            "CellNotNumber",
            "note",
        ),
    ],
)
def test_a_value_that_no_fact_may_hold_is_refused_by_its_column(
    fields: str, when: str, error: str, column: str | None, account: Account
) -> None:
    rules = (
        "source: s\nzone: UTC\nrow_id: id\nfacts:\n"
        f"  - {{kind: rating, suffix: r, at: at, fields: {fields}, {when}}}\n"
    )
    told = account("id,at,n,w,note\n1,2026-10-12 09:00:00,9,2.5,\n", rules.replace(", }", "}"))
    assert [(type(r.error).__name__, r.column) for r in told.refused] == [(error, column)]
    assert told_in_one_line(told.refused[0].error)


def test_two_facts_of_one_row_with_one_id_are_refused(account: Account) -> None:
    twice = RULES + RULES.splitlines()[-1]
    told = account("id,at\n1,2026-10-12T09:00:00Z\n", twice)
    assert type(told.refused[0].error).__name__ == "RowSaysTwice"
    assert told_in_one_line(told.refused[0].error)


WRONG_MAPPINGS: dict[str, tuple[str, str, type[PactError], dict[str, Any]]] = {
    "not YAML": ("source: switch", "source: [", mapping_parts.MappingUnreadable, {}),
    "empty": ("*", "", mapping_parts.MappingPartWrong, {"path": "."}),
    "a list": ("*", "- a", mapping_parts.MappingPartWrong, {"path": "."}),
    "a key twice": ("skip:", "source: x\nskip:", mapping_parts.MappingKeyTwice, {"line": 5}),
    "no source": ("source: switch\n", "", mapping_parts.MappingPartMissing, {"path": "source"}),
    "unknown word": ("skip:", "skips:", mapping_parts.MappingPartUnknown, {"path": "skips"}),
    "zone": ("Asia/Shanghai", "CST8", mapping_parts.MappingPartWrong, {"path": "zone"}),
    "day": ("2026-10-12", "2026-02-30", mapping_parts.MappingPartWrong, {"path": "day"}),
    "encoding": (
        "skip:", "encoding: klingon\nskip:", mapping_parts.MappingPartWrong, {"path": "encoding"}
    ),
    "no text encoding": (
        "skip:", "encoding: hex\nskip:", mapping_parts.MappingPartWrong, {"path": "encoding"}
    ),
    "delimiter": (
        "skip:", "delimiter: ab\nskip:", mapping_parts.MappingPartWrong, {"path": "delimiter"}
    ),
    "kind": (
        "kind: clock", "kind: clocks", mapping_parts.MappingPartWrong, {"path": "facts[1].kind"}
    ),
    "kind that no row can fill": (
        "kind: clock",
        "kind: statement.issued",
        mapping_parts.MappingPartWrong,
        {"path": "facts[1].kind"},
    ),
    "constant": (
        "channel: phone", "channel: fax",
        mapping_parts.MappingPartWrong, {"path": "facts[0].fields.channel", "given": "fax"},
    ),
    "translation": (
        "channel: phone", "channel: {column: id, map: {a: fax}}",
        mapping_parts.MappingPartWrong, {"path": "facts[0].fields.channel.map.a"},
    ),
    "field missing": (
        ", channel: phone", "",
        mapping_parts.MappingPartMissing, {"path": "facts[0].fields.channel"},
    ),
    "field unknown": (
        "channel: phone", "channel: phone, size: 3",
        mapping_parts.MappingPartUnknown, {"path": "facts[0].fields.size"},
    ),
    "expression": (
        "channel: phone", "channel: {cell: id}",
        mapping_parts.MappingPartUnknown, {"path": "facts[0].fields.channel.cell"},
    ),
    "two expressions": (
        "channel: phone", "channel: {column: id, text: x}",
        mapping_parts.MappingPartWrong, {"path": "facts[0].fields.channel"},
    ),
    "condition": (
        "{outcome: MENU}", "{outcome: {smaller: 3}}",
        mapping_parts.MappingPartUnknown, {"path": "skip[0].when.outcome.smaller"},
    ),
    "condition without a number": (
        "{outcome: MENU}", "{outcome: {greater: much}}",
        mapping_parts.MappingPartWrong, {"path": "skip[0].when.outcome.greater"},
    ),
    "format": (
        "{column: queued, plus", "{column: queued, format: '%Y-%m-%d', plus",
        mapping_parts.MappingPartWrong, {"path": "facts[3].at.format"},
    ),
    "no condition at all": (
        "{outcome: MENU}", "{}", mapping_parts.MappingPartWrong, {"path": "skip[0].when"}
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG_MAPPINGS)
def test_a_wrong_mapping_is_told_by_its_place(case: str, mapping: str) -> None:
    old, new, error, facts = WRONG_MAPPINGS[case]
    with pytest.raises(error) as caught:
        read_mapping(new if old == "*" else mapping.replace(old, new, 1), "calls.yaml")
    assert caught.value.facts.items() >= {"file": "calls.yaml", **facts}.items()
    assert told_in_one_line(caught.value)


GROUP = """
source: s
zone: UTC
row_id: id
groups:
  - name: day
    by: [agent]
    facts:
      - kind: attendance
        suffix: in
        at: {earliest: from}
        fields: {agent: {column: agent}, event: clock_in}
"""


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("zone: UTC\n", "", "zone"),
        ("{earliest: from}", "from", "groups[0].facts[0].at"),
        ("{earliest: from}", "{earliest: from, latest: to}", "groups[0].facts[0].at"),
        ("{column: agent}", "{column: id}", "groups[0].facts[0].fields.agent"),
        ("by: [agent]", "by: []", "groups[0].by"),
        ("by: [agent]", "by: [agent]\n    each: year", "groups[0].each"),
    ],
)
def test_a_wrong_group_is_told_by_its_place(old: str, new: str, path: str) -> None:
    with pytest.raises(PactError) as caught:
        read_mapping(GROUP.replace(old, new), "g.yaml")
    assert caught.value.facts["path"] == path
    assert told_in_one_line(caught.value)


def test_a_mapping_of_groups_alone_is_enough(account: Account) -> None:
    told = account("id,from,agent\n1,2026-10-12 09:00:00,li\n", GROUP)
    assert (told.rows_with_facts, told.added) == (1, 1)
