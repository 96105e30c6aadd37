"""The SMTP server that letters leave through.

smtp://user:password@host:587      STARTTLS, which the server must offer
smtps://user:password@host:465     TLS from the first byte
smtp+plain://127.0.0.1:25          no TLS: only to this machine
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from pactdesk.gateways.mail.errors import LetterDelayed, LetterRefused, SmtpAddressWrong
from pactdesk.gateways.mail.letter import Letter, to_message

PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
SECONDS = 20
"""How long one answer of the server may take."""
LONGEST_ANSWER = 200


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where and as whom."""

    kind: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)


def smtp_server(name: str, address: str) -> SmtpServer:
    """The server of an address, which came from the setting `name`.

    raises  SmtpAddressWrong: also for one without TLS to another machine

    >>> smtp_server("SMTP_URL", "smtp://desk:s%40fe@mail.example.test")
    SmtpServer(kind='smtp', host='mail.example.test', port=587, user='desk')
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise SmtpAddressWrong(name=name) from None
    host = parts.hostname or ""
    plain_elsewhere = parts.scheme == "smtp+plain" and not _is_this_machine(host)
    if parts.scheme not in PORTS or not host or plain_elsewhere:
        raise SmtpAddressWrong(name=name)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return SmtpServer(parts.scheme, host, port or PORTS[parts.scheme], user, password)


def send(
    server: SmtpServer, letter: Letter, sender: str, *, context: ssl.SSLContext | None = None
) -> None:
    """Hand the letter over; when this returns, the server has taken it on.

    context   which certificates are trusted; the machine's own unless given
    raises    LetterDelayed, LetterRefused
    """
    try:
        with _connected(server, context or ssl.create_default_context()) as wire:
            wire.send_message(to_message(letter, sender), to_addrs=[letter.to])
    except smtplib.SMTPRecipientsRefused as refused:
        code, answer = next(iter(refused.recipients.values()))
        raise _problem(server, code, answer) from None
    except smtplib.SMTPResponseException as refused:
        # A wrong password is for the administrator to mend: the letter itself is still good.
        code = 0 if isinstance(refused, smtplib.SMTPAuthenticationError) else refused.smtp_code
        raise _problem(server, code, refused.smtp_error) from None
    except smtplib.SMTPNotSupportedError as lacking:
        raise LetterDelayed(host=server.host, answer=str(lacking)[:LONGEST_ANSWER]) from None
    except (OSError, smtplib.SMTPException) as problem:
        said = f"{type(problem).__name__}: {problem}"[:LONGEST_ANSWER]
        raise LetterDelayed(host=server.host, answer=said) from None
    except ValueError as problem:  # an address that no letter can be written to
        raise LetterRefused(host=server.host, answer=str(problem)[:LONGEST_ANSWER]) from None


def greet(server: SmtpServer, *, context: ssl.SSLContext | None = None) -> None:
    """See whether the server takes letters from us, without sending one.

    raises  LetterDelayed
    """
    try:
        with _connected(server, context or ssl.create_default_context()) as wire:
            wire.noop()
    except (OSError, smtplib.SMTPException) as problem:
        said = f"{type(problem).__name__}: {problem}"[:LONGEST_ANSWER]
        raise LetterDelayed(host=server.host, answer=said) from None


def _connected(server: SmtpServer, context: ssl.SSLContext) -> smtplib.SMTP:
    if server.kind == "smtps":
        wire: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=SECONDS, context=context
        )
    else:
        wire = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    try:
        if server.kind == "smtp":
            wire.starttls(context=context)
        if server.user:
            wire.login(server.user, server.password)
    except BaseException:
        wire.close()
        raise
    return wire


def _problem(server: SmtpServer, code: int, answer: bytes | str) -> LetterDelayed | LetterRefused:
    said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    told = f"{code} {said}"[:LONGEST_ANSWER]
    permanent = 500 <= code <= 599
    return (LetterRefused if permanent else LetterDelayed)(host=server.host, answer=told)


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
