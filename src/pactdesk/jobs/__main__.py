"""`python -m pactdesk.jobs [--listen HOST:PORT]`: the worker's process; there it is watched."""

from __future__ import annotations

import argparse
import os
import sys

import django

from pactdesk.core.units.errors import PactError
from pactdesk.messages.catalogue import say


def main() -> int:
    """Work until stopped; 2 when the settings are not usable."""
    parser = argparse.ArgumentParser(prog="python -m pactdesk.jobs")
    parser.add_argument("--listen", metavar="HOST:PORT", default="")
    listen = parser.parse_args().listen
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pactdesk.config.settings")
    os.environ["PACTDESK_PROCESS"] = "worker"
    try:
        django.setup()
    except PactError as problem:
        sys.stderr.write(say(problem, "zh") + "\n")
        return 2
    # Only now: models and settings are there.
    from pactdesk.jobs.watching import watched
    from pactdesk.jobs.worker import work

    if listen:
        host, _, port = listen.rpartition(":")
        watched(host.strip("[]"), int(port))
    work()
    return 0


if __name__ == "__main__":
    sys.exit(main())
