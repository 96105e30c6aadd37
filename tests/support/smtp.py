"""A real SMTP server in this process, which takes letters or answers as it is told."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Postbox:
    """What arrived, and what the server answers to whom.

    answers  recipient → the answer to RCPT; everybody else is welcome
    after    the answer to the letter itself
    """

    port: int
    received: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    after: str = "250 taken"

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name and arguments
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _more: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 welcome"

    async def handle_DATA(  # noqa: N802  aiosmtpd's name and arguments
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.after.startswith("250"):
            read = message_from_bytes(cast("bytes", envelope.content), policy=policy.default)
            self.received.append(read)
        return self.after

    @property
    def plain_address(self) -> str:
        """Without TLS, to this machine."""
        return f"smtp+plain://127.0.0.1:{self.port}"


@contextmanager
def postbox(context: ssl.SSLContext | None = None, password: str = "") -> Iterator[Postbox]:
    """A server that listens as long as the block lasts.

    context   offers STARTTLS with this certificate
    password  must be given by whoever logs in
    """
    box = Postbox(free_port())

    def admitted(*about: Any) -> AuthResult:
        told = about[-1]
        right = isinstance(told, LoginPassword) and told.password == password.encode()
        return AuthResult(success=right, handled=False)

    more: dict[str, Any] = {"tls_context": context} if context else {}
    if password:
        more |= {"authenticator": admitted, "auth_required": True}
    controller = Controller(box, hostname="127.0.0.1", port=box.port, **more)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
