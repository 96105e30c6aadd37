"""The user's language, decided once per run, and every text of the command line in it."""

from __future__ import annotations

import os
from typing import Final

from pactdesk.messages.catalogue import Language, language_of
from pactdesk.messages.catalogue import text as catalogue_text

LANGUAGE: Final[Language] = language_of(os.environ)


def words(key: str, /, **values: object) -> str:
    """A text of the section `cli`."""
    return catalogue_text("cli", key, LANGUAGE, **values)
