"""`pactdesk restore FILE`: proves what a backup holds, or brings it back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.exits import Exit
from pactdesk.cli.language import LANGUAGE, words
from pactdesk.cli.screen import console, print_json
from pactdesk.config.backup.manifest import Manifest, table_counts
from pactdesk.config.backup.restoring import restore
from pactdesk.config.backup.scratch import scratch_server
from pactdesk.config.backup.sealed_stream import Secret
from pactdesk.config.commands.secrets_ import secret_from
from pactdesk.config.errors import RestoreHow
from pactdesk.config.inspection import connected
from pactdesk.config.installation import PRIVATE_DATABASE, use
from pactdesk.config.private_postgres import ADMIN, PrivateServer
from pactdesk.config.roles import APP, OWNER, WORKER
from pactdesk.gateways.keys import TrustedKeys
from pactdesk.gateways.vault.vault_keys import VaultKeys
from pactdesk.messages.catalogue import say

INTO = "DATABASE_OWNER_URL"


@declared("restore")
@click.argument("file", type=click.Path(path_type=Path))
@option("--check", is_flag=True)
@option("--into", metavar="ADDRESS")
@option("--backup-key", type=click.Path(path_type=Path))
@option("--vault-keys", type=click.Path(path_type=Path))
@option("--trust", type=click.Path(path_type=Path))
@as_json_option
def command(
    file: Path,
    check: bool,
    into: str | None,
    backup_key: Path | None,
    vault_keys: Path | None,
    trust: Path | None,
    as_json: bool,
) -> int:
    if check == bool(into):
        raise RestoreHow(check="--check", into="--into")
    secret = secret_from(backup_key)
    if into:
        # "env": the address with its password stays out of the list of processes.
        address = os.environ.get(INTO, "") if into == "env" else into
        return _told_restored(restore(file, secret, address, name=INTO), as_json=as_json)
    trusted = TrustedKeys.load(trust) if trust else None
    with scratch_server(os.environ) as server:
        told = _proved(server, file, secret, trusted, vault_keys)
    if as_json:
        print_json(told)
    else:
        _show(told)
    return Exit.FAILED if told["problems"] else Exit.DONE


def _proved(
    server: PrivateServer,
    file: Path,
    secret: Secret,
    trust: TrustedKeys | None,
    vault_file: Path | None,
) -> dict[str, Any]:
    owner = server.address(OWNER, PRIVATE_DATABASE)
    manifest = restore(file, secret, owner, name=INTO)
    with connected(INTO, server.address(ADMIN, PRIVATE_DATABASE)) as connection:
        counted = table_counts(connection)
    use(_scratch_settings(server))
    from pactdesk.config.backup.proving import count_problems, proofs  # after `use`
    from pactdesk.config.upgrading import upgrade

    upgraded = upgrade(owner)
    vault = _vault(vault_file, manifest)
    found = list(proofs(manifest, trust, vault))
    problems = [words("restore.count", table=name) for name in count_problems(manifest, counted)]
    problems += [f"{one.contract}: {say(each, LANGUAGE)}" for one in found for each in one.problems]
    return {
        "file": str(file),
        "taken_at": manifest.taken_at,
        "pactdesk": manifest.pactdesk,
        "upgraded": len(upgraded),
        "tables": len(counted),
        "rows": sum(counted.values()),
        "contracts": len(found),
        "days": sum(one.days for one in found),
        "facts": sum(one.facts for one in found),
        "opened": sum(one.opened for one in found),
        "signatures": trust is not None,
        "vault": vault is not None,
        "problems": problems,
    }


def _scratch_settings(server: PrivateServer) -> dict[str, str]:
    """Jobs' settings on the scratch database; whatever the environment says is put aside."""
    return {
        "PACTDESK_MODE": "demo",
        "PACTDESK_PROCESS": "worker",
        "DATABASE_URL": server.address(APP, PRIVATE_DATABASE),
        "DATABASE_WORKER_URL": server.address(WORKER, PRIVATE_DATABASE),
        "DATABASE_OWNER_URL": server.address(OWNER, PRIVATE_DATABASE),
    }


def _vault(file: Path | None, manifest: Manifest) -> VaultKeys | None:
    if file is not None:
        return VaultKeys.from_file(file)
    return VaultKeys.from_text(manifest.vault, "backup") if manifest.vault else None


def _told_restored(manifest: Manifest, *, as_json: bool) -> int:
    rows = sum(manifest.tables.values())
    if as_json:
        print_json({"taken_at": manifest.taken_at, "rows": rows})
    else:
        console().print(words("restore.done", at=manifest.taken_at, rows=f"{rows:,}"))
    return Exit.DONE


def _show(told: dict[str, Any]) -> None:
    screen = console()
    held = ["whole", "counts"] if not told["problems"] else ["whole"]
    held += ["seals"] if not told["problems"] else []
    held += [name for name in ("signatures", "vault") if told[name] and not told["problems"]]
    for title, keys in (
        ("proved", held),
        ("not_proved", [name for name in ("signatures", "vault") if not told[name]] + ["truth"]),
    ):
        screen.print(words(f"restore.{title}"))
        for key in keys:
            screen.print(f"  · {words(f'restore.{title}_{key}', **told)}", soft_wrap=True)
    for problem in told["problems"]:
        screen.print(f"  ✗ {problem}", soft_wrap=True, style="red")
