"""What each fee comes to, exactly and in yuan, as its page in docs/reference says."""

from fractions import Fraction
from typing import Any

from pactverify.counted_hours import MS_PER_HOUR
from pactverify.helping import refuse
from pactverify.ledger import at_least
from pactverify.parts import is_amended, parts_of, prices_of
from pactverify.sheet import ZERO, Sheet
from pactverify.stretches import tax_groups
from pactverify.terms import exact

_PERIODS = {"month": Fraction(1), "quarter": Fraction(1, 3), "year": Fraction(1, 12)}
_CHANNELS = {"conversation": "chat", "valid_conversation": "chat", "call": "phone",
             "call_minute": "phone", "ticket": "ticket"}  # fmt: skip
_VOLUMES = {"conversation": "interactions", "ticket": "interactions", "call": "calls",
            "valid_conversation": "valid_conversations", "call_minute": "call_minutes"}  # fmt: skip
_COUNTS = {"incident": "incidents", "quantity": "incident_size"}


def fixed(sheet: Sheet) -> Fraction:
    if sheet.clause.get("billing", "monthly") == "monthly":
        refuse(when=sheet.has("since"), why="since")
        return sheet.prorated(sheet.term("amount") * _PERIODS[sheet.clause["per"]])
    return sheet.term("amount") * sheet.count("fee_periods", sheet.id)


def headcount_hours(sheet: Sheet) -> Fraction:
    hours = sheet.term("headcount") * sheet.open_ms() / MS_PER_HOUR
    if {"verified": True, "scheduled": False}[sheet.clause["hours_basis"]]:
        hours = min(sheet.seat_ms() / MS_PER_HOUR, hours)
    return sheet.rounded(hours, "hours_rounding") * sheet.term("unit_price")


def _volume(sheet: Sheet) -> Fraction:
    measure = sheet.clause["measure"]
    if measure in ("message", "order", "usage"):
        name = sheet.clause["usage"] if measure == "usage" else measure
        return sheet.count("usage", name)
    scope = [sheet.clause.get("channel", _CHANNELS[measure]), sheet.clause.get("case_type", "any")]
    scope += [sheet.clause["minute_rounding"]] if measure == "call_minute" else []
    return sheet.count(_VOLUMES[measure], *scope)


def per_unit(sheet: Sheet) -> Fraction:
    tiers, package = sheet.clause["tiers"], sheet.clause["tiering"] == "package"
    used = _volume(sheet)
    if sheet.has("included"):
        used = max(ZERO, used - sheet.prorated(sheet.term("included")))
    _check_ends(tiers, "up_to", open_end=not package)
    ends = [sheet.prorated(sheet.term(f"tiers.{at}.up_to")) for at, each in enumerate(tiers)
            if "up_to" in each]  # fmt: skip
    prices = [sheet.term(f"tiers.{at}.price") for at in range(len(tiers))]
    band = sum(end < used for end in ends)
    match sheet.clause["tiering"]:
        case "graduated":
            total = _graduated(used, ends, prices)
        case "whole_volume":
            total = used * prices[band]
        case "package" if band < len(tiers):
            total = sheet.prorated(prices[band])
        case "package":
            total = sheet.prorated(prices[-1]) + (used - ends[-1]) * sheet.term("overage")
        case other:
            raise ValueError(other)
    if sheet.has("minimum"):
        total = max(total, sheet.prorated(sheet.term("minimum")))
    return total


def _check_ends(tiers: Any, name: str, *, open_end: bool) -> None:
    """The ends of bands rise; the last has none (or may have one)."""
    ends = [exact(each[name]) for each in tiers if name in each]
    lacking = [at for at, each in enumerate(tiers) if name not in each]
    refuse(when=sorted(set(ends)) != ends or not tiers, why=name)
    refuse(when=lacking != [len(tiers) - 1] and (open_end or lacking != []), why=name)


def _graduated(used: Fraction, ends: list[Fraction], prices: list[Fraction]) -> Fraction:
    """Each unit at the price of its own band."""
    tops, bottoms = [*ends, max(used, *ends, ZERO)], [ZERO, *ends]
    bands = zip(tops, bottoms, prices, strict=False)
    return sum((max(ZERO, min(used, top) - low) * price for top, low, price in bands), ZERO)


def parts(sheet: Sheet) -> Fraction:
    """Lump sums and milestones: each part when it is due, at its one price."""
    parts = parts_of(sheet.clause, sheet.span, sheet.term_days)
    prices = prices_of(sheet.clause, sheet.span)
    sheet.term("total")
    for path in {part.path for part in parts}:
        shared = "share" in sheet.terms.at(f"{sheet.id}.{path}")
        sheet.term(f"{path}.share" if shared else f"{path}.amount")
    for name in (
        ("lump_months", "other_parts") if is_amended(sheet.clause, sheet.span) else ("lump_months",)
    ):
        sheet.count(name, sheet.id)
    return sum((sheet.count("part_due", sheet.id, name) * prices[name] for name in prices), ZERO)


