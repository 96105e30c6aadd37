"""What is done about work: each one transaction, one audit entry, its facts and errands."""

from __future__ import annotations

from pactdesk.apps.workforce.clocking import clock_in as clock_in
from pactdesk.apps.workforce.clocking import clock_out as clock_out
from pactdesk.apps.workforce.clocking import mark_forgotten as mark_forgotten
from pactdesk.apps.workforce.clocking import say_ended as say_ended
from pactdesk.apps.workforce.correcting import add_stint as add_stint
from pactdesk.apps.workforce.correcting import correct_stint as correct_stint
from pactdesk.apps.workforce.devices import ask_for_devices as ask_for_devices
from pactdesk.apps.workforce.devices import decide_device as decide_device
from pactdesk.apps.workforce.devices import note_work as note_work
from pactdesk.apps.workforce.rostering import answer_shift as answer_shift
from pactdesk.apps.workforce.rostering import propose_shift as propose_shift
from pactdesk.apps.workforce.rostering import set_day as set_day
from pactdesk.apps.workforce.rostering import set_week as set_week
from pactdesk.apps.workforce.rostering import tell_waiting as tell_waiting
from pactdesk.apps.workforce.rostering import withdraw_shift as withdraw_shift
from pactdesk.apps.workforce.rules import alert_unsigned as alert_unsigned
from pactdesk.apps.workforce.rules import publish_rules as publish_rules
from pactdesk.apps.workforce.rules import sign_rules as sign_rules
