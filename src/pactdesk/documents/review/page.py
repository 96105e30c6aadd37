"""One self-contained page: no outside host, works from a file, in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from pydantic_core import to_jsonable_python

from pactdesk.core.terms.base import Source
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.documents.outline import outline_of
from pactdesk.documents.reading import Reading
from pactdesk.documents.review.html import both, esc, label, say, told
from pactdesk.documents.review.pieces import Mark, pieces
from pactdesk.documents.review.rows import Card, Leaf, Row, cards
from pactdesk.documents.source import SourceText
from pactdesk.documents.term_words import unnumbered
from pactdesk.messages.catalogue import LANGUAGES, Language, text

_GROUPS = {
    "who": ("parties", "period", "effectiveness", "notices", "attachments", "third_parties"),
    "money": (
        "fee_fixed", "fee_headcount_hours", "payment", "price_adjustment", "late_fee",
        "suspension", "deduction", "deduction_cap",
    ),
    "work": ("scope", "service_hours", "service_level", "assessment"),
    "law": ("confidentiality", "termination", "dispute"),
}  # fmt: skip
_GROUP_OF = {kind: group for group, kinds in _GROUPS.items() for kind in kinds}


def review_page(
    source: SourceText,
    reading: Reading,
    *,
    language: Language = "zh",
    record: Mapping[str, Any] | None = None,
) -> str:
    """The page for a paper and its reading.

    record  an earlier `corrections.yaml`: its marks are shown as made
    """
    listed = cards(reading.contract)
    state = {
        "document": source.sha256,
        "contract": reading.contract.contract_id,
        "record": dict(record or {}),
        # The script fills in the figures.
        "words": {key: told(key, done="{done}", all="{all}") for key in _SAID_BY_SCRIPT},
    }
    parts = {
        "lang": "zh-CN" if language == "zh" else "en",
        "language": language,
        "style": _resource("review.css"),
        "script": _resource("review.js"),
        "state": json.dumps(state, ensure_ascii=False).replace("<", "\\u003c"),
        "title": esc(reading.contract.title),
        "file": esc(source.name),
        "sha256": esc(source.sha256[:12]),
        "summary": _summary(reading, listed),
        "blanks": _blanks(listed),
        "findings": _findings(reading.findings),
        "text": _text(source, reading, listed),
        "terms": "".join(_card(card) for card in listed),
        **{f"say_{key}": say(key) for key in _SAID},
        **{f"label_{key}": label(key) for key in _LABELS},
    }
    # In one pass: a contract that says [[script]] says just that.
    return re.sub(r"\[\[(\w+)\]\]", lambda slot: parts[slot[1]], _resource("review.html"))


_SAID = (
    "kicker", "text", "terms", "findings", "blanks", "download", "print", "keys", "unused_legend",
    "term_legend", "blank_legend", "finding_legend", "skip",
)  # fmt: skip
_LABELS = ("theme", "panes", "text", "terms")
_SAID_BY_SCRIPT = (
    "progress", "unreadable", "saved.confirmed", "saved.corrected", "saved.absent",
)  # fmt: skip


def _resource(name: str) -> str:
    return files("pactdesk.documents.review").joinpath(name).read_text("utf-8")


# ---- the top -------------------------------------------------------------------------------------


def _summary(reading: Reading, listed: tuple[Card, ...]) -> str:
    counts = {
        "values": sum(len(card.rows) for card in listed),
        "blanks": len(reading.contract.blanks()),
        "errors": sum(f.severity is Severity.ERROR for f in reading.findings),
        "warnings": sum(f.severity is Severity.WARNING for f in reading.findings),
        "unused": len(reading.unused),
    }
    return "".join(
        f'<li class="count {name}"><b>{count}</b> {say(f"count.{name}")}</li>'
        for name, count in counts.items()
    )


def _blanks(listed: tuple[Card, ...]) -> str:
    items = [
        f'<li><a href="#{_row_id(row)}" data-row="{_row_id(row)}">'
        f"<span>{both(card.name)}</span> {both(row.name)}</a></li>"
        for card in listed
        for row in card.rows
        if row.is_blank
    ]
    return "".join(items) or f"<li>{say('no_blanks')}</li>"


def _findings(findings: tuple[Finding, ...]) -> str:
    return (
        "".join(_finding(index, each) for index, each in enumerate(findings))
        or f'<p class="none">{say("no_findings")}</p>'
    )


def _finding(index: int, finding: Finding) -> str:
    def part(name: str) -> str:
        return both(
            {
                language: text("findings", f"{finding.code}.{name}", language, **finding.facts)
                for language in LANGUAGES
            }
        )

    quotes = "".join(
        f'<li><button type="button" class="quote" data-to="f{index}-{n}">'
        f'<span class="number">{esc(quote.clause)}</span>{esc(_short(unnumbered(quote)))}'
        "</button></li>"
        for n, quote in enumerate(finding.quotes)
    )
    rows = "".join(
        f"<dt>{say(f'finding.{name}')}</dt><dd>{part(name)}</dd>"
        for name in ("why", "law", "suggestion", "decides")
    )
    opened = " open" if finding.severity is Severity.ERROR and index < 3 else ""
    return (
        f'<details class="finding {finding.severity}" id="finding-{index}"{opened}><summary>'
        f'<span class="severity">{say(f"severity.{finding.severity}")}</span>'
        f"<strong>{part('title')}</strong><code>{esc(finding.code)}</code></summary>"
        f'<ul class="quotes">{quotes}</ul><dl>{rows}</dl></details>'
    )


def _short(quote: str, most: int = 120) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= most else line[: most - 1] + "…"


# ---- the text ------------------------------------------------------------------------------------


def _text(source: SourceText, reading: Reading, listed: tuple[Card, ...]) -> str:
    out = []
    starts = _run_on(source)
    for piece in pieces(source.text, _marks(reading, listed), starts):
        if piece.start in starts:
            out.append("<br>")
        words = piece.text if piece.start else piece.text.lstrip()
        shown = esc(_BLANK_LINES.sub("\n", words))
        if piece.marks:
            kinds = " ".join(dict.fromkeys(mark.kind for mark in piece.marks))
            names = " ".join(dict.fromkeys(mark.name for mark in piece.marks))
            shown = f'<mark class="{kinds}" data-of="{esc(names)}" tabindex="-1">{shown}</mark>'
        out.append(shown)
    return "".join(out)


_BLANK_LINES = re.compile(r"\n[ \t\u3000]*(?:\n[ \t\u3000]*)+")


def _run_on(source: SourceText) -> frozenset[int]:
    """Where a clause begins in the middle of a line: the page begins a line there."""
    return frozenset(
        clause.start
        for clause in outline_of(source)
        if clause.start and source.text[clause.start - 1] != "\n"
    )


def _marks(reading: Reading, listed: tuple[Card, ...]) -> Iterator[Mark]:
    for card in listed:
        group = _GROUP_OF.get(card.kind, "other")
        if card.place:
            told_below = any(row.places for row in card.rows)
            yield _mark(card.place, _card_id(card), "clause" if told_below else f"term {group}")
        for row in card.rows:
            for place in row.places:
                is_open = (place.start, place.end) in row.open_at
                kind = "blank" if is_open else f"term {group}"
                yield _mark(place, _row_id(row), kind)
    for index, finding in enumerate(reading.findings):
        for n, quote in enumerate(finding.quotes):
            yield _mark(quote, f"f{index}-{n}", f"fault {finding.severity}")
    for unused in reading.unused:
        yield _mark(unused, "unused", "unused")


def _mark(place: Source, name: str, kind: str) -> Mark:
    return Mark(place.start, place.end, name, kind)


# ---- the terms -----------------------------------------------------------------------------------


def _card(card: Card) -> str:
    group = _GROUP_OF.get(card.kind, "other")
    number = f'<span class="number">{esc(card.number)}</span>' if card.number else ""
    name = f"<h3>{number}{both(card.name)}</h3>"
    rows = "".join(_row(row) for row in card.rows)
    return f'<section class="card {group}" id="{_card_id(card)}">{name}{rows}</section>'


def _row(row: Row) -> str:
    state = "blank" if row.is_blank else "read"
    buttons = "".join(
        f'<button type="button" data-do="{act}" {label(f"do.{act}")} aria-pressed="false">'
        f'<span aria-hidden="true">{sign}</span></button>'
        for act, sign in (("confirm", "✓"), ("correct", "✎"), ("absent", "∅"))
    )
    fields = "".join(_input(leaf) for leaf in row.leaves)
    paths = " ".join(leaf.path for leaf in row.leaves)
    return (
        f'<div class="row {state}" id="{_row_id(row)}" tabindex="-1" data-path="{esc(row.path)}" '
        f'data-paths="{esc(paths)}"><div class="said"><span class="name">{both(row.name)}</span>'
        f'<span class="value">{both(row.shown)}</span>'
        f'<span class="state" aria-live="polite"></span></div>'
        f'<div class="do">{buttons}</div><div class="edit" hidden>{fields}</div></div>'
    )


def _input(leaf: Leaf) -> str:
    common = (
        f'name="{esc(leaf.path)}" data-kind="{leaf.kind}" '
        f'data-blank="{int(leaf.blank is not None)}" '
        f'data-written="{esc(leaf.written)}" data-suggested="{esc(_suggested(leaf))}"'
    )
    if leaf.kind == "choice":
        options = "".join(
            f'<option value="{esc(value)}" data-zh="{esc(words["zh"])}" '
            f'data-en="{esc(words["en"])}"{" selected" if value == leaf.written else ""}>'
            f"{esc(words['zh'])}</option>"
            for value, words in leaf.choices
        )
        nothing = "" if leaf.written else '<option value="" selected>—</option>'
        control = f"<select {common}>{nothing}{options}</select>"
    else:
        suggested = leaf.blank.suggested if leaf.blank else None
        hint = f' placeholder="{esc(suggested)}"' if isinstance(suggested, str | int) else ""
        mode = ' inputmode="decimal"' if leaf.kind in ("number", "count") else ""
        control = f'<input type="text" {common} value="{esc(leaf.written)}"{mode}{hint}>'
    return f"<label><span>{both(leaf.name)}</span>{control}</label>"


def _suggested(leaf: Leaf) -> str:
    """What a confirmation of the blank would agree, as JSON; nothing without a suggestion."""
    if leaf.blank is None or leaf.blank.suggested is None:
        return ""
    return json.dumps(to_jsonable_python(leaf.blank.suggested), ensure_ascii=False)


def _card_id(card: Card) -> str:
    return f"c-{card.id}"


def _row_id(row: Row) -> str:
    return f"v-{row.path.replace('.', '-')}"
