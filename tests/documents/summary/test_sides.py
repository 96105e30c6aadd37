"""Both sides are found and named, however the head of a paper introduces them."""

from __future__ import annotations

import pytest

from pactdesk.documents.formats.extracted import Extracted
from pactdesk.documents.source import source_from
from pactdesk.documents.summary.summary import summary_of

CLIENT, PROVIDER = "杭州云栖茶业有限责任公司", "湖州南浔客服科技有限公司"
BODY = (
    "\n第一条 服务内容\n1.1 {p}为{c}提供在线客服服务。\n1.2 {p}应安排客服人员接待客户咨询。\n"
    "第二条 费用\n2.1 {c}每月向{p}支付服务费20000元，收到发票后10个工作日内付款。\n"
    "第三条 其他\n3.1 本合同一式两份，双方签字盖章后生效。\n"
)
LETTERS = [
    "甲方：A司\n乙方：B司\n",
    "甲方（委托方）：A司\n法定代表人：王小明\n乙方（受托方）：B司\n法定代表人：李强\n",
    "委托方（甲方）：A司\n受托方（乙方）：B司\n",
    "甲 方：A司\n乙 方：B司\n",
    "甲方:A司 乙方:B司\n",
    "甲方：A司乙方：B司",
    "A司（以下简称甲方）与B司（以下简称乙方）经友好协商，签订本合同。\n",
    "本合同由A司（“甲方”）和B司（“乙方”）于2026年3月1日签订。\n",
    "甲方名称：A司\n甲方地址：杭州市西湖区\n乙方名称：B司\n乙方地址：湖州市\n",
    "甲方\n名称：A司\n地址：杭州\n乙方\n名称：B司\n地址：湖州\n",
    "| 甲方 | A司 |\n| 乙方 | B司 |\n",
    "| | 甲方 | 乙方 |\n| 名称 | A司 | B司 |\n",
    "“甲方”指A司；\n“乙方”指B司。\n",
    "委托单位：A司（简称甲方）\n承接单位：B司（简称乙方）\n",
    "A司，以下称“甲方”；\nB司，以下称“乙方”。\n",
    "鉴于：\n1. A司（下称“甲方”）是一家茶叶企业；\n2. B司（下称“乙方”）从事客服外包。\n",
    "甲方（盖章）：A司\n乙方（盖章）：B司\n",
    "【甲方】A司\n【乙方】B司\n",
    "甲方：A司，住所：杭州市西湖区1号，法定代表人：张三\n乙方：B司，住所：湖州市，法定代表人：李四\n",
    "一、合同双方\n（一）甲方：A司\n（二）乙方：B司\n",
    "1. 委托人：A司，住所湖州，在本合同中称为甲方。\n2. 受托人：B司，在本合同中称为乙方。\n",
    "甲方：A司；乙方：B司。双方就客服外包事宜达成如下协议：\n",
    "合同编号：HT-1\n甲\u3000\u3000方：A司\n乙\u3000\u3000方：B司\n签订日期：2026年1月1日\n",
    "甲方 A司\n乙方 B司\n",
    "甲方：A司 （需方）\n乙方：B司 （供方）\n",
    "接受派驻方（以下简称“甲方”）：A司\n派驻服务方（以下简称“乙方”）：B司\n",
    "委托服务的一方（下称“甲方”）：A司\n提供服务的一方（下称“乙方”）：B司\n",
    "用工需求方(简称甲方)：A司\n外派服务方(简称乙方)：B司\n",
    "甲方：A司（淘宝店，两个人）\n乙方：B司（家在湖州，接单做）\n",
    "我司A司（甲方）现委托B司（乙方）承接客服业务。\n",
]


def of_paper(head: str, provider: str, client: str) -> list[object]:
    text = "客服外包服务合同\n" + head + BODY.format(p=provider, c=client)
    read = summary_of(source_from(Extracted(text), name="p.txt", kind="txt", sha256="0" * 64))
    names = ("provider_party", "client_party", "provider_name", "client_name")
    found = {"PARTY_NOT_IDENTIFIED", "ROLE_ALIAS"} & set(read["contradictions"])
    return [*(read[name] for name in names), found]


@pytest.mark.parametrize("head", LETTERS)
def test_the_client_is_named_first(head: str) -> None:
    head = head.replace("A司", CLIENT).replace("B司", PROVIDER)
    assert of_paper(head, "乙方", "甲方") == ["乙方", "甲方", PROVIDER, CLIENT, set()]


@pytest.mark.parametrize(
    "head", ["甲方：B司\n乙方：A司\n", "甲方（服务商）：B司\n乙方（客户）：A司\n"]
)
def test_the_provider_is_named_first(head: str) -> None:
    head = head.replace("A司", CLIENT).replace("B司", PROVIDER)
    assert of_paper(head, "甲方", "乙方") == ["甲方", "乙方", PROVIDER, CLIENT, set()]


@pytest.mark.parametrize(
    ("head", "provider", "client"),
    [
        ("甲方：A司（以下简称“客户”）\n乙方：B司（以下简称“服务商”）\n", "服务商", "客户"),
        ("甲方(以下简称“委托方”)：A司\n乙方(以下简称“受托方”)：B司\n", "受托方", "委托方"),
        ("发包人（甲方）：A司\n承包人（乙方）：B司\n", "承包人", "发包人"),
    ],
)
def test_other_words_are_equated_with_the_letters(head: str, provider: str, client: str) -> None:
    head = head.replace("A司", CLIENT).replace("B司", PROVIDER)
    assert of_paper(head, provider, client) == ["乙方", "甲方", PROVIDER, CLIENT, set()]


def test_who_is_never_given_a_letter_has_none() -> None:
    head = f"客户：{CLIENT}\n服务商：{PROVIDER}\n"
    assert of_paper(head, "服务商", "客户") == [None, None, PROVIDER, CLIENT, {"ROLE_ALIAS"}]
