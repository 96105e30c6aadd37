"""PAYMENT_TERM_CONFLICT: two rules say when the same fee is due (A42, A49)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.durations import DueKind
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.clauses.payment import due_rules
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.grammar.numerals import numeral_value
from pactdesk.documents.paper import Paper, Sentence


def payment_term_conflict(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Two clocks: a day of the month, and days after an event."""
    del contract
    rules = due_rules(paper)
    clocks = {
        (rule.due.kind, rule.due.event) for rule in rules if isinstance(rule.due.kind, DueKind)
    }
    if len(clocks) < 2:
        return _two_days(paper)
    return remark(
        paper,
        "PAYMENT_TERM_CONFLICT",
        *(rule.sentence for rule in rules),
        clauses=("payment-1",),
    )


_PAYS = re.compile(r"(?:支付|付清|付款|付讫|结清|缴清|付)(?!宝|方式|账|比例|条件|凭)")
_WHOLE_FEE = r"服务费|管理费|外包费|费用|款项|价款|报酬|付款"
_SETTLES = r"甲方在?[^。；;,，]{0,16}(?:付清|结清)"
_OTHER = (
    r"违约|逾期|首付|首期|预付|尾款|余款|剩余|其余|定金|押金|保证金|终止|解除|退还|退回|年度"
    r"|终验|验收|"
    r"建设费|实施费|维护费|运维费|开发费|提成|奖金|绩效|补贴|滞纳|赔偿|垫付|%|％"
    r"|[一二三四五六七八九]成|百分之|分期|"
    r"第[一二三四]期|税|(?:应|须|予以)确认|核对|异议|审核|提供|开具|提交|如|遇|节假日"
)
_DAY_OF_MONTH = re.compile(
    r"(?:次月|每月|下月|当月|翌月)(?:的)?(?:第)?(?P<n>\d{1,2}"
    r"|[一二三四五六七八九十]{1,3})[日号](?:之?前)?"
)
_AFTER_EVENT = re.compile(
    r"(?P<event>发票|账单确认|账单|结算单确认|结算单|对账单|结算报告|期满|季度结束|月末|月结束"
    r"|月底)[^。；;,，\d]{0,10}?(?:后|起)?(?:的)?\s?"
    r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})\s?个?(?P<unit>工作日|自然日|日|天)(?:之|以)?内"
)


def _two_days(paper: Paper) -> tuple[Finding, ...]:
    """The same fee on the 15th in one clause, twenty days after the invoice in another."""
    first: tuple[tuple[str, ...], Sentence] | None = None
    for sentence in paper.main:
        rule = _rule(sentence.words)
        if rule is None:
            continue
        if first is None:
            first = rule, sentence
        elif rule != first[0]:
            return remark(
                paper, "PAYMENT_TERM_CONFLICT", first[1], sentence, clauses=("payment-1",)
            )
    return ()


def _rule(words: str) -> tuple[str, ...] | None:
    if (
        re.search(_OTHER, words)
        or not (re.search(_WHOLE_FEE, words) or re.search(_SETTLES, words))
        or not _PAYS.search(words)
    ):
        return None
    day, after = _DAY_OF_MONTH.search(words), _AFTER_EVENT.search(words)
    if day and not after:
        return "day", f"{numeral_value(day['n'])}"
    if after is None or day:
        return None
    unit = after["unit"].replace("天", "日").replace("自然日", "日")
    return "after", f"{numeral_value(after['n'])} {unit}"
