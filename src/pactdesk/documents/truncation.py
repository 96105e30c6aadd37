"""Whether a text breaks off before its end (T6)."""

from __future__ import annotations

import re

_CLOSED = re.compile(r"[。.!！?？；;：:)）】\]」”\"_—…%]$")
# A signature block, a date line, an attachment list: a last line that needs no full stop.
_CLOSING_WORDS = re.compile(
    r"(?:盖章|签字|签章|签名|签署|日期|代表人?|附件|复印件|清单|说明书|年 *月 *日)"
)


def is_truncated(text: str) -> bool:
    """True when the last line stops in mid-sentence."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return False
    last = lines[-1]
    return not (_CLOSED.search(last) or _CLOSING_WORDS.search(last[-40:]))
