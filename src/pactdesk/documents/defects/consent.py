"""Whether one side has to ask the other, or the paper says that it need not."""

from __future__ import annotations

import re

_NO = r"(?:无需|无须|不必|不需要?|毋须|毋需|不用|不经|未经|不须|不另行)"
_YES = r"(?:同意|许可|批准|授权|认可|协商|确认)"
_NEED_NOT = re.compile(rf"{_NO}[^。；;,，]{{0,14}}{_YES}")


def needs_consent(words: str, pattern: str) -> bool:
    """Whether `pattern` (how this subject asks) stands there, apart from "无需…同意"."""
    return bool(re.search(pattern, _NEED_NOT.sub("", words)))
