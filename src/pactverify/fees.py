"""What each fee comes to, exactly and in yuan; the page of a kind in docs/reference/lines says why.
The formula of a kind of line is the function of its name, here, in `consequences` or in `debts`."""

from fractions import Fraction
from typing import Any

from pactverify.counted_hours import MS_PER_HOUR
from pactverify.ledger import better_above
from pactverify.parts import agreed, is_amended, parts_of, prices_due
from pactverify.sheet import ZERO, Sheet, refuse
from pactverify.stretches import tax_groups
from pactverify.terms import chosen, exact
from pactverify.worktime import length

_PERIODS = {"month": Fraction(1), "quarter": Fraction(1, 3), "year": Fraction(1, 12)}
_VOLUMES = {  # measure: quantity, channel where the clause names none
    "conversation": ("interactions", "chat"), "ticket": ("interactions", "ticket"),
    "valid_conversation": ("valid_conversations", "chat"),
    "call": ("calls", "phone"), "call_minute": ("call_minutes", "phone"),
}  # fmt: skip


def fee_fixed(sheet: Sheet) -> Fraction:
    if sheet.clause.get("billing", "monthly") == "monthly":
        refuse(when=sheet.has("since"), why="since")
        if sheet.clause.get("adds_up") is True:
            so_far, before = (
                sheet.rounded(sheet.term("amount") * sheet.count("passed_share", sheet.id, when))
                for when in ("end", "start")
            )
            return so_far - before
        return sheet.prorated(sheet.term("amount") * _PERIODS[sheet.clause["per"]])
    return sheet.term("amount") * sheet.count("fee_periods", sheet.id)


def fee_headcount_hours(sheet: Sheet) -> Fraction:
    opened = sheet.hand("open_time", None, length(sheet.span.opened))
    hours = sheet.term("headcount") * opened / MS_PER_HOUR
    if chosen(sheet.clause, "hours_basis", "verified", "scheduled"):
        seated = sheet.hand("seat_time", None, sum(sheet.span.seat_ms.values(), ZERO))
        hours = min(seated / MS_PER_HOUR, hours)
    return sheet.rounded(hours, "hours_rounding") * sheet.term("unit_price")


def fee_per_unit(sheet: Sheet) -> Fraction:
    tiers, tiering = sheet.clause["tiers"], sheet.clause["tiering"]
    used = _volume(sheet)
    if sheet.has("included"):
        used = max(ZERO, used - sheet.prorated(sheet.term("included")))
    _check_ends(tiers, may_end=tiering == "package")
    ends = [sheet.prorated(sheet.term(f"tiers.{at}.up_to")) for at, each in enumerate(tiers)
            if "up_to" in each]  # fmt: skip
    prices = [sheet.term(f"tiers.{at}.price") for at in range(len(tiers))]
    band = sum(end < used for end in ends)
    match tiering:
        case "graduated" | "whole_volume":
            total = _by_bands(tiering, used, ends, prices)
        case "package" if band < len(tiers):
            total = sheet.prorated(prices[band])
        case "package":
            total = sheet.prorated(prices[-1]) + (used - ends[-1]) * sheet.term("overage")
        case other:
            raise ValueError(other)
    return max(total, sheet.prorated(sheet.term("minimum"))) if sheet.has("minimum") else total


def _volume(sheet: Sheet) -> Fraction:
    measure = sheet.clause["measure"]
    if measure in ("message", "order", "usage"):
        return sheet.count("usage", sheet.clause["usage"] if measure == "usage" else measure)
    quantity, channel = _VOLUMES[measure]
    scope = [sheet.clause.get("channel", channel), sheet.clause.get("case_type", "any")]
    scope += [sheet.clause["minute_rounding"]] if measure == "call_minute" else []
    return sheet.count(quantity, *scope)


def _check_ends(tiers: Any, *, may_end: bool = False) -> None:
    """The ends of bands rise; every band but the last has one, the last only if it `may_end`."""
    ends = [exact(each["up_to"]) for each in tiers if "up_to" in each]
    lacking = [at for at, each in enumerate(tiers) if "up_to" not in each]
    refuse(when=sorted(set(ends)) != ends or not tiers, why="up_to")
    refuse(when=lacking != [len(tiers) - 1] and (lacking != [] or not may_end), why="up_to")


def _by_bands(
    tiering: str, used: Fraction, ends: list[Fraction], prices: list[Fraction]
) -> Fraction:
    """All at the price of the band that was reached, or each unit at the price of its own."""
    if tiering == "whole_volume":
        return used * prices[sum(end < used for end in ends)]
    tops, bottoms = [*ends, max(used, *ends, ZERO)], [ZERO, *ends]
    bands = zip(tops, bottoms, prices, strict=False)
    return sum((max(ZERO, min(used, top) - low) * price for top, low, price in bands), ZERO)


