"""`pactdesk keys`: a signing key for one party, and the public file the other party trusts."""

from __future__ import annotations

from pathlib import Path

import click

from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.files import make_folder
from pactdesk.cli.language import words
from pactdesk.cli.screen import console, print_json
from pactdesk.core.facts.kinds import Party
from pactdesk.gateways.keys import SigningKey, TrustedKeys


@declared("keys")
@option("--party", type=click.Choice([str(each) for each in Party]), default="provider")
@option("-o", "--output", type=click.Path(path_type=Path), required=True)
@option("--demo", is_flag=True)
@as_json_option
def command(party: str, output: Path, demo: bool, as_json: bool) -> None:
    key = SigningKey.generate(Party(party), demo=demo)
    private, public = output / f"{party}.pem", output / f"{party}.public.json"
    make_folder(output)
    key.save(private)
    TrustedKeys([key.public]).save(public)
    if as_json:
        print_json({"key_id": key.key_id, "private": str(private), "public": str(public)})
        return
    console().print(words("keys.made", key_id=key.key_id, private=private, public=public))
