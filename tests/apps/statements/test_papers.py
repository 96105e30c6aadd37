"""What parties take along: byte for byte what the command line makes, verified, and printed."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from uuid import UUID

import pypdfium2 as pdfium
import pytest

from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.statements.actions import confirm
from pactdesk.apps.statements.errors import StatementUnknown
from pactdesk.apps.statements.papers import bundle_of, last_checkpoint, statement_pdf
from pactdesk.apps.statements.queries import statement_of
from pactdesk.cli.app import main
from pactdesk.core.facts.log import seal_through
from pactdesk.core.terms.text import contract_to_yaml
from pactdesk.gateways.filelog import FileLog
from pactdesk.gateways.keys import SigningKey, TrustedKeys
from pactverify.__main__ import main as pactverify
from tests.support.cast import Cast
from tests.support.contracts import service_terms
from tests.support.october import AT, october, under


@pytest.fixture
def by_command_line(tmp_path: Path, signer: SigningKey) -> Path:
    """The folder in which `pactdesk settle` left its files, made from the same facts."""
    terms = service_terms()
    files = FileLog.create(tmp_path / "log", terms.contract_id, terms.zone)
    files.record(under(terms.contract_id, october().facts))
    seal_through(files, date(2026, 11, 1), signer)
    (tmp_path / "terms.yaml").write_text(contract_to_yaml(terms), "utf-8")
    TrustedKeys([signer.public]).save(tmp_path / "keys.json")
    log, keys, out = (str(tmp_path / name) for name in ("log", "keys.json", "out"))
    told = ["--log", log, "--month", "2026-10", "--keys", keys, "-o", out]
    assert main(["settle", str(tmp_path / "terms.yaml"), *told]) == 0
    return tmp_path / "out"


def test_the_pages_statement_and_bundle_are_byte_identical_with_the_command_lines(
    cast: Cast, statement: UUID, by_command_line: Path, signer: SigningKey
) -> None:
    keys = TrustedKeys([signer.public])
    with scoped(cast["manager_of_baita"]) as scope:
        plain = bytes(statement_of(scope, statement).plain)
        bundle = bundle_of(scope, cast.contract_baita, "2026-10", keys)
        pdf = statement_pdf(scope, statement_of(scope, statement))
    assert plain + b"\n" == (by_command_line / "statement-2026-10.json").read_bytes()
    assert bundle == (by_command_line / "statement-2026-10.pactbundle").read_bytes()
    # Nobody has confirmed yet, so even the paper is the same.
    assert pdf == (by_command_line / "statement-2026-10.pdf").read_bytes()


def test_the_verifier_agrees_with_what_the_client_downloads(
    cast: Cast,
    statement: UUID,
    signer: SigningKey,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    keys = TrustedKeys([signer.public])
    keys.save(tmp_path / "keys.json")
    with scoped(cast["manager_of_baita"]) as scope:
        bundle = bundle_of(scope, cast.contract_baita, "2026-10", keys)
        seal = last_checkpoint(scope, cast.contract_baita)
    assert seal is not None
    (tmp_path / "it.pactbundle").write_bytes(bundle)
    (tmp_path / "last.json").write_bytes(seal)
    told = ["--trust", str(tmp_path / "keys.json"), "--since", str(tmp_path / "last.json")]
    code = pactverify([str(tmp_path / "it.pactbundle"), *told])
    assert code == 0, capsys.readouterr().out


def test_both_confirmations_are_on_the_paper_and_the_same_again(
    cast: Cast, statement: UUID
) -> None:
    confirm(cast["manager_of_baita"], statement=statement, at=AT)
    confirm(cast["finance"], statement=statement, at=AT)
    with scoped(cast["manager_of_baita"]) as scope:
        found = statement_of(scope, statement)
        pdf, again = (statement_pdf(scope, found) for _ in range(2))
    words = re.sub(r"\s+", "", "".join(_pages(pdf)))
    assert pdf == again
    for said in ("双方均已在线确认", "manager_of_baita", "finance", found.plain_hash):
        assert said in words
    assert words.count("2026-11-0210:00:00UTC+08:00") == 2
    assert words.count("✓已确认") == 2


def test_papers_of_another_contract_are_not_there(
    cast: Cast, statement: UUID, signer: SigningKey
) -> None:
    keys = TrustedKeys([signer.public])
    with scoped(cast["manager_of_qinghe"]) as scope, pytest.raises(StatementUnknown):
        bundle_of(scope, cast.contract_baita, "2026-10", keys)


def _pages(pdf: bytes) -> list[str]:
    with pdfium.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]
