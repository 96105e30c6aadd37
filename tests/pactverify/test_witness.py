"""The client keeps what it was shown, and a provider with two histories is caught."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.facts.checkpoints import to_checkpoint_record
from pactdesk.core.facts.log import seal_through
from pactdesk.core.facts.memory import MemoryFactLog
from pactdesk.gateways.keys import SigningKey
from pactverify import verify, witness
from pactverify.__main__ import main

Receive = Callable[..., list[str]]


@pytest.fixture
def case(random_case: Callable[[int], Any]) -> Any:
    """One with several sealed days."""
    return next(each for each in map(random_case, count(1)) if len(each.log.checkpoints()) > 3)


@pytest.fixture
def received(tmp_path: Path) -> Receive:
    """Checkpoints → the files in which they came by mail."""

    def write(*checkpoints: Any, name: str = "mail") -> list[str]:
        paths = []
        for number, each in enumerate(checkpoints):
            path = tmp_path / f"{name}-{number}.json"
            path.write_bytes(canonical_json(to_checkpoint_record(each)) + b"\n")
            paths.append(str(path))
        return paths

    return write


def other_history(case: Any) -> Any:
    """The first checkpoint of a log without facts, signed with the same key."""
    chain = case.log.checkpoints()
    day = chain[0].body.day
    log = MemoryFactLog(chain[0].body.contract_id, case.log.zone)
    kept = list(case.log.facts(chain[0].body.contract_id))
    log.record(kept[:1])
    seal_through(log, day + timedelta(days=1), case.key)
    return next(each for each in log.checkpoints() if each.body.day == day)


def test_a_chain_received_day_by_day_is_kept_whole_and_a_bundle_is_held_against_all_of_it(
    case: Any, received: Receive, trust: Callable[..., Path], tmp_path: Path
) -> None:
    keys, folder = trust(case.key), tmp_path / "kept"
    for path in received(*case.log.checkpoints()):
        assert witness(folder, [path], keys).exit_code == 0
    assert len(list(folder.iterdir())) == len(case.log.checkpoints())
    again = witness(folder, received(*case.log.checkpoints()), keys)
    assert (again.exit_code, again.notes) == (0, [])
    assert len(list(folder.iterdir())) == len(case.log.checkpoints())
    assert verify(case.write(tmp_path / "month.pactbundle"), keys, folder).exit_code == 0


def test_a_day_that_never_came_is_told_and_is_no_failure(
    case: Any, received: Receive, trust: Callable[..., Path], tmp_path: Path
) -> None:
    one, _, three, *_ = case.log.checkpoints()
    report = witness(tmp_path / "kept", received(one, three), trust(case.key))
    assert report.exit_code == 0
    [note] = report.notes
    assert note.key == "days_missing"
    assert one.body.day.isoformat() in report.text("zh")


def test_two_histories_for_one_day_fail_and_both_stay_as_proof(
    case: Any, received: Receive, trust: Callable[..., Path], tmp_path: Path
) -> None:
    keys, folder = trust(case.key), tmp_path / "kept"
    genuine, other = case.log.checkpoints()[0], other_history(case)
    assert genuine.body != other.body
    assert witness(folder, received(genuine), keys).exit_code == 0
    for arguments in ([*received(other, name="other")], []):
        told = [str(folder), *arguments, "--trust", str(keys), "--lang", "en"]
        assert main(["witness", *told]) == 1
    report = witness(folder, [], keys)
    assert [failure.key for failure in report.failures] == ["two_histories"]
    assert len(list(folder.iterdir())) == 2
    bundle = case.write(tmp_path / "month.pactbundle")
    assert verify(bundle, keys, folder).exit_code == 1


def test_what_another_signed_is_not_kept(
    case: Any, received: Receive, trust: Callable[..., Path], tmp_path: Path
) -> None:
    stranger = SigningKey.generate(case.key.party)
    folder = tmp_path / "kept"
    report = witness(folder, received(case.log.checkpoints()[0]), trust(stranger))
    assert [failure.key for failure in report.failures] == ["key_unknown"]
    assert list(folder.iterdir()) == []


def test_a_link_that_does_not_hold_fails(
    case: Any, received: Receive, trust: Callable[..., Path], tmp_path: Path
) -> None:
    second = case.log.checkpoints()[1]
    report = witness(tmp_path / "kept", received(other_history(case), second), trust(case.key))
    assert [failure.key for failure in report.failures] == ["chain_broken"]


def test_checkpoints_of_another_contract_need_a_folder_of_their_own(
    case: Any, random_case: Callable[[int], Any], received: Receive, tmp_path: Path
) -> None:
    chain = MemoryFactLog("another", case.log.zone)
    first = case.log.checkpoints()[0]
    fact = next(iter(case.log.facts(first.body.contract_id)))
    chain.record([replace(fact, fact=replace(fact.fact, contract_id="another"))])
    seal_through(chain, first.body.day + timedelta(days=40), case.key)
    report = witness(tmp_path / "kept", received(first, *chain.checkpoints()[-1:]))
    assert [failure.key for failure in report.failures] == ["contracts_mixed"]


@pytest.mark.parametrize("content", [b"", b"{}\n", b"\xff", b'{"body":{},"signature":""}\n'])
def test_what_is_no_checkpoint_is_refused_with_a_sentence(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mail.json").write_bytes(content)
    told = [str(tmp_path / "kept"), str(tmp_path / "mail.json")]
    assert main(["witness", *told, "--lang", "en"]) == 1
    assert "Traceback" not in capsys.readouterr().out
    assert main(["witness", *told[:1], str(tmp_path / "none.json")]) == 2
    assert list((tmp_path / "kept").iterdir()) == []


def test_without_trust_nothing_is_authentic(case: Any, received: Receive, tmp_path: Path) -> None:
    assert witness(tmp_path / "kept", received(case.log.checkpoints()[0])).exit_code == 3
