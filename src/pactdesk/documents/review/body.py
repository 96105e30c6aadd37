"""The review itself: counts, findings and blanks, the text, the terms. A page is put around it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from pydantic_core import to_jsonable_python

from pactdesk.core.settle.rules import MONEY_KINDS
from pactdesk.core.terms.base import Source
from pactdesk.core.terms.contract import kind_name
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
    "money": (*map(kind_name, MONEY_KINDS), "payment", "price_adjustment", "suspension"),
    "work": ("scope", "service_hours", "service_level", "assessment"),
    "law": ("confidentiality", "termination", "dispute"),
}  # fmt: skip
_GROUP_OF = {kind: group for group, kinds in _GROUPS.items() for kind in kinds}
_SAID = (
    "text", "terms", "findings", "blanks", "unused_legend", "term_legend", "blank_legend",
    "finding_legend",
)  # fmt: skip
_LABELS = ("panes", "text", "terms")
_SAID_BY_SCRIPT = (
    "progress", "unreadable", "saved.confirmed", "saved.corrected", "saved.absent",
)  # fmt: skip


def review_body(
    source: SourceText,
    reading: Reading,
    *,
    language: Language = "zh",
    record: Mapping[str, Any] | None = None,
    in_portal: bool = False,
    editable: bool = True,
) -> str:
    """A paper and its reading side by side, as HTML that `static/review/` styles and moves.

    record     an earlier `corrections.yaml`: its marks are shown as made
    in_portal  marks are handed in with a form, and none stays on the device
    editable   whether there is anything to mark with
    """
    listed = cards(reading.contract)
    state = {
        "document": source.sha256,
        "contract": reading.contract.contract_id,
        "record": dict(record or {}),
        "inPortal": in_portal,
        # The script fills in the figures.
        "words": {key: told(key, done="{done}", all="{all}") for key in _SAID_BY_SCRIPT},
    }
    keys = "keys_portal" if in_portal else "keys"
    parts = {
        "language": language,
        "state": json.dumps(to_jsonable_python(state), ensure_ascii=False).replace("<", "\\u003c"),
        "summary": _summary(reading, listed),
        "blanks": _blanks(listed),
        "findings": _findings(reading.findings),
        "text": _text(source, reading, listed),
        "terms": "".join(_card(card, editable=editable) for card in listed),
        "keys": say(keys if editable else "keys_looking"),
        **{f"say_{key}": say(key) for key in _SAID},
        **{f"label_{key}": label(key) for key in _LABELS},
    }
    return put_in("body.html", parts)


def put_in(name: str, parts: Mapping[str, str]) -> str:
    """A file of this package with its [[places]] filled: in one pass, for a contract that says
    [[script]] says just that."""
    return re.sub(r"\[\[(\w+)\]\]", lambda slot: parts[slot[1]], resource(name))


def resource(name: str) -> str:
    """A file that lies beside this one."""
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
        f'<li class="r-{name}"><b>{count}</b> {say(f"count.{name}")}</li>'
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
        or f"<p>{say('no_findings')}</p>"
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
        f'<li><button type="button" class="r-quote" data-to="f{index}-{n}">'
        f'<span class="r-number">{esc(quote.clause)}</span>{esc(_short(unnumbered(quote)))}'
        "</button></li>"
        for n, quote in enumerate(finding.quotes)
    )
    rows = "".join(
        f"<dt>{say(f'finding.{name}')}</dt><dd>{part(name)}</dd>"
        for name in ("why", "law", "suggestion", "decides")
    )
    opened = " open" if finding.severity is Severity.ERROR and index < 3 else ""
    return (
        f'<details class="r-finding m-{finding.severity}" id="finding-{index}"{opened}><summary>'
        f'<span class="r-severity">{say(f"severity.{finding.severity}")}</span>'
        f"<strong>{part('title')}</strong><code>{esc(finding.code)}</code></summary>"
        f'<ul class="r-quotes">{quotes}</ul><dl>{rows}</dl></details>'
    )


def _short(quote: str, most: int = 120) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= most else line[: most - 1] + "…"


# ---- the text ------------------------------------------------------------------------------------


def _text(source: SourceText, reading: Reading, listed: tuple[Card, ...]) -> str:
    out = []
    starts = _run_on(source)
    # Terms that stand on another reading of the paper are not shown where they are not.
    marks = [mark for place, mark in _marks(reading, listed) if _stands(source, place)]
    for piece in pieces(source.text, marks, starts):
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


def _stands(source: SourceText, place: Source) -> bool:
    return source.quote(place.start, place.end) == place.quote


def _marks(reading: Reading, listed: tuple[Card, ...]) -> Iterator[tuple[Source, Mark]]:
    for card in listed:
        group = _GROUP_OF.get(card.kind, "other")
        if card.place:
            told_below = any(row.places for row in card.rows)
            yield _mark(
                card.place, _card_id(card), "m-clause" if told_below else f"m-term g-{group}"
            )
        for row in card.rows:
            for place in row.places:
                is_open = (place.start, place.end) in row.open_at
                kind = "m-blank" if is_open else f"m-term g-{group}"
                yield _mark(place, _row_id(row), kind)
    for index, finding in enumerate(reading.findings):
        for n, quote in enumerate(finding.quotes):
            yield _mark(quote, f"f{index}-{n}", f"m-fault m-{finding.severity}")
    for unused in reading.unused:
        yield _mark(unused, "unused", "m-unused")


def _mark(place: Source, name: str, kind: str) -> tuple[Source, Mark]:
    return place, Mark(place.start, place.end, name, kind)


# ---- the terms -----------------------------------------------------------------------------------


def _card(card: Card, *, editable: bool) -> str:
    group = _GROUP_OF.get(card.kind, "other")
    number = f'<span class="r-number">{esc(card.number)}</span>' if card.number else ""
    name = f"<h3>{number}{both(card.name)}</h3>"
    rows = "".join(_row(row, editable=editable) for row in card.rows)
    return f'<section class="r-card g-{group}" id="{_card_id(card)}">{name}{rows}</section>'


def _row(row: Row, *, editable: bool) -> str:
    state = "r-open-row" if row.is_blank else "r-read-row"
    paths = " ".join(leaf.path for leaf in row.leaves)
    return (
        f'<div class="r-row {state}" id="{_row_id(row)}" tabindex="-1" '
        f'data-path="{esc(row.path)}" data-paths="{esc(paths)}">'
        f'<div class="r-said"><span class="r-name">{both(row.name)}</span>'
        f'<span class="r-value">{both(row.shown)}</span>'
        f'<span class="r-state" aria-live="polite"></span></div>'
        f"{_buttons() if editable else ''}{_fields(row)}</div>"
    )


def _buttons() -> str:
    buttons = "".join(
        f'<button type="button" data-do="{act}" {label(f"do.{act}")} aria-pressed="false">'
        f'<span aria-hidden="true">{sign}</span></button>'
        for act, sign in (("confirm", "✓"), ("correct", "✎"), ("absent", "∅"))
    )
    return f'<div class="r-do">{buttons}</div>'


def _fields(row: Row) -> str:
    """Where a correction is typed; who may only look sees in words what was typed there."""
    return f'<div class="r-edit" hidden>{"".join(_input(leaf) for leaf in row.leaves)}</div>'


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
