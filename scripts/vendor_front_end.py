"""Brings the scripts that the pages load into static/vendor; does nothing when they are there."""

from __future__ import annotations

import sys

from pactdesk.web.ui.front_end import main

if __name__ == "__main__":
    sys.exit(main())
