"""Every word of a paper that means the provider, or the client."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pactdesk.documents.provisions import patterns
from pactdesk.documents.roles import Roles

CLIENT_ROLES = (
    r"委托方|委托人|委托单位|发包方|发包人|需求方|需求单位|采购方|采购人"
    r"|购买方|用工方|用工单位|用人单位"
    r"|需方|服务接受方|接受服务方|店铺方|商家|招聘方|聘用方|招用方"
)
PROVIDER_ROLES = (
    r"服务提供商|服务提供方|服务商|服务方|服务机构|受托方|受托人"
    r"|受托单位|承包方|承包人|承接方|承接单位|承揽方"
    r"|派出方|派遣方|派出单位|管理人|管理方|供应商|供方|运营方|运维方"
    r"|外包方|外包商|劳务方|受聘方|受聘人"
    r"|兼职人员|兼职客服|承接人|话务承接单位|提供方"
)
_DEFINED = re.compile(
    r"(?P<lead>[甲乙]方)?\s?[(]?(?:以下|下)?(?:简|统)?称(?:为)?\s?\"(?P<word>[一-鿿]{2,8})\""
)


@dataclass(frozen=True, slots=True)
class Sides:
    """Patterns for words that mean a side, and its label where the paper tells it.

    provider_party, client_party  甲方, 乙方, or None where 服务商 and 客户 are never equated
    """

    provider: str
    client: str
    provider_party: str | None
    client_party: str | None


def sides_of(text: str, roles: Roles) -> Sides:
    """The words of both sides; `roles` decided which label does what."""
    provider = {roles.provider, roles.provider_label or roles.provider}
    client = {roles.client, roles.client_label or roles.client}
    labels = bool(patterns.search(r"[甲乙]方", text))
    return Sides(
        provider=_pattern(provider, PROVIDER_ROLES),
        client=_pattern(client, CLIENT_ROLES),
        provider_party=roles.provider_label if labels else None,
        client_party=roles.client_label if labels else None,
    )


def _pattern(words: set[str], roles: str) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + "|" + roles + ")"
