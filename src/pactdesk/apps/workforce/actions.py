"""What is done about work: each one transaction, one audit entry, its facts and errands."""

from __future__ import annotations

from pactdesk.apps.workforce.clocking import clock_in as clock_in
from pactdesk.apps.workforce.clocking import clock_out as clock_out
from pactdesk.apps.workforce.clocking import mark_forgotten as mark_forgotten
from pactdesk.apps.workforce.clocking import say_ended as say_ended
from pactdesk.apps.workforce.correcting import add_stint as add_stint
from pactdesk.apps.workforce.correcting import correct_stint as correct_stint
