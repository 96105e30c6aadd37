"""A company begins: init, serve, doctor and upgrade, as real processes on a real PostgreSQL."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import psycopg
import pytest
from aiosmtpd.controller import Controller
from psycopg.conninfo import make_conninfo

from pactdesk.config.errors import (
    DebugInTheOpen,
    DemoNotServed,
    PrivatePostgresNotAllowed,
    RoleTooPowerful,
    SealingKeyForDemo,
    SecretKeyWeak,
    SettingMissing,
    SettingWrong,
)
from pactdesk.config.installation import settings_in, write_secretly
from pactdesk.config.private_postgres import ADMIN, PrivateServer, private_server, server_folder
from pactdesk.config.refusals import check_database, check_debug, check_settings
from pactdesk.config.serving import Address
from pactdesk.core.facts.kinds import Party
from pactdesk.gateways.keys import SigningKey

pytestmark = pytest.mark.xdist_group("operations")
ROOT = Path(__file__).resolve().parents[2]
KEPT = ("PATH", "HOME", "PACTDESK_CACHE")
NEEDED = (
    *("--organisation", "心语客服", "--person", "李蕾", "--email", "li@example.test"),
    *("--pages-url", "https://desk.example.test"),
)


class Inbox:
    """What arrived by SMTP."""

    def __init__(self) -> None:
        self.letters: list[Message] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """aiosmtpd calls it by this name."""
        self.letters.append(message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture(scope="module")
def server() -> Iterator[PrivateServer]:
    """A PostgreSQL of a company's own, with nothing in it."""
    folder = server_folder(os.environ, f"operations-{os.getpid()}")
    with private_server(folder, durable=False) as made:
        yield made
    subprocess.run(["rm", "-rf", str(folder)], check=True)


