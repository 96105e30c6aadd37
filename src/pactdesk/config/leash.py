"""`python -m pactdesk.config.leash PROGRAM…`: becomes the program, which ends with its starter.

Whoever starts the desk may itself be killed without a word (`kill -9`); on Linux the kernel then
tells the program to stop, so that no half of a desk goes on alone. Elsewhere it just runs.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress

_PR_SET_PDEATHSIG = 1


def hold(starter: int) -> None:
    """Ask for SIGTERM when `starter` is gone; go at once if it is gone already."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != starter:
            raise SystemExit(1)


if __name__ == "__main__":
    hold(int(sys.argv[1]))
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606  our own children's programs
