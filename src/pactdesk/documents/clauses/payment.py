"""When and how the client pays (A42–A49, B20, E12)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.payment import BankAccount, Payment, PaymentCycle
from pactdesk.core.terms.durations import Due, DueEvent, DueKind, Duration, TimeUnit
from pactdesk.documents.clauses.payment_due import cycle_of, due_of
from pactdesk.documents.clauses.priced import clause_source
from pactdesk.documents.fields import length_field
from pactdesk.documents.grammar.numerals import NUMERAL, numeral_value
from pactdesk.documents.paper import Paper, Sentence

_PAYS = r"支付|付款|付清|结清|付上月|转账"
_FEE = r"费|报酬|款|当年"
_NOT = r"违约金|逾期|赔偿|首付|首期|预付|剩余|年终|停服|暂停|押金|保证金|扣|负担|承担|有权要求"
_CYCLES = (
    (PaymentCycle.MONTHLY, r"每月|按月|逐月|次月|月度|每个月|当月|上月"),
    (PaymentCycle.QUARTERLY, r"季"),
    (PaymentCycle.ANNUAL, r"每年|按年|年度"),
)
_EVENTS = (
    (DueEvent.INVOICE_RECEIVED, r"(?:收到|取得|收讫|开具)[^,，。；;]{0,24}(?:发票|专票)"),
    (DueEvent.STATEMENT_CONFIRMED, r"(?:确认|核对无误)[^,，。；;]{0,12}(?:后|之日)"),
    (DueEvent.STATEMENT_RECEIVED, r"(?:收到|接到)[^,，。；;]{0,16}(?:结算|对账|账单)"),
    (
        DueEvent.PERIOD_END,
        r"(?:周期|当?月|季度?|年度|期满)[^,，。；;]{0,6}(?:结束|终了|期满)[之]?后",
    ),
)
_DAY_OF_MONTH = re.compile(
    rf"(?P<month>每月|次月|下月|当月|每个月)\s?(?:的|第)?\s?(?P<day>{NUMERAL}|_{{2,}})\s?[日号]"
)


_LAST_DAY = 31


@dataclass(frozen=True, slots=True)
class DueRule:
    """One due rule as a sentence states it."""

    due: Due
    sentence: Sentence
    sources: dict[str, Source]


def read(paper: Paper) -> list[Payment]:
    """One clause where the paper speaks of paying the fee."""
    sentences = payment_sentences(paper)
    if not sentences:
        return _told(paper)
    rules = due_rules(paper)
    sources: dict[str, Source] = {}
    first = rules[0].sentence if rules else sentences[0]
    return [
        Payment(
            id="payment-1",
            source=paper.source_at(first),
            cycle=_cycle(paper, first, sentences, sources),
            due=_due(paper, rules, first, sources),
            method=_method(paper, sources),
            account=_account(paper, sources),
            sources=sources,
        )
    ]


def _told(paper: Paper) -> list[Payment]:
    """From the provisions alone: the paper pays without naming who or what."""
    due, cycle = due_of(paper), cycle_of(paper)
    if due is None:
        return []
    sources = dict(due[1])
    if cycle is not None:
        sources["cycle"] = cycle[1]
    source = due[1]["due.n"]
    return [
        Payment(
            id="payment-1",
            source=clause_source(paper, source),
            cycle=(cycle[0] if cycle else None) or paper.vague(source.start, source.end),
            due=due[0],
            method=_method(paper, sources),
            account=_account(paper, sources),
            sources=sources,
        )
    ]


def payment_sentences(paper: Paper) -> list[Sentence]:
    """Sentences by which the client owes the running fee."""
    return [
        s
        for s in paper.saying(_PAYS, without=_NOT)
        if re.search(_FEE, s.text) and re.search(paper.roles.both_words, s.text)
    ]


def due_rules(paper: Paper) -> list[DueRule]:
    """Every rule that says when; two of them may contradict each other."""
    rules = (_rule(paper, sentence) for sentence in payment_sentences(paper))
    return [rule for rule in rules if rule is not None]


def _rule(paper: Paper, sentence: Sentence) -> DueRule | None:
    event = _event(sentence)
    day = _paying_day(sentence)
    if event is not None:
        kind, at = event
        length = length_field(paper, sentence.at(at), sentence.end)
        if length and isinstance(length[0], Duration):
            due_kind = (
                DueKind.WORKING_DAYS_AFTER
                if length[0].unit is TimeUnit.WORKING_DAY
                else DueKind.CALENDAR_DAYS_AFTER
            )
            sources = {"due.n": length[1], "due.event": paper.source_at(sentence)}
            return DueRule(Due(kind=due_kind, n=length[0].n, event=kind), sentence, sources)
    if day is not None:
        start, end = sentence.at(day.start("day")), sentence.at(day.end("day"))
        gaps = paper.gaps_between(start, end)
        number = paper.open(gaps[0]) if gaps else int(numeral_value(day["day"]))
        due = Due(kind=DueKind.DAY_OF_MONTH, n=number)
        return DueRule(due, sentence, {"due.n": paper.source_of(start, end)})
    return None


def _event(sentence: Sentence) -> tuple[DueEvent, int] | None:
    """The event nearest before the payment starts the clock."""
    found = [
        (match.end(), event)
        for event, pattern in _EVENTS
        for match in re.finditer(pattern, sentence.text)
    ]
    if not found:
        return None
    at, event = found[-1] if len(found) == 1 else max(found, key=lambda item: item[0])
    return event, at


def _paying_day(sentence: Sentence) -> re.Match[str] | None:
    """每月5日前 … 支付: the day by which is paid, not the one by which a report is sent."""
    days = [
        match
        for match in _DAY_OF_MONTH.finditer(sentence.text)
        if re.search(r"付|结清", sentence.text[match.end() : match.end() + 30])
    ]
    return next((day for day in reversed(days) if _exists(day["day"])), None)


def _exists(day: str) -> bool:
    return day.startswith("_") or 1 <= numeral_value(day) <= _LAST_DAY


def _due(paper: Paper, rules: list[DueRule], first: Sentence, sources: dict[str, Source]) -> Due:
    told = due_of(paper)
    if told is not None and len({(rule.due.kind, rule.due.event) for rule in rules}) <= 1:
        sources.update(told[1])
        return told[0]
    if not rules:
        words = paper.vague(first.start, first.end)
        return Due(kind=words, n=words, event=words)
    if len({(rule.due.kind, rule.due.event) for rule in rules}) > 1:
        words = paper.vague(rules[0].sentence.start, rules[0].sentence.end)
        both = " / ".join(rule.sentence.text for rule in rules)
        words = words.model_copy(update={"blank": both})
        return Due(kind=words, n=words, event=words)
    sources.update(rules[0].sources)
    return rules[0].due


def _cycle(
    paper: Paper, first: Sentence, sentences: list[Sentence], sources: dict[str, Source]
) -> PaymentCycle | Blank:
    for sentence in (first, *sentences):
        gap = next(
            (
                g
                for g in paper.gaps_between(sentence.start, sentence.end)
                if re.search(r"月|季|年", g.value.example or "") and "周期" in sentence.text
            ),
            None,
        )
        if gap is not None:
            return paper.open(gap, _named_cycle(gap.value.example or ""))
        agreed = re.search(
            r"(?:双方|另行)[^,，。]{0,6}(?:协商|约定)[^,，。]{0,6}周期", sentence.text
        )
        if agreed:
            return paper.vague(sentence.at(agreed.start()), sentence.at(agreed.end()))
        told = cycle_of(paper)
        if told is not None:
            sources["cycle"] = told[1]
            return told[0] or paper.vague(told[1].start, told[1].end)
        named = _named_cycle(sentence.text)
        if named is not None:
            sources["cycle"] = paper.source_at(sentence)
            return named
    return paper.vague(first.start, first.end)


def _named_cycle(text: str) -> PaymentCycle | None:
    found = [(m.start(), cycle) for cycle, p in _CYCLES if (m := re.search(p, text))]
    return min(found)[1] if found else None


def _method(paper: Paper, sources: dict[str, Source]) -> str | Blank | None:
    for sentence in paper.saying(r"银行转账|电汇|支票|网银|对公转账"):
        sources["method"] = paper.source_at(sentence)
        chosen = re.search(r"银行转账|电汇|网银|对公转账|支票", sentence.text)
        if "协商确定" in sentence.text or chosen is None:
            return paper.vague(sentence.start, sentence.end, chosen[0] if chosen else None)
        return chosen[0]
    return None


_ACCOUNT = {
    "bank": r"开户行|开户银行",
    "holder": r"账户名称|户名|开户名称",
    "number": r"(?:银行)?账号|账户号码",
}


def _account(paper: Paper, sources: dict[str, Source]) -> BankAccount | None:
    values: dict[str, str | Blank] = {}
    for name, label in _ACCOUNT.items():
        for sentence in paper.main:
            found = re.search(
                rf"(?:{label})\s?[:：为]\s?(?P<value>[^,，；;。\n]{{1,60}})", sentence.text
            )
            if found:
                start, end = sentence.at(found.start("value")), sentence.at(found.end("value"))
                gaps = paper.gaps_between(start, end)
                values[name] = paper.open(gaps[0]) if gaps else found["value"].strip()
                sources[f"account.{name}"] = paper.source_of(start, end)
                break
    if len(values) < 3:
        return None
    return BankAccount(bank=values["bank"], holder=values["holder"], number=values["number"])
