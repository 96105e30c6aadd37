"""What was worked out lately is not worked out again, however many ask at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from pactdesk.apps.statements.recent import Recent


def test_of_many_who_ask_at_once_one_works_it_out() -> None:
    recent, ready = Recent[int](most=2), Event()
    made: list[int] = []

    def work() -> int:
        ready.wait(10)
        made.append(1)
        return 0  # a value that is false is a value

    with ThreadPoolExecutor(4) as people:
        answers = [people.submit(recent.get, "month", work) for _ in range(4)]
        ready.set()
        assert [answer.result() for answer in answers] == [0, 0, 0, 0]
    assert made == [1]


def test_what_was_not_used_longest_goes_first() -> None:
    recent = Recent[str](most=2)
    for name in ("a", "b", "a", "c"):
        recent.get(name, name.lower)
    assert recent.get("a", lambda: "again") == "a"
    assert recent.get("b", lambda: "again") == "again"


def test_what_failed_is_tried_again() -> None:
    recent = Recent[int](most=1)
    try:
        recent.get("month", lambda: 1 // 0)
    except ZeroDivisionError:
        assert recent.get("month", lambda: 7) == 7
