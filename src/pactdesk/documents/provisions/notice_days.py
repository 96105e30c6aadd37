"""How long before, or after, one side tells the other: purposes with their number of days."""

from __future__ import annotations

import re

from pactdesk.documents.grammar.quantities import Quantity, quantities_in
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.noted import LIKELY, SURE, Noted
from pactdesk.documents.provisions.passage import Line, Passage

_UNITS = {"day": "day", "working_day": "working_day", "h": "hour", "month": "month"}
_TELLS = (
    r"将[^,;]{2,14}(?:交|报|提交|发送?)[甲乙]方|书面说|说一声|报[^,;]{0,8}(?:同意|批准|备案"
    r"|主管|负责人)|打[个声]?招呼|发给|交给"
    r"|把[^,;]{2,16}给|(?:跟|和|同|给|向|对)[^,;]{1,6}(?:说|讲|提|打)|[说讲喊吱]一?声|言语|捎[个句]?[口话信]"
    r"|发(?:给)?[^,;]{0,4}(?:活动|排期|计划|安排|通知|信息|消息|微信)|写[个张封]?条子?|透[个露]"
    r"|征得|通知|告知|告诉|通报|报告|知会|函告|书面|提出|申请|提交|提供|补交"
    r"|更换|替换|撤换|调换|换人|换妥|换好|换上|换掉|递交|补上|补足|补派|补齐|补充|安排|顶替|补员|派员"
    r"|另派|确认|整改|纠正|改正|改善|补正|说明|相告|发函|致函|来函|上报|调离|检附|附具|寄送[^,;]{0,6}证明|随附|未提"
    r"|出具[^,;]{0,12}证明"
)

