"""Jobs and races, for tests of evidence in the database."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from uuid import UUID

from django.db import connections

from pactdesk.apps.walls.scope import Scope

T = TypeVar("T")


def of(*contracts: UUID) -> Scope:
    """The scope of a job for these contracts."""
    return Scope(contracts=dict.fromkeys(contracts, frozenset()))


def at_once(*works: Callable[[], T]) -> list[T | Exception]:
    """What came of these works, each done in a thread and a connection of its own."""

    def one(work: Callable[[], T]) -> T | Exception:
        try:
            return work()
        except Exception as problem:  # the test looks at what it is
            return problem
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))
