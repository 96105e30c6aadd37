"""Reading a contract, beside its limit of 150 ms a document after start-up.

    python -m benchmarks.reading

Reads the sample and the invented contracts of the test suite, each three times, and prints the
fastest of each in order; then reads a thousand more, all of them in turn, and prints what the
memory grew by; then one of five hundred pages. Exits 1 when one of these is beyond its limit.
"""

from __future__ import annotations

import resource
import sys
from importlib.resources import as_file, files
from pathlib import Path
from time import perf_counter

from pactdesk.documents.formats.extracted import Extracted
from pactdesk.documents.reading import read_contract
from pactdesk.documents.source import SourceText, read_source, source_from

LIMIT_MS = 150
PASSES = 3
AGAIN = 1_000
GROWTH_MB = 20
LONG, LONG_LIMIT_S = 300_000, 20
CONTRACTS = Path(__file__).resolve().parents[1] / "tests" / "documents" / "contracts"


def main() -> int:
    """0 when every document and the memory keep to their limits."""
    with as_file(files("pactdesk.samples") / "outsourcing.docx") as sample:
        sources = [read_source(sample)]
    sources += [read_source(each) for each in sorted(CONTRACTS.glob("[bm]*/*.txt"))[:60]]
    times = sorted((_fastest(each), each.name, len(each.text)) for each in sources)
    print(f"{len(times)} documents; limit {LIMIT_MS} ms each")
    for name, at in (("fastest", 0), ("median", len(times) // 2), ("slowest", -1)):
        took, document, length = times[at]
        share = took / LIMIT_MS
        print(
            f"  {name:8} {took:7.1f} ms  {share:5.0%} of the limit  {document}, {length} characters"
        )
    grown = _growth(sources)
    print(f"read {AGAIN} more: {grown:.1f} MB more, limit {GROWTH_MB}")
    long = _long(sources)
    took = _once(long) / 1000
    print(f"a paper of {len(long.text)} characters: {took:.1f} s, limit {LONG_LIMIT_S}")
    kept = times[-1][0] <= LIMIT_MS and grown <= GROWTH_MB and took <= LONG_LIMIT_S
    return 0 if kept else 1


def _fastest(source: SourceText) -> float:
    return min(_once(source) for _ in range(PASSES))


def _once(source: SourceText) -> float:
    began = perf_counter()
    read_contract(source)
    return (perf_counter() - began) * 1000


def _growth(sources: list[SourceText]) -> float:
    before = _resident_mb()
    for number in range(AGAIN):
        read_contract(sources[number % len(sources)])
    return _resident_mb() - before


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def _long(sources: list[SourceText]) -> SourceText:
    """Contracts one behind the other, far more at odds with itself than any real paper."""
    clean = "\n".join(each.text for each in sources if not each.removed)
    text = (clean * (LONG // len(clean) + 1))[:LONG]
    return source_from(Extracted(text), name="long.txt", kind="txt", sha256="0" * 64)


if __name__ == "__main__":
    sys.exit(main())
