"""The whole house for a journey: two merchants with their shops, last month in the log, a desk
that runs, and browsers in which people have logged in through the page.

The contracts serve day and night and last month is whichever it is, so that the journey tells
the same at every hour of every day.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import psycopg
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import override_settings
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from pactdesk.core.facts.kinds import Party
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import contract_from_plain
from pactdesk.core.units.instants import Instant, instant_of
from pactdesk.gateways.keys import SigningKey, TrustedKeys
from tests.support import contracts
from tests.support.browsers import DESKTOP, serious_faults
from tests.support.cast import PEOPLE, Cast, make_cast
from tests.support.chats import Chats
from tests.support.database import TestDatabase
from tests.support.evidence import of
from tests.support.facts import SHANGHAI
from tests.support.logs import worker_process
from tests.support.october import october, under
from tests.support.running_desk import RunningDesk, aside, running_desk
from tests.support.visitors import PASSWORD, email_of

SIGNER = SigningKey.from_seed("tests", Party.PROVIDER, demo=True)
NAMES = {"qinghe": "青禾茶铺", "baita": "白塔家居"}
"""Their organisations; the demo's shops know them by these names."""

PEOPLE_NAMES = {
    "agent": "林小满",
    "lead": "顾晓岚",
    "finance": "钱多多",
    "manager_of_baita": "白露",
    "manager_of_qinghe": "苏禾",
}


def last_month() -> str:
    """2026-10, in November."""
    today = datetime.now(UTC).astimezone(SHANGHAI).date()
    return f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"


def _written(clause: dict[str, Any], number: str, quote: str) -> dict[str, Any]:
    """The clause, with where it stands on the paper."""
    source = {"sha256": "0" * 64, "clause": number, "start": 0, "end": len(quote), "quote": quote}
    return clause | {"source": source}


@cache
def terms_of(merchant: str) -> Contract:
    """18,000.00 a month, less one per cent for each point below 90 % within 60 seconds."""
    year = datetime.now(UTC).year
    clauses = [
        {
            "id": "parties-1",
            "kind": "parties",
            "provider": {"label": "甲方", "name": "心语客户服务有限公司"},
            "client": {"label": "乙方", "name": f"{NAMES[merchant]}有限公司"},
        },
        {
            "id": "period-1",
            "kind": "period",
            "start": f"{year - 1}-01-01",
            "end": f"{year + 1}-12-31",
        },
        {"id": "scope-1", "kind": "scope", "channels": ["chat"], "case_types": ["consult"]},
        contracts.always(),
        _written(
            contracts.level(within={"n": 60, "unit": "s"}, channel="chat"),
            "4.1",
            "客服须在60秒内对在线会话作出首次人工响应，月度及时率不低于90%。",
        ),
        contracts.level("resolution_share", "0.80", id="level-2", within={"n": 24, "unit": "h"}),
        _written(contracts.fixed_fee("18000.00"), "5.1", "月服务费为人民币18000元。"),
        _written(
            contracts.per_point(rate="0.01", cap="0.1"),
            "5.3",
            "及时率每低于约定1个百分点，扣减当月服务费的1%，最多扣减10%。",
        ),
        contracts.payment("calendar_days_after", 15),
        contracts.assessment(consecutive_misses=3, counted="same_level"),
        {"id": "notices-1", "kind": "notices", "objection_within": {"n": 10, "unit": "day"}},
        contracts.CONVENTIONS,
    ]
    return contract_from_plain(
        {
            "contract_id": f"XY-{merchant}-01".upper(),
            "title": f"{NAMES[merchant]}客服服务协议",
            "contract_type": "service_agreement",
            "clauses": clauses,
        }
    )


@dataclass
class Visitor:
    """Somebody at a browser of their own; what their pages should not have done is written down.

    hosts   whom the pages asked
    faults  what the pages complained of, and what axe-core finds serious on pages looked at
    """

    house: House
    context: BrowserContext
    page: Page
    hosts: set[str] = field(default_factory=set)
    faults: list[Any] = field(default_factory=list)

    def go(self, address: str) -> Page:
        """To an address of the pages."""
        answer = self.page.goto(self.house.running.pages + address)
        assert answer is not None
        assert answer.status == 200, (address, self.house.running.log("pages")[-2000:])
        return self.look()

    def look(self) -> Page:
        """Have this page checked: accessibility, and that nothing hangs over its edge."""
        width = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        self.faults += [f"{self.page.url}: {width} px too wide"] if width > 0 else []
        self.faults += serious_faults(self.page, self.house.axe)
        return self.page

    def log_in(self, name: str) -> Page:
        """Through the page, by keyboard; where they then are."""
        page = self.go("/account/login/")
        page.get_by_label("电子邮箱").focus()
        page.keyboard.type(email_of(name))
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/account/" not in url)
        return page


