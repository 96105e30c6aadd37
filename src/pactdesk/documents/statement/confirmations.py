"""Who confirmed a statement: printed where otherwise a hand would sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pactdesk.core.facts.kinds import Party as Side
from pactdesk.core.terms.clauses.parties import Parties, Party
from pactdesk.core.terms.contract import Contract
from pactdesk.messages.catalogue import Language, text


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A party's confirmation.

    at       on the wall clock of the contract's zone
    content  SHA-256 of the statement that was confirmed
    """

    party: Side
    person: str
    at: datetime
    content: str


def confirmations(
    contract: Contract, confirmed: Sequence[Confirmed], language: Language
) -> dict[str, Any]:
    """Both sides, each confirmed or with room for a hand and a seal."""

    def say(key: str, **values: object) -> str:
        return text("statement", f"confirm.{key}", language, **values)

    clause = contract.one(Parties)
    by_party = {each.party: each for each in confirmed}
    sides = ((Side.CLIENT, clause.client), (Side.PROVIDER, clause.provider))
    return {
        "title": say("title"),
        "note": say("note") if len(by_party) < len(Side) else say("agreed"),
        "sides": [_side(party, by_party.get(side), language) for side, party in sides],
        "signature": say("signature"),
        "seal": say("seal"),
        "date": say("date"),
    }


def _side(party: Party, confirmed: Confirmed | None, language: Language) -> dict[str, Any]:
    shown: dict[str, Any] = {"role": str(party.label), "name": str(party.name), "confirmed": None}
    if confirmed is not None:
        shown["confirmed"] = _shown(confirmed, language)
    return shown


def _shown(confirmed: Confirmed, language: Language) -> dict[str, Any]:
    def say(key: str, **values: object) -> str:
        return text("statement", f"confirm.{key}", language, **values)

    offset = confirmed.at.strftime("%z")
    moment = f"{confirmed.at:%Y-%m-%d %H:%M:%S} UTC{offset[:3]}:{offset[3:]}"
    return {
        "mark": say("mark"),
        "rows": [[say("person"), confirmed.person], [say("at"), moment]],
        "content_label": say("content"),
        # In two lines of four groups, so that two people can read it to each other.
        "content": [
            " ".join(confirmed.content[at + n : at + n + 8] for n in range(0, 32, 8))
            for at in (0, 32)
        ],
    }
