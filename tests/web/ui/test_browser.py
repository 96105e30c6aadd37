"""The style guide in Chromium: accessible, by keyboard, on a phone, and never calling out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pactdesk.core.units.instants import Instant
from pactdesk.web.ui.values import service_time_left
from pactdesk.web.ui.words import duration_text
from tests.support.browsers import PHONE
from tests.web.ui.conftest import Open

pytestmark = pytest.mark.xdist_group("browser")

SERIOUS = ("serious", "critical")
IN_DIALOG = "document.activeElement === document.body || !!document.activeElement.closest('dialog')"


def faults(page: Page, axe: str) -> list[str]:
    """What axe-core finds serious, each with where it is."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document)")["violations"]
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_accessibility_checker_finds_nothing_serious(
    visit: Open, axe: str, language: str, dark: bool
) -> None:
    here = visit(language=language, dark=dark)
    assert faults(here.page, axe) == []
    here.page.click("[data-opens=why-reply]")
    assert faults(here.page, axe) == [], "with a dialog open"


def test_it_finds_nothing_serious_on_a_phone_either(visit: Open, axe: str) -> None:
    here = visit(size=PHONE)
    here.page.click(".menu-button")
    assert faults(here.page, axe) == []


def test_an_error_page_has_nothing_serious(visit: Open, axe: str) -> None:
    assert faults(visit("/nothing/", dark=True).page, axe) == []


@pytest.mark.parametrize("address", ["/_styleguide/", "/nothing/"])
def test_no_request_leaves_the_host_and_the_policy_blocks_nothing(
    visit: Open, address: str
) -> None:
    here = visit(address)
    here.page.wait_for_load_state("networkidle")
    assert here.foreign == []
    assert here.missing == []
    assert [line for line in here.complaints if "404" not in line] == []


