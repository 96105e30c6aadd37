"""A file that somebody hands in, as terms: a paper is read, a terms file taken as it is."""

from __future__ import annotations

from pathlib import PurePath

from pactdesk.apps.contracts.values import Paper
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import TermsUnreadable, contract_from_yaml
from pactdesk.documents.formats.docx import View
from pactdesk.documents.other_papers import refuse_other_papers
from pactdesk.documents.reading import read_contract
from pactdesk.documents.source import source_in

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


def contract_in(
    name: str, content: bytes, view: View | None = None
) -> tuple[Contract, tuple[Paper, ...]]:
    """The terms, with the paper that they were read from.

    view    which text of a Word file with tracked changes is meant
    raises  what reading raises, with the file's name
    """
    if PurePath(name).suffix.lower() in TERMS:
        return terms_in(name, content), ()
    # Under its own name, for the terms and the errors name it.
    source = source_in(PurePath(name).name or "paper", content, view)
    refuse_other_papers(source)
    return read_contract(source).contract, (paper_in(name, content, view),)


def terms_in(name: str, content: bytes) -> Contract:
    """What a terms file says; raises TermsUnreadable, TermsInvalid."""
    try:
        return contract_from_yaml(content.decode("utf-8-sig"), name)
    except UnicodeDecodeError:
        raise TermsUnreadable(file=name, line=1, problem="UTF-8") from None


def paper_in(name: str, content: bytes, view: View | None = None) -> Paper:
    """The original, to be kept by its hash: also one that no machine can read."""
    suffix = PurePath(name).suffix.lower()
    media_type = MEDIA_TYPES.get(suffix, "application/octet-stream")
    return Paper(name, media_type, content, view or "")
