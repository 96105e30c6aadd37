"""What a row becomes, and that importing again changes nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from pactdesk.core.facts.commitments import PersonalField
from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.kinds import Attendance, FactKind, FactKindUnknown, Rating
from pactdesk.core.facts.log import AppendReport, Refusal
from pactdesk.core.facts.memory import MemoryFactLog
from pactdesk.core.units.instants import Instant, instant_at
from pactdesk.gateways.filelog import FileLog
from pactdesk.gateways.tabular.importing import import_rows, load
from pactdesk.gateways.tabular.mapping import read_mapping
from pactdesk.gateways.tabular.reconciliation import Reconciliation
from pactdesk.gateways.tabular.results import Imported
from pactdesk.gateways.tabular.salts import salt_key

Account = Callable[..., Reconciliation]
PAGE = Path(__file__).resolve().parents[3] / "docs/how-to/import-a-log.md"
LATER = instant_at("2026-10-20T00:00:00+08:00")


def test_every_row_and_fact_has_its_place(account: Account, memory: MemoryFactLog) -> None:
    told = account()
    assert (told.rows, told.rows_with_facts, told.skipped) == (3, 2, {"menu": 1})
    assert told.made == {"clock": 3, "interaction.abandoned": 1, "interaction.opened": 2}
    assert (told.added, told.duplicates, told.conflicting, told.rows_refused) == (6, 0, 0, 0)
    assert told.first == instant_at("2026-10-12T09:00:00+08:00")
    assert told.last == instant_at("2026-10-12T09:01:40+08:00")
    assert told.is_complete
    assert {each.fact.event_id for each in memory.facts("c")} == {
        "2026-10-12/A1/1/opened",
        "2026-10-12/A1/1/answer/activate",
        "2026-10-12/A1/1/answer/fulfil",
        "2026-10-12/A1/2/opened",
        "2026-10-12/A1/2/answer/activate",
        "2026-10-12/A1/2/abandoned",
    }


def test_importing_again_adds_nothing(account: Account, memory: MemoryFactLog) -> None:
    first = account()
    before = list(memory.facts("c"))
    again = account(recorded_at=LATER)
    assert (again.added, again.duplicates, again.conflicting) == (0, first.added, 0)
    assert list(memory.facts("c")) == before


def test_a_changed_cell_is_a_conflict_and_neither_version_wins(
    account: Account, memory: MemoryFactLog, calls: str
) -> None:
    account()
    again = account(calls.replace("9:00:10", "9:00:20"), recorded_at=LATER)
    assert again.conflicts == (("switch", "2026-10-12/A1/1/answer/fulfil"),)
    assert (again.added, again.duplicates, again.conflicting) == (0, 5, 1)
    assert not again.is_complete
    assert [each.event_id for each in memory.conflicts()] == ["2026-10-12/A1/1/answer/fulfil"]


def test_two_rows_with_one_id_contest_each_other(account: Account, calls: str) -> None:
    told = account(calls + "A1,1,9:00:00,10,LEFT,,\n")
    assert told.rows_with_facts == 3
    assert (told.added, told.duplicates, told.conflicting) == (7, 2, 0)
    told = account(calls + "A1,1,9:30:00,10,ANSWERED,9:30:01,wang\n")
    assert told.conflicting == 3


def test_a_file_log_ends_up_with_the_same_files_after_a_second_import(
    tmp_path: Path, checked: Callable[..., Imported]
) -> None:
    log = FileLog.create(tmp_path / "log", "c", "Asia/Shanghai")
    load(log, checked(), LATER)
    before = {path: path.read_bytes() for path in log.folder.rglob("*.jsonl")}
    load(FileLog(log.folder), checked(), LATER)
    assert {path: path.read_bytes() for path in log.folder.rglob("*.jsonl")} == before


def test_batches_change_nothing(checked: Callable[..., Imported], memory: MemoryFactLog) -> None:
    rows = "".join(f"B,{n},9:00:00,10,ANSWERED,9:00:10,wang\n" for n in range(2_500))
    progress: list[int] = []
    table = checked("line,id,queued,wait,outcome,answered,agent\n" + rows)
    told = load(memory, table, LATER, batch=7, progress=progress.append)
    assert (told.rows, told.added, told.duplicates) == (2_500, 7_500, 0)
    assert progress == [1_000, 2_000, 2_500]
    assert table.rows == 2_500


def test_a_day_in_the_mapping_keeps_the_ids_of_two_days_apart(
    account: Account, mapping: str
) -> None:
    first = account()
    tomorrow = account(mapping=mapping.replace("2026-10-12", "2026-10-13"))
    assert tomorrow.added == first.added


def test_a_row_id_cannot_be_forged_by_its_parts(account: Account) -> None:
    told = account(
        "line,id,queued,wait,outcome,answered,agent\n"
        "A,1/2,9:00:00,5,LEFT,,\n"
        "A/1,2,9:00:00,5,LEFT,,\n"
    )
    assert (told.added, told.conflicting) == (6, 0)


def test_an_empty_table_with_a_header_is_an_empty_account(account: Account, calls: str) -> None:
    told = account(calls.splitlines()[0])
    assert (told.rows, told.added, told.first, told.is_complete) == (0, 0, None, True)


def test_empty_lines_are_no_rows(account: Account, calls: str) -> None:
    assert account(calls.replace("\n", "\n\n") + "\n").rows == 3


def test_the_same_table_in_other_clothes_makes_the_same_facts(
    account: Account, calls: str, mapping: str
) -> None:
    first = account()
    quoted = re.sub(r"([^,\n]+)", r'"\1"', calls).replace("\n", "\r\n")
    others = [
        (b"\xef\xbb\xbf" + calls.encode(), mapping),
        (quoted.encode(), mapping),
        (calls.replace(",", ";").encode(), mapping + "delimiter: ';'\n"),
        (calls.replace(",", "\t").encode(), mapping + "delimiter: tab\n"),
        (calls.encode("utf-16"), mapping + "encoding: utf-16\n"),
        (calls.encode("gb18030"), mapping + "encoding: gb18030\n"),
    ]
    for table, rules in others:
        told = account(table, rules)
        assert (told.added, told.duplicates, told.conflicting) == (0, first.added, 0)


def test_letters_with_marks_are_the_same_however_they_were_typed(
    account: Account, mapping: str
) -> None:
    table = "line,id,queued,wait,outcome,answered,agent\nJosé,1,9:00:00,5,LEFT,,\n"
    assert account(table).added == 3
    assert account(table.replace("é", "e\u0301")).duplicates == 3


def test_ratings_are_numbers_and_words_can_be_translated(
    account: Account, memory: MemoryFactLog
) -> None:
    told = account(
        "id,at,stars\n1,2026-10-12T09:00:00+08:00,gut\n2,2026-10-12T09:00:00Z,schlecht\n"
        "3,2026-10-12T09:00:00+08:00,egal\n",
        """
