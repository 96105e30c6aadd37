"""Word documents: the body's text in reading order, with automatic numbers written out.

Of the other parts, a contract number in a page header stands before the body, notes stand behind
it; what else headers and footers repeat is no part of the contract, and comments are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal
from xml.etree.ElementTree import Element

from pactdesk.documents.errors import NotADocument, TrackedChanges
from pactdesk.documents.formats.archive import Package, attribute, child, local
from pactdesk.documents.formats.docx_numbering import Numbering
from pactdesk.documents.formats.extracted import Extracted

View = Literal["accepted", "original"]

_INSERTED = frozenset({"ins", "moveTo"})
_DELETED = frozenset({"del", "moveFrom"})
_FIRST_WORDS = 40
_NUMBER = re.compile(r"(?:合同|協議|协议|合約)?\s?[编編](?:号|號)\s?[:：]\s?\w")
_SHORTEST_BLANK = 4
_SKIPPED = frozenset(
    {"pPr", "rPr", "instrText", "delInstrText", "sdtPr", "commentReference", "annotationRef"}
)
_BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def docx_text(content: bytes, *, file: str, view: View | None) -> Extracted:
    """The text of a .docx.

    view    which side of tracked changes to read
    raises  TrackedChanges: there are some and no view is given; NotADocument, and what
            `Package` raises
    """
    package = Package(content, file=file)
    main = _main_part(package)
    root = package.xml(main)
    body = child(root, "body")
    if body is None:
        raise NotADocument(file=file)
    if view is None:
        _refuse_tracked_changes(body, file)
    folder = main.rpartition("/")[0]
    numbering = Numbering(
        package.xml(f"{folder}/numbering.xml"), package.xml(f"{folder}/styles.xml")
    )
    comments = package.xml(f"{folder}/comments.xml")
    try:
        reader = _Reader(numbering, view or "accepted")
        text = _numbers_above(package, folder, reader) + reader.text(body)
        text += _notes(package, folder, reader)
    except RecursionError:  # nested a thousand deep, which no word processor does
        raise NotADocument(file=file) from None
    return Extracted(
        text=text,
        comments=len(list(comments)) if comments is not None else 0,
    )


def _numbers_above(package: Package, folder: str, reader: _Reader) -> str:
    """Lines of page headers that say the contract's number, once each."""
    headers = [each for each in sorted(package.names) if each.startswith(f"{folder}/header")]
    roots = [root for root in map(package.xml, headers) if root is not None]
    lines = [line.strip() for root in roots for line in reader.text(root).split("\n")]
    return "".join(f"{line}\n" for line in dict.fromkeys(lines) if _NUMBER.search(line))


def _notes(package: Package, folder: str, reader: _Reader) -> str:
    """Foot- and endnotes, without the rules that Word draws above them."""
    roots = [package.xml(f"{folder}/{name}.xml") for name in ("footnotes", "endnotes")]
    notes = [note for root in roots if root is not None for note in root]
    return "".join(reader.text(note) for note in notes if attribute(note, "type") is None)


def _main_part(package: Package) -> str:
    relations = package.xml("_rels/.rels")
    for relation in relations if relations is not None else ():
        if (attribute(relation, "Type") or "").endswith("/officeDocument"):
            target = (attribute(relation, "Target") or "").removeprefix("/")
            if target in package.names:
                return target
    return "word/document.xml"


def _refuse_tracked_changes(body: Element, file: str) -> None:
    changes = [one for one in body.iter() if local(one) in _INSERTED | _DELETED]
    if changes:
        words = (
            "".join(part.text or "" for part in one.iter() if local(part) in ("t", "delText"))
            for one in changes
        )
        first = next((text for text in words if text.strip()), "¶")
        raise TrackedChanges(file=file, count=len(changes), first=first[:_FIRST_WORDS])


class _Reader:
    def __init__(self, numbering: Numbering, view: View) -> None:
        self.numbering = numbering
        self.hidden = _DELETED if view == "accepted" else _INSERTED

    def text(self, body: Element) -> str:
        return "".join(self._blocks(body))

    def _blocks(self, parent: Element) -> Iterator[str]:
        for one in parent:
            name = local(one)
            if name == "p":
                yield from self._paragraph(one)
            elif name == "tbl":
                yield from self._table(one)
            elif name in ("sdt", "sdtContent", "customXml", "smartTag") or name in (
                (_INSERTED | _DELETED) - self.hidden
            ):
                yield from self._blocks(one)
            elif name == "AlternateContent":
                yield from self._blocks(_chosen(one))

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        boxes: list[Element] = []
        words = "".join(self._words(paragraph, boxes))
        # A number is only counted for a paragraph that this view shows.
        gone = self._mark_is_hidden(paragraph)
        if not (gone and not words):
            yield self.numbering.label(paragraph) + words
        # A deleted paragraph mark joins the paragraph with the next one.
        if not gone:
            yield "\n"
        for box in boxes:
            yield from self._blocks(box)

    def _mark_is_hidden(self, paragraph: Element) -> bool:
        marks = child(paragraph, "pPr", "rPr")
        return marks is not None and any(local(mark) in self.hidden for mark in marks)

    def _words(self, parent: Element, boxes: list[Element]) -> Iterator[str]:
        for one in parent:
            name = local(one)
            if name in ("t", "delText"):
                yield one.text or ""
            elif name in _BREAKS:
                yield _BREAKS[name]
            elif name == "sym":
                yield _symbol(one)
            elif name == "txbxContent":
                boxes.append(one)
            elif name == "AlternateContent":
                yield from self._words(_chosen(one), boxes)
            elif name not in _SKIPPED and name not in self.hidden and not _is_invisible(one):
                words = "".join(self._words(one, boxes))
                yield _line_to_write_on(words) if name == "r" and _is_underlined(one) else words

    def _table(self, table: Element) -> Iterator[str]:
        for row in _inside(table, "tr"):
            if any(local(mark) in self.hidden for mark in (child(row, "trPr") or ())):
                continue
            cells = (" ".join("".join(self._blocks(cell)).split()) for cell in _inside(row, "tc"))
            yield "\t".join(cells) + "\n"


def _inside(parent: Element, name: str) -> Iterator[Element]:
    """Children called `name`, also through content controls."""
    for one in parent:
        if local(one) == name:
            yield one
        elif local(one) in ("sdt", "sdtContent", "customXml"):
            yield from _inside(one, name)


def _chosen(alternatives: Element) -> Element:
    """Word writes a text box twice, for new and for old readers: the new one is read."""
    for name in ("Choice", "Fallback"):
        found = child(alternatives, name)
        if found is not None:
            return found
    return alternatives


def _is_underlined(run: Element) -> bool:
    line = child(run, "rPr", "u")
    return line is not None and attribute(line, "val") not in (None, "none")


def _line_to_write_on(words: str) -> str:
    """Underlined spaces are a blank; other words stay."""
    is_blank = bool(words) and not words.strip() and "\n" not in words
    return "_" * max(len(words), _SHORTEST_BLANK) if is_blank else words


def _is_invisible(run: Element) -> bool:
    hidden = child(run, "rPr", "vanish")
    return hidden is not None and attribute(hidden, "val") not in ("0", "false")


def _symbol(symbol: Element) -> str:
    """A character of a symbol font; the ticked and empty boxes that forms use are known."""
    known = {"F0FE": "☑", "F052": "☑", "F0A8": "□", "F06F": "□", "F0A3": "□"}
    return known.get((attribute(symbol, "char") or "").upper(), "")
