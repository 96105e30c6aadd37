"""The latest of what a process worked out, for several threads: never asked for twice at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")


class Recent(Generic[V]):
    """At most `most` values, those used last.

    A key must name its value fully: whoever knows the key and may see what it names gets the
    value that somebody else had worked out.

    >>> squares = Recent[int](most=2)
    >>> squares.get(3, lambda: 9), squares.get(3, lambda: 0)
    (9, 9)
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, V] = OrderedDict()
        self._lock = Lock()
        self._turns: dict[Hashable, Lock] = {}

    def get(self, key: Hashable, made: Callable[[], V]) -> V:
        """The value of `key`; worked out by `made` when it is not there."""
        with self._lock:
            turn = self._turns.setdefault(key, Lock())
        try:
            with turn:
                kept = self._kept_under(key)
                return kept[0] if kept else self._keep(key, made())
        finally:
            with self._lock:
                self._turns.pop(key, None)

    def _kept_under(self, key: Hashable) -> tuple[V] | tuple[()]:
        with self._lock:
            if key not in self._kept:
                return ()
            self._kept.move_to_end(key)
            return (self._kept[key],)

    def _keep(self, key: Hashable, value: V) -> V:
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return value
