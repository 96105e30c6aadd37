"""The evidence bundle: what the other party needs to recheck a statement, in one file.

The layout is that of `docs/reference/recheck.md`. The same contract, log and statement give the
same bytes, so two installations can compare bundles by their hash.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from pactdesk.core.facts.canonical import Json, canonical_json, parse_canonical
from pactdesk.core.facts.checkpoints import to_checkpoint_record
from pactdesk.core.facts.fact import RecordedFact, from_record, record_line
from pactdesk.core.facts.log import FactLog
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import contract_from_plain, contract_to_plain
from pactdesk.core.units.errors import PactError
from pactdesk.core.worktime.calendars import WorkCalendar
from pactdesk.gateways.filelog_read import CHECKPOINTS, CONFLICTS, LOG_FILE, LOG_FORMAT, facts_file
from pactdesk.gateways.keys import TrustedKeys

BUNDLE_FORMAT = "pactdesk.bundle/1"
MOST_BYTES = 2**30
MOST_BYTES_OF_ONE_FILE = 2**26

_MANIFEST = "manifest.json"
_SAME_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP file can tell
_LEVEL = 6
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError)


class BundleMissing(PactError):
    """There is no readable file `path`."""


class BundleDamaged(PactError):
    """The file `path` is no whole bundle; the trouble is in its part `name`."""


class BundleNotWritable(PactError):
    """The bundle `path` could not be written; nothing was left half-written."""


class NothingSealed(PactError):
    """The log of `contract_id` has no checkpoint, so there is no evidence to hand over."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a bundle holds, as far as explaining a statement needs it; nothing is verified.

    statement  the plain form that `Statement.to_plain` gives
    facts      every sealed fact, in the order of the log
    """

    contract: Contract
    calendar: WorkCalendar
    statement: Mapping[str, Any]
    facts: tuple[RecordedFact, ...]


def write_bundle(
    path: Path,
    contract: Contract,
    calendar: WorkCalendar,
    statement_plain: Mapping[str, Any],
    log: FactLog,
    keys: TrustedKeys,
) -> None:
    """Write the bundle of a statement, whole or not at all.

    log   only sealed days are handed over; the statement must have been made from these
    keys  public keys that sign the checkpoints; whoever receives them trusts none for this

    raises  NothingSealed, BundleNotWritable
    """
    if not log.checkpoints():
        raise NothingSealed(contract_id=log.contract_id)
    files = {
        "terms.json": _line(contract_to_plain(contract)),
        "calendar.json": _line(calendar.canonical()),
        "statement.json": _line(dict(statement_plain)),
        "keys.json": _line({"keys": [{**asdict(key)} for key in keys.keys]}),
        **{f"evidence/{name}": content for name, content in _evidence(log)},
    }
    hashes: dict[str, Json] = {name: sha256(data).hexdigest() for name, data in files.items()}
    files[_MANIFEST] = _line({"format": BUNDLE_FORMAT, "files": hashes})
    _write_whole(path, files)


def read_bundle(path: Path) -> Bundle:
    """Open a bundle to look at it; `pactverify` is who verifies.

    raises  BundleMissing, BundleDamaged
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = _Parts(path, archive)
            parts.check_manifest()
            contract = contract_from_plain(parts.json("terms.json"), str(path))
            calendar = WorkCalendar.from_canonical(parts.json("calendar.json"))
            statement = parts.json("statement.json")
            return Bundle(contract, calendar, statement, tuple(parts.facts()))
    except OSError:
        raise BundleMissing(path=str(path)) from None
    except _BROKEN:
        raise BundleDamaged(path=str(path), name=path.name) from None


class _Parts:
    """The files inside an open bundle."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._path = path
        self._archive = archive
        sizes = [info.file_size for info in archive.infolist()]
        if sum(sizes) > MOST_BYTES or max(sizes, default=0) > MOST_BYTES_OF_ONE_FILE:
            raise BundleDamaged(path=str(path), name=path.name)

    def check_manifest(self) -> None:
        """Every file is the one that the manifest names; whether it is true, `pactverify` says."""
        named = self.json("manifest.json").get("files")
        there = {name: sha256(self._read(name)).hexdigest() for name in self._archive.namelist()}
        there.pop("manifest.json", None)
        for name in sorted(set(there) | set(named or ())):
            if not isinstance(named, dict) or there.get(name) != named.get(name):
                raise BundleDamaged(path=str(self._path), name=name)

    def json(self, name: str) -> Any:
        """The value of a JSON file; an object."""
        with suppress(PactError):
            value = parse_canonical(self._read(name).removesuffix(b"\n"))
            if isinstance(value, dict):
                return value
        raise BundleDamaged(path=str(self._path), name=name)

    def facts(self) -> Iterator[RecordedFact]:
        """Every fact, in the order of the log."""
        names = [n for n in self._archive.namelist() if n.startswith("evidence/facts/")]
        for name in sorted(names):
            for line in self._read(name).splitlines():
                try:
                    yield from_record(parse_canonical(line))
                except PactError:
                    raise BundleDamaged(path=str(self._path), name=name) from None

    def _read(self, name: str) -> bytes:
        try:
            return self._archive.read(name)
        except (KeyError, OSError, *_BROKEN):
            raise BundleDamaged(path=str(self._path), name=name) from None


def _evidence(log: FactLog) -> Iterator[tuple[str, bytes]]:
    """The files of the evidence, of sealed days only and without personal texts."""
    head: Json = {
        "contract_id": log.contract_id,
        "format": LOG_FORMAT,
        "zone": str(log.zone),
    }
    yield LOG_FILE, _line(head)
    chain = log.checkpoints()
    yield CHECKPOINTS, b"".join(_line(to_checkpoint_record(signed)) for signed in chain)
    for signed in chain:
        lines = log.day_records(signed.body.day)
        if lines:
            yield facts_file(signed.body.day), b"".join(line + b"\n" for line in lines)
    conflicts = b"".join(line + b"\n" for line in _conflicts(log))
    if conflicts:
        yield CONFLICTS, conflicts


def _conflicts(log: FactLog) -> list[bytes]:
    """The records that do not count, in the order of the evidence format."""
    rows = [
        (version.fact.key, version.recorded_at, record_line(version))
        for conflict in log.conflicts()
        for version in conflict.versions
        if version != conflict.sealed
    ]
    return [line for _, _, line in sorted(rows)]


def _line(value: Any) -> bytes:
    return canonical_json(value) + b"\n"


def _write_whole(path: Path, files: Mapping[str, bytes]) -> None:
    """Beside the target first, so that an interrupted run leaves no half bundle behind."""
    new = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(new, "w") as archive:
            for name in sorted(files):
                info = zipfile.ZipInfo(name, _SAME_TIME)
                info.create_system = 3  # else it tells which system wrote it
                info.external_attr = 0o644 << 16
                archive.writestr(info, files[name], zipfile.ZIP_DEFLATED, _LEVEL)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise BundleNotWritable(path=str(path)) from None
