"""What these commands have in common."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from pactdesk.cli.app import option
from pactdesk.config.installation import config_folder, installation, use

config_option = option("--config", "config", type=click.Path(path_type=Path))


@contextmanager
def opened(config: Path | None, *, as_owner: bool = False) -> Iterator[dict[str, str]]:
    """The installation's environment, with Django ready in it.

    raises  ConfigMissing, SettingMissing and whatever else is wrong with settings
    """
    folder = config_folder(config, os.environ)
    with installation(folder, os.environ, as_owner=as_owner) as environ:
        use(environ)
        yield environ
