"""`pactdesk verify`: hands the bundle to the independent verifier, as `pactverify` itself would."""

from __future__ import annotations

from pathlib import Path

import click

from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.language import LANGUAGE
from pactverify.__main__ import main as pactverify


@declared("verify")
@click.argument("bundle", type=click.Path(path_type=Path))
@option("--trust", type=click.Path(path_type=Path))
@option("--since", type=click.Path(path_type=Path))
@as_json_option
def command(bundle: Path, trust: Path | None, since: Path | None, as_json: bool) -> int:
    given = [str(bundle), "--lang", LANGUAGE]
    given += ["--trust", str(trust)] if trust else []
    given += ["--since", str(since)] if since else []
    given += ["--json"] if as_json else []
    return pactverify(given)
