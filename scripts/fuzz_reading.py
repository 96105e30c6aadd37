"""Reads torn, twisted and hostile papers until the time is over; a crash or a hang is told.

    python -m scripts.fuzz_reading --minutes 60 --seed 1 --keep out/fuzz

Each input is a labelled paper of the tests with a few things done to it, as text in some
encoding, HTML, Word or PDF; it is read, summarised, linted and shown as the reviewer's page.
A refusal in a sentence is right. Anything else is kept in `--keep` and the count ends with 1.
Five seconds of processor time for one input are a hang, also inside of a regular expression.
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import signal
import sys
import tempfile
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import monotonic, process_time

from pactdesk.core.terms.text import contract_from_yaml, contract_to_yaml
from pactdesk.core.units.errors import PactError
from pactdesk.documents.fonts import FontsMissing, font_paths
from pactdesk.documents.reading import read_contract
from pactdesk.documents.review.page import review_page
from pactdesk.documents.source import read_source
from pactdesk.documents.summary.summary import summary_of
from tests.support.papers import docx_of, docx_with, html_of, paragraph, pdf_of

PAPERS = Path(__file__).resolve().parents[1] / "tests" / "documents" / "contracts"
LONGEST_S = 5.0
ODD = [
    *("第零条", "第9999999条", "99.99.99.99"),
    *("1.1.1.1.1.1.1.1", "二〇九九年十三月四十日"),
    *("0000年00月00日", "2月30日", "9999年99月99日"),
    *("9,999,999,999,999,999.99元", "百分之一百万", "百分之"),
    *("万分之零", "T+99999工作日", "第第第条条条", "甲方（乙方）（甲方）"),
    *("负五日内", "亿亿亿元", "零元整", "100%100%", "-5%"),
    *("24:60-99:99", "每每月", "以下以上", "<w:p>", "]]>", "&#0;"),
    *("①", "㈠", "Ⅳ", "壹", "０", "〇", "½", "‰", "％", "（", "）", "【", "____"),
    *("…", "（(（(", "￥"),
    *"\u200b\u202e\ufeff\u0301\x00\x0b\ud7ff\U0001f600\u3000\r",
    *("\t\t", "1" * 60),
]
TAGS = [
    *("<div>", "</div>", "<table><tr><td>", "<script>", "<!--", "<![CDATA[", "<![if x]>", "&nbsp;"),
    *("&#x0;", "&#1114112;", "<style>", "</p>", "<template>", "<br", "<p " + "a" * 3000, "<?php"),
]
RELATION = '<Relationship Type="x/officeDocument" Target="word/styles.xml"/>'
PARTS = [
    *("", "<a/>", "<a>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<a>" * 5000),
    f"<Relationships>{RELATION}</Relationships>",
]
ENCODINGS = ("utf-8", "utf-8-sig", "gbk", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be")


class TooSlow(BaseException):
    """One input needed more than its time; no `except Exception` may swallow this."""


def main(argv: list[str] | None = None) -> int:
    """0 when nothing crashed and nothing hung."""
    asked = _asked(argv)
    chance, until = Random(asked.seed), monotonic() + asked.minutes * 60  # noqa: S311
    papers = [each.read_text("utf-8") for each in sorted(PAPERS.glob("[bm]*/*.txt"))]
    pdfs = _pdfs(papers[:6])
    counts: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    slowest, began = 0.0, monotonic()
    before = signal.signal(signal.SIGPROF, _ring)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        while monotonic() < until and counts["inputs"] < asked.inputs:
            name, content = _input(chance, papers, pdfs)
            file = Path(folder) / name
            file.write_bytes(content)
            start = process_time()
            what = _tried(file)
            took = process_time() - start
            counts["inputs"] += 1
            counts[what if what in ("read", "refused") else "faults"] += 1
            counts[file.suffix] += 1
            if took > slowest:
                slowest = took
            if what not in ("read", "refused") and not faults[what]:
                _keep(asked.keep, file, what, counts["inputs"])
            if what not in ("read", "refused"):
                faults[what] += 1
            if counts["inputs"] % 500 == 0:
                _tell(counts, slowest, began)
    signal.signal(signal.SIGPROF, before)
    _tell(counts, slowest, began)
    for what, count in faults.most_common():
        print(f"--- {count} times\n{what}")
    return 1 if faults else 0


def _asked(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--inputs", type=int, default=10**9)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("out/fuzz"))
    return parser.parse_args(argv)


def _tell(counts: Counter[str], slowest: float, began: float) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
    minutes = (monotonic() - began) / 60
    print(f"{minutes:.1f} min: {told}; slowest {slowest:.2f} s, {memory:.0f} MB", flush=True)


def _keep(folder: Path, file: Path, what: str, number: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{number}-{file.name}").write_bytes(file.read_bytes())
    print(f"input {number} {file.name}: {what}", flush=True)


def _ring(*_: object) -> None:
    raise TooSlow


def _tried(file: Path) -> str:
    """ "read", "refused", or what went wrong, as the last lines of its trace."""
    signal.setitimer(signal.ITIMER_PROF, LONGEST_S)
    try:
        return _read(file)
    except PactError:
        return "refused"
    except (Exception, TooSlow):
        lines = traceback.format_exc().splitlines()
        return "\n".join([line for line in lines if "site-packages" not in line][-16:])
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _read(file: Path) -> str:
    source = read_source(file)
    reading = read_contract(source)
    summary = summary_of(source)
    json.dumps(summary, allow_nan=False)
    if not all(0 < sure <= 1 for sure in summary["confidence"].values()):
        raise ValueError(f"confidence {summary['confidence']}")
    review_page(source, reading)
    written = contract_to_yaml(reading.contract)
    if contract_from_yaml(written, "again") != reading.contract:
        raise ValueError("terms are others when they are read again")
    return "read"


# ---- what is done to a paper ---------------------------------------------------------------------


def _input(chance: Random, papers: list[str], pdfs: list[bytes]) -> tuple[str, bytes]:
    """The file's name and its bytes."""
    form = chance.choices(["txt", "md", "html", "docx", "pdf"], [50, 3, 12, 25, 10 * bool(pdfs)])[0]
    if form == "pdf":
        return "paper.pdf", _torn(chance.choice(pdfs), chance)
    text = chance.choice(papers)
    for _ in range(chance.randint(1, 6)):
        text = chance.choice(TWISTS)(text, chance, papers)
    text = text[:120_000]
    if form == "docx":
        return "paper.docx", _docx(text, chance)
    if form == "html":
        text = _html(text, chance)
    content = text.encode(chance.choice(ENCODINGS), "ignore")
    if chance.random() < 0.2:
        content = _torn(content, chance)
    return f"paper.{form}", content


