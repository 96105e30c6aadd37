"""Who serves and who pays (A2, B1)."""

from __future__ import annotations

from dataclasses import dataclass, field

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.parties import Parties, Party
from pactdesk.documents.grammar.found import Found
from pactdesk.documents.grammar.parties import details_in, party_lines_in
from pactdesk.documents.paper import Paper, silent

_FIELDS = {
    "名称": "name",
    "地址": "address",
    "住所": "address",
    "住所地": "address",
    "统一社会信用代码": "credit_code",
    "联系方式": "contact",
    "联系人": "contact",
    "联系电话": "contact",
    "电话": "contact",
}


@dataclass
class _Side:
    """What the paper tells of one label."""

    line: tuple[int, int] | None = None
    values: dict[str, str | Blank] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)


def read(paper: Paper) -> list[Parties]:
    """One clause, always: a contract without named sides has two blanks there."""
    sides = _sides(paper)
    roles = paper.roles
    provider = sides.get(roles.provider_label or "", _Side())
    client = sides.get(roles.client_label or "", _Side())
    sources = {f"provider.{key}": value for key, value in provider.sources.items()}
    sources |= {f"client.{key}": value for key, value in client.sources.items()}
    lines = [side.line for side in (provider, client) if side.line is not None]
    source = None
    if lines:
        source = paper.source_of(min(start for start, _ in lines), max(end for _, end in lines))
    return [
        Parties(
            id="parties-1",
            source=source,
            sources=sources,
            provider=_party(provider, roles.provider, "provider_name"),
            client=_party(client, roles.client, "client_name"),
        )
    ]


def _party(side: _Side, label: str, missing: str) -> Party:
    values = side.values
    return Party(
        label=label,
        name=values.get("name", silent(missing)),
        address=values.get("address"),
        credit_code=values.get("credit_code"),
        contact=values.get("contact"),
    )


def _sides(paper: Paper) -> dict[str, _Side]:
    """甲方 and 乙方 as the head of the paper introduces them, each with the lines below it."""
    lines = list(party_lines_in(paper.text, 0, paper.head_end))
    sides: dict[str, _Side] = {}
    for number, line in enumerate(lines):
        side = sides.setdefault(line.value.label, _Side())
        until = lines[number + 1].start if number + 1 < len(lines) else _end_of_block(paper, line)
        side.line = side.line or (line.start, line.end)
        if line.value.name:
            _put(
                paper,
                side,
                "name",
                Found(line.value.name, line.value.name_start, line.value.name_end),
            )
        for label, value in details_in(paper.text, line.end, until):
            if label in _FIELDS and value.value:
                _put(paper, side, _FIELDS[label], value)
                side.line = (side.line[0], value.end)
    return sides


def _put(paper: Paper, side: _Side, name: str, value: Found[str]) -> None:
    if name in side.values:
        return
    gaps = paper.gaps_between(value.start, value.end)
    side.values[name] = paper.open(gaps[0]) if gaps else value.value
    side.sources[name] = paper.source_of(value.start, value.end)


def _end_of_block(paper: Paper, line: Found[object]) -> int:
    stop = paper.text.find("鉴于", line.end, paper.head_end)
    return stop if stop >= 0 else paper.head_end
