"""Opening a bundle (recheck.md, section 1): a ZIP file that may have been made by an enemy."""

import struct
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from pactverify import canonical
from pactverify.canonical import Refused, Unusable

MOST_BYTES, MOST_BYTES_OF_ONE, MOST_FILES = 2**30, 2**26, 20_000
_REQUIRED = {"terms.json", "calendar.json", "statement.json", "keys.json", "evidence/log.json"}
_BROKEN = (BadZipFile, OSError, EOFError, zlib.error, struct.error, ValueError, RuntimeError,
           LookupError, OverflowError)  # fmt: skip


class Bundle:
    """The files of a bundle."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._zip = ZipFile(path)
        except FileNotFoundError:
            raise Unusable("file_missing", path=str(path)) from None
        except _BROKEN as problem:
            raise self._broken(problem) from None
        infos = self._zip.infolist()
        self.names = sorted({info.filename for info in infos})
        sizes = [info.file_size for info in infos]
        if sum(sizes) > MOST_BYTES or max(sizes, default=0) > MOST_BYTES_OF_ONE:
            raise self._broken("> 1 GiB, > 64 MiB")
        odd = any(info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for info in infos)
        if odd or len(infos) > MOST_FILES or len(self.names) != len(infos):
            raise self._broken("entries")
        if "manifest.json" not in self.names:
            raise self._broken("manifest.json")

    def read(self, name: str) -> bytes:
        """The bytes of a file; a missing .jsonl file is an empty one."""
        if name not in self.names and name.endswith(".jsonl"):
            return b""
        try:  # reading so many bytes at most unpacks no more; `zipfile` checks the CRC
            with self._zip.open(name) as file:
                return file.read(MOST_BYTES_OF_ONE)
        except _BROKEN as problem:
            raise self._broken(problem) from None

    def read_json(self, name: str) -> Any:
        """The value of a file that is one line of canonical JSON."""
        return canonical.parse(b"\n".join(canonical.lines_of(self.read(name), name)), name)

    def manifest_problems(self) -> Iterator[Refused]:
        """Whatever the manifest and the files do not agree on."""
        manifest, held = self.read_json("manifest.json"), set(self.names)
        files = manifest["files"]
        if set(manifest) != {"format", "files"} or manifest["format"] != "pactdesk.bundle/1":
            yield Refused("file_differs", name="manifest.json")
        named = (held - {"manifest.json"}) ^ set(files)
        for name in sorted(named | _REQUIRED - held):
            yield Refused("file_differs", name=name)
        for name in sorted(held & set(files)):
            if sha256(self.read(name)).hexdigest() != files[name]:
                yield Refused("hash_differs", name=name)

    def _broken(self, problem: object) -> Unusable:
        said = str(problem)[:120] or type(problem).__name__
        return Unusable("not_a_bundle", path=str(self._path), problem=said)
