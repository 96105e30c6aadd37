"""Files that are passed on: known kinds only, and each what its name says.

They are kept and handed out as they came, always as attachments; nothing here opens them, and a
ZIP's directory alone is read. What runs when it is opened is refused: programs, macros, the old
Office formats, which hide them, and pages of a browser.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath, PureWindowsPath
from unicodedata import category, normalize
from zipfile import BadZipFile, ZipFile

from pactdesk.gateways.files.errors import (
    FileDiffers,
    FileHoldsMacros,
    FileKindRefused,
    HandedFileEmpty,
)

LONGEST_NAME = 120
MOST_MEMBERS = 20_000
"""Of a ZIP: more is no table of a shop, and takes long to list."""


@dataclass(frozen=True, slots=True)
class SniffedFile:
    """A file as it is kept; `name` without any folder."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


def sniffed(name: str, content: bytes) -> SniffedFile:
    """The file, if it is of a known kind and is what its name says.

    raises  HandedFileEmpty, FileKindRefused, FileDiffers, FileHoldsMacros
    """
    kept = bare_name(name)
    if not content:
        raise HandedFileEmpty(name=kept)
    suffix = PurePosixPath(kept).suffix.lower()
    if suffix not in _KINDS:
        raise FileKindRefused(name=kept, kinds=tuple(each[1:] for each in _KINDS))
    media_type, is_it = _KINDS[suffix]
    if not is_it(content):
        raise FileDiffers(name=kept)
    if content.startswith(_ZIP) and _has_macros(content):
        raise FileHoldsMacros(name=kept)
    return SniffedFile(kept, media_type, content)


def bare_name(name: str) -> str:
    r"""The last part of a path of either kind, without what no eye sees, not too long.

    >>> bare_name("C:\\data\\..\\顾客\u202e表.csv")
    '顾客表.csv'
    """
    last = PureWindowsPath(normalize("NFC", name)).name
    shown = "".join(each for each in last if category(each)[0] != "C").strip(" .")
    path = PurePosixPath(shown or "file")
    return path.stem[: LONGEST_NAME - len(path.suffix)] + path.suffix


_ZIP = b"PK\x03\x04"


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(starts)


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
"""What no table and no note holds; tabs and ends of lines and pages do."""


def _is_text(content: bytes) -> bool:
    if b"\x00" in content:
        return False
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            told = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _CONTROL.search(told) is None
    return False


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True


def _is_zip(content: bytes) -> bool:
    if not content.startswith(_ZIP):
        return False
    try:
        with ZipFile(BytesIO(content)) as archive:
            return len(archive.infolist()) <= MOST_MEMBERS
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def _holds(member: str) -> Callable[[bytes], bool]:
    def is_it(content: bytes) -> bool:
        if not _is_zip(content):
            return False
        with ZipFile(BytesIO(content)) as archive:
            return member in archive.namelist()

    return is_it


def _has_macros(content: bytes) -> bool:
    with ZipFile(BytesIO(content)) as archive:
        return any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())


_OFFICE = "application/vnd.openxmlformats-officedocument."

_KINDS: dict[str, tuple[str, Callable[[bytes], bool]]] = {
    ".csv": ("text/csv", _is_text),
    ".txt": ("text/plain", _is_text),
    ".json": ("application/json", _is_json),
    ".xlsx": (f"{_OFFICE}spreadsheetml.sheet", _holds("xl/workbook.xml")),
    ".docx": (f"{_OFFICE}wordprocessingml.document", _holds("word/document.xml")),
    ".pdf": ("application/pdf", _begins(b"%PDF-")),
    ".png": ("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    ".jpg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    ".jpeg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    ".zip": ("application/zip", _is_zip),
}
