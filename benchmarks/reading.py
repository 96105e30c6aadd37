"""Reading a contract, beside its limit of 150 ms a document after start-up.

    python -m benchmarks.reading

Reads the sample and the invented contracts of the test suite, each three times, and prints the
fastest of each in order; then reads one of them a thousand times and prints what the memory grew
by. Exits 1 when a document needs longer than the limit, or when the memory grows.
"""

from __future__ import annotations

import resource
import sys
from importlib.resources import as_file, files
from pathlib import Path
from time import perf_counter

from pactdesk.documents.reading import read_contract
from pactdesk.documents.source import SourceText, read_source

LIMIT_MS = 150
PASSES = 3
AGAIN = 1_000
GROWTH_MB = 20
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
    grown = _growth(sources[1])
    print(f"read {AGAIN} times: {grown:.1f} MB more, limit {GROWTH_MB}")
    return 0 if times[-1][0] <= LIMIT_MS and grown <= GROWTH_MB else 1


def _fastest(source: SourceText) -> float:
    took = []
    for _ in range(PASSES):
        began = perf_counter()
        read_contract(source)
        took.append((perf_counter() - began) * 1000)
    return min(took)


def _growth(source: SourceText) -> float:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(AGAIN):
        read_contract(source)
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


if __name__ == "__main__":
    sys.exit(main())
