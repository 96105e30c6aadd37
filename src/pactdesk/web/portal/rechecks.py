"""With what a statement is rechecked: names of files, the key, the provider's public keys."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from pactdesk.apps.evidence.queries import checkpoints_of
from pactdesk.apps.statements.models import Statement
from pactdesk.apps.statements.papers import bundle_name
from pactdesk.apps.statements.values import Plain
from pactdesk.core.units.errors import PactError
from pactdesk.documents.statement.view import Recheck
from pactdesk.gateways.keys import TrustedKeys


class TrustedKeysMissing(PactError):
    """No file of public keys is set, so nobody could check a bundle."""


def recheck_of(statement: Statement, plain: Plain) -> tuple[Recheck, bool]:
    """The same words as on the PDF; and whether demo keys sealed it."""
    day = plain["pins"]["evidence"]["day"]
    chain = (each.body for each in checkpoints_of(statement.contract_id))
    sealed = next((body for body in chain if body.day.isoformat() == day), None)
    recheck = Recheck(sealed.key_id if sealed else "—", bundle_name(statement.period))
    return recheck, sealed is not None and sealed.demo


def trusted_keys() -> TrustedKeys:
    """The public keys that seal days here; raises TrustedKeysMissing, TrustUnreadable."""
    if not settings.TRUSTED_KEYS_FILE:
        raise TrustedKeysMissing()
    return TrustedKeys.load(Path(settings.TRUSTED_KEYS_FILE))
