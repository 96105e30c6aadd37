"""What each kind of line comes to, exactly and in yuan, as its page in docs/reference says."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from math import ceil, floor
from typing import Any

from pactverify.counted import MS_PER_HOUR
from pactverify.ledger import Entry, at_least
from pactverify.parts import is_amended, parts_of, prices_of
from pactverify.sheet import ZERO, Sheet
from pactverify.stretches import tax_groups
from pactverify.terms import exact
from pactverify.worktime import months_after

_PERIODS = {"month": Fraction(1), "quarter": Fraction(1, 3), "year": Fraction(1, 12)}
_CHANNELS = {"conversation": "chat", "valid_conversation": "chat", "call": "phone",
             "call_minute": "phone", "ticket": "ticket"}  # fmt: skip
_VOLUMES = {"conversation": "interactions", "ticket": "interactions", "call": "calls",
            "valid_conversation": "valid_conversations", "call_minute": "call_minutes"}  # fmt: skip
_COUNTS = {"incident": "incidents", "quantity": "incident_size"}


def refuse(*, when: bool, why: str) -> None:
    """ValueError where the page says that there is no statement."""
    if when:
        raise ValueError(why)


def grown(amount: Callable[[str], Fraction], cap: Fraction | None) -> Fraction:
    """What came to it in the days: of all so far, and of all before, not more than the cap."""
    so_far, before = amount("end"), amount("start")
    return so_far - before if cap is None else min(so_far, cap) - min(before, cap)


# --- fees ------------------------------------------------------------------------------------


def _fixed(sheet: Sheet) -> Fraction:
    if sheet.clause.get("billing", "monthly") == "monthly":
        refuse(when=sheet.has("since"), why="since")
        return sheet.prorated(sheet.term("amount") * _PERIODS[sheet.clause["per"]])
    return sheet.term("amount") * sheet.count("fee_periods", sheet.id)


def _headcount_hours(sheet: Sheet) -> Fraction:
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


def _per_unit(sheet: Sheet) -> Fraction:
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


def _parts(sheet: Sheet) -> Fraction:
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


def _hourly(sheet: Sheet) -> Fraction:
    rules = sheet.clause.get("multipliers", [])
    refuse(when=len(rules) > 1 and not sheet.has("overlap"), why="overlap")
    hours = sheet.count("paid_hours", sheet.id)
    for at in range(len(rules)):
        extra = sheet.term(f"multipliers.{at}.times") - 1
        hours += sheet.count("paid_hours_at", sheet.id, str(at)) * extra
    return hours * sheet.term("unit_price")


def _commission(sheet: Sheet) -> Fraction:
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


def _base_performance(sheet: Sheet) -> Fraction:
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


def _seats(sheet: Sheet) -> Fraction:
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


def _surcharge(sheet: Sheet) -> Fraction:
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


def _vat(sheet: Sheet) -> Fraction:
    group = tax_groups(sheet.terms)[sheet.id]
    lines = sheet.lines(lambda each: each.kind.startswith("fee_") and each.clause in group)
    return sum(lines, ZERO) * sheet.term("tax_rate")


# --- consequences ----------------------------------------------------------------------------


def _deduction(sheet: Sheet) -> Fraction:
    level = sheet.clause["level"]
    if sheet.clause["rule"]["kind"] == "interpolated":
        whole = exact(sheet.clause["rule"]["worst"]) - exact(sheet.terms.at(level)["target"])
        better_above = at_least(sheet.terms.at(level))
        refuse(when=whole >= 0 if better_above else whole <= 0, why="worst")
    if sheet.level(level)["verdict"] != "missed" or _in_grace(sheet):
        return ZERO
    return -_capped(sheet, _owed(sheet, level))


def _in_grace(sheet: Sheet) -> bool:
    """Whether the days begin in one of the first months, in which nothing is deducted."""
    months = (sheet.terms.optional("assessment") or {}).get("grace_months", 0)
    return sheet.days.first < months_after(sheet.term_days.first.replace(day=1), months)


def _capped(sheet: Sheet, owed: Fraction) -> Fraction:
    """At most `cap` of the fee, in the agreed order of cap and rounding."""
    cap = sheet.term("cap") * sheet.fee() if sheet.has("cap") else None
    order = {"round_then_cap": True, "cap_then_round": False}[sheet.conventions["cap_order"]]
    if cap is not None and order:
        owed, cap = sheet.rounded(owed), sheet.cut(cap)
    return owed if cap is None else min(owed, cap)


def _owed(sheet: Sheet, level: str) -> Fraction:
    rule = sheet.clause["rule"]
    match rule["kind"]:
        case "per_breach":
            return sheet.breaches_of(level) * sheet.term("rule.amount")
        case "per_miss":
            return sheet.term("rule.rate") * sheet.fee()
        case "per_point":
            steps = _steps(sheet, _shortfall(sheet, level) / sheet.term("rule.step"))
            return steps * sheet.term("rule.rate") * sheet.fee()
        case "tiered":
            sign = 1 if at_least(sheet.terms.at(level)) else -1
            value = sign * sheet.value_of(level)
            beyond = [at for at, each in enumerate(rule["tiers"])
                      if value < sign * exact(each["beyond"])]  # fmt: skip
            return sheet.term(f"rule.tiers.{beyond[-1]}.rate") * sheet.fee() if beyond else ZERO
        case "interpolated":
            whole = abs(sheet.term("target", level) - sheet.term("rule.worst"))
            part = min(Fraction(1), _shortfall(sheet, level) / whole)
            return part * sheet.term("rule.rate") * sheet.fee()
    raise ValueError(rule["kind"])


def _shortfall(sheet: Sheet, level: str) -> Fraction:
    """By how much a level is worse than its target; 0 where it is not."""
    gap = sheet.term("target", level) - sheet.value_of(level)
    return max(ZERO, gap if at_least(sheet.terms.at(level)) else -gap)


def _steps(sheet: Sheet, steps: Fraction) -> Fraction:
    whole: Mapping[str, Any] = {"full": floor(steps), "started": ceil(steps), "proportional": steps}
    return Fraction(whole[sheet.conventions["steps"]])


def _event(sheet: Sheet) -> Fraction:
    name = _COUNTS[sheet.clause.get("counts", "incident")]
    events = sheet.count(name, sheet.clause["what"], sheet.clause.get("party", "provider"))
    if not events:
        return ZERO
    if sheet.has("free"):
        events = max(ZERO, events - sheet.term("free"))
    return -_capped(sheet, events * _price_of_event(sheet))


def _price_of_event(sheet: Sheet) -> Fraction:
    kind = sheet.clause["price"]["kind"]
    match kind:
        case "amount":
            return sheet.term("price.amount")
        case "share_of_fee":
            return sheet.term("price.rate") * sheet.fee()
        case "daily_fees":
            return sheet.term("price.days") * sheet.fee() / sheet.count("days")
        case "share_of_contract":
            return sheet.term("price.rate") * sheet.term("price.of")
    raise ValueError(kind)


def _unserved(sheet: Sheet) -> Fraction:
    refused = 1 - sheet.count("accepted_share", sheet.clause["item"])
    return -sheet.fee() * refused if refused else ZERO


def _overlap(sheet: Sheet) -> Fraction:
    rules = [sheet.terms.at(each) for each in sheet.clause["clauses"]]
    same = {"same_interaction": True, "largest": False}[sheet.clause["rule"]]
    refuse(when=same and any(each["kind"] != "deduction" or each.get("cap") is not None
                             or each["rule"]["kind"] != "per_breach" for each in rules),
           why="same_interaction")  # fmt: skip
    owed: dict[str, Fraction] = {}
    above = [line for line in sheet.above if line.amount_fen < 0]
    for name in dict.fromkeys(
        line.clause for line in above if line.clause in sheet.clause["clauses"]
    ):
        shares = sheet.lines(lambda line: line in above and line.clause == name)  # noqa: B023
        owed |= {name: sum(shares, ZERO)} if shares else {}
    if len(owed) < 2:
        return ZERO
    if not same:
        return min(owed.values()) - sum(owed.values(), ZERO)
    return sheet.hand("counted", "|".join(["charged_twice", sheet.id, *owed]),
                      _charged_twice(sheet, list(owed)))  # fmt: skip


def _charged_twice(sheet: Sheet, clauses: list[str]) -> Fraction:
    """What interactions that missed several levels are charged beside the highest amount."""
    charges: dict[str, list[Fraction]] = {}
    for clause in map(sheet.terms.at, clauses):
        for name in sheet.level(clause["level"])["missed"]:
            charges.setdefault(name, []).append(exact(clause["rule"]["amount"]))
    return sum((sum(each, ZERO) - max(each) for each in charges.values()), ZERO)


def _cap(sheet: Sheet) -> Fraction:
    excepted = sheet.clause.get("except_for", [])
    deducted = sheet.lines(
        lambda line: line.kind.startswith("deduction") and line.clause not in excepted
    )
    cap = sheet.cut(sheet.term("of_fee") * sheet.fee())
    if sheet.has("per_year"):
        left = sheet.term("per_year") - sheet.count("deducted_before", sheet.id)
        cap = min(cap, sheet.cut(max(ZERO, left)))
    return max(ZERO, -sum(deducted, ZERO) - cap)


def _score_sheet(sheet: Sheet) -> Fraction:
    bands = sheet.clause["bands"]
    scores = [exact(each["score"]) for each in bands]
    refuse(when=sorted(set(scores)) != scores or scores[:1] != [ZERO], why="bands")
    earned = [(sheet.term(f"items.{at}.weight"), _points(sheet, at, item))
              for at, item in enumerate(sheet.clause["items"])]  # fmt: skip
    kept = [(weight, points) for weight, points in earned if points is not None]
    if _in_grace(sheet) or not kept:
        return ZERO
    whole = sum((weight for weight, _ in earned), ZERO)
    score = sum((points for _, points in kept), ZERO) * whole / sum(weight for weight, _ in kept)
    best = sum(each <= score for each in scores) - 1
    payable = sheet.term(f"bands.{best}.payable")
    between = {"steps": False, "line": True}[sheet.clause.get("between", "steps")]
    if between and best + 1 < len(bands):
        low, high = (sheet.term(f"bands.{at}.score") for at in (best, best + 1))
        payable += (
            (score - low) / (high - low) * (sheet.term(f"bands.{best + 1}.payable") - payable)
        )
    return sheet.fee() * (payable - 1)


def _points(sheet: Sheet, at: int, item: Any) -> Fraction | None:
    """What an item of a score sheet earns; None where it is left out."""
    weight = sheet.term(f"items.{at}.weight")
    if item["kind"] == "level":
        if sheet.level(item["level"])["verdict"] != "undetermined":
            if sheet.level(item["level"])["value"] is None:
                return weight
            steps = _shortfall(sheet, item["level"]) / sheet.term(f"items.{at}.step")
            return max(ZERO, weight - sheet.term(f"items.{at}.points") * _steps(sheet, steps))
    elif item["kind"] == "given":
        mark = sheet.quantities.mark(item["item"])
        if mark is not None:
            return weight * sheet.count("mark", item["item"])
    else:
        raise ValueError(item["kind"])
    return {"full": weight, "left_out": None}[sheet.clause.get("unjudged", "full")]


def _bonus(sheet: Sheet) -> Fraction:
    level = sheet.clause["level"]
    if sheet.level(level)["verdict"] != "met" or not sheet.level(level)["denominator"]:
        return ZERO
    gap = sheet.value_of(level) - sheet.term("target", level)
    better = gap if at_least(sheet.terms.at(level)) else -gap
    steps = _steps(sheet, better / sheet.term("step"))
    return _capped(sheet, steps * sheet.term("rate") * sheet.fee())


# --- pay, debts, what goes back --------------------------------------------------------------


def _cap_in_yuan(sheet: Sheet) -> Fraction | None:
    return sheet.term("cap") if sheet.has("cap") else None


def _reward(sheet: Sheet) -> Fraction:
    return grown(lambda when: sheet.count("rewards", when), _cap_in_yuan(sheet))


def _damage(sheet: Sheet) -> Fraction:
    so_far, before = (sheet.count("losses", "client", when) for when in ("end", "start"))
    if so_far == before:
        return ZERO
    wage = sum(
        sheet.lines(lambda each: each.kind.startswith("fee_") or each.kind == "reward"), ZERO
    )
    hourly = sheet.terms.of_kind("fee_hourly")
    hours = sum((sheet.count("paid_hours", each["id"]) for each in hourly), ZERO)
    above_minimum = wage - sheet.term("minimum_hourly") * hours
    return -max(ZERO, min(so_far - before, sheet.term("cap") * wage, above_minimum))


def _delay(sheet: Sheet) -> Fraction:
    def owed(when: str) -> Fraction:
        days = sheet.count("delay_days", sheet.id, when)
        if sheet.has("rate_once"):
            return min(days, Fraction(1)) * sheet.term("rate_once") * sheet.term("of")
        return days * sheet.term("rate_per_day") * sheet.term("of")

    refuse(when=sheet.has("rate_once") == sheet.has("rate_per_day"), why="rate")
    cap = sheet.term("cap") * sheet.term("of") if sheet.has("cap") else None
    return -grown(owed, cap)


def _breach(sheet: Sheet) -> Fraction:
    party, what, cap = sheet.clause["party"], sheet.clause["what"], _cap_in_yuan(sheet)
    name = _COUNTS[sheet.clause.get("counts", "incident")]
    changing = sheet.clause["price"]["kind"] in ("share_of_fee", "daily_fees")
    refuse(when=cap is not None and changing, why="cap")
    events = sheet.count(name, what, party)
    if not events:
        return ZERO
    price = _price_of_event(sheet)
    owed = events * price
    if cap is not None:
        owed = grown(lambda when: price * sheet.count(f"{name}_ever", what, party, when), cap)
    return {"provider": -owed, "client": owed}[party]


def _compensation(sheet: Sheet) -> Fraction:
    by = sheet.clause["claimant"]
    owed = grown(lambda when: sheet.count("losses", by, when), _cap_in_yuan(sheet))
    return {"client": -owed, "provider": owed}[by]


def _refund(sheet: Sheet) -> Fraction:
    ended = next(sheet.span.book.before("contract", sheet.span.end, event="terminated"), None)
    if ended is None or ended.at < sheet.span.start or ended.measured["by"] != "provider":
        return ZERO
    back = sheet.term("share") * sheet.count("paid")
    if {"unserved": True, "paid": False}[sheet.clause["of"]]:
        back *= sheet.count("days_left", "provider") / sheet.count("days_of_term")
    return -back


def _expenses(sheet: Sheet) -> Fraction:
    agreed, total = sheet.clause["reimbursed"], ZERO
    for at, each in enumerate(agreed):
        spent = sheet.count("expenses", sheet.id, each["category"])
        if "cap_per_month" in each:
            spent = min(spent, sheet.prorated(sheet.term(f"reimbursed.{at}.cap_per_month")))
        total += spent
    return total


def _deposit(sheet: Sheet) -> Fraction:
    amount, days = sheet.term("amount"), sheet.days
    moved = {each: sheet.count("deposit_moved", sheet.id, each) for each in ("paid", "returned")}
    sheet.count("deposit_balance", sheet.id)
    asked = back = ZERO
    if days.first <= sheet.term_days.first <= days.last:
        asked = max(ZERO, amount - moved["paid"])
    book = sheet.span.book
    end, brought = book.last_day(sheet.span.end, sheet.term_days.last)
    until = _last_day_of_return(sheet, end) if days.last > end else date.min
    until = until if brought is None else max(book.day_of(brought), until)
    if days.last > end and days.first <= until <= days.last:
        kept = sheet.count("deposit_forfeited", sheet.id)
        back = max(ZERO, amount - moved["returned"] - kept)
    return {"client": asked - back, "provider": back - asked}[sheet.clause["paid_by"]]


def _last_day_of_return(sheet: Sheet, end: date) -> date:
    n, unit = sheet.clause["returned_after"]["n"], sheet.clause["returned_after"]["unit"]
    calendar = sheet.span.book.calendar
    if unit == "working_day":
        return calendar.working_days_after(end, n)
    if unit == "day":
        return calendar.on_or_after(end + timedelta(days=n))
    return calendar.on_or_after(months_after(end, n * {"month": 1, "year": 12}[unit]))


# --- late fees -------------------------------------------------------------------------------


def _late_fee(sheet: Sheet) -> Fraction:
    refuse(when=sheet.has("rate_once") == sheet.has("rate_per_day"), why="rate")
    return sum((_late_fee_of(sheet, entry) for entry in sheet.ledger), ZERO)


def _late_fee_of(sheet: Sheet, entry: Entry) -> Fraction:
    """For one earlier statement, the late days inside the line's days."""
    late = entry.late_days(sheet.span, sheet.clause.get("grace_days", 0))
    stretches = list(_late_stretches(sheet, entry, late))
    if not stretches:
        return ZERO
    first, base, _ = stretches[0]
    if sheet.has("rate_once"):
        inside = sheet.days.first <= first <= sheet.days.last
        return base * sheet.term("rate_once") if inside else ZERO

    def owed(since: date, until: date) -> Fraction:
        days = {day: fen for day, fen in late.items() if since <= day < until}
        parts = _late_stretches(sheet, entry, days)
        return sheet.term("rate_per_day") * sum((base * count for _, base, count in parts), ZERO)

    now = owed(sheet.days.first, date.max)
    if not sheet.has("cap"):
        return now
    cap = sheet.term("cap") * Fraction(late[first], 100)
    return min(owed(first, date.max), cap) - min(owed(first, sheet.days.first), cap)


