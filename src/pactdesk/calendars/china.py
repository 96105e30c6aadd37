"""The mainland calendar, one file for each yearly notice of the State Council (国务院办公厅)."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

import yaml

from pactdesk.core.worktime.calendars import WorkCalendar


@cache
def load_china() -> WorkCalendar:
    """Every year that has a file here, as a version such as "cn-2026.5f0c41d7".

    The version ends in a hash of the files, so that two installations with different days
    never claim the same calendar. A year without a file is not published as far as Pactdesk
    knows, and is refused.
    """
    found = sorted(
        (file for file in files("pactdesk.calendars").iterdir() if _is_year_file(file.name)),
        key=lambda file: file.name,
    )
    texts = [file.read_text("utf-8") for file in found]
    fingerprint = sha256("\n".join(texts).encode()).hexdigest()[:8]
    last = found[-1].name.removesuffix(".yaml")
    # The loader without types: dates stay texts, which is what `from_canonical` reads.
    years = [yaml.load(text, yaml.CBaseLoader) for text in texts]  # noqa: S506 - makes only texts, lists and mappings
    return WorkCalendar.from_canonical({"version": f"{last}.{fingerprint}", "years": years})


def _is_year_file(name: str) -> bool:
    return name.startswith("cn-") and name.endswith(".yaml")
