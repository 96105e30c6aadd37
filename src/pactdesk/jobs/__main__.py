"""`python -m pactdesk.jobs`: the worker's process."""

from __future__ import annotations

import os
import sys

import django

from pactdesk.core.units.errors import PactError
from pactdesk.messages.catalogue import say


def main() -> int:
    """Work until stopped; 2 when the settings are not usable."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pactdesk.config.settings")
    os.environ["PACTDESK_PROCESS"] = "worker"
    try:
        django.setup()
    except PactError as problem:
        sys.stderr.write(say(problem, "zh") + "\n")
        return 2
    # Only now: models and settings are there.
    from pactdesk.jobs.worker import work

    work()
    return 0


if __name__ == "__main__":
    sys.exit(main())
