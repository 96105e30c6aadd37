"""Logs as one JSON object a line.

    {"time": …, "level": …, "logger": …, "message": …, "request": id, "person": id, …facts}

A line holds ids, never names, texts or tokens. So an exception is told by its class and where it
happened, not by its message (PostgreSQL quotes the row in it), and what Django's own loggers
fill in (paths, which hold tokens of invitations) is left out.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from pactdesk.web.observed.request_ids import TRACKED

_DEEPEST = 12


class JsonFormatter(logging.Formatter):
    """One line for each record."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        tracked = TRACKED.get()
        if tracked is not None:
            said["request"] = tracked.request
            if tracked.person:
                said["person"] = tracked.person
        said.update(getattr(record, "facts", {}))
        if record.exc_info and record.exc_info[0] is not None:
            said["exception"] = _exception(record.exc_info[1])
        return json.dumps(said, ensure_ascii=False, default=str)


def logging_settings(level: str = "INFO") -> dict[str, Any]:
    """Django's LOGGING: everything to standard error, as JSON."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "pactdesk.web.observed.json_logs.JsonFormatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's defaults would write a second line in another form.
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            # Tells of each of its tasks whenever anything starts.
            "procrastinate": {"level": "WARNING"},
        },
    }


def _message(record: logging.LogRecord) -> str:
    if record.name.startswith("django."):
        return str(record.msg) if record.args else record.getMessage().partition("\n")[0]
    return record.getMessage()


def _exception(problem: BaseException | None) -> dict[str, Any]:
    if problem is None:
        return {}
    frames = traceback.extract_tb(problem.__traceback__)[-_DEEPEST:]
    told: dict[str, Any] = {
        "kind": f"{type(problem).__module__}.{type(problem).__qualname__}",
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
    cause = problem.__cause__ or problem.__context__
    if cause is not None:
        told["because"] = f"{type(cause).__module__}.{type(cause).__qualname__}"
    return told
