"""What must hold of a labelled contract before anything is measured by it.

Independent of the reader: the numbers are read here by a few lines of their
own, so that a label can be wrong only where a person wrote it wrong.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from tests.documents.label_numbers import numbers_in
from tests.documents.label_words import (
    AMOUNT_UNITS,
    BASES,
    BLANKS,
    CODES,
    CYCLES,
    DEDUCTION_METRICS,
    DEDUCTION_UNITS,
    DUE_EVENTS,
    DUE_KINDS,
    LEVEL_UNITS,
    METRICS,
    NOTICE_UNITS,
    NOTICES,
    QUALITIES,
    ROUTE,
    TRIGGERS,
    TYPES,
    VENUES,
    words,
)

Label = dict[str, Any]

# The fields that are judged one by one; a list is judged item by item.
SCORED = tuple(
    sorted(
        words(
            "contract_type provider_party client_party provider_name client_name term.start"
            " term.end term.months fee.basis fee.total fee.tax_rate payment.payer payment.cycle"
            " payment.due payment.down_payment.pct payment.down_payment.amount"
            " payment.final_payment.pct payment.final_payment.amount payment.deposit"
            " late_fee.rate_per_day late_fee.pct late_fee.cap"
            " provider_delay_penalty.rate_per_day provider_delay_penalty.pct"
            " provider_delay_penalty.cap suspension_after_days service_hours"
            " part_time.min_hours_per_week part_time.max_hours_per_week"
            " part_time.max_hours_per_day assessment.cycle assessment.pass_score"
            " assessment.consecutive_failures_to_terminate renewal confidentiality dispute.route"
            " dispute.venue dispute.arbitration_body dispute.court liability_cap"
        )
    )
)
LISTS = ("fee.amounts", "service_levels", "deductions")

# A value whose words may be found under a wider field.
UNDER = {
    "payment.final_payment.pct": ("payment.final_payment",),
    "payment.down_payment.pct": ("payment.down_payment",),
    "dispute.venue": ("dispute.route",),
    "dispute.arbitration_body": ("dispute.route",),
    "dispute.court": ("dispute.route",),
    "confidentiality": (
        "confidentiality.after_years",
        "confidentiality.indefinite",
        "confidentiality.during_term",
    ),
}


def value_at(label: Label, path: str) -> Any:
    """The value at a path such as `fee.amounts[0]`; None where the way ends.

    >>> value_at({"fee": {"amounts": [3]}}, "fee.amounts[0]")
    3
    """
    here: Any = label
    for step in re.findall(r"[^.\[\]]+", path):
        if isinstance(here, list):
            here = here[int(step)] if int(step) < len(here) else None
        elif isinstance(here, dict):
            here = here.get(step)
        else:
            return None
    return here


def filled_paths(label: Label) -> Iterator[str]:
    """Every judged path that holds a value."""
    for path in SCORED:
        if value_at(label, path) not in (None, [], {}):
            yield path
    for path in LISTS:
        for place, _ in enumerate(value_at(label, path)):
            yield f"{path}[{place}]"
    for purpose in label["notice_days"]:
        yield f"notice_days.{purpose}"
    for code in label["contradictions"]:
        yield f"contradictions.{code}"


def without_evidence(label: Label) -> list[str]:
    """Filled paths that neither quote the text nor are named as derived."""
    spans, derived = label["spans"], label["derived"]
    return [
        path
        for path in filled_paths(label)
        if path not in derived
        and path not in spans
        and not any(other in spans or other in derived for other in UNDER.get(path, ()))
    ]


def beside_the_text(label: Label, text: str) -> list[str]:
    """Paths whose quote is not to be found in the text, letter by letter."""
    return [path for path, quote in label["spans"].items() if not quote or quote not in text]


def spans_of_nothing(label: Label) -> list[str]:
    """Quotes that stand for no value."""
    wrong = []
    for path in label["spans"]:
        family, _, code = path.partition(".")
        if family == "contradictions":
            if code.removesuffix("#2") not in label["contradictions"]:
                wrong.append(path)
        elif value_at(label, path) in (None, [], {}):
            wrong.append(path)
    return wrong


def _city(label: Label) -> frozenset[str]:
    """The city of a court that is named: 杭州 of 杭州市临平区人民法院."""
    court = str(value_at(label, "dispute.court") or "")
    return frozenset({court.partition("市")[0]} if "市" in court else ())


def strange_words(label: Label) -> list[str]:
    """Values outside the closed vocabularies."""
    said: list[tuple[str, Any, frozenset[str]]] = [
        ("contract_type", label["contract_type"], TYPES),
        ("text_quality", label["text_quality"], QUALITIES),
        ("language", label["language"], frozenset({"zh-Hans", "zh-Hant"})),
        ("fee.basis", label["fee"]["basis"], BASES),
        ("payment.cycle", label["payment"]["cycle"], CYCLES),
        ("assessment.cycle", label["assessment"]["cycle"], CYCLES),
        ("renewal.kind", value_at(label, "renewal.kind"), frozenset({"auto", "negotiated"})),
        ("dispute.venue", value_at(label, "dispute.venue"), VENUES | _city(label)),
    ]
    parties = frozenset({"甲方", "乙方"})
    said += [(p, label[p], parties) for p in ("provider_party", "client_party")]
    said.append(("payment.payer", label["payment"]["payer"], parties))
    for part in ("payment", "payment.down_payment", "payment.final_payment"):
        said.append((f"{part}.due", value_at(label, f"{part}.due.kind"), DUE_KINDS))
        said.append((f"{part}.due", value_at(label, f"{part}.due.event"), DUE_EVENTS))
    said += [("fee.amounts", a["unit"], AMOUNT_UNITS) for a in label["fee"]["amounts"]]
    for level in label["service_levels"]:
        said.append(("service_levels", level["metric"], METRICS))
        said.append(("service_levels", level["unit"], LEVEL_UNITS))
        said.append(("service_levels", level["comparator"], frozenset({"<=", ">=", "<", ">"})))
    for deduction in label["deductions"]:
        said.append(("deductions", deduction["metric"], DEDUCTION_METRICS))
        said.append(("deductions", deduction["trigger"], TRIGGERS))
        said.append(("deductions", deduction["amount_unit"], DEDUCTION_UNITS))
    for purpose, notice in label["notice_days"].items():
        said.append(("notice_days", purpose, NOTICES))
        said.append(("notice_days", notice["unit"], NOTICE_UNITS))
    said += [("dispute.route", r, ROUTE) for r in value_at(label, "dispute.route") or []]
    said += [
        ("blanks", b, BLANKS | {b} if re.fullmatch(r"service_levels\.\w+", b) else BLANKS)
        for b in label["blanks"]
    ]
    said += [("contradictions", c, CODES) for c in label["contradictions"]]
    return [f"{path}: {word}" for path, word, known in said if word and word not in known]


# What one figure may be written as, and the sign that says so.
WRITTEN_AS = {
    "": Decimal(1),
    "[%\uff05]|百分|成": Decimal(100),
    "‰|千分": Decimal(1000),
    "[万萬]分|‱": Decimal(10_000),
    "年": 1 / Decimal(12),
}
# A few figures have words of their own.
WORDS = {1: "每|一|逐|首", 3: "季", 6: "半年", 12: "年", 100: "[全足][额額]"}


def is_written(value: float, quote: str) -> bool:
    """Whether the figure stands in its quote, in whatever form."""
    wanted, stated = Decimal(str(value)), numbers_in(quote)
    if wanted in WORDS and re.search(WORDS[int(wanted)], quote):
        return True
    forms = [wanted * factor for sign, factor in WRITTEN_AS.items() if re.search(sign, quote)]
    return any(abs(form - number) < Decimal("1e-9") for form in forms for number in stated)


def figures_of(path: str, value: Any) -> Iterator[float]:
    """The figures that the quote of this path must show."""
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in ("due", "cap", "objection_notice") and path.startswith("deductions"):
                continue
            if key != "tiers":
                yield from figures_of(f"{path}.{key}", inner)
        for tier in value.get("tiers") or ():
            yield from figures_of(path, tier)
    elif isinstance(value, list):
        for inner in value:
            yield from figures_of(path, inner)


def unwritten(label: Label) -> list[str]:
    """Figures and dates of the label that their quotes do not show."""
    wrong = []
    for path, quote in label["spans"].items():
        if path in label["derived"] or path.startswith("contradictions"):
            continue
        value = value_at(label, path)
        if path in ("term.start", "term.end"):
            day = date.fromisoformat(value)
            missing = [
                n for n in (day.year, day.month, day.day) if Decimal(n) not in numbers_in(quote)
            ]
            wrong += [f"{path}: {value} not in {quote}"] if missing else []
            continue
        for figure in figures_of(path, value):
            if not is_written(figure, quote):
                wrong.append(f"{path}: {figure} not in {quote}")
    return wrong


def months_between(start: date, end: date) -> int | None:
    """Whole months from `start` to `end`, both days included; None if not whole."""
    after = date.fromordinal(end.toordinal() + 1)
    months = (after.year - start.year) * 12 + after.month - start.month
    return months if after.day == start.day else None


def tiers_in_order(label: Label) -> bool:
    """Whether each band of each deduction touches the next one."""
    for deduction in label["deductions"]:
        bands = deduction["tiers"] or []
        for band, following in pairwise(bands):
            ends = {band.get("ge"), band.get("gt"), band.get("lt"), band.get("le")} - {None}
            if not ends & (set(following.values()) - {None}):
                return False
    return True
