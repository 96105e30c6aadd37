"""Searching texts that are encrypted: every two neighbouring characters, hashed under a key.

Chinese has no spaces, so words are not looked for but pairs of characters. The database sees
tokens only; without the key they say nothing but which messages share a pair, and how often a
pair occurs. A hit is a candidate: whoever searches decrypts it and looks.
"""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Iterator
from hashlib import sha256
from hmac import digest
from unicodedata import normalize

TOKEN_BYTES = 5  # 40 bits: a false candidate among some hundred thousand pairs is rare

_RUN = re.compile(r"[^\W_]+")


def search_tokens(key: bytes, text: str) -> list[str]:
    """The tokens of `text`, each once, sorted: lexemes of a tsvector, or of a query.

    A text that contains the words of a query has every token of that query, if each word has at
    least two characters; a single one is found only where it stands alone.

    key  the contract's search key; another contract's tokens are others

    >>> len(search_tokens(bytes(32), "退款，退款"))
    1
    >>> search_tokens(bytes(32), "…！")
    []
    """
    return sorted({_token(key, pair) for pair in bigrams(text)})


def bigrams(text: str) -> Iterator[str]:
    """The pairs of neighbouring letters or digits; a single one by itself.

    Full-width and half-width, capital and small are the same.

    >>> list(bigrams("怎么退 A4"))
    ['怎么', '么退', 'a4']
    """
    for run in _RUN.findall(normalize("NFKC", normalize("NFKC", text).casefold())):
        if len(run) == 1:
            yield run
        for at in range(len(run) - 1):
            yield run[at : at + 2]


def _token(key: bytes, pair: str) -> str:
    hashed = digest(key, pair.encode("utf-8", "surrogatepass"), sha256)
    return b32encode(hashed[:TOKEN_BYTES]).decode().lower()