def _slice(text: str, chance: Random, longest: int = 400) -> tuple[int, int]:
    start = chance.randrange(len(text) + 1)
    return start, min(len(text), start + chance.randint(1, longest))


def _delete(text: str, chance: Random, _: list[str]) -> str:
    start, end = _slice(text, chance)
    return text[:start] + text[end:]


def _double(text: str, chance: Random, _: list[str]) -> str:
    start, end = _slice(text, chance)
    return text[:end] + text[start:end] * chance.choice([1, 1, 2, 20]) + text[end:]


def _swap(text: str, chance: Random, _: list[str]) -> str:
    lines = text.split("\n")
    for _again in range(chance.randint(1, 8)):
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _strew(text: str, chance: Random, _: list[str]) -> str:
    for _again in range(chance.randint(1, 20)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(ODD) + text[at:]
    return text


def _join(text: str, chance: Random, papers: list[str]) -> str:
    other = chance.choice(papers)
    start, end = _slice(other, chance, 3000)
    at = chance.randrange(len(text) + 1)
    return text[:at] + other[start:end] + text[at:]


def _cut(text: str, chance: Random, _: list[str]) -> str:
    return text[: chance.randrange(len(text) + 1)]


def _figures(text: str, chance: Random, _: list[str]) -> str:
    longer = {digit: chance.choice([*"0123456789", "000", "99999"]) for digit in "0123456789"}
    return text.translate(str.maketrans(longer))


def _run_on(text: str, chance: Random, _: list[str]) -> str:
    return text.replace(
        chance.choice("\n。，；：、（ 1"), chance.choice(["", " ", "\n", "。", "("])
    )


def _repeat(text: str, chance: Random, _: list[str]) -> str:
    start, end = _slice(text, chance, 12)
    at = chance.randrange(len(text) + 1)
    return text[:at] + text[start:end] * chance.randint(50, 1500) + text[at:]


def _replace_words(text: str, chance: Random, _: list[str]) -> str:
    start, end = _slice(text, chance, 3)
    word = text[start:end]
    return (
        text.replace(word, chance.choice([*ODD, "甲方", "乙方", "每月", "10%"]), 200)
        if word
        else text
    )


TWISTS: tuple[Callable[[str, Random, list[str]], str], ...] = (
    _delete, _delete, _double, _swap, _swap, _strew, _strew, _join, _cut, _figures, _run_on,
    _repeat, _replace_words,
)  # fmt: skip


def _torn(content: bytes, chance: Random) -> bytes:
    """Bytes turned, cut out, doubled, cut off."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(made) + 1) if made else 0
        match chance.randrange(5):
            case 0 if made:
                made[at % len(made)] = chance.randrange(256)
            case 1:
                del made[at : at + chance.randint(1, 300)]
            case 2:
                made[at:at] = made[at : at + chance.randint(1, 300)]
            case 3:
                made[at:at] = chance.randbytes(chance.randint(1, 20))
            case _ if chance.random() < 0.2:
                del made[at:]
    return bytes(made)


def _html(text: str, chance: Random) -> str:
    page = html_of(text)
    for _ in range(chance.randint(0, 12)):
        at = chance.randrange(len(page) + 1)
        page = page[:at] + chance.choice(TAGS) * chance.choice([1, 1, 1, 2000]) + page[at:]
    return page


def _docx(text: str, chance: Random) -> bytes:
    match chance.randrange(4):
        case 0:
            return _torn(docx_of(text), chance)
        case 1:
            body = "".join(_block(line, chance) for line in text.split("\n"))
            return docx_with(body, numbering=_numbering(chance))
        case 2:
            body = "".join(paragraph(line) for line in text.split("\n"))
            torn = _torn(body.encode("utf-8", "ignore"), chance).decode("utf-8", "ignore")
            return docx_with(torn)
        case _:
            return _zip_with_odd_parts(docx_of(text), chance)


def _block(line: str, chance: Random) -> str:
    """A paragraph in a table, a box, a control, or with a number of some list."""
    plain = paragraph(line)
    level, list_id = chance.choice([0, 1, 8, 99, "x", -1]), chance.choice([0, 1, 2, 77, ""])
    number = f'<w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/>'
    number = f"<w:pPr><w:numPr>{number}</w:numPr></w:pPr>"
    return chance.choice([
        plain, plain, plain,
        plain.replace("<w:p>", f"<w:p>{number}", 1),
        f"<w:tbl><w:tr><w:tc>{plain}</w:tc><w:tc>{plain}</w:tc></w:tr></w:tbl>",
        "<w:tbl><w:tr><w:tc>" * 5 + plain + "</w:tc></w:tr></w:tbl>" * 5,
        f"<w:p><w:r><w:pict><w:txbxContent>{plain}</w:txbxContent></w:pict></w:r></w:p>",
        f"<w:sdt><w:sdtContent>{plain}</w:sdtContent></w:sdt>",
        "<w:sdt>" * chance.choice([1, 5, 400]),
        f"<w:ins>{plain}</w:ins>" if chance.random() < 0.05 else plain,
    ])  # fmt: skip


def _numbering(chance: Random) -> str:
    styles = ["decimal", "chineseCounting", "lowerRoman", "upperLetter", "none", "odd", "bullet"]
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{chance.choice([1, 0, -4, 10**9, "x"])}"/>'
        f'<w:numFmt w:val="{chance.choice(styles)}"/>'
        f'<w:lvlText w:val="{chance.choice(["第%1条", "%1.%2", "%9", "%", "%0", ""])}"/></w:lvl>'
        for depth in range(chance.randint(0, 9))
    )
    return (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="{chance.choice([0, 5, "x"])}"/></w:num>'
        "</w:numbering>"
    )


def _zip_with_odd_parts(content: bytes, chance: Random) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as file:
        for name in chance.sample(
            ["_rels/.rels", "word/numbering.xml", "word/styles.xml", "word/comments.xml",
             "../../etc/passwd", "word/header1.xml", "\u202eword.xml"],
            chance.randint(1, 4),
        ):  # fmt: skip
            file.writestr(name, chance.choice(PARTS))
    return out.getvalue()


def _pdfs(papers: list[str]) -> list[bytes]:
    try:
        fonts = [str(font_paths().folder)]
    except FontsMissing:
        return []
    return [pdf_of(text, fonts) for text in papers]


if __name__ == "__main__":
    sys.exit(main())
