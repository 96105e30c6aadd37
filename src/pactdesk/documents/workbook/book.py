"""The workbook of a statement: the lines, how each is reckoned, and what it is reckoned from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pactdesk.core.settle.trace import Op, Unit
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.exact import exact_value
from pactdesk.documents.explain.formula import Formula
from pactdesk.documents.explain.held import held
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import Plain, month_text
from pactdesk.documents.workbook.formulas import formula, literal
from pactdesk.documents.workbook.looks import (
    finish,
    heading,
    money,
    note,
    number,
    number_format,
    plain_text,
    title,
)
from pactdesk.messages.catalogue import Language, has_text, text

_PROPERTIES = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_SAME_DAY = (2026, 1, 1, 0, 0, 0)


def workbook(statement: Plain, contract: Contract, language: Language) -> bytes:
    """The .xlsx of a statement: the same input, the same bytes.

    Amounts are formulas down to the terms and to what was counted, each of which stands once:
    whoever changes one sees what follows. The statement itself is exact and stays the one that
    counts; the last column compares.

    statement  in the plain form that is stored
    """
    made = Workbook()
    lines = made.active
    assert lines is not None  # noqa: S101 - a new workbook has one sheet
    book = _Book(statement, contract, language, lines, made.create_sheet(), made.create_sheet())
    book.write()
    made.properties.created = made.properties.modified = _moment(statement)
    made.properties.creator = "Pactdesk"
    kept = BytesIO()
    made.save(kept)
    return _without_clock(kept.getvalue(), _moment(statement))


@dataclass
class _Book:
    """Three sheets that refer to each other."""

    statement: Plain
    contract: Contract
    language: Language
    lines: Worksheet
    working: Worksheet
    sources: Worksheet
    source_cells: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def write(self) -> None:
        """Titles first, then every line's working, which fills the sources as it needs them."""
        for sheet, name in ((self.lines, "lines"), (self.working, "working"),
                            (self.sources, "sources")):  # fmt: skip
            sheet.title = self.say(f"sheet.{name}")
        title(self.lines, self.say("title", number=self.statement["statement"]))
        month = month_text(self.statement["period"], self.language)
        note(self.lines, 2, self.say("about", contract=self.contract.title, month=month))
        heading(self.lines, 3, [self.say(f"lines.{c}") for c in _LINES])
        heading(self.working, 1, [self.say(f"working.{c}") for c in _WORKING])
        heading(self.sources, 1, [self.say(f"sources.{c}") for c in _SOURCES])
        for line in self.statement["lines"]:
            self._line(line)
        self._total()
        for sheet, widths in ((self.lines, (6, 44, 16, 18, 18, 8)),
                              (self.working, (6, 52, 18, 12, 24)),
                              (self.sources, (44, 30, 20, 12, 24))):  # fmt: skip
            finish(sheet, widths)

    def say(self, key: str, **facts: object) -> str:
        """A text of the `workbook` section."""
        return text("workbook", key, self.language, **facts)

    def _line(self, line: Plain) -> None:
        names = Names(held(self.contract, self.statement, line), self.language)
        kinds = {str(each["number"]): each["kind"] for each in self.statement["lines"]}
        formulas = Formula(names, kinds)
        row = self.working.max_row + 1
        plain_text(self.working, row, 1, str(line["number"]), bold=True)
        plain_text(self.working, row, 2, names.line_title(line), bold=True)
        root = self._node(line["trace"], formulas, 1)
        row = _FIRST_LINE + line["number"] - 1
        number(self.lines, row, 1, str(line["number"]))
        plain_text(self.lines, row, 2, names.line_title(line))
        plain_text(self.lines, row, 3, names.clause_number(line["clause"]))
        money(self.lines, row, 4, f"='{self.working.title}'!{root}")
        money(self.lines, row, 5, literal(exact_value(line["trace"]["value"])))
        self._compare(row)

    def _compare(self, row: int) -> None:
        yes, no = self.say("same"), self.say("differs")
        plain_text(self.lines, row, 6, f'=IF(ABS(D{row}-E{row})<0.005,"{yes}","{no}")')

    def _total(self) -> None:
        count = len(self.statement["lines"])
        row = _FIRST_LINE + count
        plain_text(self.lines, row, 2, self.say("total"), bold=True)
        last = max(row - 1, _FIRST_LINE)
        money(self.lines, row, 4, f"=SUM(D{_FIRST_LINE}:D{last})" if count else "=0", bold=True)
        money(
            self.lines, row, 5, literal(exact_value(self.statement["total_fen"]) / 100), bold=True
        )
        self._compare(row)

    def _node(self, node: Plain, formulas: Formula, depth: int) -> str:
        """Writes a node below its inputs; its cell."""
        cells = [self._node(each, formulas, depth + 1) for each in node.get("inputs", ())]
        if node["op"] in (Op.CONSTANT, Op.LINE) or cells or node["op"] == Op.ADD:
            return self._working_row(node, formulas, depth, self._formula(node, cells))
        return self._working_row(node, formulas, depth, f"={self._source(node, formulas)}")

    def _formula(self, node: Plain, cells: list[str]) -> str:
        if node["op"] == Op.CONSTANT:
            return literal(exact_value(node["value"]))
        if node["op"] == Op.LINE:
            return f"='{self.lines.title}'!D{_FIRST_LINE + int(node['of']) - 1}"
        return formula(node, cells)

    def _working_row(self, node: Plain, formulas: Formula, depth: int, value: str) -> str:
        row = self.working.max_row + 1
        operation = self.say(f"op.{node['op']}")
        named = formulas.name(node) or self._reason(node)
        said = f"{named}（{operation}）" if named and node.get("inputs") else named or operation
        plain_text(self.working, row, 2, said, indent=depth)
        number(self.working, row, 3, value)
        self._unit(self.working, row, node)
        plain_text(self.working, row, 5, node["value"])
        return f"C{row}"

    def _source(self, node: Plain, formulas: Formula) -> str:
        """The one cell of a term or of something counted, written when it is first needed."""
        of = str(node.get("of", ""))
        key = (str(node["op"]), of, str(node["value"]))
        if key not in self.source_cells:
            row = self.sources.max_row + 1
            plain_text(self.sources, row, 1, formulas.name(node) or str(node["op"]))
            plain_text(self.sources, row, 2, self._place(node, formulas.names))
            number(self.sources, row, 3, literal(exact_value(node["value"])))
            self._unit(self.sources, row, node)
            plain_text(self.sources, row, 5, node["value"])
            self.source_cells[key] = f"'{self.sources.title}'!C{row}"
        return self.source_cells[key]

    def _unit(self, sheet: Worksheet, row: int, node: Plain) -> None:
        """Its unit; shares are shown in percent, their value stays what it is."""
        unit = node.get("unit") or "none"
        plain_text(sheet, row, 4, self.say(f"unit.{unit}"))
        is_whole = exact_value(node["value"]).denominator == 1
        sheet.cell(row, 3).number_format = number_format(unit, is_whole=is_whole)

    def _reason(self, node: Plain) -> str | None:
        """What a constant stands for: why a line is zero, or how long an hour is."""
        if node["op"] != Op.CONSTANT:
            return None
        if node.get("unit") == Unit.MILLISECONDS:
            return self.say("hour")
        key = f"zero_short.{node.get('label')}"
        known = has_text("explain", key, self.language)
        return text("explain", key, self.language) if known else None

    def _place(self, node: Plain, names: Names) -> str:
        """Where to look it up: a clause, earlier statements, the calendar, the sealed facts."""
        of = str(node.get("of", ""))
        match node["op"]:
            case Op.TERM:
                return names.term_place(of)
            case Op.LEVEL | Op.BREACHES:
                return names.clause_number(of)
            case Op.UNPAID | Op.LATE_DAYS:
                name, first, last = of.rsplit("|", 2)
                days = names.say("days", first=first, last=last)
                return self.say("place.statement", name=name, days=days)
            case Op.COUNTED if of.startswith("days_between|"):
                _, first, last = of.split("|")
                return names.say("days", first=first, last=last)
            case Op.COUNTED if of.startswith(_BY_CALENDAR):
                return self.say("place.calendar")
            case op if op in (Op.SEAT_TIME, Op.OPEN_TIME):
                return self.say(f"place.{op}")
        return self.say("place.facts")


_BY_CALENDAR = ("days", "working_days", "fee_periods", "days_of_term")
_FIRST_LINE = 4
_LINES = ("number", "item", "clause", "amount", "stated", "same")
_WORKING = ("number", "step", "value", "unit", "exact")
_SOURCES = ("name", "place", "value", "unit", "exact")


def _moment(statement: Plain) -> datetime:
    """The day of the evidence, as in the PDF."""
    day = statement["pins"]["evidence"]["day"] or f"{statement['period']}-01"
    return datetime.fromisoformat(day)


def _without_clock(content: bytes, moment: datetime) -> bytes:
    """The same archive with one date on every file in it, and in it: saving writes the time."""
    modified = rb"\g<1>" + moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    kept = BytesIO()
    with ZipFile(BytesIO(content)) as made, ZipFile(kept, "w", ZIP_DEFLATED) as same:
        for name in made.namelist():
            file = (
                _MODIFIED.sub(modified, made.read(name)) if name == _PROPERTIES else made.read(name)
            )
            same.writestr(ZipInfo(name, _SAME_DAY), file, ZIP_DEFLATED)
    return kept.getvalue()