_NOBODY_CAN = (
    r"不可抗力|(?:天灾|台风|地震|洪[水涝灾]|暴[雨雪])(?![^,;]{0,10}前)|谁[也都](?:拦|挡|管|料|没|控制)[^,;]{0,4}的|人力(?:不可|无法|不能)"
    r"|(?:不能|无法)(?:预见|抗拒|控制|避免)|老天"
)
PURPOSES: tuple[tuple[str, str, str], ...] = (
    # purpose, what the line speaks of, what it must not speak of
    (
        "force_majeure_proof",
        r"(?:不可抗力[^。]*)?(?:证明|证据|证明材料|书面材料)",
        r"资质|营业执照|身份证|离职证明|删除|销毁|销毁证明",
    ),
    ("force_majeure", _NOBODY_CAN, r""),
    (
        "data_breach",
        r"泄[露漏密]|外泄|[漏传流](?:了|出(?!的|货))|走漏|外[流漏]|数据安全事件|信息安全事件|安全事件"
        r"|(?:个人信息|数据)[^,;]{0,10}(?:丢失|篡改|毁损|非法(?:访问|获取))|丢失|被窃",
        r"违约金|不得泄露[^;]*提前|不(?:得|准|许|能)[^,;]{0,8}(?:传|漏|流)出",
    ),
    (
        "address_change",
        r"(?:地址|联[系络](?:方式|人|信息|电话)|通[讯信]|账户|账号|电话|收件|邮箱|微信|住所"
        r"|(?:办公|经营)(?:场所|地点?))[^;]{0,16}(?:变更"
        r"|变化|变动|异动|有变|变了|换了|换人|更改|调整|改变|更换|迁移|搬迁)|搬家|迁址"
        r"|(?:变更|更换|换|更改|改变|搬迁?|迁移?)(?:了|其)?(?:联系|地址|账|通[讯信]|住所|电话|送达|邮箱|办公)",
        r"",
    ),
    (
        "statement_objection",
        r"异议|疑义|疑问|质疑|视[为同](?:确认|认可|无误|接受|同意|无异议)|有误|不予确认"
        r"|(?:账单|结算|数据|明细|清单|报表|工时)[^;]{0,10}(?:不同(?:看法|意见)|有意见|不对|不符)",
        r"续签|续期|续约|顺延|延期|延长|期满|届满|管辖|仲裁|考核结果|复核|申诉",
    ),
    (
        "promotion_notice",
        r"促销|大促|活动|话务量|高峰|旺季|新品|上新|业务量|单量|流量|咨询量|618|双1[12]"
        r"|(?:增|扩|减)(?:加|少)?(?:席|员|人|座席|坐席|班次)|加(?:座席|坐席|席位|人手|派)",
        r"",
    ),
    (
        "leave",
        r"[请告][事病年婚产丧]?假|来不了|上不了班|不能来|歇班|休假|调班|换班|不能(?:按[^,;]{0,6}?)?(?:工作|到岗|排班|上班|出勤|上线"
        r"|值守)"
        r"|无法(?:按[^,;]{0,6}?)?(?:工作|到岗|排班|上班|出勤|上线|值守)|缺勤|停接单",
        r"",
    ),
    (
        "replacement",
        r"更换|换人|替换|撤换|调换|补派|补充人员|补位|补足|补齐|补员|人员调整|(?:调整"
        r"|变更)[^,;]{0,8}(?:负责人|主管|班长|组长|人员|经理|坐席|客服)|顶岗|另派|撤离|离岗"
        r"|顶替|调离",
        r"更换设备|账户",
    ),
    ("rectification", r"整改|纠正|改正|限期|改进|改善|补救|补正", r"连续"),
    (
        "termination",
        r"解除|终止|解约|随时(?:结束|停止|离开)|退出|离职|辞(?:职|任|工)|不再合作|结束合作|停止合作"
        r"|终了|提前(?:结束|退出)|退租|不(?:想)?(?:做|干)了"
        r"|不(?:想|愿意?|拟|打算)(?:再)?(?:继续|履行|合作|做|干)|[散拆]伙|散了|走人|分手"
        r"|不(?:想|愿意?|打算|准备)(?:再)?(?:请|用|雇|留|要)(?!假)|不再[请用雇留要](?!假)|不[请用雇](?:了|人了|[甲乙]方了)|辞[退掉]",
        r"续签|续约|续期|逾期|整改|期满前|届满前|删除|交还|移交|归还|返还"
        r"|保密",
    ),
)
_TELLING = r"(?:之?内|以内)?(?:书面|立即|及时)?(?:通知|报告|通报|告知)"
_NOT_LEAVING = r"续签|续约|续期|逾期|整改|期满前|届满前|到期前"
_STATEMENT = r"账单|结算\Z|结算单|结算清单|对账|结算书|清单|报表|结算资料|结算报告"
_BEFORE = re.compile(
    r"(?:开始|举办|上线|启动|活动|大促|促销|搬迁|变更|迁移)之?前\s?\Z|提前(?:至少)?\s?\Z|提前[^,;]{0,6}\Z"
    r"|至少(?:提前)?\s?\Z|不少于\s?\Z"
)


def read(passage: Passage) -> dict[str, Noted[Quantity]]:
    """The first line for each purpose that gives a time."""
    found: dict[str, Noted[Quantity]] = {}
    previous = ""
    every = passage.lines
    for number, line in enumerate(every):
        following = every[number + 1].text if number + 1 < len(every) else ""
        for purpose, noted in _line(passage, line, previous, following):
            if purpose not in found or (noted.sure > found[purpose].sure):
                found[purpose] = noted
        previous = line.text
    return found


