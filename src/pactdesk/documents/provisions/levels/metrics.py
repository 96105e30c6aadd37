"""The names by which contracts call what they measure; the special ones stand first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pactdesk.documents.provisions import patterns

TIMES = frozenset({"s", "min", "h", "day", "working_day", "rings"})
SHARES = frozenset({"pct", "permille", "per10k"})


@dataclass(frozen=True, slots=True)
class MetricWord:
    """One metric: the pattern of its names, the units it can have, and which way is better."""

    metric: str
    pattern: str
    units: frozenset[str]
    better: str = ">="


_POINT = frozenset({"point"})
_COUNT = frozenset({"count"})
_NUMBER = r"(?:\d+|[一二两三四五六七八九十]+)"
_SOLVED = (
    r"(?:办结|结案|处理完(?:毕|成)|处理结论|处理结果|处理意见|解决|闭环"
    r"|处理(?:时限|完)|结论|处置完毕|办理完毕|了结|答复)"
)

METRICS: tuple[MetricWord, ...] = (
    MetricWord(
        "regulator_ticket_reply",
        r"(?:监管|行政机关|12345|12315|12300|政务|政府|主管部门|市场监督|市监|消协"
        r"|工商)[^,;。]{0,24}?(?:工单|转办|转交|投诉|回复|函|答复|件)",
        TIMES,
        "<=",
    ),
    MetricWord(
        "major_complaint_start_time",
        r"(?:重大|升级|紧急|群体性?|恶性)(?:客户)?投诉[^,;。]{0,14}",
        TIMES,
        "<=",
    ),
    MetricWord(
        "complaint_callback_time",
        r"投诉[^。;]{0,18}?(?:回访|回电|首次(?:联系|响应|回复|答复|反馈)"
        r"|联系客户|回复客户|联系|致电|响应|受理|回应|应答)",
        TIMES,
        "<=",
    ),
    MetricWord("complaint_close_time", rf"投诉[^。;]{{0,22}}?{_SOLVED}", TIMES, "<="),
    MetricWord(
        "complaint_rate",
        r"(?:有责|有效|服务|客户|客服|有理由)?(?:投诉|客诉|申诉)(?:率"
        r"|比例|占比|量占|[^,;。]{0,4}占[^,;。]{1,10}比[例重])"
        r"|有责投诉|有效投诉(?!.{0,6}(?:每|起|件))",
        SHARES,
        "<=",
    ),
    MetricWord("dispute_refund_rate", r"(?:纠纷|争议|品质|售后)退款率|纠纷率", SHARES, "<="),
    MetricWord(
        "answer_rate_30s",
        r"(?:30|三十)\s?(?:秒|s)(?:钟)?(?:内)?(?:的)?(?:人工)?(?:接通|应答"
        r"|接听|接起|回复|响应)率",
        SHARES,
    ),
    MetricWord(
        "reply_rate_3min", r"(?:3|三)\s?分钟(?:内)?(?:人工|首次)?(?:回复|响应|应答|答复)率", SHARES
    ),
    MetricWord(
        "timely_answer_rate",
        r"(?:接听|应答|响应|回复|接起)及时率|及时(?:接听|应答|接起|接通|响应"
        r"|回复)率",
        SHARES,
    ),
    MetricWord(
        "service_level",
        rf"{_NUMBER}\s?(?:秒|s)钟?(?:内)?(?:人工)?(?:接通|应答|接听|接起"
        r"|服务水平)率?|服务水平",
        SHARES,
    ),
    MetricWord(
        "avg_response_time",
        r"均响|(?:平均|均值?)(?:人工)?(?:响应|回复|应答|答复|回应|等待)(?:时间"
        r"|时长|用时|时效)?|(?:响应|回复)(?:平均)?时[间长](?:均值|平均)",
        TIMES,
        "<=",
    ),
    MetricWord(
        "aht", r"平均(?:处理|通话|处置|接待|办理|服务)(?:时[长间])|AHT|平均时长", TIMES, "<="
    ),
    MetricWord(
        "first_response_time",
        r"(?:平均|均值?)?首(?:次|条|句|轮|问)?(?:人工)?(?:平均)?(?:响应|回复|应答|答复|回应)(?:时间"
        r"|时长|时效|用时|时限)?(?:平均|均值)?|首响(?:时间|时长)?|首次人工|初次响应"
        r"|(?:第一|头一?)[句条声个](?:话|消息|问题|咨询|问话)?(?:进来|过来|发来|发出|问)[^;。]{0,4}"
        r"|首次接待",
        TIMES,
        "<=",
    ),
    MetricWord(
        "fault_response_time",
        r"(?:故障|事故|[Pp][0-4]|[一二三四1-4]级"
        r"|severity)[^。;,]{0,22}?(?:响应|受理|到场|介入|到位)"
        r"|系统故障(?=[^。;,]{0,10}响应)",
        TIMES,
        "<=",
    ),
    MetricWord(
        "fault_fix_time",
        r"(?:故障|事故|[Pp][0-4]|[一二三四1-4]级"
        r"|severity)[^。;,]{0,22}?(?:修复|恢复|排除|解决|处理完毕|消除)",
        TIMES,
        "<=",
    ),
    MetricWord("rto", r"RTO|恢复时间目标|(?:数据|系统|业务)恢复时间|(?<=,)恢复时间", TIMES, "<="),
    MetricWord("rpo", r"RPO|恢复点目标|数据丢失(?:时间|量|窗口)?", TIMES, "<="),
    MetricWord("reply_rate", r"(?:消息|会话|邮件|留言|评价|咨询|人工)?(?:回复|答复)率", SHARES),
    MetricWord(
        "answer_rate", r"(?:月|人工|电话|来电|热线|呼入|总)*(?:接通|接听|接起|应答)率", SHARES
    ),
    MetricWord(
        "missed_conversations",
        r"弃话率|弃呼率|放弃率|呼损率|呼叫放弃率|漏(?:接|回|聊|答|单)(?:的)?(?:会话"
        r"|电话|来电|数|量|率|消息)?"
        r"|未接(?:会话|来电|电话)|遗漏会话",
        SHARES | _COUNT,
        "<=",
    ),
    MetricWord(
        "fcr",
        r"(?:首次|一次性?|首问|一次接触|首呼|首轮|首接)(?:来电|呼叫|会话"
        r"|接触|联系)?(?:问题)?(?:解决|办结)率|首解率|一解率|FCR"
        r"|一次解决比例|(?:首次|一次性?|首问|首通)[^,;。]{0,6}解决[^,;。]{0,6}?的?(?:比例|占比|比率)",
        SHARES,
    ),
    MetricWord(
        "resolution_rate",
        r"(?:问题|工单|咨询|客诉|客户问题|投诉)?(?:解决|办结|处理完成|关闭"
        r"|完结)率",
        SHARES,
    ),
    MetricWord(
        "resolution_time",
        r"(?:问题|工单|咨询|诉求|一般问题|普通问题|售后单?|疑难问题"
        r"|来件)[^。;,]{0,14}?(?:解决|办结|处理完[毕成]|关闭|办理|处理时限"
        r"|回复处理|答复|闭环|结单|完结)(?:时[间限长])?|(?:解决|处理"
        r"|办结)时[间限长]",
        TIMES,
        "<=",
    ),
    MetricWord(
        "response_time",
        r"(?:在线|消息|咨询|会话|邮件|留言|工单|电话|人工|客服|技术支持"
        r"|远程)?[^。;,]{0,4}?(?<!未)(?:响应|回复|答复)(?:时间|时长|时效|时限)?",
        TIMES,
        "<=",
    ),
    MetricWord(
        "availability",
        r"(?:系统|平台|服务|月度?|年度?|核心)*(?:可用(?:率|性|度)|正常运行(?:时间)?(?:率|比例|占比)"
        r"|无故障率|无故障运行率|可用时间(?:比例|占比)?)|(?:系统|平台|服务|网站)在线率",
        SHARES,
    ),
    MetricWord("nps_improvement", r"NPS|净推荐值", frozenset({"point", "pct", "count"})),
    MetricWord(
        "invite_rate",
        r"邀(?:请)?[^,;。]{0,4}?评(?:价)?的?(?:比例|占比)|(?:邀评|邀请评价|评价邀请"
        r"|评价邀约|评价参与|参评|邀请)率",
        SHARES,
    ),
    MetricWord(
        "client_satisfaction_score",
        r"(?:甲方|委托方|客户方|需求方|发包方|业主|委托人)(?:的)?(?:对乙方"
        r"|对服务)?[^。;,]{0,6}?(?:满意度?|评价)(?:评分|打分|得分|评价)?",
        _POINT,
    ),
    MetricWord(
        "csat_score",
        r"(?:客户|顾客|用户|买家|会员|通话|服务|会话)?满意度?(?:平均|评价"
        r"|调查|综合)*(?:评分|得分|分值|均分|平均分|分)?|评价(?:均分|得分)"
        r"|DSR[^。;,]{0,8}|(?:客户|顾客|用户|买家|会员|宾客|住客|旅客"
        r"|患者|家长|学员|车主|业主|消费者)(?:对[一-鿿]{1,6}?的?)?(?:评分"
        r"|打分|评价)"
        r"|(?:服务|综合|店铺)*体验(?:分|星级|得分)|服务态度(?:评)?分|动态评分",
        _POINT,
    ),
    MetricWord(
        "csat",
        r"(?:客户|顾客|用户|买家|会员|通话|服务|会话|综合|总体)*(?:满意(?:度"
        r"|率)|好评率)(?:测评|评价|调查)?|CSAT",
        SHARES,
    ),
    MetricWord(
        "conversion_rate",
        r"(?:询单|咨询|静默|下单|销售|会话)?转化率|(?:询单|咨询|进线)转化",
        SHARES,
    ),
    MetricWord(
        "qa_pass_rate",
        r"(?:质检|抽检|质量检查|抽查|录音抽检|质量抽检)(?:的)?(?:合格|通过|达标|及格)率"
        r"|(?:质检|抽检|抽查|录音|抽听|稽核|质量检查)[^;。]{0,14}?(?:合格率"
        r"|(?:合格|通过|达标)的?(?:比例|占比|比率))",
        SHARES,
    ),
    MetricWord(
        "qa_score",
        r"(?:质检|抽检|质量检查|质量)(?:平均|月均|综合)*(?:成绩|得分|均分"
        r"|评分|平均分|分数?)|质检(?=[^。;,]{0,4}\d)",
        _POINT | SHARES,
    ),
    MetricWord(
        "attendance_rate",
        r"(?:出勤|到岗|在岗|排班遵守|上线|签到|排班到岗|在席|满勤|排班执行"
        r"|排班符合)率|(?<!系统)(?<!平台)(?<!服务)(?<!网站)在线率",
        SHARES,
    ),
    MetricWord("training_hours", r"(?:培训|受训)[^。;,]{0,16}", frozenset({"h"})),
)

_COMPILED = tuple((word, re.compile(word.pattern)) for word in METRICS)


@dataclass(frozen=True, slots=True)
class Mention:
    """A metric that a line speaks of, with its place in the line."""

    word: MetricWord
    start: int
    end: int


def mentions_in(text: str) -> Iterator[Mention]:
    """Every metric that a line may speak of, in order; the units decide between them."""
    found = [
        Mention(word, match.start(), match.end())
        for word, pattern in _COMPILED
        for match in pattern.finditer(text)
    ]
    order = {word.metric: rank for rank, word in enumerate(METRICS)}
    yield from sorted(found, key=lambda m: (m.start, order[m.word.metric]))


def channel_of(text: str) -> str | None:
    """The channel that words name."""
    for channel, pattern in (
        ("email", r"邮件|邮箱"),
        ("phone", r"电话|来电|热线|通话|呼入|话务|接通|接起|接听|振铃"),
        ("chat", r"在线|会话|消息|聊天|旺旺|咚咚|首响|店铺"),
    ):
        if patterns.search(pattern, text):
            return channel
    return None


def severity_of(text: str) -> str | None:
    """Which class of faults words name: 严重, 一级, P1."""
    found = patterns.search(r"[Pp]([1-4])|([一二三四1-4])级", text)
    if found:
        return f"severity_{found[1] or '一二三四'.find(found[2]) + 1 or found[2]}"
    for severity, pattern in (
        ("severity_1", r"严重|重大|紧急|致命|全站"),
        ("severity_2", r"较大|主要|重要|次要"),
        ("severity_3", r"一般|普通|轻微"),
    ):
        if patterns.search(pattern, text):
            return severity
    return None
