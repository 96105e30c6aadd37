"""Who serves and who pays: decided from what each side does, never from its label."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_PROVIDER_ALIASES = ("服务提供商", "服务商", "承包方", "受托方", "外包服务商")
_FEE = r"(?:服务费|费用|报酬|价款|款项|管理费|酬金|薪酬|工资|付款|预付|首付)"
_DUE = rf"{_FEE}(?![^。；;,，]{{0,8}}(?:违约金|滞纳金|赔偿|罚))"
_OWED = r"(?:付款|支付|付费|费用|款项|款|报酬)"
_HANDS_IN = (
    r"(?:提交|递交|开具|出具|报送|送达|发送|提供)[^。;；\n甲乙]{0,10}"
    r"(?:发票|专票|结算单|结算报告|对账单|账单|报告|统计表|汇总表|清单)"
)
_SERVICE = r"(?:客服|坐席|座席|接听|处理客户|系统|接待|咨询|话务|运维|管理)"
_SERVES = (
    r"(?:受[托任][方人]|承包[方人]|承接[方人]|派出方|管理[方人]|托管方|劳动者|供方|服务商|服务方)"
)
_ENGAGES = r"(?:委[托任][方人]|发包[方人]|用人单位|用工单位|用人方|需求方|采购方|店铺方|需方|客户)"
_ACTS = r"[^。;；\n甲乙]"


@dataclass(frozen=True, slots=True)
class Roles:
    """The paper's words for both sides.

    provider, client    the label that acts in the clauses: 甲方, 乙方, 服务提供商, 客户
    provider_label, client_label  甲方 or 乙方 where the paper tells which; None where not
    """

    provider: str
    client: str
    provider_label: str | None
    client_label: str | None

    @property
    def provider_words(self) -> str:
        """A pattern for any word that means the provider."""
        return _either(self.provider, self.provider_label)

    @property
    def client_words(self) -> str:
        """A pattern for any word that means the client."""
        return _either(self.client, self.client_label)

    @property
    def both_words(self) -> str:
        """A pattern for either side."""
        return f"{self.provider_words}|{self.client_words}"


def roles_of(text: str) -> Roles:
    """Who serves and who pays.

    A paper that speaks of 服务提供商 and 客户 keeps those words; its 甲方 and 乙方 are known
    only where the paper itself equates them.
    """
    alias = _provider_alias(text)
    if alias is not None:
        provider_label = _equated(text, alias)
        client_label = _equated(text, "客户")
        provider_label = provider_label or _other(client_label)
        client_label = client_label or _other(provider_label)
        return Roles(alias, "客户", provider_label, client_label)
    provider = _serving(text)
    client = "甲方" if provider == "乙方" else "乙方"
    return Roles(provider, client, provider, client)


def _provider_alias(text: str) -> str | None:
    acts = len(re.findall(r"[甲乙]方(?:应|需|须|有权|不得|负责|同意|承诺|愿意|按|未)", text))
    counts = Counter({alias: text.count(alias) for alias in _PROVIDER_ALIASES})
    alias, count = counts.most_common(1)[0]
    return alias if count >= 3 and count > acts else None


def _equated(text: str, word: str) -> str | None:
    called = r"(?:即|以下称|下称|以下简称|简称|以下统称|又称|作为)?(?:为)?\s?[“\"「]?"
    side = r"([甲乙]方)"
    aside = r"(?:[(（][^()（）\n]{1,8}[)）])?"
    name = r"(?:(?![甲乙]方)[^\n。；;:：]){2,40}?"
    label = r"(?!\s?(?:[(（][^()（）\n]{1,10}[)）])?\s?[:：])"
    found = re.search(
        rf"{word}[”\"」]?\s?[,，、]?\s?[(（]?{called}{side}"
        rf"|{side}[”\"」]?\s?[(（]{called}{word}"
        rf"|{word}[”\"」]\s?(?:或|、|/|和)\s?[“\"「]{side}"
        rf"|{side}[”\"」]\s?(?:或|、|/)\s?[“\"「]{word}"
        rf"|{word}\s?[:：]{name}[(（,，]\s?{called}{side}{label}"
        rf"|{side}\s?{aside}\s?[:：]{name}[(（,，]\s?{called}{word}{label}",
        text,
    )
    return next((group for group in found.groups() if group), None) if found else None


def _other(label: str | None) -> str | None:
    return {"甲方": "乙方", "乙方": "甲方", None: None}[label]


def _serving(text: str) -> str:
    """The label whose deeds are those of a provider; 乙方 when nothing tells."""
    weight = {label: _deeds(text, label, _other(label) or "") for label in ("甲方", "乙方")}
    return "甲方" if weight["甲方"] > weight["乙方"] else "乙方"


def _deeds(text: str, me: str, you: str) -> int:
    """How often `me` serves or is paid, less how often it pays; its label counts as one deed."""
    signs = (
        (3, rf"{you}(?:需|拟|决定|临时|因{_ACTS}{{0,20}})*(?:聘请|委托|聘用|雇佣|请){me}"),
        (3, rf"{you}{_ACTS}{{0,40}}(?:委托|外包|托管|交由|交给|委由|委任){_ACTS}{{0,4}}{me}"),
        (
            3,
            rf"{you}{_ACTS}{{0,4}}将{_ACTS}{{0,40}}交{_ACTS}{{0,2}}{me}(?:承接"
            r"|办理|承担|打理|管理|运营|负责)",
        ),
        (
            3,
            rf"{me}(?:在|为|到|作为|受){you}{_ACTS}{{0,16}}(?:担任|从事|兼职|提供|工作|任职|委托|委任)",
        ),
        (2, rf"{me}{_ACTS}{{0,12}}[向为]{you}{_ACTS}{{0,12}}提供{_ACTS}{{0,25}}(?:服务|客服)"),
        (2, rf"(?<![向为对]){me}{_ACTS}{{0,25}}提供{_ACTS}{{0,25}}(?:服务|客服)"),
        (2, rf"为{you}(?:{_ACTS}{{0,20}})?提供{_ACTS}{{0,20}}服务"),
        (2, rf"{you}{_ACTS}{{0,20}}(?:应|按|向{me}){_ACTS}{{0,20}}支付{_ACTS}{{0,20}}{_DUE}"),
        (2, rf"{you}{_ACTS}{{0,30}}支付{me}{_ACTS}{{0,8}}{_DUE}"),
        (2, rf"{you}(?!向){_ACTS}{{0,40}}(?:付款|付清|给付|发放|转账|汇款|汇入|结清)"),
        (
            2,
            rf"{you}{_ACTS}{{0,8}}(?:逾期|迟延|延迟|拖欠|晚付|未按){_ACTS}{{0,10}}(?:{_OWED}|给付)",
        ),
        (2, rf"{me}{_ACTS}{{0,14}}{_HANDS_IN}"),
        (2, rf"{me}{_ACTS}{{0,6}}(?:派出|派遣|派驻|派员|选派|委派|指派)"),
        (2, rf"{me}向{you}{_ACTS}{{0,4}}(?:派|提供|输送)"),
        (1, rf"{me}(?:的)?(?:派驻|派遣|驻场|客服|座席|坐席)?人员"),
        (1, rf"{me}(?:应|负责|作为|担任|承接|维护){_ACTS}{{0,25}}{_SERVICE}"),
        (1, rf"{me}{_ACTS}{{0,6}}(?:受托|接受委托|担任|兼职)"),
        (1, rf"{you}{_ACTS}{{0,20}}对{me}{_ACTS}{{0,8}}(?:监督|评价|考核)"),
        (2, rf"{me}\s?[(（](?:服务提供|服务商|受托|承包|承接|派出|管理|托管|劳动者|供方|乙方)"),
        (2, rf"{you}\s?[(（](?:委托|发包|用人|需求|采购|店铺|客户|需方|商家)"),
        (2, rf"{_SERVES}\s?[(（]{me}"),
        (2, rf"{_ENGAGES}\s?[(（]{you}"),
        (-2, rf"{me}{_ACTS}{{0,20}}向{you}{_ACTS}{{0,8}}支付{_ACTS}{{0,20}}服务费(?!的?违约金)"),
    )
    return sum(weight * len(re.findall(pattern, text)) for weight, pattern in signs)


def _either(word: str, label: str | None) -> str:
    return f"(?:{word}|{label})" if label and label != word else word