source: survey
row_id: id
facts:
  - kind: rating
    suffix: rating
    at: at
    fields:
      interaction: {column: id}
      score: {column: stars, map: {gut: 5, schlecht: 1}}
      scale: 5
""",
    )
    assert [each.fact.detail for each in memory.facts("c")] == [
        Rating("1", 5, 5),
        Rating("2", 1, 5),
    ]
    assert [(r.number, r.column) for r in told.refused] == [(4, "stars")]


def test_probes_and_exclusions_can_be_imported_too(account: Account, memory: MemoryFactLog) -> None:
    head = "source: s\nzone: UTC\nrow_id: id\nfacts:\n  - "
    account(
        "id,from,to,up,ms\n1,2026-10-12 09:00:00,2026-10-12 10:00:00,true,60000\n",
        head + "{kind: probe, suffix: p, at: from, "
        "fields: {target: desk, up: {column: up}, covers_ms: {column: ms}}}\n  - "
        "{kind: exclusion, suffix: x, at: from, fields: {start: {time: from}, end: {time: to}, "
        "clauses: [level-1], cause: 断网, approved_by: [provider, client]}}\n",
    )
    assert {each.fact.kind for each in memory.facts("c")} == {FactKind.PROBE, FactKind.EXCLUSION}


def test_a_row_is_taken_whole_or_not_at_all(
    account: Account, memory: MemoryFactLog, calls: str
) -> None:
    told = account(calls.replace("9:00:10,wang", "soon,wang"))
    assert (told.rows_with_facts, told.rows_refused) == (1, 1)
    assert all("/A1/1/" not in each.fact.event_id for each in memory.facts("c"))


def test_a_persons_number_stays_out_of_the_fact_and_importing_again_adds_nothing(
    account: Account, memory: MemoryFactLog, calls: str, mapping: str, tmp_path: Path
) -> None:
    rules = mapping.replace("channel: phone}", "channel: phone}\n    personal: {name: agent}")
    key = salt_key(tmp_path / "key")
    assert salt_key(tmp_path / "key") == key
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    first = account(mapping=rules, salt_key=key)
    again = account(mapping=rules, salt_key=key)
    assert (again.added, again.duplicates) == (0, first.added)
    assert [each.value for each in memory.personal_fields()] == ["wang"]
    opened = next(f.fact for f in memory.facts("c") if f.fact.event_id.endswith("A1/1/opened"))
    assert list(opened.personal) == ["name"]
    assert "wang" not in json.dumps([dict(opened.personal), dict(opened.measured)])
    other = account(mapping=rules, salt_key=bytes(32))
    assert other.conflicts == (("switch", opened.event_id),)


GROUPS = """
source: switch
zone: Asia/Shanghai
row_id: id
facts:
  - kind: interaction.opened
    suffix: opened
    at: from
    fields: {interaction: {column: id}, channel: phone}
