"""What stops a check. The sentence for each `key` stands in `messages.py`."""

from __future__ import annotations


class Refused(Exception):
    """A check failed; `key` names the sentence, `facts` fill it in."""

    def __init__(self, key: str, **facts: object) -> None:
        self.key, self.facts = key, facts
        super().__init__(key, facts)


class Unusable(Refused):
    """The input cannot be checked at all: missing, truncated, not a bundle, bad arguments."""
