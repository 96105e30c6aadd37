"""Duties without a number: who, about what, in the paper's own words."""

from __future__ import annotations

import re
from itertools import count
from typing import Literal

from pactdesk.core.terms.clauses.duty import Duty, Topic
from pactdesk.documents.clauses.metrics import metric_of
from pactdesk.documents.fields import length_field, share_field
from pactdesk.documents.paper import Paper, Sentence

Side = Literal["provider", "client", "both"]

_OWES = r"应|须|需|负责|不得|有权|有义务|可根据|承担|承诺|适用|保证|经对方同意"
_TOPICS = (
    (Topic.GOVERNING_LAW, r"适用中华人民共和国法律|适用法律|中国法律"),
    (Topic.OVERTIME, r"超出(?:正常)?(?:工作|服务)时间|加班"),
    (Topic.SELF_MONITORING, r"自我监控|自行监测|自查|自检"),
    (
        Topic.INDICATORS,
        r"设立考核指标|考核指标[^。；;]{0,14}(?:确定|设定|制定|调整)|增设[^。；;]{0,8}指标",
    ),
    (Topic.REPORT, r"(?:考核|服务|分析|工作|结算)报告|报告内容|工作总结|提交相关报告"),
    (Topic.SYSTEM_MAINTENANCE, r"维护与升级|系统(?:的)?(?:日常)?(?:维护|升级)|版本升级"),
    (Topic.DATA_MANAGEMENT, r"数据(?:管理|备份|恢复)"),
    (Topic.USER_TRAINING, r"用户培训|使用培训|培训与指导|培训甲方|培训客户"),
    (Topic.TECHNICAL_SUPPORT, r"技术支持|技术指导|技术问题"),
    (
        Topic.AGENT_TRAINING,
        r"(?:对|为)[^。；;]{0,10}(?:客服|人员|坐席)[^。；;]{0,10}培训|参加[^。；;]{0,12}培训|接受[^。；;]{0,10}培训|岗前培训",
    ),
    (Topic.STAFFING, r"配备[^。；;]{0,30}(?:人员|客服)|按时到岗|专业技能和服务意识"),
    (Topic.DISCIPLINE, r"工作纪律|规章制度|行为规范"),
    (Topic.COMPENSATION, r"赔偿|违约责任|改正|纠正"),
    (Topic.CONTACT_PERSON, r"专门的联系人|指定[^。；;]{0,8}联系人|联络人"),
    (
        # Who may evaluate need not.
        Topic.EVALUATION,
        r"^(?!.*有权).*(?:合理的?评价|(?:给予|予以|作出)[^。；;]{0,12}评价)",
    ),
    (Topic.SUPERVISION, r"监督|检查|评价"),
    (
        Topic.CLIENT_INPUT,
        r"(?:信息和条件|业务(?:信息|数据|资料)|系统访问权限|必要的(?:办公)?(?:环境|支持|条件|资料))",
    ),
    (
        Topic.CHANGES,
        r"(?<!单价)变更[^。；;]{0,20}(?:书面|同意)|补充协议|书面形式[^。；;]{0,12}变更",
    ),
    (Topic.QUALITY, r"质量"),
)
# Sentences about these are other kinds of clauses, not duties without a topic.
_OTHERS = (
    r"支付|付款|费用|违约金|扣|争议|协商解决|仲裁|生效|保密|泄露|终止|解除|续|期限|附件"
    r"|满足以下|暂停|整改|第三方|送达|下列|单价"
)
_REMEDIES = r"赔偿|改正|整改|违约责任|纠正"
_BOTH = r"双方|任何一方|甲乙方|甲、乙"
_ACTS = r"(?:应|须|需(?![要求])|配备|负责|不得|有权|有义务|可根据|承担|承诺|保证|同意)"
_LONGEST_BARE_HEADING = 10


def read(paper: Paper) -> list[Duty]:
    """One clause for each sentence that binds someone and has a topic, or merely binds."""
    numbers = count(1)
    duties = []
    for sentence in paper.main:
        by, topic = _by(paper, sentence), _topic(sentence)
        if by is None or topic is None or _measured(paper, sentence):
            continue
        duty = Duty(
            id=f"duty-{next(numbers)}", source=paper.source_at(sentence), by=by, topic=topic
        )
        duties.append(duty)
    return duties


def _topic(sentence: Sentence) -> Topic | None:
    if len(sentence.text) <= _LONGEST_BARE_HEADING or not re.search(_OWES, sentence.text):
        return None
    if re.match(r"鉴于", sentence.text):
        return None
    named = (topic for topic, pattern in _TOPICS if re.search(pattern, sentence.text))
    bare = None if re.search(_OTHERS, sentence.text) else Topic.OTHER
    return next(named, bare)


def _by(paper: Paper, sentence: Sentence) -> Side | None:
    """The first side that owes something; 双方, or a rule without a subject, is both."""
    provider, client = paper.roles.provider_words, paper.roles.client_words
    body = sentence.text.removeprefix(sentence.clause.label if sentence.clause else "")
    required = re.search(rf"有权要求(?:(?P<p>{provider})|(?P<c>{client}))", body)
    if required and re.search(_REMEDIES, body):
        return "provider" if required["p"] else "client"
    if re.match(r"\s*(?:应|有权|不得|须|需|对|配合|接受)", body):
        headed = _by_heading(paper, sentence)
        if headed is not None:
            return headed
    return _nearest_actor(paper, body) or _by_heading(paper, sentence)


def _nearest_actor(paper: Paper, body: str) -> Side | None:
    """Who stands nearest before the first 应, 须, 有权 … that has anybody before it."""
    provider, client = paper.roles.provider_words, paper.roles.client_words
    actors = [
        (match.end(), side)
        for side, words in (("provider", provider), ("client", client), ("both", _BOTH))
        for match in re.finditer(words, body)
    ]
    for act in re.finditer(_ACTS, body):
        before = [actor for actor in actors if actor[0] <= act.start()]
        if before:
            nearest: Side = max(before)[1]  # type: ignore[assignment]  # the three sides above
            return nearest
    return "both" if re.search(rf"适用中华人民共和国|本合同|{_BOTH}", body) else None


def _by_heading(paper: Paper, sentence: Sentence) -> Side | None:
    """Under 乙方的权利与义务 a sentence needs no subject."""
    for clause in paper.headed(sentence.start):
        if re.match(paper.roles.provider_words, clause.heading or ""):
            return "provider"
        if re.match(paper.roles.client_words, clause.heading or ""):
            return "client"
    return None


def _measured(paper: Paper, sentence: Sentence) -> bool:
    """A sentence with a metric and a number is a level or a deduction, not a bare duty."""
    if metric_of(sentence.text) is None:
        return False
    return bool(
        share_field(paper, sentence.start, sentence.end)
        or length_field(paper, sentence.start, sentence.end)
    )
