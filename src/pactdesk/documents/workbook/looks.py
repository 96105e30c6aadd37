"""How the cells look."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pactdesk.core.settle.trace import Unit

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
    cell.number_format = "#,##0"
    cell.alignment = Alignment(vertical="top")


def number_format(unit: str, *, is_whole: bool) -> str:
    """How a value is shown: shares in percent, yuan with decimals, no lonely point."""
    if unit in (Unit.SHARE, Unit.RATE_PER_DAY):
        return "0%" if is_whole else "0.00##%"
    is_money = unit in (Unit.YUAN, Unit.YUAN_PER_HOUR)
    return "#,##0" if is_whole and not is_money else "#,##0.00######"


def note(sheet: Worksheet, row: int, words: str) -> None:
    """A remark that runs over the columns beside it."""
    cell = sheet.cell(row, 1, words)
    cell.data_type = "s"
    cell.font = Font(italic=True, color="666666")


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
