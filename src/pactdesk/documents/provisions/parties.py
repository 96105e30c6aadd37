"""Who the two sides are: 甲方(委托方):____, 客户:杭州…有限公司, 某公司(以下称“乙方”)."""

from __future__ import annotations

from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.noted import Noted
from pactdesk.documents.provisions.party_lines import Named, party_lines
from pactdesk.documents.provisions.passage import Passage

__all__ = ["Named", "read"]


def read(passage: Passage) -> tuple[Noted[Named] | None, Noted[Named] | None]:
    """The provider's and the client's lines; None where the paper has no such line."""
    provider = client = None
    for line in party_lines(passage.text):
        if _is(line.value, passage.sides.provider_party, passage.sides.provider):
            provider = _better(provider, line)
        elif _is(line.value, passage.sides.client_party, passage.sides.client):
            client = _better(client, line)
    return provider, client


def _better(known: Noted[Named] | None, line: Noted[Named]) -> Noted[Named]:
    if known is None or (known.value.name is None and line.value.name is not None):
        return line
    return known


def _is(named: Named, party: str | None, words: str) -> bool:
    if patterns.fullmatch(r"[甲乙]方", named.label):
        return named.label == party
    label = patterns.search(r"[甲乙]方", named.aside)
    if label is not None and party is not None:
        return label[0] == party
    return bool(patterns.fullmatch(words, named.label))