groups:
  - name: day
    by: [agent]
    when: {agent: {not_in: [""]}}
    facts:
      - kind: attendance
        suffix: in
        at: {earliest: from}
        fields: {agent: {column: agent}, event: clock_in}
      - kind: attendance
        suffix: out
        at: {latest: to}
        fields: {agent: {column: agent}, event: clock_out}
"""


def test_a_group_spans_its_rows_and_ends_with_its_local_day(
    account: Account, memory: MemoryFactLog
) -> None:
    told = account(
        "id,from,to,agent\n"
        "1,2026-10-12 10:00:00,2026-10-12 10:30:00,li\n"
        "2,2026-10-12 09:00:00,2026-10-12 09:10:00,li\n"
        "3,2026-10-12 23:50:00,2026-10-13 00:10:00,li\n"
        "4,2026-10-13 00:20:00,2026-10-13 00:30:00,li\n"
        "5,2026-10-13 00:20:00,2026-10-13 00:30:00,\n"
        "6,2026-10-13 00:20:00,now,li\n",
        GROUPS,
    )
    days = sorted(
        (each.fact.event_id, each.fact.occurred_at)
        for each in memory.facts("c")
        if isinstance(each.fact.detail, Attendance)
    )
    assert days == [
        ("day/2026-10-12/li/in", instant_at("2026-10-12T09:00:00+08:00")),
        ("day/2026-10-12/li/out", instant_at("2026-10-13T00:10:00+08:00")),
        ("day/2026-10-13/li/in", instant_at("2026-10-13T00:20:00+08:00")),
        ("day/2026-10-13/li/out", instant_at("2026-10-13T00:30:00+08:00")),
    ]
    assert (told.rows_with_facts, told.rows_refused, told.added) == (5, 1, 9)


def test_a_group_that_would_end_before_it_begins_is_refused(account: Account) -> None:
    told = account("id,from,to,agent\n1,2026-10-12 10:00:00,2026-10-12 09:00:00,li\n", GROUPS)
    assert [each.name for each in told.groups_refused] == ["day/2026-10-12/li"]
    assert not told.is_complete
    assert told.to_plain("en")["groups_refused"][0]["error"] == "TimesBackwards"


class ChoosyLog(MemoryFactLog):
    """A log that does not take everything."""

    def append(
        self, facts: Iterable[Fact], recorded_at: Instant, personal: Iterable[PersonalField] = ()
    ) -> AppendReport:
        first, *others = facts
        refusal = Refusal(first.source, first.event_id, FactKindUnknown(kind="?", known="!"))
        return replace(super().append(others, recorded_at, personal), refused=(refusal,))


def test_what_the_log_itself_refuses_is_told_too(checked: Callable[..., Imported]) -> None:
    told = load(ChoosyLog("c", ZoneInfo("UTC")), checked(), LATER)
    assert (told.added, len(told.refused_by_log), told.conflicting) == (5, 1, 0)
    assert not told.is_complete
    (refused,) = told.to_plain("en")["refused_by_log"]
    assert (refused["event_id"], refused["error"]) == ("2026-10-12/A1/1/opened", "FactKindUnknown")


def test_the_account_is_plain_json_with_a_sentence_for_each_refusal(
    account: Account, calls: str
) -> None:
    told = account(calls.replace("9:00:10", "9:00:61"))
    for language, word in (("zh", "时间"), ("en", "time")):
        plain = told.to_plain(language)  # type: ignore[arg-type]  # both are languages
        assert json.loads(json.dumps(plain)) == plain
        assert plain["rows"] == {"in": 3, "with_facts": 1, "skipped": {"menu": 1}, "refused": 1}
        assert plain["facts"]["first"] == "2026-10-12T09:01:00.000+08:00"
        (refused,) = plain["refused"]
        assert (refused["row"], refused["column"]) == (2, "answered")
        assert "9:00:61" in refused["why"]
        assert word in refused["why"]


def test_the_example_of_the_page_does_what_the_page_says(
    tmp_path: Path, memory: MemoryFactLog
) -> None:
    blocks = re.findall(r"```(\w*)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    table = next(text for kind, text in blocks if text.startswith("line,id"))
    rules = next(text for kind, text in blocks if kind == "yaml")
    (tmp_path / "calls.csv").write_text(table, "utf-8")
    mapping = read_mapping(rules, "calls.yaml")
    told = load(
        memory, import_rows(tmp_path / "calls.csv", mapping, "c", salt_key=bytes(32)), Instant(0)
    )
    assert (told.rows, told.rows_with_facts, told.skipped) == (3, 2, {"ended in the menu": 1})
    assert (told.added, told.is_complete) == (8, True)
    assert "2026-10-12/A1/501/opened" in {each.fact.event_id for each in memory.facts("c")}
