"""The ways to cheat with a bundle: each changes what the bundle means, and remakes the manifest."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from pactdesk.core.facts.canonical import canonical_json

Files = dict[str, bytes]
CHECKPOINTS = "evidence/checkpoints.jsonl"
FOR_PEOPLE = {"unit", "label"}  # of a trace node: the verifier says that it does not check them


def tampered(files: Files, rng: Random) -> tuple[str, Files]:
    """(name of the trick, the files after it); one that fits these files."""
    while True:
        trick = rng.choice(TRICKS)
        changed = dict(files)
        trick(changed, rng)
        if changed != files:
            return trick.__name__, changed


def flip_byte_of_fact(files: Files, rng: Random) -> None:
    name = _day(files, rng)
    data = bytearray(files[name])
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    files[name] = bytes(data)


def change_digit_of_fact(files: Files, rng: Random) -> None:
    """Still canonical JSON, often still a well-formed record."""
    name = _day(files, rng)
    data = bytearray(files[name])
    digits = [at for at, byte in enumerate(data) if chr(byte) in "12345678"]
    data[rng.choice(digits)] += 1
    files[name] = bytes(data)


def drop_fact(files: Files, rng: Random) -> None:
    name = _day(files, rng)
    lines = files[name].splitlines(keepends=True)
    lines.pop(rng.randrange(len(lines)))
    files[name] = b"".join(lines)


def repeat_fact(files: Files, rng: Random) -> None:
    name = _day(files, rng)
    lines = files[name].splitlines(keepends=True)
    lines.insert(rng.randrange(len(lines) + 1), rng.choice(lines))
    files[name] = b"".join(lines)


def swap_facts(files: Files, rng: Random) -> None:
    name = _day(files, rng)
    lines = files[name].splitlines(keepends=True)
    rng.shuffle(lines)
    files[name] = b"".join(lines)


def drop_day(files: Files, rng: Random) -> None:
    del files[_day(files, rng)]


def cut_last_line_feed(files: Files, rng: Random) -> None:
    name = _day(files, rng)
    files[name] = files[name][:-1]


def shuffle_checkpoints(files: Files, rng: Random) -> None:
    lines = files[CHECKPOINTS].splitlines(keepends=True)
    rng.shuffle(lines)
    files[CHECKPOINTS] = b"".join(lines)


def drop_checkpoint(files: Files, rng: Random) -> None:
    lines = files[CHECKPOINTS].splitlines(keepends=True)
    lines.pop(rng.randrange(len(lines)))
    files[CHECKPOINTS] = b"".join(lines)


def change_checkpoint(files: Files, rng: Random) -> None:
    lines = files[CHECKPOINTS].splitlines()
    at = rng.randrange(len(lines))
    record = json.loads(lines[at])
    _change_a_leaf(record, rng)
    lines[at] = canonical_json(record)
    files[CHECKPOINTS] = b"".join(line + b"\n" for line in lines)


def change_statement(files: Files, rng: Random) -> None:
    _change_json(files, "statement.json", rng)


def change_statement_part(files: Files, rng: Random) -> None:
    """Every part of the statement gets its share, however short it is."""
    statement = json.loads(files["statement.json"])
    parts = [name for name in sorted(statement) if list(_leaves(statement[name]))]
    name = rng.choice(parts)
    if isinstance(statement[name], dict | list):
        _change_a_leaf(statement[name], rng)
    else:
        statement[name] = _other(statement[name], rng)
    files["statement.json"] = canonical_json(statement) + b"\n"


def drop_field_of_statement(files: Files, rng: Random) -> None:
    statement = json.loads(files["statement.json"])
    holders = [(each, set(each) - FOR_PEOPLE) for each in _objects(statement)]
    holder, names = rng.choice([(each, names) for each, names in holders if names])
    del holder[rng.choice(sorted(names))]
    files["statement.json"] = canonical_json(statement) + b"\n"


def add_field_to_statement(files: Files, rng: Random) -> None:
    statement = json.loads(files["statement.json"])
    rng.choice(list(_objects(statement)))["note"] = rng.choice([None, 0, "", "减免"])
    files["statement.json"] = canonical_json(statement) + b"\n"


def change_amount_and_total(files: Files, rng: Random) -> None:
    """The lines still sum, and the trace still ends in the changed amount."""
    statement = json.loads(files["statement.json"])
    line, by = rng.choice(statement["lines"]), rng.choice([-100, -1, 1, 12_345])
    line["amount_fen"] += by
    statement["total_fen"] += by
    files["statement.json"] = canonical_json(statement) + b"\n"


def drop_line(files: Files, rng: Random) -> None:
    """The others are numbered anew, and the total is adjusted."""
    statement = json.loads(files["statement.json"])
    lines = statement["lines"]
    statement["total_fen"] -= lines.pop(rng.randrange(len(lines)))["amount_fen"]
    for number, line in enumerate(lines, 1):
        line["number"] = number
    files["statement.json"] = canonical_json(statement) + b"\n"


def change_trace(files: Files, rng: Random) -> None:
    statement = json.loads(files["statement.json"])
    _change_a_leaf(rng.choice(statement["lines"])["trace"], rng)
    files["statement.json"] = canonical_json(statement) + b"\n"


def change_terms(files: Files, rng: Random) -> None:
    _change_json(files, "terms.json", rng)


def change_calendar(files: Files, rng: Random) -> None:
    _change_json(files, "calendar.json", rng)


def change_log(files: Files, rng: Random) -> None:
    _change_json(files, "evidence/log.json", rng)


def change_pins(files: Files, rng: Random) -> None:
    statement = json.loads(files["statement.json"])
    _change_a_leaf(statement["pins"], rng)
    files["statement.json"] = canonical_json(statement) + b"\n"


TRICKS: tuple[Callable[[Files, Random], None], ...] = (
    flip_byte_of_fact, change_digit_of_fact, drop_fact, repeat_fact, swap_facts, drop_day,
    cut_last_line_feed, shuffle_checkpoints, drop_checkpoint, change_checkpoint, change_statement,
    change_statement_part, drop_field_of_statement, add_field_to_statement,
    change_amount_and_total, drop_line, change_trace, change_terms, change_calendar, change_log,
    change_pins,
)  # fmt: skip


def _day(files: Files, rng: Random) -> str:
    return rng.choice(sorted(name for name in files if name.startswith("evidence/facts/")))


def _change_json(files: Files, name: str, rng: Random) -> None:
    value = json.loads(files[name])
    _change_a_leaf(value, rng)
    files[name] = canonical_json(value) + b"\n"


def _change_a_leaf(value: Any, rng: Random) -> None:
    leaves = list(_leaves(value))
    if leaves:
        holder, key = rng.choice(leaves)
        holder[key] = _other(holder[key], rng)


def _leaves(value: Any) -> Iterator[tuple[Any, Any]]:
    """(holder, key) of every text, number, flag and null inside."""
    if not isinstance(value, dict | list):
        yield [value], 0
        return
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, held in items:
        if isinstance(held, dict | list):
            yield from _leaves(held)
        elif key not in FOR_PEOPLE or "op" not in value:
            yield value, key


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for held in items:
        yield from _objects(held)


def _other(value: Any, rng: Random) -> Any:
    """Another value of the same kind, or null."""
    if value is None:
        return rng.choice([0, "", False, "x"])
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + rng.choice([-1, 1, 1000])
    if value and value[-1].isdigit():
        return value[:-1] + str((int(value[-1]) + rng.randint(1, 9)) % 10)
    return rng.choice([value + "x", value[:-1] or "y", None])
