"""Durable messages per second through the live door, beside pgbench with the door's own SQL.

    python -m benchmarks.door

32 clients each, in the same run, on the same PostgreSQL with fsync on: three rounds of the door
(customers' tokens, one message at a time for each client, a load generator of its own process),
of pgbench running `door.sql` (role app, row security on, prepared, ciphertexts as long as the
door's), and, for information, of pgbench with a bare insert. Exits 1 below 40 % of pgbench with
the door's SQL.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import cast
from uuid import uuid4

from benchmarks.running.desk import (
    ROOT,
    Desk,
    cpu_seconds,
    desk,
    make_conversations,
    met,
    running_door,
    server_cpu_seconds,
)

CLIENTS = 32
ROUNDS = 3
SECONDS = 6
TARGET, BARE = 0.40, 0.20

_BARE = """
INSERT INTO bench_bare VALUES (gen_random_uuid(), :client_id, decode(repeat('ab', :size), 'hex'));
"""

_TEXT = (
    "在吗？我上周买的沙发今天送到了，可是左边扶手上有一道划痕，"
    "想问一下是换一个，还是可以退一部分钱？订单尾号 4417。"
)
_BODY = f'{{"body":"{_TEXT}","key":"%s"}}'.encode()


class Client(asyncio.Protocol):
    """One customer: sends the next message when the one before is answered."""

    def __init__(self, head: bytes, until: float) -> None:
        self.head, self.until = head, until
        self.kept = self.other = 0
        self.waits: list[float] = []
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        self.heard += data
        if not self.heard.endswith(b"}"):
            return
        if self.heard.startswith(b"HTTP/1.1 200"):
            self.kept += 1
            self.waits.append(time.perf_counter() - self.since)
        else:
            self.other += 1
        if time.perf_counter() < self.until:
            self._send()
        else:
            self.transport.close()
            self.done.set_result(None)

    def connection_lost(self, _: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)

    def _send(self) -> None:
        body = _BODY % uuid4().hex.encode()
        self.heard = b""
        self.since = time.perf_counter()
        self.transport.write(b"%bcontent-length: %d\r\n\r\n%b" % (self.head, len(body), body))


async def load(port: int, told: list[list[str]], seconds: float) -> dict[str, float]:
    """What the clients together got answered."""
    loop = asyncio.get_running_loop()
    begin, spent = time.perf_counter(), time.process_time()
    clients = []
    for conversation, token in told:
        head = (
            f"POST /v1/conversations/{conversation}/messages HTTP/1.1\r\nhost: door\r\n"
            f"authorization: Bearer {token}\r\ncontent-type: application/json\r\n"
        ).encode()
        _, client = await loop.create_connection(
            partial(Client, head, begin + seconds), "127.0.0.1", port
        )
        clients.append(client)
    for client in clients:
        await client.done
    waits = sorted(wait for client in clients for wait in client.waits)
    return {
        "per_second": sum(client.kept for client in clients) / (time.perf_counter() - begin),
        "other": sum(client.other for client in clients),
        "kept": len(waits),
        "p50_ms": 1000 * statistics.median(waits) if waits else 0,
        "p99_ms": 1000 * waits[int(len(waits) * 0.99)] if waits else 0,
        "cpu": time.process_time() - spent,
    }


def through_the_door(desk: Desk, port: int, seconds: float) -> dict[str, float]:
    """The load generator's figures."""
    from pactdesk.web.live.tickets import customer_token

    chats = make_conversations(desk, CLIENTS)
    told = [[str(one), customer_token(one, desk.contract, "")] for one in chats]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.door", "--load", str(port), str(seconds)],
        input=json.dumps(told), capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def pgbench(desk: Desk, script: Path, seconds: int, size: int) -> float:
    """Transactions per second, with ciphertexts of `size` bytes."""
    server = desk.server
    done = subprocess.run(
        [str(desk.pgbench), "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2",
         "-T", str(seconds), "-f", str(script), "-D", f"contract={desk.contract}",
         "-D", f"size={size}",
         "-h", "127.0.0.1", "-p", str(server.port), "-U", "pactdesk_app", desk.name],
        env={**os.environ, "PGPASSWORD": server.passwords["pactdesk_app"]},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = re.search(r"tps = ([0-9.]+)", done.stdout)
    if done.returncode or not found:
        raise SystemExit(f"pgbench: {done.stdout[-500:]} {done.stderr[-1500:]}")
    return float(found[1])


def main() -> int:
    import psycopg

    doors, own, bare = [], [], []
    with desk() as made, tempfile.TemporaryDirectory() as folder:
        plain, script = Path(folder) / "bare.sql", Path(__file__).with_suffix(".sql")
        plain.write_text(_BARE)
        with psycopg.connect(made.address(), autocommit=True) as connection:
            connection.execute("CREATE TABLE bench_bare (id uuid PRIMARY KEY, c int, b bytea)")
            connection.execute("GRANT INSERT ON bench_bare TO pactdesk_app")
        make_conversations(made, CLIENTS)
        print(f"{CLIENTS} clients, {SECONDS} s a round; messages per second, durable")
        print(f"{'':63}   processor ms per message")
        print("round     door   p50 ms   p99 ms   pgbench, own SQL   share   bare insert", end="")
        print("   door  PostgreSQL  clients")
        with running_door(made) as (port, process):
            through_the_door(made, port, 1)
            size = _size_of_a_message(made)
            for number in range(1, ROUNDS + 1):
                spent = cpu_seconds(process), server_cpu_seconds(made)
                figures = through_the_door(made, port, SECONDS)
                now = cpu_seconds(process), server_cpu_seconds(made)
                if figures["other"]:
                    raise SystemExit(f"{figures['other']} requests were not answered with 200")
                doors.append(figures["per_second"])
                own.append(pgbench(made, script, SECONDS, size))
                _count_on(made)
                bare.append(pgbench(made, plain, SECONDS, size))
                each_ms = 1000 / figures["kept"]
                print(
                    f"{number:5} {doors[-1]:8.0f} {figures['p50_ms']:8.1f} {figures['p99_ms']:8.1f}"
                    f" {own[-1]:18.0f} {doors[-1] / own[-1]:7.0%} {bare[-1]:13.0f}"
                    f" {each_ms * (now[0] - spent[0]):6.2f} {each_ms * (now[1] - spent[1]):11.2f}"
                    f" {each_ms * figures['cpu']:8.2f}",
                    flush=True,
                )
    spread = [door / sql for door, sql in zip(doors, own, strict=True)]
    share = statistics.median(spread)
    bare_share = statistics.median(doors) / statistics.median(bare)
    print(f"{met(share >= TARGET)}  share of pgbench with the door's SQL {share:.0%}", end=" ")
    print(f"(rounds {min(spread):.0%} to {max(spread):.0%}; target {TARGET:.0%})")
    print(f"{met(bare_share >= BARE)}  share of a bare insert {bare_share:.0%}", end=" ")
    print(f"(target {BARE:.0%}; for information)")
    return 0 if share >= TARGET else 1


def _size_of_a_message(desk: Desk) -> int:
    """Bytes of a ciphertext that the door has written."""
    import psycopg

    with psycopg.connect(desk.address()) as connection:
        row = connection.execute(
            "SELECT length(body_ciphertext) FROM conversations_message LIMIT 1"
        ).fetchone()
    return int(row[0]) if row else 0


def _count_on(desk: Desk) -> None:
    """So that the door's own numbering goes on after pgbench's times."""
    import psycopg

    with psycopg.connect(desk.address(), autocommit=True) as connection:
        connection.execute(
            "UPDATE conversations_conversation AS held SET last_sequence ="
            " (SELECT max(sequence) FROM conversations_message AS one"
            " WHERE one.conversation_id = held.id)"
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--load"]:
        result = asyncio.run(load(int(sys.argv[2]), json.load(sys.stdin), float(sys.argv[3])))
        print(json.dumps(result))
        sys.exit(0)
    sys.exit(main())
