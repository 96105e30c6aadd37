"""Plain text: bytes in one of the encodings of Chinese offices, to text."""

from __future__ import annotations

import codecs

from pactdesk.documents.errors import EncodingUnknown

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TRIED = ("UTF-8", "UTF-16", "GB18030", "Big5")

# Characters that fill any Chinese contract, in both scripts: a wrong encoding has few of them.
_COMMON = frozenset(
    "的一不在有是为为為以于於和与與及其应應按合同协協议議甲乙方服务務费費用人日月年"
    "本条條款第双雙责責任付支内內容客户戶约約定期限、，。；：（）"
)
_PLAUSIBLE_FROM = 0.12
_SAMPLE = 200_000


def decoded(content: bytes, *, file: str, declared: str | None = None) -> str:
    """The text of `content`; `declared` is the encoding that the file itself names, if any.

    raises  EncodingUnknown: no encoding gives readable text
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding) or _unknown(file)
    text = _strictly(content, "utf-8")
    if text is not None and "\0" not in text:
        return text
    if declared:
        named = _strictly(content, "gb18030" if declared.lower().startswith("gb") else declared)
        if named is not None:
            return named
    if b"\0" in content:
        return _best(content, ("utf-16-le", "utf-16-be")) or _unknown(file)
    return _best(content, ("gb18030", "big5")) or _unknown(file)


def _best(content: bytes, encodings: tuple[str, ...]) -> str | None:
    """The decoding with the most everyday contract characters, if it has enough of them."""
    texts = [text for text in (_strictly(content, encoding) for encoding in encodings) if text]
    best = max(texts, key=_familiarity, default=None)
    return best if best is not None and _familiarity(best) >= _PLAUSIBLE_FROM else None


def _familiarity(text: str) -> float:
    # Of a long text, characters all over it: a list of millions would tell no more.
    sample = text[:: len(text) // _SAMPLE + 1]
    wide = [character for character in sample if not character.isascii()]
    return sum(character in _COMMON for character in wide) / len(wide) if wide else 1.0


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _unknown(file: str) -> str:
    raise EncodingUnknown(file=file, tried=_TRIED)
