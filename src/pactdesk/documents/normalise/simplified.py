"""Fourth layer: Traditional characters become simplified, one for one.

Character by character keeps every offset; phrases that OpenCC would also reword (滑鼠 → 鼠标)
are another vocabulary, not another script, and stay.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

import opencc

from pactdesk.documents.normalise.layer import Layer
from pactdesk.documents.offsets import OffsetMap

Script = Literal["zh-Hans", "zh-Hant"]

# Simplified texts keep a few old forms (in names, 於, 乾); a Traditional text has far more.
_TRADITIONAL_FROM = 0.05


def simplified(text: str) -> Layer:
    """The text in simplified characters, of the same length.

    >>> simplified("服務費用").text
    '服务费用'
    """
    table = {ord(character): _simplified(character) for character in set(text)}
    return Layer(text.translate(table), OffsetMap.identity(len(text)))


def script_of(text: str) -> Script:
    """Traditional when at least one Chinese character in twenty has another simplified form."""
    chinese = [character for character in text if "\u4e00" <= character <= "\u9fff"]
    changed = sum(_simplified(character) != character for character in chinese)
    return "zh-Hant" if changed > len(chinese) * _TRADITIONAL_FROM else "zh-Hans"


@cache
def _simplified(character: str) -> str:
    if character < "\u3400":
        return character
    found = str(_converter().convert(character))
    return found if len(found) == 1 else character


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
