"""`init` in a folder where a desk stands already, and its test mail."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from pactdesk.config.private_postgres import PrivateServer
from tests.config.test_operations import NEEDED, init, pactdesk
from tests.config.test_operations import installed as installed
from tests.config.test_operations import server as server
from tests.config.test_operations import smtp as smtp

pytestmark = pytest.mark.xdist_group("operations")


def test_an_answer_that_differs_from_what_is_written_is_told(
    installed: Path, server: PrivateServer, smtp: Controller
) -> None:
    for more in (("--mail-from", "desk@other.test"), ("--pages-url", "https://other.test")):
        done = init(installed, server, smtp, *more)
        assert done.returncode == 2
        assert str(installed / "pactdesk.env") in done.stderr
    before = (installed / "pactdesk.env").read_text()
    done = pactdesk(
        *("init", "--config", str(installed), "--yes", *NEEDED),
        SMTP_URL="smtps://mail.example.test:465",
    )
    assert "SMTP_URL" in done.stderr
    assert (installed / "pactdesk.env").read_text() == before


def test_a_mail_server_without_tls_is_told_with_what_to_change(
    installed: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(installed, tmp_path / "etc"))
    settings = folder / "pactdesk.env"
    settings.write_text(settings.read_text().replace("smtp+plain://", "smtp://"))
    done = pactdesk(
        *("init", "--config", folder, "--yes", *NEEDED, "--test-mail", "li@example.test"),
    )
    assert done.returncode == 2
    assert "STARTTLS" in done.stderr
    assert str(settings) in done.stderr
    assert "重试" not in done.stderr
