"""Opens an Office package with suspicion: it comes from the other party."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers import expat

from pactdesk.documents.errors import (
    ArchiveTooLarge,
    EncryptedFile,
    EntitiesInside,
    MacrosInside,
    NotADocument,
    OldWordFile,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LIMIT = 128 * 1024 * 1024
_LARGEST_PART = 24 * 1024 * 1024
"""Of the XML that is parsed, some ten times as large in memory; 500 pages have about 8 MB."""
# Everything that zipfile and its decompressors let through for damaged bytes.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


class Package:
    """The parts of a .docx by name, within limits.

    raises  OldWordFile, EncryptedFile, NotADocument, ArchiveTooLarge, MacrosInside
    """

    def __init__(self, content: bytes, *, file: str) -> None:
        self.file = file
        if content.startswith(OLE):
            raise (
                EncryptedFile(file=file) if _ENCRYPTED_STREAM in content else OldWordFile(file=file)
            )
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN:
            raise NotADocument(file=file) from None
        self._check(self.archive.infolist())

    def xml(self, name: str) -> Element | None:
        """The root of the part `name`, None if there is no such part.

        raises  NotADocument: not XML; EntitiesInside: it declares a document type or entities
        """
        if name not in self.names:
            return None
        size = self.archive.getinfo(name).file_size
        if size > _LARGEST_PART:
            raise ArchiveTooLarge(file=self.file, size=size, limit=_LARGEST_PART)
        try:
            content = self.archive.read(name)
        except _BROKEN:
            raise NotADocument(file=self.file) from None
        return self._parsed(content)

    def _check(self, parts: list[zipfile.ZipInfo]) -> None:
        # zipfile never reads more than the size that is declared here, so this limit holds.
        size = sum(part.file_size for part in parts)
        if size > _LIMIT:
            raise ArchiveTooLarge(file=self.file, size=size, limit=_LIMIT)
        if any(part.flag_bits & 1 for part in parts):
            raise EncryptedFile(file=self.file)
        self.names = frozenset(part.filename for part in parts)
        if any(name.lower().endswith("vbaproject.bin") for name in self.names):
            raise MacrosInside(file=self.file)

    def _parsed(self, content: bytes) -> Element:
        checker = expat.ParserCreate()

        def refuse(*_: object) -> None:
            raise EntitiesInside(file=self.file)

        checker.StartDoctypeDeclHandler = refuse
        checker.EntityDeclHandler = refuse
        try:
            checker.Parse(content, True)
            return fromstring(content)  # noqa: S314  checked for entities just before
        except (expat.ExpatError, ParseError, LookupError):
            raise NotADocument(file=self.file) from None


def local(element: Element) -> str:
    """The name without its namespace, of which transitional and strict files have two."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str | None:
    """The attribute `name`, whatever its namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return None


def child(element: Element | None, *names: str) -> Element | None:
    """The first child called `names[0]`, then its first child called `names[1]`, and so on."""
    for name in names:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def value_of(element: Element | None, *names: str) -> str | None:
    """The `val` of a descendant reached by `names`."""
    found = child(element, *names)
    return attribute(found, "val") if found is not None else None
