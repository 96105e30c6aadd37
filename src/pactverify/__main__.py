"""The command: what it takes, `python -m pactverify --help` says."""

import argparse
import json
import os
import sys
from typing import NoReturn

from pactverify.checking import verify, witness
from pactverify.messages import LANGUAGES, language_of, sentence
from pactverify.report import UNUSABLE


class _Arguments(argparse.ArgumentParser):
    """Says everything in the user's language."""

    def format_help(self) -> str:
        return sentence("help", language_of(os.environ), {}) + "\n"

    def error(self, message: str) -> NoReturn:
        said = sentence("arguments", language_of(os.environ), {"problem": message})
        self.exit(UNUSABLE, f"{said}\n{self.format_help()}")


def main(arguments: list[str] | None = None) -> int:
    """Verify, print the report, return the exit code; SystemExit for wrong arguments."""
    for stream in (sys.stdout, sys.stderr):  # LANG=C must not turn a sentence into a traceback
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = _Arguments(prog="pactverify", allow_abbrev=False)
    told = sys.argv[1:] if arguments is None else arguments
    witnessing = told[:1] == ["witness"]
    parser.add_argument("folder" if witnessing else "bundle")
    parser.add_argument("received" if witnessing else "--since", nargs="*" if witnessing else None)
    parser.add_argument("--trust")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--lang", choices=LANGUAGES, default=language_of(os.environ))
    options = parser.parse_args(told[witnessing:])
    if witnessing:
        report = witness(options.folder, options.received, options.trust)
    else:
        report = verify(options.bundle, options.trust, options.since)
    plain = json.dumps(report.to_plain(options.lang), ensure_ascii=False, indent=1, default=str)
    print(plain if options.json else report.text(options.lang))
    return report.exit_code


if __name__ == "__main__":
    sys.exit(main())
