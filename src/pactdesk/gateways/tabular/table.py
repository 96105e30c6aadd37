"""Reading a CSV file row by row, after what is wrong with the whole file was found."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pactdesk.core.units.errors import PactError

_OTHER_DELIMITERS = ",;\t|"
_UTF8 = "utf-8"


class TableMissing(PactError):
    """There is no file `file`."""


class TableUnreadable(PactError):
    """The file `file` cannot be read: `problem`."""


class TableEmpty(PactError):
    """There is nothing in the file `file`, not even a header."""


class TableNotText(PactError):
    """In the file `file`, line `line` is not text in the encoding `encoding`."""


class TableDamaged(PactError):
    """The file `file` is no CSV at line `line`: `problem`."""


class DelimiterDiffers(PactError):
    """The header of `file` is not divided by `delimiter`; it looks like `likely`."""


class ColumnsMissing(PactError):
    """The file `file` has no `columns`; it has `found`."""


class ColumnTwice(PactError):
    """The header of `file` has `column` twice."""


class HeaderTwice(PactError):
    """Line `line` of `file` is its header again: several exports were put together."""


class TableChanged(PactError):
    """The file `file` changed while it was being imported."""


class CellsMiscounted(PactError):
    """The row has `found` cells, and the header `expected`."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a file is written, and which columns it must have."""

    encoding: str
    delimiter: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file that was read once from end to end, and can be used.

    rows    how many it has, header and empty lines not counted
    sha256  of its bytes
    """

    path: Path
    form: Form
    header: tuple[str, ...]
    rows: int
    sha256: str

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Number and cells of each row. The header is 1, as in a spreadsheet; rows follow.

        raises  TableChanged at the end, when it is no longer the file that was checked
        """
        with _Source(self.path, self.form) as source:
            records = enumerate(source.records(), start=1)
            next(records, None)
            yield from records
            if source.digest() != self.sha256:
                raise TableChanged(file=self.path.name)


def check_table(path: Path, form: Form) -> Table:
    """Reads the file once and raises whatever makes it useless as a whole.

    raises  TableMissing, TableUnreadable, TableEmpty, TableNotText, TableDamaged,
            DelimiterDiffers, ColumnsMissing, ColumnTwice, HeaderTwice
    """
    with _Source(path, form) as source:
        records = source.records()
        header = next(records, None)
        if header is None:
            raise TableEmpty(file=path.name)
        _check_header(header, path, form)
        rows = 0
        for cells in records:
            if cells == header:
                raise HeaderTwice(file=path.name, line=source.line)
            rows += 1
        return Table(path, form, tuple(header), rows, source.digest())


def check_cells(cells: Sequence[str], header: Sequence[str]) -> None:
    """Raises CellsMiscounted unless there is one cell for each column."""
    if len(cells) != len(header):
        raise CellsMiscounted(expected=len(header), found=len(cells))


class _Hashing(io.RawIOBase):
    """A file that is hashed while it is read."""

    def __init__(self, raw: io.FileIO) -> None:
        self._raw = raw
        self.hash = sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed's Buffer is wider
        count = self._raw.readinto(buffer)
        self.hash.update(buffer[:count])
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Source:
    """The records of one file, with errors that name the place."""

    def __init__(self, path: Path, form: Form) -> None:
        self._path = path
        self._form = form
        self.line = 0

    def __enter__(self) -> _Source:
        try:
            self._hashing = _Hashing(io.FileIO(self._path))
        except OSError as problem:
            raise _told(self._path, problem) from None
        # A byte order mark belongs to the file, not to the name of its first column.
        encoding = "utf-8-sig" if self._form.encoding == _UTF8 else self._form.encoding
        buffered = io.BufferedReader(self._hashing, buffer_size=1 << 18)
        self._lines = io.TextIOWrapper(buffered, encoding=encoding, newline="")
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.close()

    def records(self) -> Iterator[list[str]]:
        """The cells of every line that is not empty, the header's first."""
        reader = csv.reader(self._normalised(), delimiter=self._form.delimiter, strict=True)
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as problem:
                raise TableDamaged(
                    file=self._path.name, line=reader.line_num, problem=str(problem)
                ) from None
            self.line = reader.line_num
            if cells:
                yield cells

    def digest(self) -> str:
        """SHA-256 of everything; only after the last record."""
        return self._hashing.hash.hexdigest()

    def _normalised(self) -> Iterator[str]:
        try:
            for line in self._lines:
                yield line if line.isascii() else unicodedata.normalize("NFC", line)
        except UnicodeError:
            raise TableNotText(
                file=self._path.name,
                line=_first_broken_line(self._path, self._form.encoding),
                encoding=self._form.encoding,
            ) from None
        except OSError as problem:
            raise _told(self._path, problem) from None


def _first_broken_line(path: Path, encoding: str) -> int:
    """The decoder stops somewhere ahead of the line that was asked for; so look again."""
    with path.open(encoding=encoding, errors="replace", newline="") as lines:
        return next((n for n, line in enumerate(lines, start=1) if "\ufffd" in line), 1)


def _told(path: Path, problem: OSError) -> PactError:
    """What the disk said, as an error of ours."""
    if isinstance(problem, FileNotFoundError):
        return TableMissing(file=str(path))
    return TableUnreadable(file=str(path), problem=problem.strerror or str(problem))


def _check_header(header: list[str], path: Path, form: Form) -> None:
    missing = [column for column in form.columns if column not in header]
    if missing and len(header) == 1:
        likely = max(_OTHER_DELIMITERS, key=header[0].count)
        if header[0].count(likely):
            raise DelimiterDiffers(
                file=path.name, delimiter=_shown(form.delimiter), likely=_shown(likely)
            )
    if missing:
        raise ColumnsMissing(file=path.name, columns=tuple(missing), found=tuple(header))
    for column in header:
        if header.count(column) > 1:
            raise ColumnTwice(file=path.name, column=column)


def _shown(delimiter: str) -> str:
    return {"\t": "tab"}.get(delimiter, delimiter)
