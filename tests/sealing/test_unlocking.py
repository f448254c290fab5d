"""The sealed dashboard in a real browser: the same pages inside, and who gets to see them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urljoin

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from browsing import until
from hosting import hosted
from intouch.sealing.envelopes import envelope_name
from intouch.sealing.keys import derived
from needs import needs_node_package
from sealed import (
    KEYS,
    PASSPHRASES,
    WORDS,
    address_of,
    expect_locked,
    plain_site,
    unlock,
    unlocked,
    write_sealed,
)
from server import PATIENCE

pytestmark = pytest.mark.browser

LINKS = "[...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href'))"
TEXT = "document.querySelector('main').innerText"


@pytest.fixture(scope="module")
def sealed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sealed(tmp_path_factory.mktemp("sealed"))


@pytest.fixture(scope="module")
def address(sealed_folder: Path) -> Iterator[str]:
    with hosted(sealed_folder) as base:
        yield base


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1440, "height": 900})
    opened.set_default_timeout(PATIENCE * 1000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def outside(url: str, address: str) -> bool:
    """Whether a request tells the host more than which envelope is wanted."""
    return not re.fullmatch(rf"{re.escape(address)}(a/[\w.]+|e/[0-9a-f]{{32}}\.js\?\w+)?", url)


def test_every_page_is_the_same_inside(page: Page, address: str, browser: Browser, tmp_path: Path) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if outside(request.url, address) else None)
    site = plain_site()
    for path, content in site.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    names = {path: address_of(path) for path in site}
    own = ["people/index.html", "organizations/index.html", "404.html"]
    others = [path for path in site if path.endswith(".html") and path not in {*own, "subscribe/index.html"}]
    plain = browser.new_page(viewport={"width": 1440, "height": 900})
    unlocked(page, address)
    with hosted(tmp_path) as root:
        for path in [*own, *others[::4]]:
            plain.goto(root + quote(path))
            page.evaluate("address => { location.hash = address; }", names[path])
            heading = plain.get_by_role("heading", level=1).inner_text()
            expect(page.get_by_role("heading", level=1)).to_have_text(heading)
            expect(page).to_have_title("Unlocked")
            assert page.evaluate(TEXT) == plain.evaluate(TEXT), path
            inside, outer = page.evaluate(LINKS), plain.evaluate(LINKS)
            for here, there in zip(inside, outer, strict=True):
                target = urljoin(root + path, there)
                file = unquote(target.removeprefix(root).partition("#")[0].partition("?")[0])
                file += "index.html" if file.endswith("/") or not file else ""
                wanted = names[file] if target.startswith(root) else there
                if there.startswith("#"):
                    assert here == there
                    continue
                assert here.partition("~")[0] == wanted, (path, there)
                assert not target.startswith(root) or ("~" in here) == ("#" in there or "?" in there)
    plain.close()
    assert said == []


def rows(page: Page) -> list[str]:
    return page.locator("#people tbody tr:visible th a").all_inner_texts()


def test_filters_back_and_forward_work_and_the_address_tells_nothing(page: Page, address: str) -> None:
    unlocked(page, address)
    page.get_by_role("link", name="People").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.get_by_label("Contains").fill("potiki")
    assert rows(page) == ["Ngaire Pōtiki"]
    assert re.fullmatch(rf"{re.escape(address)}#/[0-9a-f]{{32}}~p\d+", page.url)
    page.get_by_role("link", name="Ngaire Pōtiki").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ngaire Pōtiki")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("People")
    assert rows(page) == ["Ngaire Pōtiki"]
    expect(page.get_by_label("Contains")).to_have_value("potiki")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ngaire Pōtiki")
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")


def test_a_tag_leads_to_its_people_and_another_search_on_the_same_page_is_followed(
    page: Page, address: str
) -> None:
    unlocked(page, address, "people/priya-nair/index.html")
    page.get_by_role("link", name="education").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("People")
    with_tag = rows(page)
    assert "Priya Nair" in with_tag
    page.get_by_role("link", name="Everyone").click()
    expect(page.locator("#people tbody tr:visible")).to_have_count(41)
    page.go_back()
    expect(page.locator("#people tbody tr:visible")).to_have_count(len(with_tag))


def test_an_organization_is_scrolled_to_and_marked(page: Page, address: str) -> None:
    unlocked(page, address, "people/priya-nair/index.html")
    page.get_by_role("link", name="Brightpath College").first.click()
    marked = page.locator(".targeted")
    expect(marked).to_have_count(1)
    expect(marked).to_contain_text("Brightpath College")
    expect(marked).to_be_in_viewport()
    expect(marked).to_be_focused()


def test_the_quick_find_and_the_skip_link_work(page: Page, address: str) -> None:
    unlocked(page, address)
    page.keyboard.press("/")
    box = page.get_by_role("combobox")
    box.fill("pryia nair")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Priya Nair")
    # Opened in another tab, it must not ask the host for a person by name.
    link = first.get_attribute("href")
    assert link == address_of("people/priya-nair/index.html")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Priya Nair")
    for _ in range(3):
        page.keyboard.press("/")
        expect(page.get_by_role("dialog")).to_have_count(1)
        page.keyboard.press("Escape")
        page.get_by_role("link", name="Today").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    page.get_by_role("link", name="Skip to the content").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")


def test_drafts_copying_colours_and_charts_work(context: BrowserContext, page: Page, address: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    unlocked(page, address)
    details = page.locator("details.log").first
    details.locator("summary").click()
    details.get_by_role("button", name="Copy").click()
    expect(details.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("intouch log ")
    page.get_by_role("button", name="Colours").click()
    page.get_by_role("link", name="Insights").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Insights")
    expect(page.get_by_role("button", name="Colours")).to_have_text("Colours: light")
    assert page.locator("svg").count() > 3
    page.get_by_role("button", name="Colours").click()
    expect(page.get_by_role("button", name="Colours")).to_have_text("Colours: dark")


def test_the_feeds_address_is_whole_and_opens_without_a_passphrase(page: Page, address: str) -> None:
    unlocked(page, address, "subscribe/index.html")
    shown = page.locator("#feed-address code").first
    expect(shown).to_have_text(re.compile(rf"^{re.escape(address)}f/[a-z2-7]{{26}}\.ics$"))
    assert "BEGIN:VCALENDAR" in page.request.get(shown.inner_text()).text()


def test_a_wrong_passphrase_is_said_and_nothing_else(page: Page, address: str) -> None:
    page.goto(address)
    for wrong in ("zeven", WORDS.upper(), f"{WORDS}!"):
        unlock(page, wrong)
        expect(page.get_by_role("alert").filter(has_text="Wrong")).to_have_text("Wrong passphrase")
        expect(page.get_by_label("Passphrase")).to_be_focused()
        expect_locked(page)
    page.get_by_label("Passphrase").fill(WORDS)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")


def test_every_slot_opens_however_it_is_typed(page: Page, address: str) -> None:
    page.goto(address)
    unlock(page, PASSPHRASES[1].replace("\u00e9", "e\u0301"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")


def test_a_reload_a_new_tab_and_a_deep_link_ask_again(
    context: BrowserContext, page: Page, address: str
) -> None:
    unlocked(page, address, "people/priya-nair/index.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Priya Nair")
    page.reload()
    expect_locked(page)
    assert page.url.endswith(address_of("people/priya-nair/index.html"))
    unlock(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Priya Nair")
    other = context.new_page()
    other.goto(page.url)
    expect_locked(other)


def test_an_address_of_nothing_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}#/{'0' * 32}")
    unlock(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    page.get_by_role("link", name="People").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("People")


def test_locked_stays_locked_whatever_is_pressed(page: Page, address: str) -> None:
    unlocked(page, address)
    page.get_by_role("link", name="People").click()
    page.get_by_role("link", name="Priya Nair").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Priya Nair")
    page.get_by_role("button", name="Lock", exact=True).click()
    expect_locked(page)
    expect(page.get_by_label("Passphrase")).to_be_focused()
    for move in (page.go_back, page.go_back, page.go_forward):
        move()
        expect_locked(page)
    page.keyboard.press("/")
    expect_locked(page)
    unlock(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("People")


def test_leaving_the_page_locks_it(page: Page, address: str) -> None:
    unlocked(page, address)
    page.evaluate(
        "addEventListener('pagehide', () => "
        "sessionStorage.setItem('left', document.body.innerText + document.title))"
    )
    page.goto(f"{address}a/lock.js")
    left = page.evaluate("sessionStorage.getItem('left')")
    assert left.startswith("Locked")
    assert "Today" not in left
    page.go_back()
    expect_locked(page)


def test_a_page_that_the_browser_kept_for_back_is_locked(page: Page, address: str) -> None:
    unlocked(page, address)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    expect_locked(page)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect_locked(page)


def test_fifteen_minutes_without_a_touch_lock(page: Page, address: str) -> None:
    page.clock.install()
    unlocked(page, address)
    page.clock.fast_forward("14:00")
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    page.mouse.move(100, 100)
    page.mouse.move(200, 200)
    page.clock.fast_forward("14:00")
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    page.clock.fast_forward("01:10")
    expect_locked(page)
    expect(page.get_by_role("alert").filter(has_text="15 minutes")).to_be_visible()


def test_a_computer_that_slept_wakes_locked_even_if_it_is_touched_first(page: Page, address: str) -> None:
    page.clock.install()
    unlocked(page, address)
    now = page.evaluate("Date.now()")
    page.clock.set_system_time(now + 8 * 3_600_000)  # and no timer has run yet
    page.mouse.move(100, 100)
    page.mouse.move(200, 200)
    expect_locked(page)
    expect(page.get_by_role("alert").filter(has_text="15 minutes")).to_be_visible()


def test_whoever_leaves_while_it_unlocks_comes_back_to_a_locked_page(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Passphrase").fill(WORDS)
    # The page is left before the passphrase is worked out, and is kept by the browser for Back.
    page.evaluate(
        "document.querySelector('#open').click();"
        "dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));"
        "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
    )
    expect(page.get_by_role("button", name="Unlock")).to_be_enabled()
    page.wait_for_timeout(1_000)
    expect_locked(page)
    unlock(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("intouchLock.version = 2", "another build"),
        ("intouchLock.slots = []", "another build"),
        ("intouchLock.slots = Array(9).fill(intouchLock.slots[0])", "another build"),
        ("intouchLock.slots[1].iterations = 99999", "another build"),
        ("intouchLock.slots[0].iterations = 10000001", "another build"),
        ("intouchLock.slots[0].iterations = '600000'", "another build"),
        ("intouchLock.slots[0].salt = 'AAAA'", "another build"),
        ("intouchLock.slots[0].nonce = intouchLock.slots[0].salt", "another build"),
        ("intouchLock.slots[0].wrapped += 'AAAA'", "another build"),
        ("intouchLock.slots[0].kdf = 'PBKDF2-HMAC-SHA1'", "another build"),
        ("intouchLock.slots[0] = null", "another build"),
        ("intouchLock.site = '__proto__'", "another build"),
        ("intouchLock.index = '../x'", "another build"),
        ("delete globalThis.intouchLock", "could not be loaded"),
    ],
)
def test_nothing_is_asked_for_where_the_slots_are_not_as_they_should_be(
    page: Page, sealed_folder: Path, tmp_path: Path, change: str, told: str
) -> None:
    site = tmp_path / "site"
    shutil.copytree(sealed_folder, site)
    lock = site / "a" / "lock.js"
    lock.write_text(f"{lock.read_text()}{change};\n")
    with hosted(site) as address:
        page.goto(address)
        expect(page.get_by_role("alert").filter(has_text=told)).to_be_visible()
        expect(page.get_by_label("Passphrase")).to_be_hidden()


def test_without_its_slots_the_page_says_that_a_part_is_missing(
    page: Page, sealed_folder: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(sealed_folder, site)
    (site / "a" / "lock.js").unlink()
    with hosted(site) as address:
        page.goto(address)
        expect(page.get_by_role("alert").filter(has_text="could not be loaded")).to_be_visible()


def test_it_stays_unlocked_in_this_tab_where_that_was_asked_for(
    context: BrowserContext, page: Page, address: str
) -> None:
    unlocked(page, address, keep="stay unlocked in this tab")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    other = context.new_page()
    other.goto(address)
    expect_locked(other)
    page.get_by_role("button", name="Lock", exact=True).click()
    page.reload()
    expect_locked(page)
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0


def test_it_is_remembered_for_fourteen_days_where_that_was_asked_for(
    context: BrowserContext, page: Page, address: str
) -> None:
    unlocked(page, address, keep="remember for 14 days")
    other = context.new_page()
    other.clock.install()
    other.goto(address)
    expect(other.get_by_role("heading", level=1)).to_have_text("Today")
    other.clock.fast_forward("01:00:00")
    expect(other.get_by_role("heading", level=1)).to_have_text("Today")
    other.clock.fast_forward(14 * 24 * 3600 * 1000)  # and the tab was left open all the while
    expect_locked(other)
    other.reload()
    expect_locked(other)
    assert other.evaluate("localStorage.length") == 0


def test_locked_in_one_tab_is_locked_in_all(context: BrowserContext, page: Page, address: str) -> None:
    unlocked(page, address, keep="remember for 14 days")
    other = context.new_page()
    other.goto(address)
    expect(other.get_by_role("heading", level=1)).to_have_text("Today")
    page.get_by_role("button", name="Lock", exact=True).click()
    expect_locked(other)


def test_nothing_is_stored_unless_it_was_asked_for(page: Page, address: str) -> None:
    unlocked(page, address)
    page.get_by_role("link", name="People").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("People")
    assert page.evaluate("[sessionStorage.length, localStorage.length, document.cookie]") == [0, 0, ""]
    assert page.evaluate("indexedDB.databases().then(all => all.length)") == 0


def test_nothing_that_is_typed_or_read_is_sent_away_to_be_bettered(page: Page, address: str) -> None:
    sent = (
        "[...document.querySelectorAll('input, select, textarea')].filter(f => f.autocomplete !== 'off' "
        "|| f.spellcheck || f.getAttribute('writingsuggestions') !== 'false').length"
    )
    unlocked(page, address)
    page.get_by_role("link", name="People").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("People")
    page.keyboard.press("/")
    expect(page.get_by_role("combobox").last).to_be_visible()
    assert page.evaluate("document.querySelectorAll('input, select, textarea').length") > 5
    assert page.evaluate(sent) == 0
    assert page.locator("meta[name=google]").get_attribute("content") == "notranslate"


def test_envelopes_of_another_build_are_said_to_be_that(
    page: Page, sealed_folder: Path, tmp_path: Path
) -> None:
    mixed = tmp_path / "mixed"
    shutil.copytree(sealed_folder, mixed)
    other = derived(bytes(32))
    foreign = write_sealed(tmp_path / "foreign", other)
    today, index = (envelope_name(KEYS, path) for path in ("index.html", ""))
    # A page of another build under the name of this one's: it opens with no key of this one.
    blob = (foreign / "e" / f"{envelope_name(other, 'index.html')}.js").read_text().partition('","')[2]
    (mixed / "e" / f"{today}.js").write_text(f'intouchEnvelope("{today}","{blob}')
    with hosted(mixed) as address:
        for told in ("from another build", "could not be loaded"):
            page.goto(address)
            unlock(page)
            expect(page.locator("#lock-said")).to_contain_text(told)
            expect(page.get_by_role("button", name="Reload")).to_be_visible()
            assert "Wrong" not in page.inner_text("main")
            (mixed / "e" / f"{index}.js").unlink(missing_ok=True)


def two_builds(folder: Path) -> tuple[Path, Path]:
    """Two builds of one small site; the second page differs."""
    assets = {path: content for path, content in plain_site().items() if path.startswith("assets/")}
    page = "<body><h1>{}</h1><a href='b.html'>B</a></body>"
    builds = (
        {**assets, "index.html": page.format("A").encode(), "b.html": page.format(told).encode()}
        for told in ("Old", "New")
    )
    one, other = (write_sealed(folder / str(n), site=site) for n, site in enumerate(builds))
    return one, other


def test_an_old_page_that_is_served_again_is_not_shown(page: Page, tmp_path: Path) -> None:
    old, new = two_builds(tmp_path)
    name = f"{envelope_name(KEYS, 'b.html')}.js"
    shutil.copyfile(old / "e" / name, new / "e" / name)
    with hosted(new) as address:
        unlocked(page, address)
        page.get_by_role("link", name="B").click()
        expect(page.locator("#lock-said")).to_contain_text("from another build")


def test_what_is_published_meanwhile_is_shown_without_asking_again(page: Page, tmp_path: Path) -> None:
    old, new = two_builds(tmp_path)
    with hosted(old) as address:
        unlocked(page, address)
        shutil.copytree(new, old, dirs_exist_ok=True)
        page.get_by_role("link", name="B").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("New")


def test_a_key_that_is_kept_and_opens_no_more_is_dropped(
    page: Page, sealed_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    shutil.copytree(sealed_folder, folder)
    with hosted(folder) as address:
        unlocked(page, address, keep="remember for 14 days")
        index = folder / "e" / f"{envelope_name(KEYS, '')}.js"
        index.write_text(index.read_text().replace("A", "B"))
        page.reload()
        expect(page.locator("#lock-said")).to_contain_text("another build")
        assert page.evaluate("localStorage.length") == 0


def test_without_a_connection_what_is_open_stays_open(page: Page, address: str) -> None:
    unlocked(page, address)
    page.context.set_offline(True)
    page.get_by_role("link", name="People").click()
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    page.context.set_offline(False)
    page.get_by_role("link", name="People").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("People")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_the_passphrase_is_shown_on_request_and_hidden_again(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Passphrase").fill(WORDS)
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_label("Passphrase")).to_have_attribute("type", "text")
    page.get_by_role("button", name="Unlock").click()
    page.get_by_role("button", name="Lock", exact=True).click()
    expect(page.get_by_label("Passphrase")).to_have_attribute("type", "password")
    expect(page.get_by_label("Passphrase")).to_have_value("")
    expect(page.get_by_role("button", name="Show")).to_have_attribute("aria-pressed", "false")


PICTURE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="30" height="20"/></svg>'
)


def test_pictures_and_papers_come_out_of_envelopes_and_scripts_do_not_run(page: Page, tmp_path: Path) -> None:
    said: list[str] = []
    site = {path: content for path, content in plain_site().items() if path.startswith("assets/")}
    site["index.html"] = (
        b"<body><main><h1>Mine</h1><img id='dot' src='pictures/my%20dot.svg' alt=''>"
        b"<img src='x' onerror='document.title=`hurt`'><img src='https://else.example/y.png'>"
        b"<script>document.title='hurt'</script><a href='papers/cv.pdf'>CV</a> <a href='gone/'>Gone</a>"
        b"<iframe srcdoc='<script>parent.document.title=1</script>'></iframe></main></body>"
    )
    site["404.html"] = b"<body><h1>Page not found</h1></body>"
    site["pictures/my dot.svg"], site["papers/cv.pdf"] = PICTURE, b"%PDF-1.7 candid"
    with hosted(write_sealed(tmp_path, site=site)) as base:
        page.on("request", lambda r: said.append(r.url) if outside(r.url, base) else None)
        unlocked(page, base)
        picture = page.locator("#dot")
        expect(picture).to_have_attribute("src", re.compile("^blob:"))
        assert page.evaluate("document.querySelector('#dot').decode().then(() => dot.naturalWidth)") == 30
        with page.expect_download() as download:
            page.get_by_role("link", name="CV").click()
        assert download.value.path().read_bytes() == b"%PDF-1.7 candid"
        assert download.value.suggested_filename == "cv.pdf"
        expect(page).to_have_title("Unlocked")
        page.get_by_role("link", name="Gone").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
        page.get_by_role("button", name="Lock", exact=True).click()
        expect(page).to_have_title("Locked")
    assert [url for url in said if not url.startswith(f"blob:{base}")] == []


def test_a_file_that_comes_after_locking_is_no_trouble(page: Page, tmp_path: Path) -> None:
    site = {path: content for path, content in plain_site().items() if path.startswith("assets/")}
    site["index.html"] = b"<body><main><h1>Mine</h1><a href='cv.pdf'>CV</a></main></body>"
    site["cv.pdf"] = b"%PDF-1.7 candid"
    waiting: list[Route] = []

    def keep_waiting(route: Route) -> None:
        waiting.append(route)

    with hosted(write_sealed(tmp_path, site=site)) as base:
        unlocked(page, base)
        page.route("**/e/*.js*", keep_waiting)
        with page.expect_request("**/e/*.js*"):
            page.get_by_role("link", name="CV").click()
        page.get_by_role("button", name="Lock", exact=True).click()
        with page.expect_event("requestfinished"):
            waiting[0].continue_()
        page.wait_for_timeout(300)
        expect_locked(page)
        expect(page.locator("#lock-said")).to_have_text("")


FONT_AND_PICTURE = """
@font-face { font-family: Own; src: url("fonts/own.woff2?v=1#iefix") format("woff2"), url(fonts/own.woff2) }
h1 { font-family: Own; background: url( 'my%20dot.svg' ) }
h2 { background: url(https://else.example/x.png) }
"""


def test_fonts_and_pictures_of_a_theme_are_sealed_and_seen_once_unlocked(page: Page, tmp_path: Path) -> None:
    said: list[str] = []
    site = {path: content for path, content in plain_site().items() if path.startswith("assets/")}
    style = next(path for path in site if path.endswith(".css"))
    site[style] += FONT_AND_PICTURE.encode()
    site["assets/my dot.svg"], site["assets/fonts/own.woff2"] = PICTURE, b"no font"
    site["index.html"] = b"<body><main><h1>Mine</h1></main></body>"
    folder = write_sealed(tmp_path, site=site)
    (seen,) = (folder / "a").glob("*.css")
    assert "my%20dot" not in seen.read_text()
    assert "own.woff2" not in seen.read_text()
    background = "getComputedStyle(document.querySelector('h1')).backgroundImage"
    with hosted(folder) as base:
        page.on("request", lambda r: said.append(r.url) if outside(r.url, base) else None)
        unlocked(page, base)
        until(page, f"{background}.startsWith('url(\"blob:')")
        # The browser asked for the font, and found that it is none: it did come out of its envelope.
        until(page, "[...document.fonts].some(font => font.family === 'Own' && font.status === 'error')")
        url = page.evaluate(f"{background}.slice(5, -2)")
        size = "url => { const i = new Image(); i.src = url; return i.decode().then(() => i.naturalWidth) }"
        assert page.evaluate(size, url) == 30
        page.get_by_role("button", name="Lock", exact=True).click()
        assert page.evaluate("document.adoptedStyleSheets.length") == 0
        assert page.evaluate(background) == 'url("data:,")'
    assert [url for url in said if not url.startswith(f"blob:{base}")] == []


def test_a_picture_that_a_page_shows_twice_is_seen_twice(page: Page, tmp_path: Path) -> None:
    site = {path: content for path, content in plain_site().items() if path.startswith("assets/")}
    site["index.html"] = b"<body><h1>Mine</h1><img src='dot.svg' alt=''><img src='dot.svg' alt=''></body>"
    site["dot.svg"] = PICTURE
    with hosted(write_sealed(tmp_path, site=site)) as base:
        unlocked(page, base)
        until(page, "[...document.images].filter(i => i.naturalWidth === 30).length === 2")


def test_it_does_not_open_inside_another_page(page: Page, address: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f'<iframe src="{address}" width="900" height="700"></iframe>')
    with hosted(tmp_path) as outer:
        page.goto(outer)
        inner = page.frame_locator("iframe")
        expect(inner.get_by_role("alert")).to_contain_text("does not open inside another")
        expect(inner.get_by_label("Passphrase")).to_be_hidden()


def test_plain_http_from_the_network_says_why_it_cannot_decrypt(page: Page, address: str) -> None:
    page.goto(address.replace("127.0.0.1", "lan.example"))
    expect(page.get_by_role("alert")).to_contain_text("https")
    expect(page.get_by_label("Passphrase")).to_be_hidden()


def test_without_javascript_it_says_that_it_needs_it(browser: Browser, address: str) -> None:
    opened = browser.new_context(java_script_enabled=False)
    page = opened.new_page()
    page.goto(address)
    expect(page.get_by_text("needs JavaScript")).to_be_visible()
    expect(page.get_by_label("Passphrase")).to_be_hidden()
    opened.close()


def test_it_works_from_the_disk_and_stores_nothing_there(page: Page, sealed_folder: Path) -> None:
    page.goto((sealed_folder / "index.html").as_uri())
    expect(page.get_by_text("stay unlocked")).to_be_hidden()
    expect(page.get_by_text("remember for 14 days")).to_be_hidden()
    unlock(page)
    page.get_by_role("link", name="People").click()
    page.get_by_role("link", name="Priya Nair").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Priya Nair")
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("tomasz")
    expect(page.get_by_role("option").first).to_contain_text("Tomasz")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tomasz")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Priya Nair")
    page.reload()
    expect_locked(page)


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_nobody_is_shut_out(browser: Browser, address: str, width: int, colours: str) -> None:
    axe = (needs_node_package("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    opened = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if colours == "dark" else "light",
        bypass_csp=True,
    )
    page = opened.new_page()
    page.goto(address)
    unlock(page, "wrong")
    expect(page.get_by_text("Wrong passphrase")).to_be_visible()
    found = []
    for _ in range(2):
        page.evaluate(axe)
        found += page.evaluate("axe.run().then(done => done.violations.map(v => [v.id, v.nodes[0].html]))")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if page.title() == "Locked":
            unlock(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    opened.close()
    assert found == []
