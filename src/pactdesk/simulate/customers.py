"""Who the simulated customers are: a pseudonym in the facts, name and words beside them."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import yaml

from pactdesk.core.facts.kinds import CaseType, Channel
from pactdesk.simulate.chance import Chance

_LARGEST_SUBSCRIBER = 99_999_999
_PSEUDONYM_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Customer:
    """pseudonym  what the measured part holds; an HMAC under a key of this person alone
    phone      a number that no operator gives out (it begins with 100)
    """

    pseudonym: str
    name: str
    phone: str


def customer(seed: int, number: int) -> Customer:
    """The `number`-th customer; the same person each time that customer comes.

    For the demo the person's key follows from the seed; a real one is random and kept apart,
    so that destroying it cuts the facts from the person.
    """
    chance = Chance(seed, "customer", number)
    key = sha256(f"customer key|{seed}|{number}".encode()).digest()
    digest = hmac.new(key, str(number).encode(), sha256).hexdigest()
    words = _words()
    return Customer(
        pseudonym=f"c-{digest[:_PSEUDONYM_DIGITS]}",
        name=chance.pick(words["surnames"]) + chance.pick(words["given_names"]),
        phone=f"100{chance.between(0, _LARGEST_SUBSCRIBER):08d}",
    )


def personal_texts(
    who: Customer, channel: Channel, case_type: CaseType, chance: Chance
) -> Mapping[str, str]:
    """The personal fields of an opening: a caller has a number, a writer has words."""
    if channel is Channel.PHONE:
        return {"name": who.name, "phone": who.phone}
    return {"message": chance.pick(_words()["messages"][case_type.value]), "name": who.name}


@cache
def _words() -> Mapping[str, Any]:
    text = files("pactdesk.simulate").joinpath("customers.yaml").read_text("utf-8")
    words: Mapping[str, Any] = yaml.safe_load(text)
    return words
