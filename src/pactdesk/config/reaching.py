"""Whether addresses can be reached, as browsers and mail servers would be."""

from __future__ import annotations

import socket
import ssl
import time
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from pactdesk.gateways.mail.errors import SmtpMissing
from pactdesk.gateways.mail.smtp import greet, smtp_server

SECONDS = 10
_DAY_S = 24 * 60 * 60
_HTTPS = 443


def status_of(url: str) -> int | str:
    """The status of a GET, or what went wrong; certificates are checked."""
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    try:
        connection = kind(parts.hostname or "", parts.port, timeout=SECONDS)
        try:
            connection.request("GET", parts.path or "/")
            return connection.getresponse().status
        finally:
            connection.close()
    except (OSError, HTTPException, ValueError) as problem:
        return f"{type(problem).__name__}: {problem}"


def days_of_certificate(url: str) -> int:
    """For how many days the address's certificate is still good; very long without TLS."""
    parts = urlsplit(url)
    if parts.scheme != "https":
        return 10**6
    context = ssl.create_default_context()
    place = (parts.hostname or "", parts.port or _HTTPS)
    with (
        socket.create_connection(place, timeout=SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=parts.hostname) as wire,
    ):
        certificate = wire.getpeercert() or {}
    ends = ssl.cert_time_to_seconds(str(certificate["notAfter"]))
    return int((ends - time.time()) // _DAY_S)


def smtp_answers(address: str) -> str:
    """The mail server's host, which takes our name and password.

    raises  SmtpMissing, SmtpAddressWrong, LetterDelayed, LetterRefused
    """
    if not address:
        raise SmtpMissing(name="SMTP_URL")
    server = smtp_server("SMTP_URL", address)
    greet(server)
    return f"{server.host}:{server.port}"
