"""The dashboard in a real browser: what JavaScript adds, what stays without it, and who can use it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from hosting import hosted
from intouch import project
from intouch.build import load, render
from needs import needs_node_package
from server import PATIENCE

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent.parent
PAGES = (
    "",
    "people/",
    "people/priya-nair/",
    "people/sam-lee/",
    "organizations/",
    "pipeline/",
    "calendar/",
    "insights/",
    "subscribe/",
    "problems/",
    "404.html",
)


def build(root: Path, target: Path, only: tuple[str, ...] = ("",)) -> None:
    """Build a demo notebook's dashboard, or only the files whose paths begin so."""
    settings = project.read_settings(root)
    today = settings.settings.demo_today
    assert today is not None
    site = render(load(root, settings, today), later=True).site
    for path in site:
        if path.startswith(only):
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(site[path])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample notebook's dashboard, hosted."""
    folder = tmp_path_factory.mktemp("site")
    build(ROOT, folder)
    with hosted(folder) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1440, "height": 900})
    opened.set_default_timeout(PATIENCE * 1000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


WIDTHS = (320, 768, 1440)
OF_COLOUR = ("color-contrast", "link-in-text-block")
"""What axe-core can find in the dark on a page in which, in the light, it found nothing."""


def axe() -> str:
    return (needs_node_package("axe-core") / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, rules: Sequence[str] = ()) -> list[list[str]]:
    """What axe-core finds wrong with a page, by all its rules or by some."""
    run = """only => axe.run({ resultTypes: ["violations"], ...(only.length ? { runOnly: only } : {}) })
      .then(done => done.violations.map(v => [v.id, v.nodes[0].html]))"""
    found: list[list[str]] = page.evaluate(run, list(rules))
    return found


@pytest.fixture(scope="module")
def inspected(browser: Browser) -> Iterator[Page]:
    """A page that can be inspected in any size and in both colours; nothing moves while it is."""
    with browser.new_context(bypass_csp=True, reduced_motion="reduce") as opened:
        yield opened.new_page()


@pytest.mark.parametrize("path", PAGES)
def test_nobody_is_shut_out(inspected: Page, site: str, path: str) -> None:
    inspected.goto(site + path)
    inspected.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    inspected.evaluate(axe())
    found = {}
    for width in WIDTHS:
        inspected.set_viewport_size({"width": width, "height": 900})
        inspected.emulate_media(color_scheme="light")
        found[width, "light"] = violations(inspected)
        inspected.emulate_media(color_scheme="dark")
        found[width, "dark"] = violations(inspected, OF_COLOUR)
        wide = inspected.evaluate("document.documentElement.scrollWidth")
        found[width, "too wide"] = [["width", str(wide)]] if wide > width else []
    wrong = {f"{width} {what}": some for (width, what), some in found.items() if some}
    assert not wrong, json.dumps(wrong, indent=1)


STICKING_OUT = """() => [...document.querySelectorAll("main *, header *")]
  .filter(one => !(one instanceof SVGElement) && !one.closest(".unseen, .skip, .scrolled"))
  .filter(one => getComputedStyle(one).display !== "inline" && one.scrollWidth > one.clientWidth + 1)
  .map(one => one.outerHTML.slice(0, 160))"""


SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
)
"""As wide as readers may set their texts (WCAG 2.2, 1.4.12)."""


@pytest.mark.parametrize("path", PAGES)
def test_nothing_sticks_out_of_its_place(inspected: Page, site: str, path: str) -> None:
    inspected.goto(site + path)
    inspected.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    found = {}
    for spacing in ("as it is", "spaced"):
        if spacing == "spaced":
            inspected.add_style_tag(content=SPACED)
        for width in (320, 390, 768, 970, 1100, 1230, 1440):
            inspected.set_viewport_size({"width": width, "height": 900})
            found[f"{width} {spacing}"] = inspected.evaluate(STICKING_OUT)
    wrong = {how: some for how, some in found.items() if some}
    assert not wrong, json.dumps(wrong, indent=1)


def test_pages_load_nothing_from_elsewhere_and_complain_of_nothing(
    context: BrowserContext, site: str
) -> None:
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text))
    context.on("weberror", lambda error: said.append(str(error.error)))
    context.on("request", lambda r: None if r.url.startswith((site, "data:")) else said.append(r.url))
    opened = [context.new_page() for _ in PAGES]
    for page, path in zip(opened, PAGES, strict=True):
        page.goto(site + path)
    for page in opened:  # side by side, as a network has to be idle for a while to be idle
        page.wait_for_load_state("networkidle")
    assert said == []


def rows(page: Page) -> list[str]:
    return page.locator("#people tbody tr:visible th a").all_inner_texts()


