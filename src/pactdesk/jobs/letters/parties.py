"""Letters about accounts: invitations, and links to set a new password."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from pactdesk.apps.outbox.models import Errand
from pactdesk.apps.parties.actions import SEND_INVITATION
from pactdesk.apps.parties.letters import letter_for
from pactdesk.apps.parties.tokens import SEND_PASSWORD_RESET
from pactdesk.gateways.mail.letter import Letter
from pactdesk.jobs.errands import handles
from pactdesk.jobs.letters.sending import letter_key, post


@handles(SEND_INVITATION)
@handles(SEND_PASSWORD_RESET)
def send_link(errand: Errand) -> None:
    """Send a new link; nothing if there is nobody to send it to.

    Not in both languages, as other letters: the person has said which one they read. A second
    attempt makes the first one's link lapse.

    raises  SmtpMissing, SmtpAddressWrong, LetterDelayed, LetterRefused
    """
    written = letter_for(errand.kind, errand.payload, timezone.now())
    if written is None:
        return
    key = letter_key(errand, UUID(str(errand.payload["person"])))
    post(Letter(to=written.recipient, subject=written.subject, text=written.text, key=key))
