"""Run the door: `python -m pactdesk.web.live --host 127.0.0.1 --port 8001`."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import socket
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:  # it needs Django, which is set up only below
    from pactdesk.web.live.door import DoorApp

STOP_SECONDS = 10


class DoorServer(uvicorn.Server):
    """Ends the streams before it waits for the answers that are under way."""

    def __init__(self, config: uvicorn.Config, app: DoorApp) -> None:
        super().__init__(config)
        self.app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Called once, at the end."""
        self.app.end_streams()
        await super().shutdown(sockets)


def app_of_environment(generosity: float = 1.0, rights_seconds: float = 60.0) -> DoorApp:
    """The door of this environment; see docs/reference/live.md."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pactdesk.config.settings")
    import django

    django.setup()
    from django.conf import settings

    from pactdesk.gateways.vault.rereading import vault_of
    from pactdesk.web.live.database import address_of
    from pactdesk.web.live.door import make_door
    from pactdesk.web.live.limits import Limits

    return make_door(
        address_of(settings.DATABASES["default"]),
        vault_of(os.environ),
        settings.PAGES_URL.rstrip("/"),
        Limits().times(generosity),
        rights_seconds,
    )


def main() -> None:
    """Serve until SIGTERM or Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m pactdesk.web.live")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--generosity", type=float, default=1.0)
    parser.add_argument("--rights-seconds", type=float, default=60.0)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    # Addresses carry tickets, so no access log; streams that were cut off are no errors.
    logging.getLogger("uvicorn.error").addFilter(_no_cut_streams)
    app = app_of_environment(given.generosity, given.rights_seconds)
    gc.collect()
    gc.freeze()  # what is here now stays; looking through it again and again would hold us up
    config = uvicorn.Config(
        app,
        host=given.host,
        port=given.port,
        loop="uvloop",
        http="httptools",
        lifespan="on",
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    DoorServer(config, app).run()


def _no_cut_streams(record: logging.LogRecord) -> bool:
    return "without completing response" not in record.getMessage()


if __name__ == "__main__":
    main()