def test_people_are_filtered_and_the_address_keeps_it(page: Page, site: str) -> None:
    page.goto(f"{site}people/")
    everyone = rows(page)
    assert len(everyone) == 41
    page.get_by_label("Contains").fill("potiki")
    assert rows(page) == ["Ngaire Pōtiki"]
    assert page.url.endswith("?q=potiki")
    expect(page.get_by_role("status").first).to_have_text("1 of 41 people")
    page.get_by_label("Contains").fill("")
    page.get_by_label("Status").select_option("dormant")
    dormant = rows(page)
    assert 0 < len(dormant) < 41
    assert page.url.endswith("?status=dormant")
    page.reload()
    assert rows(page) == dormant
    page.get_by_role("button", name="Show everyone").click()
    expect(page.locator("#people tbody tr:visible")).to_have_count(41)
    assert page.url.endswith("/people/")


def test_a_tag_a_fit_and_a_type_filter_together(page: Page, site: str) -> None:
    page.goto(f"{site}people/priya-nair/")
    page.get_by_role("link", name="education").click()
    expect(page.locator("#people.ready")).to_be_visible()
    assert "Priya Nair" in rows(page)
    with_tag = len(rows(page))
    page.get_by_label("Fit").select_option("5")
    page.get_by_label("They are").select_option("hiring-manager")
    assert 0 < len(rows(page)) < with_tag
    page.get_by_label("Contains").fill("nobody at all")
    expect(page.get_by_text("Nobody fits that.")).to_be_visible()


def test_people_are_sorted_and_what_is_unknown_comes_last(page: Page, site: str) -> None:
    page.goto(f"{site}people/")
    button = page.get_by_role("button", name="Last contact")
    button.click()
    assert page.url.endswith("?sort=last")
    dates = page.locator("#people tbody tr td:nth-of-type(4)")
    known = list(dates.evaluate_all("cells => cells.map(c => c.querySelector('time')?.dateTime ?? '')"))
    some = [d for d in known if d]
    assert some == sorted(some)
    assert known == some + [""] * (len(known) - len(some))
    button.click()
    assert page.url.endswith("?sort=-last")
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Last contact")
    page.reload()
    again = dates.evaluate_all("cells => cells.map(c => c.querySelector('time')?.dateTime ?? '')")
    assert [d for d in again if d] == some[::-1]


def test_the_quick_find_opens_by_key_forgives_slips_and_leads_there(page: Page, site: str) -> None:
    page.goto(f"{site}pipeline/")
    page.keyboard.press("/")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    for typed, found in (
        ("priya", "Priya Nair"),
        ("pryia nair", "Priya Nair"),
        ("potiki", "Ngaire Pōtiki"),
        ("brightpth", "Priya Nair"),
        ("litercay", "Senior Literacy Trainer"),
        ("educ", "education"),
        ("林", "林 美咲"),
    ):
        box.fill(typed)
        expect(page.get_by_role("option").filter(has_text=found).first).to_be_visible()
    box.fill("zzzzqqq")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    box.fill("priya nair")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Priya Nair")
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_quick_find_shuts_nobody_out(inspected: Page, site: str) -> None:
    inspected.goto(site)
    dialog = inspected.get_by_role("dialog")
    for colours in ("light", "dark"):
        inspected.emulate_media(color_scheme="dark" if colours == "dark" else "light")
        inspected.keyboard.press("/")
        inspected.get_by_role("combobox").fill("sam")
        expect(inspected.get_by_role("option", name="Sam Lee")).to_have_attribute("aria-selected", "true")
        inspected.evaluate(axe())
        assert violations(inspected) == [], colours
        place = dialog.bounding_box()
        assert place is not None
        inspected.mouse.click(place["x"] + 6, place["y"] + 6)
        expect(dialog).to_be_visible()
        inspected.mouse.click(place["x"] - 6, place["y"] + 6)
        expect(dialog).to_be_hidden()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_find_is_pressed_like_the_button_that_it_says_it_is(page: Page, site: str, key: str) -> None:
    page.goto(site)
    page.get_by_role("button", name="Find").press(key)
    expect(page.get_by_role("combobox")).to_be_focused()
    expect(page.get_by_role("combobox")).to_have_value("")


