"""The root of every error that a user may see."""

from __future__ import annotations

from collections.abc import Mapping


class PactError(Exception):
    """A fact that stops the work, told by its attributes.

    A subclass is named after what happened (`ZoneMissing`, `BlanksRemain`) and takes
    keywords only. The sentence that a person reads is not here: it stands in
    `pactdesk/messages/{zh,en}/*.yaml` under the class name, with the keywords as
    placeholders, and says what happened, where, and what to do.
    """

    def __init__(self, told: Mapping[str, object] | None = None, /, **facts: object) -> None:
        # Others make an error again from its `args` (simpy across processes, pickle).
        self.facts: dict[str, object] = {**(told or {}), **facts}
        super().__init__(self.facts)

    def __str__(self) -> str:
        return ", ".join(f"{name}={value!r}" for name, value in self.facts.items())

    def __getattr__(self, name: str) -> object:
        try:
            return self.__dict__["facts"][name]
        except KeyError:
            raise AttributeError(name) from None
