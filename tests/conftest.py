"""What holds for every test, and the notebooks that many tests of the dashboard look at."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from dashboard import Notebook
from intouch.dates import Away, Cadence, Period, Unit, WorkCalendar
from intouch.model import Birthday, Channel, ContactType, Kind, Pin
from intouch.places import Place
from intouch.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# How long an example takes says more of the machine than of the code.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True, scope="session")
def _interruptible() -> None:
    """Programs that tests start can be interrupted, also where the tests run in the background of a shell."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True, scope="session")
def _nobodys_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Builds of tests, also those in processes of their own, remember in a folder of their own."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
            patch.setitem(os.environ, name, str(folder))
        yield folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser, for all tests of a module."""
    from browsing import chromium

    with chromium() as opened:
        yield opened


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture
def search() -> Notebook:
    """A believable search: every page has something to show."""
    book = Notebook()
    away = (Away(date(2026, 12, 1), date(2026, 12, 11), "a walk in the hills"),)
    book.settings = Settings(calendar=WorkCalendar(away=away), demo_today=book.today)
    book.card(
        "priya-nair",
        "Priya Nair",
        organization="Brightpath College",
        title="Head of Learning",
        contact_type=ContactType.HIRING_MANAGER,
        emails=("priya.nair@brightpath.example",),
        phones=("+61 2 5550 0142",),
        websites=("https://brightpath.example/",),
        linkedin=("https://www.linkedin.com/in/priya-nair-example",),
        location="Sydney",
        timezone="Australia/Sydney",
        tags=("education", "part-time"),
        fit=5,
        met=date(2026, 10, 14),
        met_at="the October panel",
        introduced_by="tomas-berg",
        birthday=Birthday(4, 12),
        aliases=("Pri",),
        body="Met through the October panel. Cares about **adult literacy**, and knows [[Tomas Berg]].",
    )
    book.card(
        "john-smith",
        "John Smith",
        organization="Brightpath College",
        title="Coordinator",
        contact_type=ContactType.INTERVIEWER,
        emails=("john@brightpath.example",),
    )
    book.card(
        "sam-lee",
        "Sam Lee",
        organization="Northlight Recruiting",
        title="Consultant",
        contact_type=ContactType.AGENCY,
        emails=("sam@northlight.example",),
        phones=("(02) 5550 0199 ext. 4",),
    )
    book.card(
        "tomas-berg", "Tomas Berg", contact_type=ContactType.MENTOR, cadence=Cadence(Period(3, Unit.MONTH))
    )
    book.card("mei", "Mei Tanaka", organization="Harbour Library", fit=4, emails=("mei@harbour.example",))
    book.card("noor", "Noor Haddad", organization="City Council", title="People lead", fit=4)
    book.card("lena", "Lena Fischer", organization="Open Books", title="Editor")
    book.card("quiet", "Ruth Quiet", do_not_contact=True)
    book.note(
        "priya-nair",
        "2026-10-14",
        Kind.INTERVIEW,
        "## Questions\n\n1. Why us?\n2. A hard class\n\n> a kind room\n\n"
        "See [[John Smith]] and [[Nobody]].\n\n"
        "| asked | answered |\n| --- | --- |\n| reading | well |\n",
        role="Senior Literacy Trainer",
        people=("john-smith",),
        decision_by=date(2026, 10, 23),
        channel=Channel.VIDEO,
        hook="her story about the night class",
    )
    book.log("priya-nair", "2026-10-15", Kind.THANK_YOU, "by e-mail, mentioned the *reading programme*")
    book.log("priya-nair", "2026-10-29", Kind.REJECTION, "chose an internal candidate, kind call")
    book.log("priya-nair", "2026-10-30", Kind.THANK_YOU, "asked to keep in touch")
    book.log("sam-lee", "2026-08-31", Kind.MEETING, "registered with them")
    book.log("sam-lee", "2026-09-01", Kind.THANK_YOU)
    book.log("tomas-berg", "2026-08-21", Kind.CALL, "told me about [[Pri]]")
    book.log("mei", "2026-11-12", Kind.INTERVIEW, "panel of two", role="Reading Room Lead", via="sam-lee")
    book.log(
        "mei", "2026-11-26", Kind.INTERVIEW, "second round, 10:30", role="Reading Room Lead", via="sam-lee"
    )
    book.log("noor", "2026-11-06", Kind.INTERVIEW, "", role="Community Programs Officer")
    book.log("noor", "2026-11-09", Kind.THANK_YOU, "by letter")
    book.log(
        "noor",
        "2026-11-18",
        Kind.OFFER,
        "in writing",
        role="Community Programs Officer",
        decision_by=date(2026, 11, 27),
        next=Pin(date(2026, 12, 16), "ask how the budget round went", Place("contacts/noor.md", 90)),
    )
    book.log("lena", "2026-11-13", Kind.APPLIED, "", role="Proofreader")
    return book
