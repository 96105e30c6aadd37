"""`pactdesk rotate-vault`: a new vault key wraps everything; later the old ones go."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path

from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.language import words
from pactdesk.cli.screen import console, print_json
from pactdesk.config.commands.shared import config_option
from pactdesk.config.installation import config_folder, installation, use


@declared("rotate-vault")
@config_option
@option("--drop-old", is_flag=True)
@as_json_option
def command(config: Path | None, drop_old: bool, as_json: bool) -> None:
    with installation(config_folder(config, os.environ), os.environ) as environ:
        use(environ | {"PACTDESK_PROCESS": "worker"})
        from pactdesk.config.rotating import drop_old_keys, rotate_vault, vault_file

        file = vault_file(environ)
        done = drop_old_keys(file) if drop_old else rotate_vault(file)
    if as_json:
        print_json(asdict(done))
        return
    said = "rotate-vault.dropped" if drop_old else "rotate-vault.done"
    facts = asdict(done) | {"old": ", ".join(done.old), "file": file}
    console().print(words(said, **facts), soft_wrap=True)
