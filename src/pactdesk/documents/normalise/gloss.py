"""Second layer: pinyin glosses that a portal put after characters are taken out (T1).

A gloss is one syllable with a tone mark in ASCII brackets: `務(wù)`, `為_(kāi)___`. Without a
tone mark it is somebody's own bracket, `系统(crm)`, and stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from pactdesk.documents.normalise.layer import Layer, edited
from pactdesk.documents.offsets import Edit

TONED = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹḿ"
SYLLABLE = f"[a-zü]{{0,4}}[{TONED}][a-zü]{{0,3}}"
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"

# After a Chinese character, a blank, a private-use character, or the single byte of a Latin
# letter or `?` that is left of a character read out of phase.
_GLOSS = re.compile(f"(?<=([{HAN}_?A-Za-z\ue000-\uf8ff]))\\(({SYLLABLE})\\)")

Readings = Mapping[str, frozenset[str]]


def without_glosses(text: str) -> Layer:
    """The text without pinyin glosses; what stays is not touched.

    >>> without_glosses("本合同為_(kāi)___個月,服務(wù)系统(crm)").text
    '本合同為____個月,服務系统(crm)'
    """
    return edited(text, (Edit(found.start(), found.end(), "") for found in _GLOSS.finditer(text)))


def readings_in(text: str) -> Readings:
    """Each gloss of the text, with the characters that it stands behind.

    >>> dict(readings_in("服務(wù)業務(wù)"))
    {'wù': frozenset({'務'})}
    """
    readings: defaultdict[str, set[str]] = defaultdict(set)
    for found in _GLOSS.finditer(text):
        if found[1].isalpha() and not found[1].isascii():
            readings[found[2]].add(found[1])
    return {syllable: frozenset(characters) for syllable, characters in readings.items()}
