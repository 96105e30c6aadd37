"""What can be wrong with sending a letter."""

from __future__ import annotations

from pactdesk.core.units.errors import PactError


class SmtpAddressWrong(PactError):
    """The SMTP address in `name` is not of the form smtp[s]://user:password@host:port."""


class SmtpMissing(PactError):
    """No SMTP server is set up in `name`, so no letter can leave."""


class LetterDelayed(PactError):
    """The server at `host` took no letter now (`answer`); later it may."""


class LetterRefused(PactError):
    """The server at `host` will never take this letter (`answer`)."""
