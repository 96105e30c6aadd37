"""What good and bad months cost: deductions, score sheets, bonuses (docs/reference/lines)."""

from fractions import Fraction
from math import ceil, floor
from typing import Any

from pactverify.ledger import better_above
from pactverify.sheet import ZERO, Sheet, refuse
from pactverify.terms import chosen, exact
from pactverify.worktime import months_after

COUNTS = {"incident": "incidents", "quantity": "incident_size"}


def deduction(sheet: Sheet) -> Fraction:
    level, rule = sheet.clause["level"], sheet.clause["rule"]
    if rule["kind"] == "interpolated":
        whole = exact(rule["worst"]) - exact(sheet.terms.at(level)["target"])
        refuse(when=whole >= 0 if better_above(sheet.terms.at(level)) else whole <= 0, why="worst")
    if sheet.level(level)["verdict"] != "missed" or _in_grace(sheet):
        return ZERO
    match rule["kind"]:
        case "per_breach":
            missed = sheet.hand("breaches", level, len(sheet.level(level)["missed"]))
            owed = missed * sheet.term("rule.amount")
        case "per_miss":
            owed = sheet.term("rule.rate") * sheet.fee()
        case "per_point":
            steps = _steps(sheet, _shortfall(sheet, level) / sheet.term("rule.step"))
            owed = steps * sheet.term("rule.rate") * sheet.fee()
        case "tiered":
            sign = 1 if better_above(sheet.terms.at(level)) else -1
            value = sign * sheet.value_of(level)
            beyond = [at for at, each in enumerate(rule["tiers"])
                      if value < sign * exact(each["beyond"])]  # fmt: skip
            rate = sheet.term(f"rule.tiers.{beyond[-1]}.rate") if beyond else ZERO
            owed = rate * sheet.fee()
        case "interpolated":
            whole = abs(sheet.term("target", level) - sheet.term("rule.worst"))
            part = min(Fraction(1), _shortfall(sheet, level) / whole)
            owed = part * sheet.term("rule.rate") * sheet.fee()
        case other:
            raise ValueError(other)
    return -_capped(sheet, owed)


def _in_grace(sheet: Sheet) -> bool:
    """Whether the days begin in one of the first months, in which nothing is deducted."""
    months = (sheet.terms.optional("assessment") or {}).get("grace_months", 0)
    return sheet.days.first < months_after(sheet.span.term.first.replace(day=1), months)


def _capped(sheet: Sheet, owed: Fraction) -> Fraction:
    """At most `cap` of the fee, in the agreed order of cap and rounding."""
    rounds = chosen(sheet.conventions, "cap_order", "round_then_cap", "cap_then_round")
    if not sheet.has("cap"):
        return owed
    cap = sheet.term("cap") * sheet.fee()
    return min(sheet.rounded(owed), sheet.cut(cap)) if rounds else min(owed, cap)


def _shortfall(sheet: Sheet, level: str) -> Fraction:
    """By how much a level is worse than its target; 0 where it is not."""
    return max(ZERO, -_better_by(sheet, level))


def _better_by(sheet: Sheet, level: str) -> Fraction:
    gap = sheet.value_of(level) - sheet.term("target", level)
    return gap if better_above(sheet.terms.at(level)) else -gap


def _steps(sheet: Sheet, steps: Fraction) -> Fraction:
    whole: dict[str, Any] = {"full": floor(steps), "started": ceil(steps), "proportional": steps}
    return Fraction(whole[sheet.conventions["steps"]])


def deduction_event(sheet: Sheet) -> Fraction:
    name = COUNTS[sheet.clause.get("counts", "incident")]
    events = sheet.count(name, sheet.clause["what"], sheet.clause.get("party", "provider"))
    if not events:
        return ZERO
    events = max(ZERO, events - (sheet.maybe("free") or 0))
    return -_capped(sheet, events * price_of_event(sheet))