def _late_stretches(
    sheet: Sheet, entry: Entry, late: Mapping[date, int]
) -> Iterator[tuple[date, Fraction, Fraction]]:
    """(first day, base in yuan, days that count) of each stretch of equal unpaid amount."""
    working = {"calendar": False, "working": True}[sheet.clause.get("days", "calendar")]
    whole = {"unpaid": False, "whole": True}[sheet.clause.get("base", "unpaid")]
    for fen, days in groupby(late, key=late.__getitem__):
        held = list(days)
        first, last = held[0], held[-1]
        of = f"{entry.statement}|{first}|{last}"
        base = sheet.hand("unpaid", of, Fraction(fen, 100))
        sheet.hand("unpaid", f"{entry.statement}|{first}|{first}", base)
        if whole:
            total = Fraction(entry.total_fen, 100)
            base = sheet.hand("counted", f"statement_total|{entry.statement}", total)
        count = sheet.hand("late_days", of, len(held))
        if working:
            count = sheet.count("late_working_days", str(first), str(last))
        if count:
            yield first, base, count


AMOUNTS: Mapping[str, Callable[[Sheet], Fraction]] = {
    "fee_fixed": _fixed, "fee_headcount_hours": _headcount_hours, "fee_per_unit": _per_unit,
    "fee_lump_sum": _parts, "fee_milestones": _parts, "fee_hourly": _hourly,
    "fee_commission": _commission, "fee_base_performance": _base_performance,
    "fee_seats": _seats, "fee_surcharge": _surcharge, "vat": _vat, "deduction": _deduction,
    "deduction_event": _event, "deduction_unserved": _unserved, "deduction_overlap": _overlap,
    "deduction_cap": _cap, "score_sheet": _score_sheet, "bonus": _bonus, "reward": _reward,
    "wage_deduction": _damage, "delay_penalty": _delay, "breach_penalty": _breach,
    "compensation": _compensation, "refund": _refund, "expenses": _expenses,
    "deposit": _deposit, "late_fee": _late_fee,
}  # fmt: skip
