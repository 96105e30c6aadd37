"""Which tests go to a worker together, and which go first.

A file is one piece of work, so that what its fixtures make is made once. Files that share
something dear, a whole demo or a running desk, name the same `xdist_group` and are one piece
together. (xdist's own `loadgroup` tears groups apart since pytest 9.2: pytest-xdist, issue 1386.)
The longest come first: both workers then end together.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]
from xdist.workermanage import WorkerController  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[2]

GROUP = re.compile(r'xdist_group\("([^"]+)"\)')

LONGEST = (
    "demo-desk",
    "tests/web/walls/test_every_page.py",
    "live-door",
    "the-line-in-the-browser",
    "demo",
    "operations",
    "browser",
    "tests/web/attacks/test_pages.py",
    "account_in_browser",
    "running-desk",
    "tests/pactverify/test_agreement.py",
    "backup",
    "tests/config/test_private_postgres.py",
    "review",
    "tests/apps/evidence/test_evidence_twins.py",
    "tests/journeys/test_real_seeds.py",
    "tests/gateways/tabular/test_bank_calls.py",
    "tests/gateways/tabular/test_ticket_log.py",
    "tests/gateways/test_fact_log_order.py",
    "tests/core/measure/test_months.py",
    "tests/core/worktime/test_grid_oracle.py",
)
"""Groups and files; after these, the one with most tests comes first."""


@cache
def piece_of(file: str) -> str:
    """The group that a test file names, else the file itself; from the root of the checkout."""
    named = GROUP.search((ROOT / file).read_text("utf-8"))
    return named.group(1) if named else file


class Pieces(LoadScopeScheduling):  # type: ignore[misc]  # xdist's classes have no types
    """Hands out whole pieces, the longest first."""

    def _split_scope(self, nodeid: str) -> str:
        return piece_of(nodeid.partition("::")[0])

    def _assign_work_unit(self, node: WorkerController) -> None:
        longest = max(self.workqueue, key=self._weight)
        self.workqueue.move_to_end(longest, last=False)
        super()._assign_work_unit(node)

    def _weight(self, piece: str) -> tuple[int, int]:
        rank = LONGEST.index(piece) if piece in LONGEST else len(LONGEST)
        return -rank, len(self.workqueue[piece])