def price_of_event(sheet: Sheet) -> Fraction:
    match sheet.clause["price"]["kind"]:
        case "amount":
            return sheet.term("price.amount")
        case "share_of_fee":
            return sheet.term("price.rate") * sheet.fee()
        case "daily_fees":
            return sheet.term("price.days") * sheet.fee() / sheet.count("days")
        case "share_of_contract":
            return sheet.term("price.rate") * sheet.term("price.of")
        case other:
            raise ValueError(other)


def deduction_unserved(sheet: Sheet) -> Fraction:
    refused = 1 - sheet.count("accepted_share", sheet.clause["item"])
    return -sheet.fee() * refused if refused else ZERO


def deduction_overlap(sheet: Sheet) -> Fraction:
    named = sheet.clause["clauses"]
    rules = [sheet.terms.at(each) for each in named]
    same = chosen(sheet.clause, "rule", "same_interaction", "largest")
    refuse(when=same and any(each["kind"] != "deduction" or each.get("cap") is not None
                             or each["rule"]["kind"] != "per_breach" for each in rules),
           why="same_interaction")  # fmt: skip
    owed: dict[str, Fraction] = {}
    for name in dict.fromkeys(line.clause for line in sheet.above if line.clause in named):
        shares = sheet.lines(lambda line: line.amount_fen < 0 and line.clause == name)  # noqa: B023
        owed |= {name: sum(shares, ZERO)} if shares else {}
    if len(owed) < 2:
        return ZERO
    if not same:
        return min(owed.values()) - sum(owed.values(), ZERO)
    # What interactions that missed several levels are charged beside the highest amount.
    charges: dict[str, list[Fraction]] = {}
    for clause in map(sheet.terms.at, owed):
        for name in sheet.level(clause["level"])["missed"]:
            charges.setdefault(name, []).append(exact(clause["rule"]["amount"]))
    twice = sum((sum(each, ZERO) - max(each) for each in charges.values()), ZERO)
    return sheet.hand("counted", "|".join(["charged_twice", sheet.id, *owed]), twice)


def deduction_cap(sheet: Sheet) -> Fraction:
    excepted = sheet.clause.get("except_for", [])
    deducted = sheet.total(
        lambda line: line.kind.startswith("deduction") and line.clause not in excepted
    )
    cap = sheet.cut(sheet.term("of_fee") * sheet.fee())
    if sheet.has("per_year"):
        left = sheet.term("per_year") - sheet.count("deducted_before", sheet.id)
        cap = min(cap, sheet.cut(max(ZERO, left)))
    return max(ZERO, -deducted - cap)


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
    if chosen(sheet.clause, "between", "line", "steps", absent="steps") and best + 1 < len(bands):
        low, high = (sheet.term(f"bands.{at}.score") for at in (best, best + 1))
        more = sheet.term(f"bands.{best + 1}.payable") - payable
        payable += (score - low) / (high - low) * more
    return sheet.fee() * (payable - 1)


def _points(sheet: Sheet, at: int, item: Any) -> Fraction | None:
    """What an item of a score sheet earns; None where it is left out."""
    weight = sheet.term(f"items.{at}.weight")
    full = chosen(sheet.clause, "unjudged", "full", "left_out", absent="full")
    if chosen(item, "kind", "level", "given"):
        level = sheet.level(item["level"])
        if level["verdict"] == "undetermined":
            return weight if full else None
        if level["value"] is None:
            return weight
        steps = _shortfall(sheet, item["level"]) / sheet.term(f"items.{at}.step")
        return max(ZERO, weight - sheet.term(f"items.{at}.points") * _steps(sheet, steps))
    if sheet.quantities.mark(item["item"]) is None:
        return weight if full else None
    return weight * sheet.count("mark", item["item"])


def bonus(sheet: Sheet) -> Fraction:
    level = sheet.clause["level"]
    if sheet.level(level)["verdict"] != "met" or not sheet.level(level)["denominator"]:
        return ZERO
    steps = _steps(sheet, _better_by(sheet, level) / sheet.term("step"))
    return _capped(sheet, steps * sheet.term("rate") * sheet.fee())
