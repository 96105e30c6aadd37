"""What an amount of money is paid for, told by the words beside it."""

from __future__ import annotations

import re

from pactdesk.documents.provisions import patterns

_SEAT = r"(?:坐席|座席|客服席位|席位|席|工位|坐席位)"
_PERSON = (
    r"(?:人(?!次)|名|位|客服(?:人员)?|员工|座席员|坐席员|工程师"
    r"|(?:名|位|个)[一-鿿]{0,6}?(?:员|人员|客服|专员|组长|主管|班长|工|顾问|代表|人手|师|劳动力))"
)

UNITS: tuple[tuple[str, str, str], ...] = (
    # unit, words before the amount, words behind it
    (
        "CNY/person/hour",
        rf"每{_PERSON}每(?:个)?(?:工作)?小时|每(?:个)?小时每{_PERSON}"
        r"|人时单价|工时单价"
        rf"|每(?:个)?{_SEAT}每(?:个)?小时",
        rf"(?:/|每){_PERSON}[/·每]?(?:工作)?小?时|/(?:人时|人·时|人小时|工时)"
        r"|/小时/人",
    ),
    (
        "CNY/person/shift",
        rf"每{_PERSON}每(?:个)?班|每班(?:次)?每{_PERSON}",
        rf"(?:/|每){_PERSON}[/·每]?班次?|/人班|/班次?/人",
    ),
    (
        "CNY/person/day",
        rf"每{_PERSON}每(?:个)?(?:工作)?[日天]|人[天日]单价|每人[天日]"
        r"|每(?:个)?(?:接待|工作|服务|出勤|上班)[日天]|日薪|日工资|按[日天]计酬",
        rf"(?:/|每){_PERSON}[/·每]?(?:工作)?[天日]|/人[天日]|/[天日]/人",
    ),
    (
        "CNY/person/month",
        rf"每{_PERSON}每月|每月每{_PERSON}|人月单价|每人月",
        rf"(?:/|每){_PERSON}[/·每]?月|/人月|/月/人",
    ),
    (
        "CNY/seat/month",
        rf"每个?[一-鿿]{{0,4}}?{_SEAT}(?:位)?每(?:个)?月|{_SEAT}每月|每月每个?{_SEAT}"
        rf"|{_SEAT}月(?:单价"
        r"|费|租|价)",
        rf"(?:/|每)个?{_SEAT}(?:位)?[/·每]?月|/月/{_SEAT}",
    ),
    (
        "CNY/seat/day",
        rf"每个?{_SEAT}(?:位)?每[日天]|每[日天]每个?{_SEAT}",
        rf"(?:/|每)个?{_SEAT}(?:位)?[/·每]?[日天]",
    ),
    (
        "CNY/pp",
        r"每(?:提升|提高|增加|高出?|上升|超(?:过|出)?)[^,;]{0,6}?(?:1|一)?个?百分点",
        r"/(?:个)?百分点",
    ),
    (
        "CNY/conversation",
        r"每(?:接通|接待|处理|完成|外呼|拨打|办结|成功|受理|服务|解决"
        r"|回复)(?:一|1)?(?:个|通|条|次|单|件|名|位|宗|则|笔)"
        r"|每(?:一|1)?(?:个|通|条|次|单|件|宗|则|笔)?(?:有效|人工|实际|完成的?"
        r"|超出的?)?(?:会话|咨询|通话|电话|来电|呼叫|接待(?!日)|工单|外呼"
        r"|服务会话)|每(?:通|会话|单通|封|件|宗|则|笔|人次)|(?:会话|单通|单次)(?:服务)?(?:单价"
        r"|价格)",
        r"(?:/|每)(?:个|通|条|次|宗)?(?:有效|人工)?(?:会话|通(?!话分)|咨询"
        r"|次会话|单|条|次|件|宗|个会话)",
    ),
    (
        "CNY/min",
        r"每(?:计费)?(?:通话)?分钟|分钟单价|通话分钟[^,;]{0,8}单价",
        r"(?:/|每)(?:计费)?(?:通话)?分钟|/min",
    ),
    (
        "CNY/person/shift",
        r"每(?:个)?(?:标准)?班次?|班次单价|按班次?|每(?:早|晚|白|夜|中)班"
        r"|(?:早|晚|白|夜|中)班",
        r"(?:/|每)(?:个)?班次?",
    ),
    (
        "CNY/hour",
        r"每(?:个)?(?:工作|服务)?(?:小时|钟头)|一(?:个)?(?:小时|钟头)"
        r"|时薪|小时(?:工资|报酬|费|单价|标准)"
        r"|按小时|每工时|小时计酬",
        r"(?:/|每|一)(?:个)?(?:工作)?(?:小时|钟头|时(?!段|间)|h)",
    ),
    (
        "CNY",
        r"(?:建设|开发|实施|部署|初装|安装|搭建|一次性|迁移|割接|集成|调试|初始化|改造|对接|定制"
        r"|移交|交接|入驻|开通|启动)(?:服务|实施|开通|启动|部署|接入)?费(?:用)?|里程碑[一二三\d]?",
        r"(?!)",
    ),
    (
        "CNY/year",
        r"每(?:个)?(?:服务|合同|运维)?年(?:度)?|一年的?(?:管理|服务|维护"
        r"|运维)?费|年度?包干价?|(?<![二三两四五六七八九十\d])年(?:度)?(?:服务|基础|基本"
        r"|管理|维护|运维"
        r"|维保|外包|包干|固定){0,2}(?:总)?费|年费|按年|年服务费",
        r"(?:/|每)年(?:度)?",
    ),
    (
        "CNY/month",
        r"每(?:个)?(?:自然)?月|月(?:度)?(?:固定|基础|基本|保底|管理|外包"
        r"|包干|运维|维护|系统|承包|最低)*(?:服务|管理|维护|使用|租)?(?:费"
        r"|报酬|单价|消费|收费|租金)"
        r"|月薪|底薪|基本工资|月基本|按月|折合月",
        r"(?:/|每)月",
    ),
)
"""From the most special to the most general; the first that fits names the unit."""

