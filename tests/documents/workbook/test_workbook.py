"""The spreadsheet reckons what the statement says, by its formulas alone."""

from __future__ import annotations

import warnings
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from pactdesk.core.settle.ledger import EarlierStatement
from pactdesk.core.settle.statement import Statement
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.rounding import Rounding, RoundingMode
from pactdesk.documents.workbook.book import workbook
from pactdesk.documents.workbook.formulas import formula, literal
from tests.support.contracts import (
    agreement,
    deduction,
    deduction_cap,
    fixed_fee,
    headcount_fee,
    late_fee,
    level,
    per_point,
)
from tests.support.months import statement

TIERS = {"kind": "tiered", "tiers": [{"beyond": "0.95", "rate": "0.013"}]}


def october() -> tuple[Contract, Statement]:
    """A bad month: hours, a fixed fee, two deductions, their cap, a late fee."""
    contract = agreement(
        fixed_fee("31416.05") | {"id": "fee-2"},
        headcount_fee(4, "38.15"),
        level(target="0.95"),
        level("resolution_share", "0.97", id="level-2"),
        per_point(rate="0.0133"),
        deduction(TIERS, id="deduction-2") | {"level": "level-2"},
        deduction_cap("0.03"),
        late_fee("0.00035", "0.004"),
    )
    late = EarlierStatement("s-1", "2026-08", 5_134_567, {}, date(2026, 10, 8), ())
    levels = {"level-1": (871, 1000), "level-2": (2, 3)}
    made = statement(contract, levels, (late,), seat_hours=Fraction(1603, 3))
    return contract, made


@pytest.fixture(scope="module")
def reckoned(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Cell → value, by a spreadsheet program that knows nothing of us."""
    contract, made = october()
    file = tmp_path_factory.mktemp("book") / "october.xlsx"
    file.write_bytes(workbook(made.to_plain(), contract, "en"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the other program, which is not ours to mend
        import formulas

        solved = formulas.ExcelModel().loads(str(file)).finish().calculate()
    return {
        str(name).upper(): cell.value[0, 0]
        for name, cell in solved.items()
        if hasattr(cell, "value") and ":" not in str(name).rsplit("!", 1)[-1]
    }


def value_of(reckoned: dict[str, Any], cell: str) -> Any:
    return next(value for name, value in reckoned.items() if name.endswith(f"STATEMENT'!{cell}"))


def test_every_amount_is_reckoned_by_its_formula(reckoned: dict[str, Any]) -> None:
    _, made = october()
    for line in made.lines:
        row = 3 + line.number
        assert round(float(value_of(reckoned, f"D{row}")) * 100) == line.amount.fen
        assert value_of(reckoned, f"F{row}") == "same"
    total = 4 + len(made.lines)
    assert round(float(value_of(reckoned, f"D{total}")) * 100) == made.total.fen
    assert value_of(reckoned, f"F{total}") == "same"
    assert len(made.lines) == 6
    assert all(line.amount.fen for line in made.lines)


def test_a_term_stands_once_and_everything_follows_from_it() -> None:
    contract, made = october()
    book = load_workbook(BytesIO(workbook(made.to_plain(), contract, "zh")))
    assert book.sheetnames == ["结算单", "推导", "参数与计数"]
    prices = [row for row in book["参数与计数"].iter_rows(values_only=True) if row[2] == "=38.15"]
    assert len(prices) == 1
    amounts = [book["结算单"].cell(4 + n, 4).value for n in range(len(made.lines))]
    assert all(str(each).startswith("='推导'!C") for each in amounts)


def test_the_same_statement_gives_the_same_bytes() -> None:
    contract, made = october()
    assert workbook(made.to_plain(), contract, "zh") == workbook(made.to_plain(), contract, "zh")


def test_a_title_that_looks_like_a_formula_stays_words(tmp_path: Path) -> None:
    contract, made = october()
    plain = made.to_plain()
    plain["statement"] = '=HYPERLINK("http://x")'
    book = load_workbook(BytesIO(workbook(plain, contract, "zh")))
    assert book["结算单"]["A1"].data_type == "s"


@given(st.fractions(max_denominator=10**9))
def test_a_number_is_written_exactly(value: Fraction) -> None:
    written = literal(value).removeprefix("=")
    one, _, other = written.partition("/")
    assert Fraction(one) / Fraction(other or 1) == value


@given(
    st.sampled_from(["half_up", "half_even", "down", "up"]),
    st.integers(-(10**7), 10**7),
    st.sampled_from(["1/100", "1/10", "1", "5"]),
)
def test_roundings_are_those_of_the_contract(mode: str, thousandths: int, unit: str) -> None:
    said = formula({"op": "round", "rounding": {"unit": unit, "mode": mode}}, ["A1"])
    exact = Rounding(Fraction(unit), RoundingMode(mode))(Fraction(thousandths, 1000))
    assert spreadsheet(said, thousandths / 1000) == pytest.approx(float(exact), abs=1e-6)


def spreadsheet(said: str, value: float) -> float:
    """The few functions of the formula, as spreadsheets define them."""

    def rounded(number: float, places: int, how: str = ROUND_HALF_UP) -> float:
        return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-places), how))

    known = {
        "A1": value,
        "ROUND": rounded,
        "ROUNDUP": lambda number, places: rounded(number, places, ROUND_UP),
        "TRUNC": lambda number: rounded(number, 0, ROUND_DOWN),
        "ABS": abs,
        "IF": lambda test, yes, no: yes if test else no,
    }
    expression = said.removeprefix("=").replace("=0.5", "==0.5")
    return float(eval(expression, {"__builtins__": {}}, known))  # noqa: S307 - our own formula
