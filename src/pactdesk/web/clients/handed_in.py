"""A file that somebody hands in, as terms: a paper is read, a terms file taken as it is."""

from __future__ import annotations

from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from pactdesk.apps.contracts.values import Paper
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import TermsUnreadable, contract_from_yaml
from pactdesk.documents.reading import read_contract
from pactdesk.documents.source import read_source

LARGEST = 16 * 2**20
"""What the proxy lets through is a little more."""
TERMS = (".yaml", ".yml")
PAPERS = (".docx", ".pdf", ".txt", ".md", ".html")
MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
}


def contract_in(name: str, content: bytes) -> tuple[Contract, tuple[Paper, ...]]:
    """The terms, with the paper that they were read from.

    raises  what reading raises, with the file's name
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in TERMS:
        try:
            return contract_from_yaml(content.decode("utf-8-sig"), name), ()
        except UnicodeDecodeError:
            raise TermsUnreadable(file=name, line=1, problem="UTF-8") from None
    with TemporaryDirectory(prefix="pactdesk-paper-") as folder:
        # Under its own name, for the terms and the errors name it.
        file = Path(folder) / (PurePath(name).name or "paper")
        file.write_bytes(content)
        read = read_contract(read_source(file, None)).contract
    return read, (Paper(name, MEDIA_TYPES.get(suffix, "application/octet-stream"), content),)
