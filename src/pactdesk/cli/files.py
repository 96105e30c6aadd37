"""Files in and out: whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import contract_from_plain, contract_from_yaml, plain_yaml
from pactdesk.core.units.errors import PactError


class InputMissing(PactError):
    """There is no file `file`."""


class InputUnreadable(PactError):
    """`file` cannot be read: `problem`."""


class OutputRefused(PactError):
    """`file` cannot be written: `problem`."""


def text_of(path: Path) -> str:
    """The UTF-8 text of a file."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputMissing(file=str(path)) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise InputUnreadable(file=str(path), problem=str(problem)) from None


def contract_in(path: Path) -> Contract:
    """The terms in a YAML or JSON file."""
    if path.suffix == ".json":
        return contract_from_plain(json_in(path), path.name)
    return contract_from_yaml(text_of(path), path.name)


def yaml_in(path: Path) -> Any:
    """Plain data of a YAML file."""
    return plain_yaml(text_of(path), path.name)


def json_in(path: Path) -> Any:
    """Plain data of a JSON file."""
    try:
        return json.loads(text_of(path))
    except RecursionError:
        raise InputUnreadable(file=str(path), problem="JSON [[[[…") from None
    except json.JSONDecodeError as problem:
        said = f"JSON, {problem.lineno}:{problem.colno}"
        raise InputUnreadable(file=str(path), problem=said) from None


def make_folder(folder: Path) -> Path:
    """The folder, made with its parents if need be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise OutputRefused(file=str(folder), problem=problem.strerror or str(problem)) from None
    return folder


def write_whole(path: Path, content: str | bytes) -> Path:
    """Writes beside the target and moves it there, so that nobody ever reads half a file."""
    data = content.encode() if isinstance(content, str) else content
    make_folder(path.parent)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as problem:
        raise OutputRefused(file=str(path), problem=problem.strerror or str(problem)) from None
    return path
