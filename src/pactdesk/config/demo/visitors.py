"""Simulated customers who come through the live door, and agents who answer some of them.

    python -m pactdesk.config.demo.visitors    until SIGTERM

The rest wait for whoever plays the agent: a customer answers anybody. Each one ends: an agent of
ours resolves and closes, as one does at the desk.
"""

from __future__ import annotations

import heapq
import json
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen
from uuid import UUID, uuid4

NOTES = "PACTDESK_DEMO_NOTES"
"""The file with the ids of the demo."""

EVERY_S = (20.0, 70.0)
"""Between two customers."""
ANSWERED = 0.6
"""The share that a simulated agent answers; the others wait for you."""
PATIENCE_S = 1_800.0


@dataclass
class Visit:
    """One customer.

    seen      the last sequence that they have read
    said      how many lines of the script are out
    by_agent  the simulated agent who answers; none when a person has to
    """

    site: str
    contract: str
    asked: str
    script: list[str]
    by_agent: str | None
    conversation: str = ""
    token: str = ""
    seen: int = 0
    said: int = 0
    began: float = field(default_factory=time.monotonic)


class Visitors:
    """Everything that happens, one thing after the other, each at its time."""

    def __init__(self, ids: Mapping[str, str], door: str) -> None:
        self.ids, self.door = ids, door
        self.stopped = threading.Event()
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = count()

    def run(self) -> None:
        """Until stopped."""
        self._in(2.0, self._somebody_comes)
        while not self.stopped.is_set():
            at, _, what = self._due[0]
            if self.stopped.wait(max(0.0, at - time.monotonic())):
                return
            heapq.heappop(self._due)
            try:
                what()
            except (URLError, OSError, ValueError) as problem:
                # The door may be starting anew; this visitor is lost, others will come.
                sys.stderr.write(f"visitor: {type(problem).__name__}\n")

    def _in(self, seconds: float, what: Callable[[], None]) -> None:
        heapq.heappush(self._due, (time.monotonic() + seconds, next(self._numbers), what))

    def _somebody_comes(self) -> None:
        from pactdesk.config.demo.talks import openings, script_of

        self._in(random.uniform(*EVERY_S), self._somebody_comes)  # noqa: S311  a play
        shop = random.choice(["qinghe", "qinghe", "baita"])  # noqa: S311
        client = {"qinghe": "青禾", "baita": "白塔"}[shop]
        asked = random.choice(openings())  # noqa: S311
        answered = random.random() < ANSWERED  # noqa: S311
        visit = Visit(
            site=self.ids[f"site.{shop}"],
            contract=self.ids[f"contract.{client}"],
            asked=asked,
            script=list(script_of(asked, str(uuid4()))),
            by_agent=random.choice(["agent2", "lead"]) if answered else None,  # noqa: S311
        )
        opened = self._ask("POST", "/v1/conversations", {"site": visit.site, "key": str(uuid4())})
        visit.conversation, visit.token = opened["conversation"], opened["token"]
        self._post(visit, asked, visit.token)
        if visit.by_agent:
            self._in(random.uniform(4, 25), lambda: self._agent_says(visit))  # noqa: S311
        self._in(5, lambda: self._customer_looks(visit))

    def _agent_says(self, visit: Visit) -> None:
        from pactdesk.web.live.tickets import agent_ticket

        if visit.said >= len(visit.script):
            self._end(visit)
            return
        text, visit.said = visit.script[visit.said], visit.said + 1
        self._post(visit, text, agent_ticket(UUID(self.ids[f"person.{visit.by_agent}"])))

    def _customer_looks(self, visit: Visit) -> None:
        """Answer an agent who has written since; come again until patience is over."""
        path = f"/v1/conversations/{visit.conversation}/messages?after={visit.seen}"
        found = self._ask("GET", path, token=visit.token)
        written = found["messages"]
        visit.seen = max([visit.seen, *(each["sequence"] for each in written)])
        over = found["state"] == "closed" or time.monotonic() - visit.began > PATIENCE_S
        if any(each["author"] == "agent" for each in written):
            if visit.by_agent is None:
                visit.said += 1  # a person said something in the place of the script
            answer = visit.script[visit.said] if visit.said < len(visit.script) else ""
            if answer and not over:
                visit.said += 1
                self._ask("POST", f"/v1/conversations/{visit.conversation}/typing", {}, visit.token)
                self._in(random.uniform(3, 9), lambda: self._answer(visit, answer))  # noqa: S311
        if over:
            self._rate(visit)
            return
        self._in(4, lambda: self._customer_looks(visit))

    def _answer(self, visit: Visit, text: str) -> None:
        self._post(visit, text, visit.token)
        if visit.by_agent:
            self._in(random.uniform(5, 20), lambda: self._agent_says(visit))  # noqa: S311

    def _end(self, visit: Visit) -> None:
        """What an agent does at the desk when all is said."""
        from pactdesk.apps.conversations.actions import Means, close, resolve
        from pactdesk.apps.conversations.hands import agent
        from pactdesk.apps.conversations.recording import into_log
        from pactdesk.core.units.instants import instant_of
        from pactdesk.gateways.vault.vault_keys import VaultKeys

        code = self.ids[f"code.{visit.contract}"]
        contract, hand = UUID(visit.contract), agent(UUID(self.ids[f"person.{visit.by_agent}"]))
        vault = VaultKeys.from_environment(os.environ)
        means = Means(contract, code, vault, into_log(contract, code))
        for ending in (resolve, close):
            at = instant_of(datetime.now(UTC))
            ending(UUID(visit.conversation), hand, at=at, means=means)

    def _rate(self, visit: Visit) -> None:
        if visit.seen > 1 and random.random() < 0.7:  # noqa: S311
            score = random.choice([5, 5, 5, 4, 4, 2])  # noqa: S311
            told = {"score": score, "scale": 5, "key": str(uuid4())}
            self._ask("POST", f"/v1/conversations/{visit.conversation}/rating", told, visit.token)

    def _post(self, visit: Visit, text: str, token: str) -> None:
        told = {"body": text, "key": str(uuid4())}
        self._ask("POST", f"/v1/conversations/{visit.conversation}/messages", told, token)

    def _ask(
        self, method: str, path: str, told: Mapping[str, Any] | None = None, token: str = ""
    ) -> Any:
        body = None if told is None else json.dumps(told).encode()
        headers = {"Content-Type": "application/json", "Origin": self.ids["origin"]}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        request = Request(self.door + path, data=body, headers=headers, method=method)  # noqa: S310
        with urlopen(request, timeout=15) as answer:  # noqa: S310  our own door
            read = answer.read()
        return json.loads(read) if read else None


def main() -> int:
    """Play until told to stop."""
    import django

    django.setup()
    ids = json.loads(Path(os.environ[NOTES]).read_text("utf-8"))
    visitors = Visitors(ids, os.environ["LIVE_URL"])
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: visitors.stopped.set())
    visitors.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
