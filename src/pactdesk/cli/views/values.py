"""Terms in words, in the language of this run."""

from __future__ import annotations

from typing import Final

from pactdesk.cli.language import LANGUAGE
from pactdesk.documents.term_words import BLANK_MARK as BLANK_MARK
from pactdesk.documents.term_words import TermWords
from pactdesk.documents.term_words import unnumbered as unnumbered

_WORDS: Final = TermWords(LANGUAGE)

kind_name = _WORDS.kind_name
choice = _WORDS.choice
rows = _WORDS.rows
