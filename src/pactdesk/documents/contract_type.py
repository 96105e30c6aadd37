"""Which of the five families a contract belongs to, and what it is called."""

from __future__ import annotations

import re
from typing import Literal

from pactdesk.documents.paper import Paper

ContractType = Literal[
    "temporary_staffing",
    "service_agreement",
    "service_management",
    "part_time_agent",
    "system_outsourcing",
]

_SIGNS: tuple[tuple[ContractType, str, int], ...] = (
    ("part_time_agent", r"兼职|非全日制|小时工|勤工", 3),
    (
        "temporary_staffing",
        r"协调(?:员|人员|岗)|临时|派遣|派驻|派出|短期(?:用工|支援|支持)"
        r"|驻场(?:协调|支持|客服)|劳务派",
        3,
    ),
    (
        "service_management",
        r"客户服务管理|客服管理|管理办法|管理费|管理人|委托管理|服务管理|管理服务"
        r"|(?:制度|流程)(?:建设|搭建|拟订)|代管|督导|统筹|(?:客户|会员"
        r"|顾客)服务管理|手册|会员(?:关系|档案|维护|维系)|管理方",
        3,
    ),
    (
        "system_outsourcing",
        r"系统(?:的)?(?:维护|升级|外包|运维|技术支持|开发|建设|可用)"
        r"|系统外包|平台(?:建设|运维|开发|维护|可用|托管|升级|故障)|可用率"
        r"|运维|维护费|版本升级|故障",
        4,
    ),
    (
        "service_agreement",
        r"客服服务协议|话务|热线|客服外包|服务协议|呼叫中心|坐席|座席"
        r"|在线客服|客服托管|客户服务外包|接待|会话",
        2,
    ),
)
_NAMED: tuple[tuple[ContractType, str], ...] = (
    ("part_time_agent", r"兼职|非全日制|小时工|钟点|勤工|灵活用工"),
    (
        "temporary_staffing",
        r"临时|短期|季节|节庆|旺季|派驻|派遣|派用|外派|支援|驻场|协调(?:员|人员|岗)|借调|用工(?!管理)",
    ),
    (
        "system_outsourcing",
        r"(?:系统|平台|软件|机器人|工具)[^管]{0,12}(?:外包|运维|维护|升级|建设|托管|开发|运营|服务"
        r"|采购|实施|部署|技术)"
        r"|系统|运维|软件",
    ),
    ("service_management", r"管理|代管|督导|统筹|体系建设|顾问|咨询服务"),
)
"""What a title is sure to mean; the first that fits."""
_TITLE = re.compile(
    r"[^\n:：,，。；;]{2,40}?(?:合同|协议书|协议|约定|办法|契约|合约|合作书|约定书)(?:权利义务)?"
)


def contract_type_of(paper: Paper) -> ContractType:
    """What the title says; where it says only 客服外包, the family whose words weigh most."""
    title = title_of(paper)
    named = next((family for family, sign in _NAMED if re.search(sign, title)), None)
    if named is not None:
        return named
    weights = {
        family: weight
        * (min(8, len(re.findall(sign, paper.text))) + 5 * bool(re.search(sign, title)))
        for family, sign, weight in _SIGNS
    }
    best = max(weights, key=lambda family: weights[family])
    return best if weights[best] >= 6 else "service_agreement"


def title_of(paper: Paper) -> str:
    """The first line that reads like a title; the file's name where there is none."""
    head = paper.text[: min(paper.head_end + 1, 400)].lstrip()
    first = head.split("\n", 1)[0]
    numbered = re.match(r"(?P<name>[^\n:：]{2,40}?)(?P<kind>合同|协议)?编号", first)
    if numbered:
        named = re.search(r"(?:合同|协议|协议书)\Z", numbered["name"])
        return numbered["name"] + ("" if named else numbered["kind"] or "")
    found = _TITLE.match(re.sub(r"本合同(?:目录|由).*", "", first)) or _TITLE.search(head)
    return found[0].strip() if found else paper.source.name.rsplit(".", 1)[0]


def contract_id_of(paper: Paper) -> str:
    """The contract's own number if it is printed and plain; else one from the document's hash."""
    number = re.search(
        r"(?:合同|协议)?编号\s?[:：]\s?(?P<n>[A-Za-z0-9][A-Za-z0-9._-]{2,40})", paper.text
    )
    return number["n"] if number else f"draft-{paper.source.sha256[:12]}"
