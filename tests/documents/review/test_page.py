"""The reviewer's page in a real browser, from a file, with nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.filling import filled
from pactdesk.core.terms.text import plain_yaml
from pactdesk.documents.reading import read_contract
from pactdesk.documents.review.page import review_page
from pactdesk.documents.source import read_source
from tests.support.browsers import DESKTOP, PHONE, serious_faults
from tests.support.browsers import axe as axe
from tests.support.browsers import browser as browser
from tests.support.browsers import front_end as front_end

ROOT = Path(__file__).resolve().parents[3]
RESOURCES = ROOT / "src/pactdesk/documents/review"
PAPER = """客服外包服务合同
甲方（委托方）：宁波甲有限公司
乙方（服务商）：湖州乙有限公司
第一条 服务
1.1 乙方向甲方提供在线客服服务，服务时间为周一至周五 9:00-18:00。
第二条 费用
2.1 每月服务费人民币20,000元，甲方收到发票后10个工作日内支付。[[script]]</script>
2.2 甲方逾期付款的，每日按未付金额的千分之五支付违约金。
第三条 其他
3.1 本合同一式两份<b>双方</b>各执一份，具体按第九条办理。
"""

Open = Callable[..., Page]
pytestmark = pytest.mark.xdist_group("review")


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Contract]:
    folder = tmp_path_factory.mktemp("review")
    paper = folder / "paper.txt"
    paper.write_text(PAPER, "utf-8")
    source = read_source(paper)
    reading = read_contract(source)
    page = folder / "review.html"
    page.write_text(review_page(source, reading), "utf-8")
    return page, reading.contract


@pytest.fixture
def opened(browser: Browser, draft: tuple[Path, Contract]) -> Open:
    def shown(size: tuple[int, int] = DESKTOP, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if scheme == "dark" else "light",
            accept_downloads=True,
        )
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.goto(draft[0].as_uri())
        assert not faults
        return page

    return shown


def test_nothing_is_fetched_and_the_paper_cannot_speak_for_the_page(
    draft: tuple[Path, Contract],
) -> None:
    page = draft[0].read_text("utf-8")
    assert not re.findall(r"(?:src|href)=\"(?!#)", page)
    assert "https://" not in page
    assert "http://" not in page
    assert "<b>双方</b>" not in page
    assert page.count("</script>") == 2


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_keeps_nobody_out(
    opened: Open, axe: str, size: tuple[int, int], scheme: str
) -> None:
    page = opened(size, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert serious_faults(page, axe) == []
    page.click("#language")
    assert page.locator("html").get_attribute("lang") == "en"
    assert serious_faults(page, axe) == []


def test_a_value_and_its_words_find_each_other(opened: Open) -> None:
    page = opened()
    row = page.locator("#v-late-fee-1-rate_per_day")
    row.hover()
    near = page.locator("mark.r-near")
    assert "千分之五" in "".join(near.all_text_contents())
    near.first.click()
    assert page.evaluate("document.activeElement.id") == "v-late-fee-1-rate_per_day"


def test_the_keyboard_goes_through_the_values_and_into_the_text(opened: Open) -> None:
    page = opened()
    page.locator(".r-row").first.focus()
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.id")
    assert second == page.locator(".r-row").nth(1).get_attribute("id")
    page.locator("#v-late-fee-1-rate_per_day").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MARK"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "v-late-fee-1-rate_per_day"


def test_the_record_of_a_review_is_taken_by_fill(
    opened: Open, draft: tuple[Path, Contract], tmp_path: Path
) -> None:
    page = opened()
    page.locator("#v-late-fee-1-rate_per_day").focus()
    page.keyboard.press("e")
    page.locator('[name="late-fee-1.rate_per_day"]').fill("0.0005")
    page.locator("#v-fee-1-amount [data-do=confirm]").click()
    page.locator("#v-parties-1-provider [data-do=correct]").click()
    page.locator('[name="parties-1.provider.name"]').fill("湖州乙客服有限公司")
    page.locator("#v-payment-1-cycle [data-do=absent]").click()
    with page.expect_download() as download:
        page.click("#download")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    record = plain_yaml(file.read_text("utf-8"), file.name)
    assert record["confirmed"] == ["fee-1.amount"]
    assert record["absent"] == ["payment-1.cycle"]
    contract = filled(draft[1], record)
    assert str(contract.value("late-fee-1.rate_per_day")) == "0.0005"
    assert contract.value("parties-1.provider.name") == "湖州乙客服有限公司"
    assert "payment-1.cycle" in dict(contract.blanks())


def test_to_confirm_a_blank_is_to_agree_to_what_is_suggested(
    opened: Open, draft: tuple[Path, Contract], tmp_path: Path
) -> None:
    page = opened()
    for field in ("money_rounding", "steps", "counts_payment_day"):
        page.locator(f"#v-conventions-1-{field} [data-do=confirm]").click()
    with page.expect_download() as download:
        page.click("#download")
    file = tmp_path / "corrections.yaml"
    download.value.save_as(file)
    contract = filled(draft[1], plain_yaml(file.read_text("utf-8"), file.name))
    open_paths = dict(contract.blanks())
    assert "conventions-1.cap_order" in open_paths
    assert not {"conventions-1.money_rounding", "conventions-1.steps"} & set(open_paths)


def test_what_cannot_be_read_back_is_not_downloaded(opened: Open) -> None:
    page = opened()
    page.locator("#v-fee-1-amount [data-do=correct]").click()
    page.locator('[name="fee-1.amount"]').fill("两万元")
    page.click("#download")
    assert page.locator('[name="fee-1.amount"]').get_attribute("aria-invalid") == "true"
    assert "更正" in (page.locator("#progress").text_content() or "")


def test_an_earlier_record_is_shown_as_made(browser: Browser, tmp_path: Path) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text(PAPER, "utf-8")
    source = read_source(paper)
    record = {"corrections": {"fee-1.amount": "30000.00"}, "confirmed": ["payment-1.cycle"]}
    file = tmp_path / "review.html"
    file.write_text(review_page(source, read_contract(source), record=record), "utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    assert page.locator("#v-fee-1-amount").get_attribute("data-state") == "corrected"
    assert "30000.00" in (page.locator("#v-fee-1-amount .r-state").text_content() or "")
    assert page.locator("#v-payment-1-cycle").get_attribute("data-state") == "confirmed"


def test_the_phone_shows_one_pane_at_a_time(opened: Open) -> None:
    page = opened(PHONE)
    assert not page.locator("#text").is_visible()
    page.locator(".r-panes [data-pane=text]").click()
    assert page.locator("#text").is_visible()
    assert not page.locator("#terms").is_visible()


def test_measures_and_colours_are_those_of_the_portal() -> None:
    token = re.compile(r"^\s*(--[\w-]+):\s*([^;]+);", re.M)
    portal = dict(
        token.findall((ROOT / "src/pactdesk/web/ui/static/ui/tokens.css").read_text("utf-8"))
    )
    ours = dict(token.findall((RESOURCES / "page.css").read_text("utf-8")))
    assert ours.items() <= portal.items()
    assert "--accent-tint" in ours