def test_what_would_leave_the_host_is_seen(visit: Open) -> None:
    here = visit()
    here.page.evaluate("fetch('https://elsewhere.test/').catch(() => null)")
    assert any("Content Security Policy" in line for line in here.complaints)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_never_scrolls_sideways(visit: Open, language: str) -> None:
    page = visit(language=language).page
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_first_tab_offers_the_way_to_the_content(visit: Open) -> None:
    page = visit().page
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_every_stop_of_the_tab_key_is_in_order_and_shows_its_focus(visit: Open) -> None:
    page = visit().page
    stops: list[dict[str, Any]] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
              const here = document.activeElement;
              if (here === document.body) return null;
              const style = getComputedStyle(here);
              const all = [...document.querySelectorAll("*")];
              const box = here.getBoundingClientRect();
              const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              return { at: all.indexOf(here), name: here.outerHTML.slice(0, 80),
                       hidden: !(here.contains(top) || top?.contains(here)),
                       ring: style.boxShadow !== "none" && style.outlineStyle !== "none" };
            }"""
        )
        if stop is None or (stops and stop["at"] < stops[-1]["at"]):
            break
        stops.append(stop)
    assert len(stops) > 25
    assert [stop["name"] for stop in stops if stop["hidden"]] == []
    assert [stop["name"] for stop in stops if not stop["ring"]] == []
    assert "data-dismisses" in stops[-1]["name"], "the last is the toast, last in the page"


@pytest.mark.parametrize("key", ["why-reply", "confirm-month"])
def test_a_dialog_keeps_the_focus_until_escape_gives_it_back(visit: Open, key: str) -> None:
    page = visit().page
    opener = page.locator(f"[data-opens={key}]")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.locator(f"#{key}")
    expect(dialog).to_be_visible()
    for press in ["Tab"] * 5 + ["Shift+Tab"] * 5:
        page.keyboard.press(press)
        assert page.evaluate(IN_DIALOG), page.evaluate("document.activeElement.outerHTML")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_confirmation_begins_at_cancel(visit: Open) -> None:
    page = visit().page
    page.click("[data-opens=confirm-end]")
    expect(page.locator("#confirm-end [data-closes]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#confirm-end")).to_be_hidden()


def test_a_figure_explains_itself_with_the_clause_in_its_own_words(visit: Open) -> None:
    page = visit().page
    page.get_by_role("button", name="首次响应及时率的依据").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("乙方应在服务时间内于六十秒内首次响应")
    expect(dialog).to_contain_text("91.30%")


def test_tabs_are_walked_with_arrows(visit: Open) -> None:
    page = visit().page
    page.locator("#tab-open").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-waiting")).to_be_focused()
    expect(page.locator("#panel-waiting")).to_be_visible()
    expect(page.locator("#panel-open")).to_be_hidden()
    page.keyboard.press("End")
    expect(page.locator("#tab-closed")).to_have_attribute("aria-selected", "true")


def test_the_theme_changes_at_once_and_stays(visit: Open) -> None:
    page = visit(dark=True).page
    page.click(".preferences summary")
    with page.expect_request("**/_display/theme/"):
        page.get_by_role("button", name="浅色").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == light


def test_on_a_phone_the_menu_unfolds_and_escape_folds_it(visit: Open) -> None:
    page = visit(size=PHONE).page
    places = page.locator(".places")
    expect(places).to_be_hidden()
    page.click(".menu-button")
    expect(places).to_be_visible()
    page.keyboard.press("Escape")
    expect(places).to_be_hidden()
    expect(page.locator(".menu-button")).to_be_focused()


def test_without_a_script_everything_can_still_be_read_and_reached(visit: Open) -> None:
    page = visit(script=False, size=PHONE).page
    expect(page.locator(".places")).to_be_visible()
    for panel in ("open", "waiting", "closed"):
        expect(page.locator(f"#panel-{panel}")).to_be_visible()


def test_a_lost_connection_is_said_and_taken_back(visit: Open) -> None:
    here = visit()
    here.context.set_offline(True)
    expect(here.page.locator(".connection")).to_contain_text("网络已断开")
    here.context.set_offline(False)
    expect(here.page.locator(".connection")).to_be_empty()


def test_a_running_clock_runs_and_the_others_stand(visit: Open) -> None:
    page = visit().page
    clocks = page.locator(".clock time")
    expect(clocks.nth(0)).not_to_have_text("04:32")
    assert clocks.nth(3).text_content() == "1:00:00", "outside service hours"
    assert clocks.nth(4).text_content() == "1:35:00", "paused"
    assert clocks.nth(6).text_content() == "03:10", "missed"


def test_a_clock_at_its_end_tells_the_page_once_and_says_so(visit: Open) -> None:
    page = visit().page
    told = page.evaluate(
        """() => new Promise((done) => {
          const clock = document.querySelector("[data-clock]");
          let times = 0;
          document.addEventListener("clock:due", () => { times += 1; });
          clock.dataset.due = clock.dataset.now;
          setTimeout(() => done(times), 700);
        })"""
    )
    assert told == 1
    first = page.locator(".clock").first
    expect(first.locator(".clock-words")).to_have_text("时限已到")
    expect(first.locator("time")).to_have_text("00:00")


def test_the_browser_counts_as_the_server_does(visit: Open) -> None:
    page = visit().page
    hours = [(100, 5_000), (5_000, 70_000), (90_000, 7_500_000)]
    cases = [(now, due) for now in range(0, 100_000, 9_999) for due in (50, 80_000, 7_400_001)]
    server = [service_time_left(Instant(now), Instant(due), _instants(hours)) for now, due in cases]
    both = page.evaluate(
        """async ([cases, hours]) => {
          const { serviceTimeLeft, durationText } = await import("/static/ui/clock.js");
          return cases.map(([now, due]) => {
            const left = serviceTimeLeft(now, due, hours);
            return [left, durationText(left)];
          });
        }""",
        json.loads(json.dumps([cases, hours])),
    )
    assert both == [[left, duration_text(left)] for left in server]


def _instants(hours: list[tuple[int, int]]) -> list[tuple[Instant, Instant]]:
    return [(Instant(start), Instant(end)) for start, end in hours]
