"""Who keeps what secret, and how long (保密)."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase, Count


class Confidentiality(ClauseBase):
    """`after_years` after the end; `indefinite` when for ever. Both open when the paper is mute."""

    kind: Literal["confidentiality"] = "confidentiality"
    bound: Literal["provider", "client", "both"] | Blank
    during_term: bool | Blank
    after_years: Count | Blank | None = None
    indefinite: bool | Blank | None = None
