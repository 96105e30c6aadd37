"""Others who come in by agreement: advisers, auditors, technical support (第三方)."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Amount, Blank, ClauseBase


class ThirdParties(ClauseBase):
    """Each needs a written agreement; `liability_cap` is theirs, where one is agreed."""

    kind: Literal["third_parties"] = "third_parties"
    written_agreement: bool | Blank
    liability_cap: Amount | Blank | None = None
    bound_by_confidentiality: bool | Blank | None = None
