"""What can be done about requests; each verb stands in the file of its kind."""

from __future__ import annotations

from pactdesk.apps.requests.answering import answer as answer
from pactdesk.apps.requests.answering import close as close
from pactdesk.apps.requests.answering import reopen as reopen
from pactdesk.apps.requests.answering import reply as reply
from pactdesk.apps.requests.answering import withdraw as withdraw
from pactdesk.apps.requests.asking import ask as ask
from pactdesk.apps.requests.asking import ask_data as ask_data
from pactdesk.apps.requests.delivering import deliver as deliver
from pactdesk.apps.requests.delivering import give_back as give_back
from pactdesk.apps.requests.delivering import miss as miss
from pactdesk.apps.requests.delivering import receive as receive