def _line(
    passage: Passage, line: Line, previous: str, following: str
) -> list[tuple[str, Noted[Quantity]]]:
    every = [q for q in quantities_in(passage.text, line.start, line.end) if q.value.unit in _UNITS]
    found: list[tuple[str, Noted[Quantity]]] = []
    last = line.start
    for number, place in enumerate(every):
        phrase_start, phrase_end = _phrase(line, place.start, place.end)
        if number + 1 < len(every):
            phrase_end = min(phrase_end, every[number + 1].start - line.start)
        lead = line.text[max(0, last - line.start) : place.start - line.start]
        phrase = line.text[phrase_start:phrase_end]
        behind = line.text[
            place.end - line.start : max(
                phrase_end, min(len(line.text), place.end - line.start + 8)
            )
        ][:26]
        if not _is_notice(lead, phrase, behind):
            continue
        if (
            following
            and patterns.match(r"(?:之?内|以内)?[^,;]{0,6}核对", behind)
            and "异议" in following[:12]
        ):
            behind += following[:12]
        checked = patterns.match(r"(?:之?内|以内)?[^,;]{0,8}(?:核对|审核|核实|确认)", behind)
        if (
            checked
            and patterns.search(r"异议|疑[义问]|视为|不符|有误|逾期", line.text + following)
            and patterns.search(_STATEMENT, lead + line.topic + previous)
            and "发票" not in behind
        ):
            behind += "异议"
        purpose = _purpose(line, lead, behind, previous, single=len(every) == 1)
        if purpose is not None:
            value = Quantity(place.value.n, _UNITS[place.value.unit])
            start = place.start - (
                2 if passage.text[place.start - 2 : place.start] == "提前" else 0
            )
            end = place.end + (1 if passage.text[place.end : place.end + 1] == "内" else 0)
            found.append(
                (
                    purpose,
                    Noted(
                        value,
                        start,
                        end,
                        SURE
                        if purpose in ("termination", "address_change", "force_majeure")
                        else LIKELY,
                    ),
                )
            )
            last = place.end
    return found


def _phrase(line: Line, start: int, end: int) -> tuple[int, int]:
    first = line.text.rfind(",", 0, start - line.start) + 1
    last = line.text.find(",", end - line.start)
    # 五日内,受阻方应书面告知: what must be told stands behind the comma.
    if last >= 0 and patterns.fullmatch(r"\s?(?:之|以)?内?", line.text[end - line.start : last]):
        last = line.text.find(",", last + 1)
    return first, len(line.text) if last < 0 else last


def _is_notice(lead: str, phrase: str, behind: str) -> bool:
    if patterns.search(r"(?:月|年|第|每|连续|累计|保存|留存|为期|超过|逾期|满)\s?\Z", lead):
        return False
    if patterns.search(
        r"支付|付款|付清|结清|开具发票|到账(?!单)|退还|响应|回访|恢复",
        re.split(r",|通知|告知", behind[:8])[0] + lead[-6:],
    ):
        return False
    if _BEFORE.search(lead):
        return bool(
            patterns.search(_TELLS + r"|解除|终止|退出|解约|离职|请假|换人|换班", lead + behind)
        )
    at_latest = patterns.search(r"(?:不[迟晚]于|[最至]迟)(?:于|在)?\s?\Z", lead)
    within = at_latest or patterns.match(
        r"\s?(?:之内|以内|内|前)|[^,;]{0,6}(?:未|不)(?:反馈|回复|提|确认)", behind
    )
    if patterns.search(r"(?:期满|届满|到期|终止)(?:日|之?日)?之?前\s?\Z", lead):
        return False
    return bool(
        within
        and patterns.search(
            _TELLS + r"|未(?:提出|反馈|回复)|反馈|核对|答复|到岗|到位", behind + phrase
        )
    )


def _purpose(line: Line, lead: str, behind: str, previous: str, *, single: bool) -> str | None:
    rest = line.text if single else lead + behind
    own = re.split(r"[,、]", lead)[-1]
    near = (own + behind[:10], own + behind, lead + behind, rest, line.topic + previous)
    early = bool(_BEFORE.search(lead) or patterns.match(r"(?:之)?前(?!提)", behind))
    for words in near:
        for purpose, about, barred in PURPOSES:
            if purpose == "termination" and early:
                barred = _NOT_LEAVING
            if not patterns.search(about, words) or (barred and patterns.search(barred, words)):
                continue
            if purpose == "force_majeure_proof" and not patterns.search(
                r"不可抗力", line.text + line.topic + previous
            ):
                continue
            if (
                purpose == "termination"
                and not early
                and not patterns.search(r"前[^,;]{0,8}通知|通知[^,;]{0,12}(?:后|解除)", words)
            ):
                continue
            if early and purpose in (
                "statement_objection",
                "force_majeure_proof",
                "rectification",
                "data_breach",
            ):
                continue
            if purpose == "rectification" and patterns.match(_TELLING, behind):
                continue
            if purpose == "replacement" and early and not patterns.search(about, lead):
                continue
            return purpose
    return None
