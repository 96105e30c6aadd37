"""What only a log in files can suffer: cut lines, crashes, other writers, strangers' folders."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from pactdesk.core.facts.canonical import NotCanonical
from pactdesk.core.facts.chain import LogOfAnotherContract
from pactdesk.core.facts.checkpoints import CheckpointMalformed
from pactdesk.core.facts.commitments import PersonalField, PersonalFieldMalformed
from pactdesk.core.facts.fact import Fact, RecordedFact
from pactdesk.core.facts.log import seal_through
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant, ZoneUnknown
from pactdesk.gateways import filelog_write
from pactdesk.gateways.filelog import FileLog, LogZoneDiffers
from pactdesk.gateways.filelog_read import (
    DayFileMisnamed,
    LineDamaged,
    LineTruncated,
    LogFileUnreadable,
    LogFormatUnknown,
    LogMissing,
)
from pactdesk.gateways.filelog_write import LogDamaged, LogInUse, LogNotWritable, locked
from pactdesk.gateways.keys import SigningKey

MakeFact = Callable[..., Fact]
At = Callable[..., Instant]
HEAD = '{"contract_id":"c","format":"pactdesk.log/1","zone":"Asia/Shanghai"}\n'


def test_the_folder_is_laid_out_as_the_reference_says(
    file_log: FileLog, fact: MakeFact, at: At, signer: SigningKey
) -> None:
    text = PersonalField("chat", "e-1", "name", "00" * 16, "张三")
    file_log.append([fact("e-1", personal={"name": text.commitment})], at(1), [text])
    file_log.append([fact("e-2", "one"), fact("e-2", "other")], at(2))
    seal_through(file_log, date(2026, 9, 2), signer)
    assert sorted(visible_files(file_log.folder)) == [
        "checkpoints.jsonl",
        "conflicts.jsonl",
        "facts/2026-09-01.jsonl",
        "log.json",
        "personal/2026-09-01.jsonl",
    ]


@pytest.mark.parametrize("name", ["facts/2026-09-01.jsonl", "conflicts.jsonl", "checkpoints.jsonl"])
def test_a_line_that_was_cut_off_is_named_with_file_and_line(
    file_log: FileLog, fact: MakeFact, at: At, signer: SigningKey, name: str
) -> None:
    filled(file_log, fact, at, signer)
    path = file_log.folder / name
    path.write_bytes(path.read_bytes()[:-1])
    lines = path.read_bytes().count(b"\n")
    with pytest.raises(LineTruncated) as cut:
        read_all(FileLog(file_log.folder))
    assert cut.value.facts == {"path": str(path), "line": lines + 1}
    before = visible_files(file_log.folder)
    with pytest.raises(LineTruncated):
        FileLog(file_log.folder).append([fact("e-9")], at(5))
    assert visible_files(file_log.folder) == before


@pytest.mark.parametrize(
    ("name", "old", "new", "cause"),
    [
        ("facts/2026-09-01.jsonl", b'"measured":{', b'"measured": {', NotCanonical),
        ("facts/2026-09-01.jsonl", b'"kind":"clock"', b'"kind":"clack"', PactError),
        ("facts/2026-09-01.jsonl", b'"source":"chat"', b'"source":[1]', PactError),
        ("facts/2026-09-01.jsonl", b'"recorded_at":', b'"recorded_up":', PactError),
        ("conflicts.jsonl", b'"event":"activate"', b'"event":"pause"', PactError),
        ("checkpoints.jsonl", b'"demo":true', b'"demo":1', CheckpointMalformed),
        ("personal/2026-09-01.jsonl", b'"salt":"0', b'"salt":"x', PersonalFieldMalformed),
    ],
)
def test_a_damaged_line_is_named_with_its_cause(
    file_log: FileLog,
    fact: MakeFact,
    at: At,
    signer: SigningKey,
    name: str,
    old: bytes,
    new: bytes,
    cause: type[PactError],
) -> None:
    filled(file_log, fact, at, signer)
    path = file_log.folder / name
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    with pytest.raises(LineDamaged) as damaged:
        read_all(FileLog(file_log.folder))
    assert (damaged.value.facts["path"], damaged.value.facts["line"]) == (str(path), 1)
    assert isinstance(damaged.value.facts["cause"], cause)


def test_a_line_of_another_contract_is_refused(file_log: FileLog, fact: MakeFact, at: At) -> None:
    file_log.append([fact("e-1")], at(1))
    path = file_log.folder / "facts/2026-09-01.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"contract_id":"c"', b'"contract_id":"d"'))
    with pytest.raises(LogOfAnotherContract):
        read_all(file_log)


class Crash(Exception):
    """The power fails."""


@pytest.mark.parametrize("survived", range(40))
def test_a_crash_at_any_moment_leaves_the_whole_batch_or_nothing(
    file_log: FileLog,
    fact: MakeFact,
    at: At,
    monkeypatch: pytest.MonkeyPatch,
    survived: int,
) -> None:
    file_log.append([fact("e-1", "one"), fact("e-2")], at(1))
    before = read_all(FileLog(file_log.folder))
    steps = iter(range(survived))

    def counted(name: str) -> None:
        real = getattr(filelog_write, name)

        def step(*args: object) -> None:
            if next(steps, None) is None:
                raise Crash
            real(*args)

        monkeypatch.setattr(filelog_write, name, step)

    for name in ("_write_durably", "_move", "_sync"):
        counted(name)
    batch = [fact("e-1", "other"), fact("e-3"), fact("e-4")]
    recorded = [RecordedFact(each, at(n + 1)) for n, each in enumerate(batch)]
    try:
        file_log.record(recorded)
        crashed = False
    except Crash:
        crashed = True
    monkeypatch.undo()
    after = read_all(FileLog(file_log.folder))
    file_log.record(recorded)
    whole = read_all(file_log)
    assert after in (before, whole)
    assert crashed or after == whole
    assert whole == read_all(FileLog(file_log.folder)) != before
    assert not list(file_log.folder.glob(".new-*"))
    assert not (file_log.folder / ".commit").exists()


def test_two_openings_of_one_log_see_each_others_facts(
    file_log: FileLog, fact: MakeFact, at: At, signer: SigningKey
) -> None:
    other = FileLog(file_log.folder)
    file_log.append([fact("e-1")], at(1))
    assert other.append([fact("e-1")], at(1)).duplicates == 1
    assert other.append([fact("e-2")], at(1)).added == 1
    seal_through(file_log, date(2026, 9, 1), signer)
    assert len(other.checkpoints()) == 1
    assert other.append([fact("e-2", "other")], at(2)).conflicts == (("chat", "e-2"),)
    assert read_all(file_log) == read_all(other)


def test_a_second_writer_is_turned_away_and_a_reader_waits(file_log: FileLog) -> None:
    with held(file_log.folder / ".lock", fcntl.LOCK_EX):
        for exclusive in (True, False):
            with (
                pytest.raises(LogInUse),
                locked(file_log.folder, exclusive=exclusive, patience_seconds=0),
            ):
                pass
    with (
        held(file_log.folder / ".lock", fcntl.LOCK_SH),
        locked(file_log.folder, exclusive=False, patience_seconds=0),
    ):
        pass


def test_facts_that_are_being_read_do_not_hinder_a_writer(
    file_log: FileLog, fact: MakeFact, at: At
) -> None:
    file_log.append([fact("e-1"), fact("e-2")], at(1))
    reading = iter(file_log.facts("c"))
    next(reading)
    file_log.append([fact("e-3")], at(1))
    assert [each.fact.event_id for each in reading] == ["e-2"]


@pytest.mark.parametrize(
    "moves",
    [
        [[".new-0", "../stolen"]],
        [["../secret", "conflicts.jsonl"]],
        [[".new-0", "/etc/passwd"]],
        [[".new-0"]],
        {},
    ],
)
def test_a_strangers_unfinished_write_is_not_carried_out(file_log: FileLog, moves: object) -> None:
    (file_log.folder / ".new-0").write_bytes(b"x")
    (file_log.folder / ".commit").write_text(json.dumps(moves, separators=(",", ":")))
    with pytest.raises(LogDamaged):
        file_log.days()
    assert not (file_log.folder.parent / "stolen").exists()


def test_a_folder_that_cannot_be_written_to_can_still_be_read(
    file_log: FileLog, fact: MakeFact, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_log.append([fact("e-1")], at(1))

    def read_only(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", read_only)
    assert len(list(FileLog(file_log.folder).facts("c"))) == 1
    with pytest.raises(LogNotWritable):
        file_log.append([fact("e-2")], at(1))


def test_a_folder_without_a_log_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(LogMissing):
        FileLog(tmp_path)
    with pytest.raises(LogMissing):
        FileLog(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("head", "error"),
    [
        (HEAD.replace("log/1", "log/9"), LogFormatUnknown),
        (HEAD.replace("Shanghai", "Nowhere"), ZoneUnknown),
        (HEAD.replace("zone", "town"), LineDamaged),
        (HEAD.replace('"c"', '""'), LineDamaged),
        (HEAD.removesuffix("\n"), LineTruncated),
        ("", LineDamaged),
        ("[]\n", LineDamaged),
    ],
)
def test_a_log_that_says_something_else_about_itself_is_refused(
    tmp_path: Path, head: str, error: type[PactError]
) -> None:
    (tmp_path / "log.json").write_text(head)
    with pytest.raises(error):
        FileLog(tmp_path)


def test_a_log_is_created_once_for_one_contract_and_zone(file_log: FileLog) -> None:
    folder = file_log.folder
    assert FileLog.create(folder, "c", "Asia/Shanghai").contract_id == "c"
    with pytest.raises(LogOfAnotherContract):
        FileLog.create(folder, "d", "Asia/Shanghai")
    with pytest.raises(LogZoneDiffers):
        FileLog.create(folder, "c", "Asia/Tokyo")
    with pytest.raises(ZoneUnknown):
        FileLog.create(folder.parent / "other", "c", "Nowhere")
    assert not (folder.parent / "other").exists()


def test_a_file_that_cannot_be_read_is_named(file_log: FileLog) -> None:
    (file_log.folder / "checkpoints.jsonl").mkdir()
    with pytest.raises(LogFileUnreadable):
        file_log.checkpoints()


def filled(log: FileLog, fact: MakeFact, at: At, signer: SigningKey) -> None:
    """A log with something in every file."""
    text = PersonalField("chat", "e-1", "name", "00" * 16, "张三")
    log.append([fact("e-1", personal={"name": text.commitment})], at(1), [text])
    log.append([fact("e-2", "one"), fact("e-2", "other")], at(2))
    seal_through(log, date(2026, 9, 1), signer)


def read_all(log: FileLog) -> tuple[object, ...]:
    """Everything in it."""
    return (
        tuple(log.facts("c")),
        tuple(log.conflicts()),
        tuple(log.checkpoints()),
        tuple(log.personal_fields()),
        log.days(),
    )


def visible_files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*.json*")
        if not path.name.startswith(".")
    }


@contextmanager
def held(path: Path, mode: int) -> Iterator[None]:
    """The lock, in other hands."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT)
    fcntl.flock(handle, mode)
    yield
    os.close(handle)


def test_a_file_named_after_no_day_is_said_to_be_misnamed(
    file_log: FileLog, fact: MakeFact, at: At
) -> None:
    file_log.append([fact("e-1")], at(1))
    (file_log.folder / "facts/2026-13-01.jsonl").touch()
    (file_log.folder / "facts/2026-09-01.jsonl~").touch()
    with pytest.raises(DayFileMisnamed):
        file_log.days()


def test_a_full_disk_changes_nothing(
    file_log: FileLog, fact: MakeFact, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_log.append([fact("e-1")], at(1))
    before = visible_files(file_log.folder)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(filelog_write, "_write_durably", full)
    with pytest.raises(LogNotWritable):
        file_log.append([fact("e-2")], at(1))
    monkeypatch.undo()
    assert visible_files(file_log.folder) == before
    assert file_log.append([fact("e-2")], at(1)).added == 1


def test_a_log_is_not_created_where_a_file_stands(tmp_path: Path) -> None:
    (tmp_path / "log").touch()
    with pytest.raises(LogNotWritable):
        FileLog.create(tmp_path / "log", "c", "Asia/Shanghai")
