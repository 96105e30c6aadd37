"""`pactdesk demo`: the whole job on the sample contract; never waits for input."""

from __future__ import annotations

from pathlib import Path

import click

from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.demo.folder import fresh_folder
from pactdesk.cli.demo.story import Demo
from pactdesk.cli.screen import console, print_json


@declared("demo")
@option("--out", type=click.Path(path_type=Path), default=Path("out/demo"), show_default=True)
@as_json_option
def command(out: Path, as_json: bool) -> None:
    folder = fresh_folder(out)
    Demo(folder, console(stderr=as_json)).run()
    if as_json:
        made = sorted(path for path in folder.rglob("*") if path.is_file())
        print_json(
            {"folder": str(folder), "files": [str(path.relative_to(folder)) for path in made]}
        )
