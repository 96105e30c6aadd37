"""`python -m pactdesk.cli`."""

from __future__ import annotations

import sys

from pactdesk.cli.app import main

sys.exit(main())