NOT_A_FEE = (
    r"少付|少给|少发|赔付|违约金|赔偿|滞纳金|押金|保证金|定金|扣(?:减|除|款|罚|发|付)?(?!税)"
    r"|罚款|上限|不超过|注册资本|补偿金|最高"
    r"|滞纳|减付|经济损失|封顶|保险|处罚|负激励"
)
TOTAL = (
    r"总(?:服务)?(?:费用?|额|价款?|金额|计|费|报酬)|合同(?:总)?(?:价款?"
    r"|金额|额)|全部(?:服务)?费用?|(?:个月|年|期|季度?)[^,;每月元]{0,6}(?:费"
    r"|报酬)[^,;元]{0,4}?共|合计|价税合计|共计|总包价?|费用总计"
    r"|(?:一|总|拢|统)共(?:计|是|就|收|付|给|算)*(?=\Z|[^,;个席人名]{0,12}[元块])"
)
_COMPILED = tuple(
    (unit, re.compile(rf"(?:{before})"), re.compile(rf"\s?(?:{behind})"))
    for unit, before, behind in UNITS
)


_OWED_FOR = (
    (rf"每(?:个|一)?[一-鿿]{{0,4}}?{_SEAT}", "seat"),
    (rf"每{_PERSON}|(?:按|以)?人头", "person"),
)
_OF_ONE = (
    (rf"\s?(?:/|每)(?:个)?{_SEAT}(?!/|·|每|月|日|天)", "seat"),
    (r"\s?(?:/|每)(?:人|名|位)(?![一-鿿/·])", "person"),
)
_SPANS: tuple[tuple[str, str], ...] = (
    ("小时|钟头", "hour"),
    ("[日天]", "day"),
    ("班", "shift"),
    ("月", "month"),
)
_EACH_CALL = r"会话|咨询|通话|来电|接待|工单|外呼|话务|呼叫"
_KNOWN = frozenset(unit for unit, _, _ in UNITS)


def unit_of_amount(before: str, behind: str) -> tuple[str, bool] | None:
    """The unit that the words beside an amount name; True where they stand right behind it."""
    if patterns.search(r"每(?:个)?(?:季|半年)[^,;]{0,8}\Z", before) or patterns.match(
        r"\s?/(?:季|半年)", behind
    ):
        return None
    for unit, _, pattern in _COMPILED:
        if pattern.match(behind):
            return _of_each(unit, before), True
    if patterns.match(r"\s?/(?:个|次|条|单|件|通)(?![一-鿿])", behind) and patterns.search(
        _EACH_CALL, before
    ):
        return "CNY/conversation", True
    of = next((whose for pattern, whose in _OF_ONE if patterns.match(pattern, behind)), None)
    if of:
        spans = [
            (found.start(), span)
            for pattern, span in _SPANS
            for found in patterns.finditer(
                rf"(?:每(?:个)?|按|一|日|人)(?:{pattern})|(?:{pattern})(?:单价"
                r"|费|报酬|工资|薪|价)",
                before,
            )
        ]
        if spans and f"CNY/{of}/{max(spans)[1]}" in _KNOWN:
            return f"CNY/{of}/{max(spans)[1]}", True
    nearest: tuple[int, int, str] | None = None
    for rank, (unit, pattern, _) in enumerate(_COMPILED):
        for found in pattern.finditer(before):
            key = (found.end(), -rank, unit)
            if nearest is None or key[:2] > nearest[:2]:
                nearest = key
    return (_of_each(nearest[2], before), False) if nearest else None


def _of_each(unit: str, before: str) -> str:
    """每名客服专员的服务费为7000元/月: the price of one person or seat."""
    span = unit.removeprefix("CNY/")
    phrase = patterns.compiled(r"[,;:。]").split(before)[-1]
    for pattern, whose in _OWED_FOR:
        if patterns.search(pattern, phrase) and f"CNY/{whose}/{span}" in _KNOWN:
            return f"CNY/{whose}/{span}"
    return unit