def pactdesk(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    """As a user runs it; the environment says nothing of a desk but what is given."""
    return subprocess.run(
        [sys.executable, "-m", "pactdesk.cli", *map(str, arguments)],
        cwd=ROOT,
        env=clean() | more,
        capture_output=True,
        text=True,
        check=False,
    )


def clean() -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return kept | {"PYTHONPATH": str(ROOT / "src")}


@pytest.fixture(scope="module")
def smtp() -> Iterator[Controller]:
    controller = Controller(Inbox(), hostname="127.0.0.1", port=0)
    # It is told 0 and asks itself where it listens: find a port first.
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        controller.port = probe.getsockname()[1]
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture(scope="module")
def installed(
    server: PrivateServer, smtp: Controller, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A desk, founded once for the tests that look at it."""
    folder = tmp_path_factory.mktemp("company") / "etc"
    done = init(folder, server, smtp, "--test-mail", "li@example.test")
    assert done.returncode == 0, done.stderr
    states = {step["made"] for step in json.loads(done.stdout)["steps"]}
    assert states == {True}
    return folder


def init(
    folder: Path, server: PrivateServer, smtp: Controller, *more: str
) -> subprocess.CompletedProcess[str]:
    return pactdesk(
        *("init", "--config", str(folder), "--yes", "--json", *NEEDED, *more),
        DATABASE_ADMIN_URL=server.address(ADMIN, "postgres"),
        SMTP_URL=f"smtp+plain://127.0.0.1:{smtp.port}",
    )


def test_the_first_mail_shows_that_letters_leave(installed: Path, smtp: Controller) -> None:
    [letter] = [one for one in smtp.handler.letters if "pactdesk init" in text_of(one)]
    assert letter["To"] == "li@example.test"


def text_of(letter: Message) -> str:
    content = letter.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


def test_its_secrets_are_for_their_owner_alone(installed: Path) -> None:
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in installed.iterdir()}
    assert modes.pop("sealing.public.json") == 0o644
    assert set(modes) == {"pactdesk.env", "owner.env", "vault-keys.json", "sealing.pem"}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(installed.stat().st_mode) == 0o700
    assert len(settings_in(installed / "pactdesk.env")["SECRET_KEY"]) >= 50
    assert "DATABASE_OWNER_URL" not in settings_in(installed / "pactdesk.env")


def test_begun_again_it_says_what_is_there_and_changes_nothing(
    installed: Path, server: PrivateServer, smtp: Controller
) -> None:
    before = {each.name: each.read_bytes() for each in installed.iterdir()}
    done = init(installed, server, smtp)
    assert done.returncode == 0, done.stderr
    assert {step["made"] for step in json.loads(done.stdout)["steps"]} == {False}
    assert {each.name: each.read_bytes() for each in installed.iterdir()} == before
    with psycopg.connect(server.address(ADMIN, "pactdesk")) as everybody:
        counts = everybody.execute(
            "SELECT (SELECT count(*) FROM parties_organisation),"
            " (SELECT count(*) FROM parties_person), (SELECT count(*) FROM contracts_contract)"
        ).fetchone()
    assert counts == (1, 1, 0), "no demo data"


def test_what_it_may_not_ask_it_says(tmp_path: Path) -> None:
    done = pactdesk("init", "--config", tmp_path / "new", "--yes")
    assert done.returncode == 2
    assert "--pages-url" in done.stderr
    assert not (tmp_path / "new").exists()


def test_it_asks_for_what_was_not_given(server: PrivateServer, tmp_path: Path) -> None:
    asked = subprocess.run(
        [sys.executable, "-m", "pactdesk.cli", "init", "--config", str(tmp_path / "new")],
        cwd=ROOT,
        env=clean() | {"DATABASE_ADMIN_URL": "postgresql://nobody@127.0.0.1:1/none"},
        input="https://desk.example.test\n心语客服\n李蕾\nli@example.test\n\n\n\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert "时区" in asked.stdout
    assert asked.returncode == 2, "there is no such server"
    assert "DATABASE_ADMIN_URL" in asked.stderr or "DATABASE_URL" in asked.stderr


@pytest.fixture
def addresses() -> dict[str, Address]:
    with socket.socket() as one, socket.socket() as two, socket.socket() as three:
        for each in (one, two, three):
            each.bind(("127.0.0.1", 0))
        ports = [each.getsockname()[1] for each in (one, two, three)]
    names = ("pages", "live", "worker")
    return {name: Address("127.0.0.1", port) for name, port in zip(names, ports, strict=True)}


@pytest.fixture
def serving(installed: Path, addresses: Mapping[str, Address]) -> Iterator[subprocess.Popen[str]]:
    """`pactdesk serve`, started."""
    options = [text for name, one in addresses.items() for text in (f"--{name}", str(one))]
    command = ["serve", "--config", str(installed), "--private-postgres", *options]
    process = subprocess.Popen(
        [sys.executable, "-m", "pactdesk.cli", *command],
        cwd=ROOT,
        env=clean(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    assert until(process, "服务台已启动")["process"] == "serve"
    yield process
    if process.poll() is None:
        process.terminate()
        process.communicate()


def until(process: subprocess.Popen[str], words: str) -> dict[str, Any]:
    """The first line from now on with these words."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if words in line:
            return dict(json.loads(line))
    raise AssertionError("".join(lines))


def get(address: Address, path: str) -> tuple[int, dict[str, Any]]:
    try:
        with urllib.request.urlopen(f"http://{address}{path}") as answer:
            return answer.status, json.loads(answer.read())
    except HTTPError as refused:
        return refused.code, {}


def test_it_serves_starts_a_killed_child_again_and_stops(
    serving: subprocess.Popen[str], addresses: Mapping[str, Address], smtp: Controller
) -> None:
    for one in addresses.values():
        assert get(one, "/health/live")[0] == 200
        assert get(one, "/health/ready")[0] == 200
    assert get(addresses["pages"], "/health/ready") == (
        *(200, {"ready": True, "database": True, "migrations": True, "vault_keys": True}),
    )
    children = child_pids(serving.pid)
    assert len(children) == 3
    os.kill(children[1], signal.SIGKILL)
    assert until(serving, "started again")["process"] == "live"
    while not addresses["live"].answers():
        assert serving.poll() is None
    assert get(addresses["live"], "/health/live")[0] == 200
    serving.send_signal(signal.SIGTERM)
    assert "正在停止" in serving.communicate()[0]
    assert serving.returncode == 0
    assert all(one.is_free() for one in addresses.values())


def child_pids(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
    return [int(pid) for pid in found.split()]


def test_doctor_tells_each_thing_and_how_to_mend_what_is_wrong(installed: Path) -> None:
    done = pactdesk("doctor", "--config", installed, "--json")
    assert done.returncode == 1, "its addresses lead nowhere"
    found = {line["check"]: line for line in json.loads(done.stdout)}
    wrong = {name for name, line in found.items() if line["state"] == "bad"}
    assert wrong == {"pages", "live"}
    assert "pactdesk serve" in found["pages"]["mend"]
    assert {"walls", "clock", "vault", "sealing", "backup", "smtp", "migrations"} <= set(found)


def test_doctor_goes_on_without_a_database(installed: Path) -> None:
    nowhere = "postgresql://pactdesk_worker:x@127.0.0.1:1/pactdesk"
    gone = dict.fromkeys(("DATABASE_URL", "DATABASE_WORKER_URL", "DATABASE_OWNER_URL"), nowhere)
    done = pactdesk("doctor", "--config", installed, "--json", **gone)
    found = {line["check"]: line["state"] for line in json.loads(done.stdout)}
    assert (found["database"], found["migrations"], found["vault"]) == ("bad", "bad", "bad")
    assert (found["settings"], found["smtp"], found["sealing"]) == ("ok", "ok", "ok")


def test_a_table_without_walls_is_found(installed: Path, server: PrivateServer) -> None:
    with psycopg.connect(server.address(ADMIN, "pactdesk"), autocommit=True) as everybody:
        everybody.execute("ALTER TABLE parties_person NO FORCE ROW LEVEL SECURITY")
        try:
            done = pactdesk("doctor", "--config", installed, "--json")
        finally:
            everybody.execute("ALTER TABLE parties_person FORCE ROW LEVEL SECURITY")
    [line] = [each for each in json.loads(done.stdout) if each["check"] == "walls"]
    assert line["state"] == "bad"
    assert "parties_person" in line["mend"]


def test_upgrade_refuses_a_newer_database_and_a_second_one_beside_it(
    installed: Path, server: PrivateServer
) -> None:
    said = pactdesk("upgrade", "--config", installed, "--json")
    assert json.loads(said.stdout) == {"applied": []}
    with psycopg.connect(server.address(ADMIN, "pactdesk"), autocommit=True) as everybody:
        everybody.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('parties', '9999_of_the_future', now())"
        )
        try:
            newer = pactdesk("upgrade", "--config", installed)
            unserved = pactdesk("serve", "--config", installed, "--private-postgres")
        finally:
            everybody.execute("DELETE FROM django_migrations WHERE name = '9999_of_the_future'")
        everybody.execute("SELECT pg_advisory_lock(%s)", [0x50414354])
        beside = pactdesk("upgrade", "--config", installed)
    assert (newer.returncode, unserved.returncode, beside.returncode) == (2, 2, 2)
    assert "parties.9999_of_the_future" in newer.stderr
    assert "parties.9999_of_the_future" in unserved.stderr
    assert "另一次升级" in beside.stderr


def test_serve_says_what_to_run_when_migrations_are_missing(
    installed: Path, server: PrivateServer
) -> None:
    with psycopg.connect(server.address(ADMIN, "pactdesk"), autocommit=True) as everybody:
        lost = everybody.execute(
            "DELETE FROM django_migrations WHERE app = 'audit' RETURNING app, name, applied"
        ).fetchall()
        try:
            done = pactdesk("serve", "--config", installed, "--private-postgres")
        finally:
            for row in lost:
                everybody.execute(
                    "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", row
                )
    assert done.returncode == 2
    assert "pactdesk upgrade" in done.stderr


@pytest.fixture
def environ(installed: Path) -> dict[str, str]:
    return settings_in(installed / "pactdesk.env")


def test_what_init_made_may_be_served(environ: dict[str, str]) -> None:
    check_settings(environ)
    check_database(environ, private_allowed=True)


@pytest.mark.parametrize(
    ("name", "value", "refusal"),
    [
        ("PACTDESK_MODE", "demo", DemoNotServed),
        ("SECRET_KEY", "", SettingMissing),
        ("SECRET_KEY", "short", SettingWrong),
        ("SECRET_KEY", "ab" * 40, SecretKeyWeak),
        ("SECRET_KEY", "django-insecure-" + "abcdefghijklmnopqrst" * 3, SecretKeyWeak),
        ("PAGES_URL", "http://desk.example.test", SettingWrong),
        ("PACTDESK_SEALING_KEY_FILE", "", SettingMissing),
    ],
)
def test_unsafe_settings_are_not_served(
    environ: dict[str, str], name: str, value: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        check_settings(environ | {name: value})


def test_a_demo_key_seals_nothing_real(environ: dict[str, str], tmp_path: Path) -> None:
    demo = tmp_path / "demo.pem"
    SigningKey.from_seed("any", Party.PROVIDER, demo=True).save(demo)
    with pytest.raises(SealingKeyForDemo):
        check_settings(environ | {"PACTDESK_SEALING_KEY_FILE": str(demo)})


def test_the_private_server_is_served_only_when_told(environ: dict[str, str]) -> None:
    with pytest.raises(PrivatePostgresNotAllowed):
        check_database(environ, private_allowed=False)


@pytest.mark.parametrize("role", [ADMIN, "pactdesk_owner"])
def test_a_role_that_walls_do_not_hold_is_not_served(
    environ: dict[str, str], server: PrivateServer, installed: Path, role: str
) -> None:
    owner = settings_in(installed / "owner.env")["DATABASE_OWNER_URL"]
    strong = server.address(ADMIN, "pactdesk") if role == ADMIN else make_conninfo(owner)
    with pytest.raises(RoleTooPowerful):
        check_database(environ | {"DATABASE_URL": strong}, private_allowed=True)


def test_debugging_stays_on_this_machine() -> None:
    check_debug(debug=True, listening=Address("127.0.0.1", 80))
    check_debug(debug=False, listening=Address("0.0.0.0", 80))  # noqa: S104  that is the point
    with pytest.raises(DebugInTheOpen):
        check_debug(debug=True, listening=Address("0.0.0.0", 80))  # noqa: S104  as above


def test_a_file_of_settings_that_others_can_read_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "etc"
    folder.mkdir()
    write_secretly(folder / "pactdesk.env", 'SECRET_KEY="x"\n')
    (folder / "pactdesk.env").chmod(0o640)
    done = pactdesk("serve", "--config", folder)
    assert done.returncode == 2
    assert "chmod 600" in done.stderr
