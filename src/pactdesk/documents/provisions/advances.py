"""What is paid first, what last, and what is only deposited: 首付款, 尾款, 保证金."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pactdesk.documents.grammar.amounts import amounts_in
from pactdesk.documents.grammar.quantities import quantities_in
from pactdesk.documents.provisions import instalments, patterns
from pactdesk.documents.provisions.due_dates import Due, due_in
from pactdesk.documents.provisions.instalments import Part
from pactdesk.documents.provisions.noted import LIKELY, SURE, Noted
from pactdesk.documents.provisions.passage import Line, Passage

_DOWN = (
    r"首付款?|首期(?:款|费用|服务费)?|首笔|预付款?|预付|(?<!认)定金"
    r"|先(?:行)?(?:支付|付)|启动款|第一(?:期|笔)(?:款)?|订金"
)
_ON_SIGNING = (
    r"签(?:订|署|约|字)[^;]{0,24}?(?:支付|付(?!款方式)|交付|汇)"
    r"|生效[^;]{0,20}?(?:支付|付)"
)
_FINAL = (
    r"尾款|余款|剩余(?:的)?(?:款项|费用|部分|价款|服务费|\d"
    r"|[一二三四五六七八九十百])|最后一(?:期|笔)|末期款?|尾期"
    r"|质保金|(?:其余|余下|剩下|预留|留(?:存"
    r"|作)?)(?:的)?(?:部分)?[^,;]{0,8}(?=\d|[一二三四五六七八九十百])"
    r"|第[二三四](?:期|笔)(?:款)?"
)
_AT_END = (
    r"(?:期满|届满|服务(?:期)?结束|合同(?:期)?结束|完工|终验|最终验收"
    r"|全部完成)[^;%]{0,18}?(?:支付|付清|结清|付)(?!款方式)"
)
_DEPOSIT = r"押金|按金|保证金|履约担保金"
_EVENTS: tuple[tuple[str, str], ...] = (
    (
        "documents_received",
        r"(?:收齐|收到|交齐|提交)[^,;]{0,14}(?:材料|资料|文件|证件|证明"
        r"|复印件)",
    ),
    (
        "one_year_after_acceptance",
        r"验收(?:合格|通过)?[^,;]{0,8}(?:满一年|一年后|满12个月|满十二个月)"
        r"|质保期满",
    ),
    ("summary_report_received", r"(?:收到|提交|递交)[^,;]{0,10}(?:总结|报告)"),
    ("annual_assessment_completed", r"年度(?:考核|考评|评估)[^,;]{0,8}(?:完成|结束|合格|通过|后)"),
    ("invoice_received", r"收[到取][^,;]{0,16}(?:发票|专票)"),
    ("contract_effective", r"生效"),
    ("contract_signed", r"签(?:订|署|约|字)|订立|盖章"),
    ("service_end", r"期满|届满|服务(?:期)?结束|终止"),
)


@dataclass(frozen=True, slots=True)
class Advance:
    """`pct` in percent points of the whole, or an `amount` in yuan."""

    pct: Noted[Decimal] | None
    amount: Noted[Decimal] | None
    due: Noted[Due] | None


@dataclass(frozen=True, slots=True)
class Deposit:
    """An amount that is held, and whether it comes back."""

    amount: Decimal
    refundable: bool


def down_payment(passage: Passage) -> Noted[Advance] | None:
    """What is paid before the service."""
    parts = instalments.series(passage)
    if parts:
        first = instalments.first_of(parts)
        return _part(passage, first) if first else None
    told = _advance(passage, _DOWN, r"首付款?比例不")
    return told or _advance(passage, _ON_SIGNING, _DEPOSIT)


def final_payment(passage: Passage) -> Noted[Advance] | None:
    """What is kept back until the end."""
    parts = instalments.series(passage)
    if parts:
        return _part(passage, parts[-1])
    told = _advance(passage, _FINAL, r"剩余(?:期限|期间|部分工作)|录音|备份|档案")
    if told is None and down_payment(passage) is not None:
        told = _advance(passage, _AT_END, _DEPOSIT)
    return told


def deposit(passage: Passage) -> Noted[Deposit] | None:
    """A deposit that the provider or the client leaves with the other side."""
    for line in passage.saying(
        _DEPOSIT, without=r"不(?:收取|得收取|需|缴纳|要求)[^,;]{0,10}(?:押金|保证金)|定金罚则"
    ):
        word = patterns.search(_DEPOSIT, line.text)
        for found in amounts_in(passage.text, line.start, line.end):
            if word and abs(found.start - line.at(word.start())) < 40:
                near = passage.text[line.start : line.end + 60]
                back = bool(patterns.search(r"(?<!不予)(?<!不)退|返还|抵作|抵扣", near))
                return Noted(Deposit(found.value, back), line.start, found.end, LIKELY)
    return None


def _advance(passage: Passage, words: str, without: str) -> Noted[Advance] | None:
    for line in passage.saying(words, without=without):
        found_words = list(patterns.finditer(words, line.text))
        for word in reversed(found_words) if words == _FINAL else found_words:
            found = _at(passage, line, word)
            if found is not None:
                return found
    return None


def _part(passage: Passage, part: Part) -> Noted[Advance]:
    """One of several parts that make the whole."""
    pct = Noted(part.pct, part.at, part.until, LIKELY)
    first, last = part.line.at(part.start), min(part.line.at(part.end), part.line.end)
    amount = _amount(passage, part.line.at(part.start), min(part.until + 24, part.line.end))
    due = _due_within(passage, part.line, first, part.until) or _due_within(
        passage, part.line, part.until, max(last, part.until)
    )
    places = [n for n in (pct, amount, due) if n is not None]
    return Noted(
        Advance(pct, amount, due), min(n.start for n in places), max(n.end for n in places), LIKELY
    )


def _at(passage: Passage, line: Line, word: re.Match[str]) -> Noted[Advance] | None:
    if patterns.match(rf"[^,;]{{0,20}}(?:{_DEPOSIT})", line.text[word.end() :]):
        return None
    if patterns.search(
        r"逾期|违约|退还|不予|抵扣", line.text[max(0, word.start() - 14) : word.start()]
    ):
        return None
    first = max(line.text.rfind(",", 0, word.start()), line.text.rfind(";", 0, word.start())) + 1
    pct = amount = None
    for start, end in (
        (line.at(word.start()), min(line.end, line.at(word.end()) + 36)),
        (line.at(first), line.at(word.end())),
    ):
        pct = pct or _pct(passage, start, end)
        amount = amount or _amount(passage, start, end)
    if pct is None and amount is None:
        return None
    due = _advance_due(passage, line, word)
    places = [n for n in (pct, amount, due) if n is not None]
    return Noted(
        Advance(pct, amount, due), min(n.start for n in places), max(n.end for n in places), LIKELY
    )


def _pct(passage: Passage, start: int, end: int) -> Noted[Decimal] | None:
    for found in quantities_in(passage.text, start, end):
        if found.value.unit == "pct":
            return Noted(found.value.n, found.start, found.end, SURE)
    return None


def _amount(passage: Passage, start: int, end: int) -> Noted[Decimal] | None:
    for found in amounts_in(passage.text, start, end):
        return Noted(found.value, found.start, found.end, SURE)
    return None


def _advance_due(passage: Passage, line: Line, word: re.Match[str]) -> Noted[Due] | None:
    """The nearest due date before the words, else behind them."""
    before = _due_within(passage, line, line.start, line.at(word.start()))
    if before is not None:
        return before
    return _due_within(
        passage, line, line.at(word.start()), min(line.end, line.at(word.end()) + 60)
    )


def _due_within(passage: Passage, line: Line, first: int, last: int) -> Noted[Due] | None:
    """The last due date in a stretch, with the event that starts its clock."""
    found: Noted[Due] | None = None
    while True:
        later = due_in(passage.text, found.end if found else first, last, "")
        if later is None:
            break
        found = later
    if found is None:
        return None
    lead = passage.text[line.start : found.end]
    event = max(
        (
            (m.end(), -rank, name)
            for rank, (name, pattern) in enumerate(_EVENTS)
            for m in patterns.finditer(pattern, lead)
        ),
        default=None,
    )
    value = Due(found.value.kind, found.value.n, event[2] if event else found.value.event)
    return Noted(value, found.start, found.end, LIKELY)
