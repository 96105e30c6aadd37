"""The second factor: set up, asked for, lost, and required."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import psycopg
import pyotp
import pytest
from django.test import Client

from pactdesk.apps.parties.errors import SecondFactorRefused, SecretRefused
from pactdesk.apps.parties.locking import lock_secret, unlock_secret
from pactdesk.apps.parties.second_factor import (
    begin_second_factor,
    confirm_second_factor,
    prove_second_factor,
    relock_second_factors,
)
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.gateways.vault.vault_keys import IN_ENVIRONMENT, VaultKeys
from tests.support.cast import Cast
from tests.support.database import TestDatabase
from tests.support.logs import worker_process
from tests.support.visitors import PASSWORD, email_of, logged_in, visitor

LOGIN, STEP, PAGE = "/account/login/", "/account/login/code/", "/account/second-factor/"
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def vault(monkeypatch: pytest.MonkeyPatch) -> VaultKeys:
    keys = VaultKeys.generate()
    monkeypatch.setenv(IN_ENVIRONMENT, keys.to_text())
    return keys


def set_up(cast: Cast, name: str, vault: VaultKeys, at: datetime) -> tuple[pyotp.TOTP, list[str]]:
    totp = pyotp.TOTP(begin_second_factor(cast[name], vault))
    return totp, confirm_second_factor(cast[name], totp.at(at), at=at, vault=vault)


def enrolled(client: Client) -> tuple[pyotp.TOTP, list[str]]:
    """Through the page: the secret that is shown beside the QR code."""
    page = client.get(PAGE).content.decode()
    assert "data:image/svg+xml" in page
    secret = re.search(r'<code class="numbers">([A-Z2-7 ]+)</code>', page)
    assert secret
    totp = pyotp.TOTP(secret[1].replace(" ", ""))
    shown = client.post(f"{PAGE}confirm/", {"code": totp.now()}).content.decode()
    return totp, re.findall(r"<code>([a-z2-7-]{19})</code>", shown)


def password_given(name: str) -> Client:
    client = visitor()
    client.post(LOGIN, {"email": email_of(name), "password": PASSWORD, "next": "/account/"})
    return client


def test_a_second_step_stands_before_whoever_set_it_up(
    cast: Cast, vault: VaultKeys, as_superuser: psycopg.Connection
) -> None:
    totp, codes = enrolled(logged_in("agent"))
    assert len(set(codes)) == 10
    client = password_given("agent")
    assert client.get("/account/").status_code == 302, "a password alone is not enough"
    assert "验证码不对" in client.post(STEP, {"code": "000000"}).content.decode()
    assert "验证码不对" in client.post(STEP, {"code": totp.now()}).content.decode(), "used"
    as_superuser.execute("UPDATE parties_secondfactor SET last_step = 0")
    assert client.post(STEP, {"code": totp.now()}).headers["Location"] == "/account/"
    assert client.get("/account/").status_code == 200


def test_a_recovery_code_stands_in_once(cast: Cast, vault: VaultKeys) -> None:
    _, codes = enrolled(logged_in("agent"))
    spaced = codes[0].upper().replace("-", " ")
    assert password_given("agent").post(STEP, {"code": spaced}).status_code == 302
    assert "不对" in password_given("agent").post(STEP, {"code": codes[0]}).content.decode()
    client = password_given("agent")
    assert client.post(STEP, {"code": codes[1]}).status_code == 302
    assert "还有 8 个恢复码" in client.get(PAGE).content.decode()
    assert codes[2] not in client.get(PAGE).content.decode()


def test_the_step_is_nobodys_without_a_password_before(cast: Cast, vault: VaultKeys) -> None:
    assert visitor().get(STEP).headers["Location"] == LOGIN
    assert visitor().post(STEP, {"code": "000000"}).headers["Location"] == LOGIN


def test_guessing_codes_is_slowed_down_whatever_the_password_does(
    cast: Cast, vault: VaultKeys
) -> None:
    _, codes = enrolled(logged_in("agent"))
    for _ in range(5):
        assert password_given("agent").post(STEP, {"code": "000000"}).status_code == 200
    assert password_given("agent").post(STEP, {"code": codes[0]}).status_code == 429


def test_no_code_is_good_twice_nor_too_early_or_late(cast: Cast, vault: VaultKeys) -> None:
    totp, _ = set_up(cast, "agent", vault, NOW)
    for moment in (NOW, NOW - timedelta(minutes=2), NOW + timedelta(minutes=2)):
        with pytest.raises(SecondFactorRefused):
            prove_second_factor(cast["agent"], totp.at(moment), at=NOW, vault=vault)
    later = NOW + timedelta(seconds=60)
    near = totp.at(later - timedelta(seconds=30))
    prove_second_factor(cast["agent"], near, at=later, vault=vault)
    prove_second_factor(cast["agent"], totp.at(later), at=later, vault=vault)
    with pytest.raises(SecondFactorRefused):
        prove_second_factor(cast["agent"], near, at=later, vault=vault)


def test_the_secret_lies_locked_and_opens_for_its_person_only(
    cast: Cast, vault: VaultKeys, desk: TestDatabase, as_superuser: psycopg.Connection
) -> None:
    totp, codes = set_up(cast, "agent", vault, NOW)
    row = as_superuser.execute("SELECT secret FROM parties_secondfactor").fetchone()
    assert row
    assert totp.secret.encode() not in row[0]
    assert unlock_secret(row[0], cast["agent"], vault) == totp.secret
    with pytest.raises(SecretRefused):
        unlock_secret(row[0], cast["lead"], vault)
    with pytest.raises(SecretRefused):
        unlock_secret(lock_secret("x", new_id(), vault)[:9], cast["agent"], vault)
    kept = as_superuser.execute("SELECT code_hash FROM parties_recoverycode").fetchall()
    assert not {row[0] for row in kept} & set(codes)
    newer = vault.rotated()
    with worker_process(desk):
        assert relock_second_factors(newer) == 1
    row = as_superuser.execute("SELECT secret FROM parties_secondfactor").fetchone()
    assert row
    assert unlock_secret(row[0], cast["agent"], newer.without(vault.current)) == totp.secret


def test_it_is_turned_off_only_with_a_code(cast: Cast, vault: VaultKeys) -> None:
    client = logged_in("agent")
    _, codes = enrolled(client)
    assert "不对" in client.post(f"{PAGE}remove/", {"code": "1"}).content.decode()
    renewed = client.post(f"{PAGE}codes/", {"code": codes[0]}).content.decode()
    newer = re.findall(r"<code>([a-z2-7-]{19})</code>", renewed)
    assert "不对" in client.post(f"{PAGE}remove/", {"code": codes[1]}).content.decode()
    assert client.post(f"{PAGE}remove/", {"code": newer[0]}).status_code == 302
    logged_in("agent")


def test_an_administrator_resets_it_for_who_lost_everything(cast: Cast, vault: VaultKeys) -> None:
    set_up(cast, "manager_of_qinghe", vault, NOW)
    address = f"/people/{cast['manager_of_qinghe']}/"
    assert logged_in("administrator_of_qinghe").post(f"{address}second-factor/").status_code == 302
    logged_in("manager_of_qinghe")


def test_the_provider_can_require_it_of_every_administrator(cast: Cast, vault: VaultKeys) -> None:
    client = logged_in("administrator_of_qinghe")
    operator = logged_in("operator")
    assert client.post("/people/organisations/second-factor/").status_code == 403
    assert client.get("/people/").status_code == 200
    operator.post("/people/organisations/second-factor/", {"required": "yes"})
    for one in (client, operator):
        assert one.get("/people/").headers["Location"] == PAGE
    assert "必须开启两步验证" in client.get(PAGE).content.decode()
    enrolled(client)
    assert client.get("/people/").status_code == 200
    assert logged_in("agent").get("/account/").status_code == 200, "others need none"
    enrolled(operator)
    operator.post("/people/organisations/second-factor/", {"required": "no"})
    form = {"org_name": "红杉", "kind": "client"}
    assert operator.post("/people/organisations/", form).status_code == 302
