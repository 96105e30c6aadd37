"""What is done to statements: each one transaction, one audit entry, its facts and errands."""

from __future__ import annotations

from pactdesk.apps.statements.confirming import confirm as confirm
from pactdesk.apps.statements.disputing import answer_proposal as answer_proposal
from pactdesk.apps.statements.disputing import go_on as go_on
from pactdesk.apps.statements.disputing import open_dispute as open_dispute
from pactdesk.apps.statements.disputing import propose as propose
from pactdesk.apps.statements.disputing import say_in_dispute as say_in_dispute
from pactdesk.apps.statements.disputing import take_position as take_position
from pactdesk.apps.statements.disputing import withdraw_dispute as withdraw_dispute
from pactdesk.apps.statements.events_telling import answer_event as answer_event
from pactdesk.apps.statements.events_telling import tell_event as tell_event
from pactdesk.apps.statements.issuing import issue as issue
from pactdesk.apps.statements.objecting import answer_objection as answer_objection
from pactdesk.apps.statements.objecting import object_to_line as object_to_line
from pactdesk.apps.statements.objecting import withdraw_objection as withdraw_objection
