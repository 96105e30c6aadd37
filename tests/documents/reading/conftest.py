"""Papers made from a few words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from pactdesk.documents.formats.extracted import Extracted
from pactdesk.documents.reading import Reading, read_contract
from pactdesk.documents.source import source_from

HEAD = "客服服务合同\n甲方（客户）：杭州甲有限公司\n乙方（服务提供商）：湖州乙有限公司\n"


@pytest.fixture
def reading_of() -> Callable[[str], Reading]:
    """Reads a contract whose articles are given; the head is always the same."""

    def read(articles: str, head: str = HEAD) -> Reading:
        text = head + articles
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        return read_contract(
            source_from(Extracted(text), name="paper.txt", kind="txt", sha256=sha256)
        )

    return read
