"""What good and bad months cost: deductions, score sheets, bonuses (docs/reference/lines)."""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any

from pactverify.helping import refuse
from pactverify.ledger import at_least
from pactverify.sheet import ZERO, Sheet
from pactverify.terms import exact
from pactverify.worktime import months_after

_PERIODS = {"month": Fraction(1), "quarter": Fraction(1, 3), "year": Fraction(1, 12)}
_CHANNELS = {"conversation": "chat", "valid_conversation": "chat", "call": "phone",
             "call_minute": "phone", "ticket": "ticket"}  # fmt: skip
_VOLUMES = {"conversation": "interactions", "ticket": "interactions", "call": "calls",
            "valid_conversation": "valid_conversations", "call_minute": "call_minutes"}  # fmt: skip
_COUNTS = {"incident": "incidents", "quantity": "incident_size"}


def deduction(sheet: Sheet) -> Fraction:
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


def event(sheet: Sheet) -> Fraction:
    name = _COUNTS[sheet.clause.get("counts", "incident")]
    events = sheet.count(name, sheet.clause["what"], sheet.clause.get("party", "provider"))
    if not events:
        return ZERO
    if sheet.has("free"):
        events = max(ZERO, events - sheet.term("free"))
    return -_capped(sheet, events * price_of_event(sheet))


def price_of_event(sheet: Sheet) -> Fraction:
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


def unserved(sheet: Sheet) -> Fraction:
    refused = 1 - sheet.count("accepted_share", sheet.clause["item"])
    return -sheet.fee() * refused if refused else ZERO


def overlap(sheet: Sheet) -> Fraction:
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


def cap(sheet: Sheet) -> Fraction:
    excepted = sheet.clause.get("except_for", [])
    deducted = sheet.lines(
        lambda line: line.kind.startswith("deduction") and line.clause not in excepted
    )
    cap = sheet.cut(sheet.term("of_fee") * sheet.fee())
    if sheet.has("per_year"):
        left = sheet.term("per_year") - sheet.count("deducted_before", sheet.id)
        cap = min(cap, sheet.cut(max(ZERO, left)))
    return max(ZERO, -sum(deducted, ZERO) - cap)


def score_sheet(sheet: Sheet) -> Fraction:
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


def bonus(sheet: Sheet) -> Fraction:
    level = sheet.clause["level"]
    if sheet.level(level)["verdict"] != "met" or not sheet.level(level)["denominator"]:
        return ZERO
    gap = sheet.value_of(level) - sheet.term("target", level)
    better = gap if at_least(sheet.terms.at(level)) else -gap
    steps = _steps(sheet, better / sheet.term("step"))
    return _capped(sheet, steps * sheet.term("rate") * sheet.fee())
