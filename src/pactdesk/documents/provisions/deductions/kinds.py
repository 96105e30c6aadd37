"""What a deduction is, and the words for what it is a share of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.levels.metrics import METRICS, mentions_in

_EVENTS: tuple[tuple[str, str], ...] = (
    (
        "abuse",
        r"吵架|吵嘴|对骂|态度[^,;]{0,4}(?:恶劣|差|不好|粗暴)|与(?:客户|顾客|买家)[^,;]{0,4}(?:争"
        r"|吵)|讽刺|辱骂|谩骂|骂|言语攻击|顶撞|侮辱|恶语|争吵|态度恶劣"
        r"|恶言|粗言",
    ),
    ("data_leak", r"泄露|泄密|外泄|泄漏"),
    ("media_incident", r"媒体|舆情|曝光|负面报道|舆论"),
    (
        "attendance",
        r"缺勤|缺席|旷班|脱班|空班|缺班|旷工|迟到|早退|缺岗|脱岗|空岗"
        r"|离岗|未到岗|擅离|无故缺|人?没(?:有)?(?:来|到岗|上岗|到场|露面|出勤|打卡)|放鸽子|不[来到]岗|不来上班|未出勤|未上岗",
    ),
    (
        "valid_complaint_count",
        r"有效投诉|有责投诉|属实(?:的)?投诉|投诉(?:成立|属实|经核实)|投诉"
        r"|客诉|申诉",
    ),
    (
        "failed_metric_count",
        r"任(?:一|何一)项[^,;]{0,8}(?:未达|不达)|(?:任一|任何一|每(?:有)?(?:一|1)?(?:项|个)?|单项"
        r"|各项)(?:考核)?指标[^,;]{0,8}(?:未达|不达|未完成|低于)"
        r"|指标(?:未达标|不达标)|[一二三1-3]项(?:指标)?(?:未达|不达)",
    ),
    ("qa_pass_rate", r"(?:质检|抽检)[^,;]{0,4}不(?:合格|通过|达标)"),
    (
        "assessment_score",
        r"考核(?:得分|分数?|成绩|评分|结果)|评分|得分|总分|综合得分|低于\d+分"
        r"|分以下|不合格|不及格",
    ),
    ("report_delivery", r"(?:报告|报表|月报)"),
)
_BASES: tuple[tuple[str, str], ...] = (
    ("pct_annual_maintenance", r"(?:年|当年|年度)(?:度)?(?:的)?(?:系统|平台)?(?:维护|运维|维保)费"),
    ("pct_base_fee", r"(?:基础|基本|固定)[一-鿿]{0,4}费|底薪|基础部分"),
    (
        "pct_monthly_system_fee",
        r"(?:系统|平台)(?:月)?(?:度)?(?:维护|运维|平台|服务|托管|使用"
        r"|技术)*费|(?<!年)(?<!年度)维护费",
    ),
    ("pct_quarter_fee", r"季(?:度)?[^,;]{0,8}(?:费|款|价)|当季"),
    ("pct_final_payment", r"尾款"),
    ("pct_annual_fee", r"年(?:度)?(?:服务|管理|总)?费"),
    (
        "pct_monthly_fee",
        r"(?:当|该|本|次)?(?:月|月度)(?:应付|应结|结算|总)?[^,;]{0,4}(?:服务"
        r"|管理|外包|坐席|席位|话务|基础)?(?:费|报酬|款|价款|结算额|薪)"
        r"|服务费|费用|管理费",
    ),
)


@dataclass(frozen=True, slots=True)
class Deduction:
    """In the words of the reading summary; tiers as (bound sign, bound, …, amount) dictionaries."""

    metric: str
    trigger: str
    amount: Decimal | None
    amount_unit: str
    step: Decimal | None = None
    step_unit: str | None = None
    tiers: tuple[dict[str, Decimal | None], ...] = ()
    cap: tuple[Decimal, str] | None = None


def metric_in(text: str, *, events: bool = False) -> str | None:
    """What the words before a deduction speak of: the last level, or event, named."""
    found: tuple[int, int, str] | None = None
    for mention in mentions_in(text):
        key = (mention.end, -METRICS.index(mention.word), mention.word.metric)
        if mention.word.metric not in ("training_hours", "training_sessions") and (
            found is None or key[:2] > found[:2]
        ):
            found = key
    event = next((name for name, pattern in _EVENTS if patterns.search(pattern, text)), None)
    if event and (events or found is None):
        return event
    if found and found[2] == "csat_score":
        return "csat"
    return found[2] if found else event


def base_of(text: str) -> str:
    """What a percentage is a share of."""
    return next(
        (name for name, pattern in _BASES if patterns.search(pattern, text)), "pct_monthly_fee"
    )
