"""The reviewer's page in a real browser: served with the desk's policy, by keyboard, on a phone."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browsers import DESKTOP, PHONE, serious_faults, tab_to
from tests.support.cast import Cast
from tests.support.running_desk import RunningDesk, aside

pytestmark = pytest.mark.xdist_group("portal-browser")

PAPER = """客服外包服务合同
甲方（委托方）：宁波甲有限公司
乙方（服务商）：湖州乙有限公司
第一条 服务
1.1 乙方向甲方提供在线客服服务，服务时间为周一至周五 9:00-18:00。
第二条 费用
2.1 每月服务费人民币20,000元，甲方收到发票后10个工作日内支付。<b>[[script]]</script>
2.2 甲方逾期付款的，每日按未付金额的千分之五支付违约金。
第三条 其他
3.1 本合同一式两份，具体按第九条办理。
"""


@pytest.fixture
def review(cast: Cast) -> str:
    """The address of the page of a draft."""
    return aside(lambda: _put_in(cast))


def _put_in(cast: Cast) -> str:
    from pactdesk.apps.contracts.actions import store_contract
    from pactdesk.apps.contracts.queries import documents_of
    from pactdesk.apps.parties.scoping import scoped
    from pactdesk.web.clients.handed_in import contract_in

    read, papers = contract_in("合同.txt", PAPER.encode())
    by, at = cast["operator"], datetime.now(UTC)
    made: UUID = store_contract(by, client=cast.baita, contract=read, papers=papers, at=at)
    with scoped(by) as scope:
        return f"/contracts/{made}/documents/{documents_of(scope, made)[0].pk}/review/"


def opened(
    site: RunningDesk,
    browser: Browser,
    address: str,
    *,
    language: str = "zh-CN",
    dark: bool = False,
    size: tuple[int, int] = DESKTOP,
) -> tuple[Page, list[str]]:
    """The page, and what its console complains of."""
    context = browser.new_context(
        locale=language,
        color_scheme="dark" if dark else "light",
        viewport={"width": size[0], "height": size[1]},
        reduced_motion="reduce",
    )
    context.add_cookies(site.session_of("operator"))
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(site.pages + address)
    return page, complaints


@pytest.mark.parametrize(
    ("language", "dark", "size", "word"),
    [("zh-CN", True, PHONE, "保存审阅"), ("en-GB", False, DESKTOP, "Save the review")],
)
def test_the_page_keeps_nobody_out(
    served: RunningDesk,
    browser: Browser,
    review: str,
    axe: str,
    language: str,
    dark: bool,
    size: tuple[int, int],
    word: str,
) -> None:
    page, complaints = opened(served, browser, review, language=language, dark=dark, size=size)
    expect(page.locator("#keep button")).to_have_text(word)
    page.locator("#v-fee-1-amount [data-do=correct]").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert complaints == []
    assert serious_faults(page, axe) == []


def test_marks_are_made_and_kept_by_keyboard_alone(
    served: RunningDesk, browser: Browser, review: str, as_superuser: psycopg.Connection
) -> None:
    page, _ = opened(served, browser, review)
    page.locator("#v-late-fee-1-rate_per_day").focus()
    page.keyboard.press("Enter")
    assert "千分之五" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type("半分")
    tab_to(page, "#keep button", "Enter")
    # What cannot be read back is not handed in.
    expect(page.locator("#progress")).to_contain_text("更正")
    page.keyboard.press("Control+a")
    page.keyboard.type("0.0005")
    tab_to(page, "#keep button", "Enter")
    page.wait_for_url("**/review/?done")
    expect(page.locator("#v-late-fee-1-rate_per_day .r-state")).to_contain_text("0.0005")
    expect(page.locator("#keep")).to_contain_text("1 /")
    row = as_superuser.execute("SELECT record FROM contracts_review").fetchone()
    assert row is not None
    assert '"corrections":{"late-fee-1.rate_per_day":"0.0005"}' in row[0]


def test_the_phone_shows_one_side_at_a_time(
    served: RunningDesk, browser: Browser, review: str
) -> None:
    page, _ = opened(served, browser, review, size=PHONE)
    expect(page.locator("#text")).to_be_hidden()
    page.locator(".r-panes [data-pane=text]").click()
    expect(page.locator("#text")).to_be_visible()
    page.locator("mark.m-term", has_text="千分之五").click()
    expect(page.locator("#terms")).to_be_visible()
