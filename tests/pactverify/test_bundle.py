"""Writing and reading the evidence bundle."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pactdesk.core.facts.memory import MemoryFactLog
from pactdesk.gateways.bundle import (
    BundleDamaged,
    BundleMissing,
    BundleNotWritable,
    NothingSealed,
    read_bundle,
)
from pactdesk.messages.catalogue import say


def test_the_same_month_gives_the_same_bytes(
    random_case: Callable[[int], Any], tmp_path: Path
) -> None:
    case = random_case(3)
    one, other = case.write(tmp_path / "one"), case.write(tmp_path / "other")
    assert one.read_bytes() == other.read_bytes()


def test_what_was_written_is_read(random_case: Callable[[int], Any], tmp_path: Path) -> None:
    case = random_case(4)
    read = read_bundle(case.write(tmp_path / "new folder" / "month.pactbundle"))
    assert read.contract == case.contract
    assert read.calendar == case.calendar
    assert read.statement == json.loads(json.dumps(case.statement.to_plain()))
    assert list(read.facts) == list(case.log.facts(case.contract.contract_id))


@pytest.mark.parametrize("keep", [0, 10, 500, -1])
def test_a_cut_bundle_is_refused_with_a_sentence(
    keep: int, random_case: Callable[[int], Any], tmp_path: Path
) -> None:
    path = random_case(3).write(tmp_path / "month.pactbundle")
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(BundleDamaged) as caught:
        read_bundle(path)
    assert str(path) in say(caught.value, "zh")


def test_a_missing_bundle_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BundleMissing):
        read_bundle(tmp_path / "none")


def test_a_bundle_that_cannot_be_written_leaves_nothing(
    random_case: Callable[[int], Any], tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(BundleNotWritable):
        random_case(3).write(tmp_path / "folder")
    assert [each.name for each in tmp_path.iterdir()] == ["folder"]


def test_a_log_without_a_seal_has_no_bundle(
    random_case: Callable[[int], Any], tmp_path: Path
) -> None:
    case = random_case(3)
    empty = MemoryFactLog(case.log.contract_id, case.log.zone)
    with pytest.raises(NothingSealed):
        replace(case, log=empty).write(tmp_path / "month.pactbundle")
    assert not list(tmp_path.iterdir())
