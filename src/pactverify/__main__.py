"""The command: python -m pactverify BUNDLE --trust keys.json --since last-checkpoint.json."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import NoReturn

from pactverify.canonical import Unusable
from pactverify.checking import verify
from pactverify.messages import LANGUAGES, language_of, sentence
from pactverify.report import UNUSABLE


class _Arguments(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Unusable("arguments", problem=message)


def main(arguments: list[str] | None = None) -> int:
    """Verify, print the report, return the exit code."""
    for stream in (sys.stdout, sys.stderr):  # LANG=C must not turn a sentence into a traceback
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    language = language_of(os.environ)
    parser = _Arguments(prog="pactverify", add_help=False, allow_abbrev=False)
    parser.add_argument("bundle", nargs="?")
    parser.add_argument("--trust")
    parser.add_argument("--since")
    parser.add_argument("--lang", choices=LANGUAGES, default=language)
    for name in ("--json", "--help", "-h"):
        parser.add_argument(name, action="store_true")
    try:
        options = parser.parse_args(arguments)
        if options.help or options.h:
            print(sentence("help", options.lang, {}))
            return 0
        if options.bundle is None:
            raise Unusable("arguments", problem="BUNDLE")
    except Unusable as refusal:
        print(sentence(refusal.key, language, refusal.facts), file=sys.stderr)
        print(sentence("help", language, {}), file=sys.stderr)
        return UNUSABLE
    report = verify(options.bundle, options.trust, options.since)
    plain = json.dumps(report.to_plain(options.lang), ensure_ascii=False, indent=1)
    print(plain if options.json else report.text(options.lang))
    return report.exit_code


if __name__ == "__main__":
    sys.exit(main())
