"""How the cells look."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

_HEAD = PatternFill("solid", fgColor="E8ECEF")
_LINE = Border(bottom=Side("thin", color="C7CDD3"))


def title(sheet: Worksheet, words: str) -> None:
    """The first row."""
    plain_text(sheet, 1, 1, words, bold=True)


def heading(sheet: Worksheet, row: int, words: Sequence[str]) -> None:
    """Column heads; what lies above them stays in view."""
    for column, each in enumerate(words, 1):
        cell = sheet.cell(row, column, each)
        cell.font, cell.fill, cell.border = Font(bold=True), _HEAD, _LINE
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    sheet.freeze_panes = f"A{row + 1}"


def plain_text(
    sheet: Worksheet, row: int, column: int, words: str, *, bold: bool = False, indent: int = 0
) -> None:
    """Words, as words even where they look like a date or a number."""
    cell = sheet.cell(row, column, words)
    if not words.startswith("=IF("):
        cell.data_type = "s"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(indent=indent, wrap_text=not indent, vertical="top")


def number(sheet: Worksheet, row: int, column: int, value: str) -> None:
    """A number or a formula with as many decimals as it needs."""
    cell = sheet.cell(row, column, value if value.startswith("=") else int(value))
    cell.number_format = "#,##0.########"
    cell.alignment = Alignment(vertical="top")


def money(sheet: Worksheet, row: int, column: int, value: str, *, bold: bool = False) -> None:
    """Yuan with two decimals; negative ones in red."""
    cell = sheet.cell(row, column, value)
    cell.number_format = "#,##0.00;[Red]-#,##0.00"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(vertical="top")


def finish(sheet: Worksheet, widths: Sequence[int]) -> None:
    """Column widths, and one page wide when printed."""
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.page_setup.orientation = "landscape"
