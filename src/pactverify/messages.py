"""Every sentence that a person reads: `messages.json`, Chinese first, then English."""

import json
from collections.abc import Mapping
from importlib.resources import files

UNCHECKED = tuple(f"unchecked.{w}" for w in ("truth", "personal", "conflicts", "law", "words"))
LANGUAGES = ("zh", "en")

_SENTENCES = json.loads(files("pactverify").joinpath("messages.json").read_text("utf-8"))


def sentence(key: str, language: str, facts: Mapping[str, object]) -> str:
    """The sentence for `key`, filled in."""
    said: str = _SENTENCES[key][LANGUAGES.index(language)]
    return said.format_map(facts)


def language_of(environ: Mapping[str, str]) -> str:
    """Chinese, unless the first of these variables that is set begins with en."""
    names = ("PACTDESK_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((environ[name] for name in names if environ.get(name)), "")
    return "en" if chosen.lower().startswith("en") else "zh"
