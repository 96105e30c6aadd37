"""Letters leave through a real SMTP server, and its answers are understood."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pactdesk.gateways.mail.errors import LetterDelayed, LetterRefused, SmtpAddressWrong
from pactdesk.gateways.mail.letter import Attachment, Letter
from pactdesk.gateways.mail.smtp import SmtpServer, send, smtp_server
from tests.support.smtp import free_port, postbox

SENDER = "心语客服 <desk@example.test>"
LETTER = Letter("li@example.test", "封存凭证", "您好，\n附件请保存。\n", "k-1")


def test_a_letter_arrives_with_its_chinese_words_and_its_files_byte_for_byte() -> None:
    file = Attachment("checkpoint-青禾.json", b'{"day":"2026-10-31"}\n')
    letter = Letter("li@example.test", "封存凭证", "您好，\n附件请保存。\n", "k-1", (file,))
    with postbox() as box:
        send(smtp_server("SMTP_URL", box.plain_address), letter, SENDER)
    [arrived] = box.received
    assert (arrived["From"], arrived["To"], arrived["Subject"]) == (SENDER, letter.to, "封存凭证")
    assert arrived["Message-ID"] == "<k-1@example.test>"
    body = arrived.get_body()
    assert body is not None
    assert body.get_content().splitlines() == letter.text.splitlines()
    [attached] = arrived.iter_attachments()
    assert attached.get_filename() == file.name
    assert attached.get_content() == file.content


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("450 later", LetterDelayed), ("451 greylisted", LetterDelayed), ("550 none", LetterRefused)],
)
def test_an_answer_about_the_recipient_tells_later_from_never(
    answer: str, expected: type[Exception]
) -> None:
    with postbox() as box:
        box.answers[LETTER.to] = answer
        with pytest.raises(expected) as problem:
            send(smtp_server("SMTP_URL", box.plain_address), LETTER, SENDER)
    assert answer[:3] in str(problem.value)


@pytest.mark.parametrize(
    ("answer", "expected"), [("452 full", LetterDelayed), ("554 spam", LetterRefused)]
)
def test_an_answer_about_the_letter_tells_later_from_never(
    answer: str, expected: type[Exception]
) -> None:
    with postbox() as box:
        box.after = answer
        with pytest.raises(expected):
            send(smtp_server("SMTP_URL", box.plain_address), LETTER, SENDER)
    assert box.received == []


def test_a_server_that_is_not_there_is_a_delay() -> None:
    with pytest.raises(LetterDelayed):
        send(SmtpServer("smtp+plain", "127.0.0.1", free_port()), LETTER, SENDER)


def test_a_subject_cannot_smuggle_a_header_in() -> None:
    letter = Letter("li@example.test", "hello\r\nBcc: eve@example.test", "text", "k-1")
    with postbox() as box:
        send(smtp_server("SMTP_URL", box.plain_address), letter, SENDER)
    assert box.received[0]["Bcc"] is None


def test_a_letter_goes_over_tls_with_a_password_and_not_without(tmp_path: Path) -> None:
    offered, trusted = certificate(tmp_path)
    with postbox(offered, password="s@fe") as box:
        server = SmtpServer("smtp", "localhost", box.port, "desk", "s@fe")
        send(server, LETTER, SENDER, context=trusted)
        wrong = SmtpServer("smtp", "localhost", box.port, "desk", "other")
        with pytest.raises(LetterDelayed):
            send(wrong, LETTER, SENDER, context=trusted)
        with pytest.raises(LetterDelayed):  # a certificate that nobody vouches for
            send(server, LETTER, SENDER)
    assert len(box.received) == 1


def test_a_server_that_offers_no_tls_gets_neither_password_nor_letter() -> None:
    with postbox() as box, pytest.raises(LetterDelayed):
        send(SmtpServer("smtp", "127.0.0.1", box.port, "desk", "s@fe"), LETTER, SENDER)
    assert box.received == []


@pytest.mark.parametrize(
    "address",
    ["", "mail.example.test", "http://mail.example.test", "smtp://", "smtp://h:port",
     "smtp+plain://mail.example.test:25"],
)  # fmt: skip
def test_an_address_that_is_unusable_or_unsafe_is_refused(address: str) -> None:
    with pytest.raises(SmtpAddressWrong):
        smtp_server("SMTP_URL", address)


def test_the_password_is_in_no_representation() -> None:
    assert "s@fe" not in repr(smtp_server("SMTP_URL", "smtps://desk:s%40fe@mail.example.test"))


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server called localhost offers, and what trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, private = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    offered = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    offered.load_cert_chain(chain, private)
    return offered, ssl.create_default_context(cafile=str(chain))
