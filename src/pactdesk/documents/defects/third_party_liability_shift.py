"""THIRD_PARTY_LIABILITY_SHIFT: whoever brings a third party in is not answerable for it (E72)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.paper import Paper

_THIRD = (
    r"(?:第三方(?!平台|支付|物流|快递|网络|电商|审计|质检|检测)|第三人|(?:分包|转包|外包|承包|合作|供应|受转托|受托|协作|分供|劳务派遣|派遣)"
    r"(?:商|方|单位|机构|公司|人|人员|伙伴)|(?:技术|系统|平台|软件|线路|云服务)(?:供应商|服务商"
    r"|提供商)"
    r"|(?:外包|派遣|派驻)人员|关联公司)"
)
_ALONE = (
    rf"由(?:该|其|此)?(?:{_THIRD}|其|该人员|该方|个人|行为人|责任人)(?:自行|自己|全部|独立|单独"
    rf"|直接|本人|个人)*"
    rf"(?:向[^。；;,，]{{0,6}})?(?:承担|负责|赔偿|担责)"
    rf"|(?:直接|自行)?(?:向|找)(?:该|其)?{_THIRD}(?:主张|追偿|索赔|追究|要求|交涉)"
)
_FREE = (
    r"(?:概不|不|不再|无须|无需|不必|均不|不予|毋须)(?:对此)?(?:负责|承担|负有?|担责)"
    r"|免责|与{provider}无关|免除{provider}|{provider}不(?:对|就)[^。；;,，]{{0,20}}(?:承担"
    r"|负责|负)"
)
_STILL = (
    r"(?:仍|仍然|应|须|均)(?:应|须|需)?(?:由{provider})?(?:先行)?(?:向{client})?(?:承担|负责"
    r"|负)[^。；;]{{0,4}}(?:连带|全部|赔偿|责任)"
    r"|视为{provider}[^。；;,，]{{0,6}}行为|{provider}(?:仍|应|须"
    r"|先行)[^。；;,，]{{0,12}}(?:承担|负责|赔偿)|不免除"
)


def third_party_liability_shift(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Towards the other party the contract partner stays liable (Civil Code 593)."""
    del contract
    provider, client = paper.roles.provider_words, paper.roles.client_words
    free = _FREE.format(provider=provider)
    still = _STILL.format(provider=provider, client=client)
    for sentence in paper.sentences:
        third = re.search(_THIRD, sentence.text)
        if third is None or re.search(still, sentence.text):
            continue
        if re.search(_NO_SHIFT, sentence.text):
            continue
        shifts = re.search(_ALONE, sentence.text) or (
            re.search(free, sentence.text)
            and re.search(rf"{provider}|{_OWN}", sentence.text)
            and not re.search(rf"{client}[^。；;,，]{{0,12}}不(?:再)?(?:承担|负)", sentence.text)
        )
        if shifts:
            return remark(
                paper, "THIRD_PARTY_LIABILITY_SHIFT", sentence, clauses=("third-parties-1",)
            )
    return ()


_OWN = r"其|连带|概不"
_NO_SHIFT = (
    r"不可抗力|不因[^。；;]{0,20}免除|泄露|知识产权|侵犯第三方|侵害第三方|第三方(?:权利|权益)"
    r"|向第三方(?:披露|泄露|提供)"
)