def fee_lump_sum(sheet: Sheet) -> Fraction:
    """Each part when it is due, at its one price."""
    parts, prices = parts_of(sheet.clause, sheet.span), prices_due(sheet.clause, sheet.span)
    sheet.term("total")
    for path in {part.path for part in parts}:
        for name in {"share", "amount"} & set(sheet.terms.at(f"{sheet.id}.{path}")):
            sheet.term(f"{path}.{name}")
    sheet.count("lump_months", sheet.id)
    if prices and parts[-1].name in prices and is_amended(sheet.clause, sheet.span):
        sheet.count("other_parts", sheet.id)
    due = [part.name for part in parts if sheet.count("part_due", sheet.id, part.name)]
    total = sum((prices[name] for name in due), ZERO)
    if sheet.has("monthly") and sheet.span.book.rules_version > 1:
        served = sheet.count("cut_month", sheet.id)
        total += served * sheet.rounded(agreed(sheet.clause, "monthly")) if served else ZERO
    return total


fee_milestones = fee_lump_sum


def fee_hourly(sheet: Sheet) -> Fraction:
    rules = sheet.clause.get("multipliers", [])
    refuse(when=len(rules) > 1 and not sheet.has("overlap"), why="overlap")
    hours = sheet.count("paid_hours", sheet.id)
    for at in range(len(rules)):
        extra = sheet.term(f"multipliers.{at}.times") - 1
        hours += sheet.count("paid_hours_at", sheet.id, str(at)) * extra
    return hours * sheet.term("unit_price")


def fee_commission(sheet: Sheet) -> Fraction:
    refuse(when=sheet.has("rate") == sheet.has("tiers"), why="rate")
    refuse(when=sheet.has("base_amount") and not sheet.has("seats"), why="seats")
    names = ("sales_paid", "sales_refunded", "refunds_told", "refunds_refused")
    paid, refunded, _, _ = (sheet.count(name, sheet.id) for name in names)
    total = (paid - refunded) * sheet.term("rate") if sheet.has("rate") else _by_months(sheet)
    last, _ = sheet.span.book.last_day(sheet.span.month_end, sheet.span.term.last)
    if sheet.has("base_amount") and sheet.days.first <= last:
        total += sheet.prorated(sheet.term("seats") * sheet.term("base_amount"))
    return total


def _by_months(sheet: Sheet) -> Fraction:
    """What the commission of each month of sales grew by."""
    tiers, total = sheet.clause["tiers"], ZERO
    _check_ends(tiers)
    ends = [sheet.term(f"tiers.{at}.up_to") for at in range(len(tiers) - 1)]
    rates = [sheet.term(f"tiers.{at}.rate") for at in range(len(tiers))]
    paid_on = (each.day.isoformat()[:7] for each in sheet.quantities.payments(sheet.id)[0])
    chosen(sheet.clause, "tiering", "graduated", "whole_volume")
    for month in sorted({sheet.span.month, *paid_on}):
        for when, sign in (("end", 1), ("start", -1)):
            sold = sheet.count("net_sales", sheet.id, month, when)
            total += sign * _by_bands(sheet.clause["tiering"], sold, ends, rates)
    return total


def fee_base_performance(sheet: Sheet) -> Fraction:
    level, bands = sheet.level(sheet.clause["level"]), sheet.clause["bands"]
    if level["standing"] != "measured" or level["value"] is None:
        share = Fraction(chosen(sheet.clause, "unjudged", "in_full", "nothing"))
    else:
        sign = 1 if better_above(sheet.terms.at(sheet.clause["level"])) else -1
        reached = [sign * exact(each["reached"]) for each in bands]
        refuse(when=sorted(set(reached)) != reached or not bands, why="bands")
        best = sum(each <= sign * exact(level["value"]) for each in reached)
        share = sheet.term(f"bands.{best - 1}.payable") if best else ZERO
    people = sheet.term("headcount")
    pay = people * sheet.term("base_amount")
    return sheet.prorated(pay) + sheet.prorated(people * sheet.term("performance_amount")) * share


def fee_seats(sheet: Sheet) -> Fraction:
    seats, price = sheet.term("seats"), sheet.term("monthly_price")
    least = sheet.term("minimum_seats") if sheet.has("minimum_seats") else ZERO
    if chosen(sheet.clause, "basis", "agreed", "present"):
        return sheet.prorated(max(seats, least) * price)
    of_month = sheet.count("working_days_of_month")
    if not of_month:
        return ZERO
    whole = sheet.days == sheet.days.month
    part = Fraction(1) if whole else sheet.count("working_days") / of_month
    return max(min(sheet.count("seat_days") / of_month, seats * part), least * part) * price


def fee_surcharge(sheet: Sheet) -> Fraction:
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
            return sheet.total(lambda each: each.is_fee and each.clause == fee) * sheet.term(
                "rule.rate"
            )
    raise ValueError(rule["kind"])


def vat(sheet: Sheet) -> Fraction:
    group = tax_groups(sheet.terms)[sheet.id]
    return sheet.total(lambda each: each.is_fee and each.clause in group) * sheet.term("tax_rate")