def test_the_enter_key_of_an_input_method_opens_nobody(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("林")
    expect(page.get_by_role("option")).to_have_count(1)
    page.get_by_role("combobox").dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(page.get_by_role("heading", level=1, include_hidden=True)).to_have_text("Today")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("林 美咲")


def test_whoever_types_faster_than_the_list_comes_gets_there_too(page: Page, site: str) -> None:
    waiting: list[Route] = []

    def keep_waiting(route: Route) -> None:
        waiting.append(route)

    page.route("**/*.json", keep_waiting)
    page.goto(site)
    for typed in ("tomasz", "priya nair"):
        page.keyboard.press("/")
        page.get_by_role("combobox").fill(typed)
        page.keyboard.press("Enter")
        if typed == "tomasz":  # thought better of
            page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_visible()
    for route in waiting:
        route.continue_()
    expect(page.get_by_role("heading", level=1)).to_have_text("Priya Nair")


def test_letters_are_found_by_those_on_ones_keyboard(page: Page, site: str) -> None:
    page.goto(site)
    assert (
        page.evaluate("plain('Ōtāki Łukasz Sørensen Weiß Æsa Đorđe 林')")
        == "otaki lukasz sorensen weiss aesa dorde 林"
    )


def test_a_slash_that_is_typed_is_a_slash(page: Page, site: str) -> None:
    page.goto(f"{site}people/")
    page.get_by_label("Contains").press("/")
    expect(page.get_by_label("Contains")).to_have_value("/")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_colours_are_chosen_and_stay(page: Page, site: str) -> None:
    page.goto(site)
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    button = page.get_by_role("button", name="Colours")
    button.click()
    button.click()
    expect(button).to_have_text("Colours: dark")
    dark = page.evaluate(paper)
    assert dark != light
    page.goto(f"{site}people/")
    assert page.evaluate(paper) == dark
    page.get_by_role("button", name="Colours").click()
    assert page.evaluate(paper) == light


def test_paper_is_white_whatever_colours_were_chosen(page: Page, site: str) -> None:
    page.goto(site)
    ink = "getComputedStyle(document.querySelector('.late')).color"
    light = page.evaluate(ink)
    page.get_by_role("button", name="Colours").click()
    page.get_by_role("button", name="Colours").click()
    assert page.evaluate(ink) != light
    page.emulate_media(media="print")
    assert page.evaluate(ink) == light


def test_a_line_is_copied(context: BrowserContext, page: Page, site: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site)
    first = page.locator("details.log").first
    first.locator("summary").click()
    first.get_by_role("button", name="Copy").click()
    expect(first.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == first.locator("code").inner_text()
    assert copied.startswith("intouch log ")


def test_the_feeds_address_is_whole_where_it_is_served(page: Page, site: str) -> None:
    page.goto(f"{site}subscribe/")
    webcal = f"{site}check-ins.ics".replace("http:", "webcal:")
    expect(page.locator("#feed-address code")).to_have_text([f"{site}check-ins.ics", webcal])
    href = page.get_by_role("link", name="Open in the calendar program").get_attribute("href")
    assert href == webcal


def test_without_javascript_every_page_shows_everything(browser: Browser, site: str) -> None:
    opened = browser.new_context(java_script_enabled=False)
    page = opened.new_page()
    page.goto(f"{site}people/")
    assert len(rows(page)) == 41
    for hidden in ("#filters", "#theme", "kbd"):
        expect(page.locator(hidden).first).to_be_hidden()
    page.get_by_role("link", name="Find").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("People")
    page.goto(site)
    page.locator("details.log summary").first.click()
    expect(page.locator("details.log code").first).to_be_visible()
    opened.close()


FOCUSED = """(() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const place = Math.round(element.getBoundingClientRect().y + scrollY);
  const text = element.textContent.trim().slice(0, 40);
  return `${element.tagName} ${text} ${place} ${style.outlineStyle !== "none"}`;
})()"""


def test_every_link_is_reached_by_the_tab_key_and_seen(page: Page, site: str) -> None:
    page.goto(site)
    wanted = page.locator("a:visible, button:visible, summary:visible").count()
    seen = set()
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        seen.add(page.evaluate(FOCUSED))
    reached = {text for text in seen if not text.startswith("BODY")}
    assert len(reached) >= wanted * 0.95
    assert not [text for text in reached if text.endswith("false")], "the focus is always seen"


def test_three_thousand_people_stay_usable(page: Page, tmp_path: Path) -> None:
    root = tmp_path / "network"
    (root / "contacts").mkdir(parents=True)
    (root / "intouch.toml").write_text("[demo]\ntoday = 2026-11-23\n", encoding="utf-8")
    for n in range(3_000):
        card = f"---\nname: Person {n:04}\norganization: House {n % 70}\ntags: [t{n % 9}]\nfit: 3\n---\n"
        (root / "contacts" / f"p{n}.md").write_text(card, encoding="utf-8")
    build(root, tmp_path / "site", only=("people/index.html", "assets/"))
    with hosted(tmp_path / "site") as address:
        page.goto(f"{address}people/")
        expect(page.locator("#people tbody tr:visible")).to_have_count(40)
        page.get_by_label("Contains").fill("2999")
        assert rows(page) == ["Person 2999"]
        page.get_by_label("Contains").fill("")
        page.get_by_role("button", name="Show all 3,000").click()
        expect(page.locator("#people tbody tr:visible")).to_have_count(3_000)
        page.goto("about:blank")
