"""Exit codes, the same for every command; `pactdesk --help` lists them."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What a script may rely on."""

    DONE = 0
    FAILED = 1  # it ran, and what it checked does not hold: findings of severity error, …
    UNUSABLE = 2  # the input or the call cannot be used; nothing was written
    NOT_AUTHENTIC = 3  # verify: consistent, but nobody's key was given to check against