def hourly(sheet: Sheet) -> Fraction:
    rules = sheet.clause.get("multipliers", [])
    refuse(when=len(rules) > 1 and not sheet.has("overlap"), why="overlap")
    hours = sheet.count("paid_hours", sheet.id)
    for at in range(len(rules)):
        extra = sheet.term(f"multipliers.{at}.times") - 1
        hours += sheet.count("paid_hours_at", sheet.id, str(at)) * extra
    return hours * sheet.term("unit_price")


def commission(sheet: Sheet) -> Fraction:
    refuse(when=sheet.has("rate") == sheet.has("tiers"), why="rate")
    total = ZERO
    paid, refunded = (sheet.count(f"sales_{each}", sheet.id) for each in ("paid", "refunded"))
    for name in ("refunds_told", "refunds_refused"):
        sheet.count(name, sheet.id)
    if sheet.has("rate"):
        total = (paid - refunded) * sheet.term("rate")
    else:
        _check_ends(sheet.clause["tiers"], "up_to", open_end=True)
        months = {sheet.span.month} | {each.day.isoformat()[:7]
                  for each in sheet.quantities.payments(sheet.id)}  # fmt: skip
        for month in sorted(months):
            sold = [sheet.count("net_sales", sheet.id, month, when) for when in ("end", "start")]
            total += _of_sales(sheet, sold[0]) - _of_sales(sheet, sold[1])
    refuse(when=sheet.has("base_amount") != sheet.has("seats"), why="seats")
    last, _ = sheet.span.book.last_day(sheet.span.month_end, sheet.term_days.last)
    if sheet.has("seats") and sheet.days.first <= last:
        total += sheet.prorated(sheet.term("seats") * sheet.term("base_amount"))
    return total


def _of_sales(sheet: Sheet, sold: Fraction) -> Fraction:
    """The commission of a month with such net sales."""
    tiers = sheet.clause["tiers"]
    ends = [sheet.term(f"tiers.{at}.up_to") for at in range(len(tiers) - 1)]
    rates = [sheet.term(f"tiers.{at}.rate") for at in range(len(tiers))]
    if {"graduated": True, "whole_volume": False}[sheet.clause["tiering"]]:
        return _graduated(sold, ends, rates)
    return sold * rates[sum(end < sold for end in ends)]


def base_performance(sheet: Sheet) -> Fraction:
    level, bands = sheet.level(sheet.clause["level"]), sheet.clause["bands"]
    if level["standing"] != "measured" or level["value"] is None:
        share = {"in_full": Fraction(1), "nothing": ZERO}[sheet.clause["unjudged"]]
    else:
        sign = 1 if at_least(sheet.terms.at(sheet.clause["level"])) else -1
        reached = [sign * exact(each["reached"]) for each in bands]
        refuse(when=sorted(set(reached)) != reached or not bands, why="bands")
        best = sum(each <= sign * exact(level["value"]) for each in reached)
        share = sheet.term(f"bands.{best - 1}.payable") if best else ZERO
    people = sheet.term("headcount")
    pay = people * sheet.term("base_amount")
    return sheet.prorated(pay) + sheet.prorated(people * sheet.term("performance_amount")) * share


def seats(sheet: Sheet) -> Fraction:
    seats, price = sheet.term("seats"), sheet.term("monthly_price")
    least = sheet.term("minimum_seats") if sheet.has("minimum_seats") else ZERO
    if {"agreed": True, "present": False}[sheet.clause["basis"]]:
        return sheet.prorated(max(seats, least) * price)
    of_month = sheet.count("working_days_of_month")
    if not of_month:
        return ZERO
    part = Fraction(1)
    if sheet.days != sheet.days.month:
        part = sheet.count("working_days") / of_month
    return max(min(sheet.count("seat_days") / of_month, seats * part), least * part) * price


def surcharge(sheet: Sheet) -> Fraction:
    rule = sheet.clause["rule"]
    match rule["kind"]:
        case "per_person_day":
            return sheet.count("marked_days", sheet.id) * sheet.term("rule.amount")
        case "time_band":
            hours = sheet.count("marked_ms", sheet.id) / MS_PER_HOUR
            price = sheet.term("rule.unit_price") * sheet.term("rule.rate")
            return sheet.rounded(hours, "hours_rounding") * price
        case "of_fee":
            fee = sheet.terms.at(rule["fee"])["id"]
            lines = sheet.lines(lambda each: each.kind.startswith("fee_") and each.clause == fee)
            return sum(lines, ZERO) * sheet.term("rule.rate")
    raise ValueError(rule["kind"])


def vat(sheet: Sheet) -> Fraction:
    group = tax_groups(sheet.terms)[sheet.id]
    lines = sheet.lines(lambda each: each.kind.startswith("fee_") and each.clause in group)
    return sum(lines, ZERO) * sheet.term("tax_rate")