@dataclass
class House:
    """Everything that runs, and the hands of the worker."""

    desk: TestDatabase
    cast: Cast
    chats: Chats
    running: RunningDesk
    browser: Browser
    axe: str
    shops: dict[str, str]
    key_file: Path
    opened: ExitStack
    month: str = field(default_factory=last_month)
    began: int = 0

    @property
    def hosts(self) -> set[str]:
        """The two that may be asked."""
        return {urlsplit(url).netloc for url in (self.running.pages, self.running.live)}

    def visitor(self, *, size: tuple[int, int] = DESKTOP, dark: bool = False) -> Visitor:
        """A new browser context, as of another person's machine."""
        context = self.browser.new_context(
            locale="zh-CN",
            color_scheme="dark" if dark else "light",
            viewport={"width": size[0], "height": size[1]},
            reduced_motion="reduce",
            accept_downloads=True,
        )
        self.opened.callback(context.close)
        made = Visitor(self, context, context.new_page())
        made.page.on("request", partial(_note_host, made))
        made.page.on("pageerror", lambda error: made.faults.append(str(error)))
        return made

    def now(self) -> Instant:
        """This millisecond."""
        return instant_of(datetime.now(UTC))

    def contract(self, merchant: str) -> UUID:
        """Its contract."""
        return {"qinghe": self.cast.contract_qinghe, "baita": self.cast.contract_baita}[merchant]

    def as_worker(self, *works: Any) -> None:
        """The worker's jobs, called as it calls them."""

        def done() -> None:
            with worker_process(self.desk), override_settings(SEALING_KEY_FILE=str(self.key_file)):
                for work in works:
                    work()

        aside(done)

    def facts(self, merchant: str, since: int) -> list[str]:
        """Kinds of what was recorded in the contract's log since then, by instant."""
        asked = (
            "SELECT kind FROM evidence_fact WHERE contract_id = %s AND recorded_at_ms >= %s"
            " ORDER BY recorded_at_ms, occurred_at_ms, id"
        )
        told = [self.contract(merchant), since]
        with psycopg.connect(self.desk.address("pactdesk_admin")) as connection:
            return [str(kind) for (kind,) in connection.execute(asked, told)]


def picture() -> dict[str, str | bytes]:
    """What the customer photographed."""
    made = BytesIO()
    Image.new("RGB", (320, 200), "peru").save(made, "JPEG")
    return {"name": "IMG_0412.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


def _note_host(visitor: Visitor, asked: Any) -> None:
    if (host := urlsplit(asked.url).netloc) and asked.url.startswith(("http", "ws")):
        visitor.hosts.add(host)


@contextmanager
def whole_house(desk: TestDatabase, browser: Browser, axe: str, folder: Path) -> Iterator[House]:
    """Made, served, and swept away."""
    key_file, trusted = folder / "sealing.pem", folder / "keys.json"
    SIGNER.save(key_file)
    TrustedKeys([SIGNER.public]).save(trusted)
    # The prices and promises of both merchants are the same; their papers are not.
    terms = {merchant: partial(terms_of, merchant) for merchant in NAMES}
    cast = make_cast(desk, terms)
    _introduce(desk, cast)
    served = running_desk(desk, PACTDESK_TRUSTED_KEYS_FILE=str(trusted))
    with ExitStack() as opened:
        opened.callback(desk.sweep)
        running = opened.enter_context(served)
        house = House(
            *(desk, cast, Chats(cast, terms), running, browser, axe),
            shops={},
            key_file=key_file,
            opened=opened,
        )
        aside(lambda: _open_shops(house))
        aside(lambda: _tell_last_month(house))
        house.began = house.now()
        yield house


def _introduce(desk: TestDatabase, cast: Cast) -> None:
    """Names that a person would have, and a password that running pages take."""
    hashed = PBKDF2PasswordHasher().encode(PASSWORD, "salt-of-the-tests")
    with psycopg.connect(desk.address("pactdesk_admin")) as connection:
        for name in PEOPLE:
            connection.execute(
                "UPDATE parties_person SET password = %s, name = %s WHERE id = %s",
                [hashed, PEOPLE_NAMES.get(name, name), cast[name]],
            )
        orgs = {cast.provider: "心语客服", cast.qinghe: "青禾茶铺", cast.baita: "白塔家居"}
        for org, called in orgs.items():
            connection.execute(
                "UPDATE parties_organisation SET name = %s WHERE id = %s", [called, org]
            )


def _open_shops(house: House) -> None:
    from pactdesk.apps.conversations.sites import add_site

    for merchant, called in NAMES.items():
        origins = [house.running.pages]
        site = add_site(house.cast["lead"], house.contract(merchant), called, origins)
        house.shops[merchant] = f"/shop/{site.public_key}/"


def _tell_last_month(house: House) -> None:
    from pactdesk.apps.evidence.factlog import PostgresFactLog
    from pactdesk.apps.walls.scope import within

    for merchant in NAMES:
        contract, code = house.contract(merchant), terms_of(merchant).contract_id
        with within(of(contract)):
            log = PostgresFactLog(contract, code, SHANGHAI)
            log.record(under(code, october(house.month).facts))
