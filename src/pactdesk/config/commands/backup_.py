"""`pactdesk backup FILE`: the whole database as of one instant, encrypted."""

from __future__ import annotations

import os
from pathlib import Path

import click

from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.language import words
from pactdesk.cli.screen import console, print_json
from pactdesk.config.backup.taking import take_backup
from pactdesk.config.commands.secrets_ import secret_from
from pactdesk.config.commands.shared import config_option
from pactdesk.config.errors import SettingMissing
from pactdesk.config.installation import config_folder, installation
from pactdesk.gateways.vault.vault_keys import VaultKeys


@declared("backup")
@click.argument("file", type=click.Path(path_type=Path))
@config_option
@option("--backup-key", type=click.Path(path_type=Path))
@option("--with-vault-keys", is_flag=True)
@as_json_option
def command(
    file: Path, config: Path | None, backup_key: Path | None, with_vault_keys: bool, as_json: bool
) -> None:
    with installation(config_folder(config, os.environ), os.environ, as_owner=True) as environ:
        if not environ.get("DATABASE_OWNER_URL"):
            raise SettingMissing(name="DATABASE_OWNER_URL")
        vault = VaultKeys.from_environment(environ).to_text() if with_vault_keys else ""
        secret = secret_from(backup_key, make=True)
        manifest = take_backup(file, environ["DATABASE_OWNER_URL"], secret, vault=vault)
    size = file.stat().st_size
    rows = sum(manifest.tables.values())
    if as_json:
        told = {"file": str(file), "bytes": size, "taken_at": manifest.taken_at, "rows": rows}
        print_json({**told, "seals": dict(manifest.seals), "vault_keys": bool(vault)})
        return
    screen = console()
    screen.print(
        words("backup.done", file=file, bytes=f"{size:,}", at=manifest.taken_at, rows=f"{rows:,}"),
        soft_wrap=True,
    )
    screen.print(words("backup.with_keys" if vault else "backup.without_keys"), soft_wrap=True)
