"""Files that one party hands to the other: of a known kind, and what their names say."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pactdesk.core.units.errors import PactError
from pactdesk.gateways.files.errors import (
    FileDiffers,
    FileHoldsMacros,
    FileKindRefused,
    HandedFileEmpty,
)
from pactdesk.gateways.files.sniffing import LONGEST_NAME, bare_name, sniffed
from tests.support.laws import cases

pytestmark = pytest.mark.requirement("C14")


def zipped(*members: str) -> bytes:
    """An archive with such members in it."""
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    return made.getvalue()


BOOK = zipped("xl/workbook.xml", "xl/worksheets/sheet1.xml")

TAKEN = {
    "商品.csv": "编号,名称\r\n1,茶杯\r\n".encode("gb18030"),
    "bom.CSV": "a,b\n".encode("utf-8-sig"),
    "note.txt": "换行\n和\t制表".encode(),
    "data.json": b'{"a": [1, 2]}',
    "table.xlsx": BOOK,
    "paper.docx": zipped("word/document.xml"),
    "paper.pdf": b"%PDF-1.7\n...",
    "shot.png": b"\x89PNG\r\n\x1a\n...",
    "all.zip": zipped("a.csv", "b.csv"),
}

REFUSED: list[tuple[str, bytes, type[PactError]]] = [
    ("nothing.csv", b"", HandedFileEmpty),
    ("program.exe", b"MZ\x90", FileKindRefused),
    ("page.html", b"<script>alert(1)</script>", FileKindRefused),
    ("drawing.svg", b"<svg/>", FileKindRefused),
    ("old.xls", b"\xd0\xcf\x11\xe0", FileKindRefused),
    ("no ending", b"a,b", FileKindRefused),
    ("..", b"a,b", FileKindRefused),
    ("program.csv", b"MZ\x90\x00\x03", FileDiffers),
    ("escapes.txt", b"\x1b[31mred", FileDiffers),
    ("broken.json", b"{", FileDiffers),
    ("deep.json", b"[" * 100_000, FileDiffers),
    ("text.pdf", b"hello", FileDiffers),
    ("text.xlsx", b"a,b", FileDiffers),
    ("archive.xlsx", zipped("a.csv"), FileDiffers),
    ("cut.zip", BOOK[:20], FileDiffers),
    ("macros.xlsx", zipped("xl/workbook.xml", "xl/vbaProject.bin"), FileHoldsMacros),
    ("inside.zip", zipped("word/VBAPROJECT.BIN"), FileHoldsMacros),
]


@pytest.mark.parametrize("name", TAKEN)
def test_known_kinds_are_kept_byte_by_byte(name: str) -> None:
    kept = sniffed(name, TAKEN[name])
    assert (kept.name, kept.content) == (name, TAKEN[name])


@pytest.mark.parametrize(("name", "content", "why"), REFUSED, ids=lambda each: str(each)[:20])
def test_what_runs_hides_or_differs_is_refused(
    name: str, content: bytes, why: type[PactError]
) -> None:
    with pytest.raises(why):
        sniffed(name, content)


@settings(max_examples=cases(60))
@given(st.text(max_size=300))
@example("../../etc/passwd.csv")
@example("C:\\Windows\\system.csv")
@example("a\u202ecsv.exe\x00.csv")
def test_a_name_has_no_folder_nothing_unseen_and_an_end(name: str) -> None:
    kept = bare_name(name)
    assert kept
    assert len(kept) <= max(LONGEST_NAME, len(kept.rpartition(".")[2]) + 1)
    assert not set("/\\\x00\u202e\n") & set(kept)
    assert bare_name(kept) == kept


@settings(max_examples=cases(80))
@given(st.sampled_from([*TAKEN]), st.binary(max_size=200), st.integers(0, 60))
def test_broken_files_are_refused_in_words_and_never_crash(
    name: str, noise: bytes, at: int
) -> None:
    content = TAKEN[name]
    with suppress(PactError):
        sniffed(name, content[:at] + noise + content[at:])
