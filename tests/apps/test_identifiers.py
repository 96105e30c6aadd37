"""Ids: of the time they were made, and never twice."""

from __future__ import annotations

import time
from uuid import RFC_4122

from pactdesk.apps.walls.identifiers import new_id


def test_an_id_is_a_version_7_uuid_of_now() -> None:
    before = time.time_ns() // 1_000_000
    made = new_id()
    after = time.time_ns() // 1_000_000
    assert (made.version, made.variant) == (7, RFC_4122)
    assert before <= made.int >> 80 <= after


def test_ids_made_one_after_another_sort_so_and_are_all_different() -> None:
    made = []
    for _ in range(200):
        made.append(new_id())
        time.sleep(0.000_002)
    assert sorted(made) == made
    assert len({new_id() for _ in range(10_000)}) == 10_000
