"""The settings as tests have them, for mypy's Django plugin, which reads them by itself."""

from __future__ import annotations

import os

os.environ["PACTDESK_MODE"] = "test"

from pactdesk.config.settings import *  # noqa: F403  all of them, that is the point
