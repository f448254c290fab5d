"""The sample notebook: one believable search, and everything that it was written to show."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from intouch.cli.main import intouch
from intouch.model import Channel, ContactType, Kind
from intouch.reading import notebook

ROOT = Path(__file__).resolve().parents[1]

AGENDA = """\
2026-11-23 2026-11-19 overdue  tomasz-wieczorek keep-in-touch
2026-11-23 2026-11-20 overdue  bronwyn-achterberg follow-up 1
2026-11-23 2026-11-22 overdue  ngaire-potiki keep-in-touch
2026-11-23 2026-11-23 today    ines-carvalho thank-you
2026-11-23 2026-11-23 today    lindiwe-maseko answer
2026-11-23 2026-11-23 today    ruth-abernathy report-back
2026-11-24 2026-11-24 upcoming annelise-vogt thank-anyway
2026-11-25 2026-11-25 upcoming yusuf-demirel follow-up 2
2026-11-27 2026-11-27 upcoming sam-lee thank-you
2026-11-30 2026-11-28 upcoming zoe-odwyer keep-in-touch
2026-11-30 2026-11-30 upcoming lindiwe-maseko answer
2026-12-01 2026-12-01 upcoming mateo-villanueva follow-up 1
2026-12-02 2026-12-02 upcoming siobhan-kelleher keep-in-touch
2026-12-04 2026-12-04 upcoming ruth-abernathy thank-you
2026-12-07 2026-12-07 upcoming arjun-malhotra promised
2026-12-09 2026-12-09 upcoming oluwaseun-adeyemi keep-in-touch
2026-12-17 2026-12-17 upcoming misaki-hayashi thank-you
2027-02-09 2026-12-15 upcoming nadia-rahimi keep-in-touch
2027-02-09 2026-12-30 upcoming priya-nair keep-in-touch
2027-02-09 2027-01-20 upcoming ambrose-tilley keep-in-touch
2027-02-09 2027-02-02 upcoming elspeth-mackinnon follow-up 1
2027-02-10 2027-02-08 upcoming pavel-horak keep-in-touch
2027-02-15 2027-02-15 upcoming john-smith keep-in-touch
2027-02-15 2027-02-15 upcoming leilani-fonoti promised
2027-02-22 2027-02-20 upcoming ines-carvalho keep-in-touch
2027-02-22 2027-02-21 upcoming tamsin-okell keep-in-touch
2027-02-23 2027-02-23 upcoming annelise-vogt keep-in-touch
2027-03-01 2026-12-17 upcoming dorothea-lindqvist keep-in-touch
2027-03-30 2027-03-27 upcoming mirela-kovac keep-in-touch
"""

STATUSES = {
    "do-not-contact": "craig-villiers",
    "archived": "bruno-castellani",
    "paused": "dorothea-lindqvist",
    "in-process": "bastien-moreau bronwyn-achterberg deepa-raghunathan elspeth-mackinnon henrik-aasen"
    " lindiwe-maseko mateo-villanueva rosa-benedetti sam-lee yusuf-demirel",
    "dormant": "quentin-abara",
    "moved-on": "grant-whitlock",
    "silent": "gemma-strand trent-bulwer wendell-achebe",
    "tracked": "ambrose-tilley annelise-vogt arjun-malhotra ines-carvalho john-smith leilani-fonoti"
    " mirela-kovac misaki-hayashi nadia-rahimi ngaire-potiki oluwaseun-adeyemi pavel-horak priya-nair"
    " ruth-abernathy siobhan-kelleher tamsin-okell tomasz-wieczorek zoe-odwyer",
    "untracked": "aroha-te-rangi fatima-el-sayed hamish-okoro lachlan-oyelaran perpetua-anang",
}

STAGES = """\
Kestrel Street College | Literacy Trainer | accepted |
Museum of Small Trades | Learning Producer | no-reply |
Kelpline Aged Care | Learning Coordinator | declined |
Goshawk Ledger | Instructional Designer | no-reply |
Candlebark Hospice | Volunteer Training Lead | rejected |
Pardalote Energy | Onboarding Lead | no-reply | zoe-odwyer
Plover Mutual | Capability Partner | rejected | sam-lee
Cinderwick Studio | Learning Game Designer | withdrawn |
Brightpath College | Senior Literacy Trainer | rejected |
Yarran Shire Libraries | Adult Learning Officer | on-hold |
Marram Community Health | Learning Experience Lead | offer |
Whimbrel Logistics | Training Officer | rejected |
Marlowe Bay Water | Instructional Designer | interviewing |
Hollow Tree Outdoor Education | Instructor Trainer | rejected |
Ironbark Rural Skills | Course Designer | interviewing |
Corella Ferries | Senior Learning Designer | screening | sam-lee
Fernhollow Software | Customer Education Lead | applied |
"""


@pytest.fixture(scope="module")
def due() -> dict[str, Any]:
    result = CliRunner().invoke(intouch, ["due", "--json", "--project", str(ROOT)])
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def sources() -> list[Path]:
    return [ROOT / "intouch.toml", *sorted((ROOT / "contacts").rglob("*.md"))]


def written() -> str:
    return "\n".join(path.read_text("utf-8-sig") for path in sources())


def test_nothing_is_wrong_with_it() -> None:
    result = CliRunner().invoke(intouch, ["check", "--format", "json", "--project", str(ROOT)])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["problems"] == []


def test_its_day_is_pinned(due: dict[str, Any]) -> None:
    assert (due["today"], due["problems"]) == ("2026-11-23", 0)


def test_it_is_large_enough_to_be_believed() -> None:
    book = notebook.read(ROOT).book
    assert len(book.contacts) >= 24
    assert len(book.interactions) >= 50


def test_every_check_in_is_the_one_it_was_written_for(due: dict[str, Any]) -> None:
    lines = [
        f"{c['planned']} {c['due']} {c['state']:8} {c['contact']} {c['action']}"
        + (f" {c['attempt']}" if c["attempt"] else "")
        for c in due["check_ins"]
    ]
    assert lines == AGENDA.splitlines()


def test_today_is_a_morning_and_no_flood(due: dict[str, Any]) -> None:
    assert Counter(c["state"] for c in due["check_ins"] if c["planned"] == "2026-11-23") == {
        "overdue": 3,
        "today": 3,
    }
    away = [c for c in due["check_ins"] if "2026-12-10" <= c["planned"] <= "2027-02-08"]
    assert [c["action"] for c in away] == ["thank-you"]


def test_every_status_is_somebodys(due: dict[str, Any]) -> None:
    found = {p["contact"]: p["status"] for p in due["people"]}
    assert found == {slug: status for status, slugs in STATUSES.items() for slug in slugs.split()}


def test_every_stage_is_some_applications(due: dict[str, Any]) -> None:
    lines = [
        f"{a['organization']} | {a['role']} | {a['stage']} | {a['via'] or ''}".rstrip()
        for a in due["applications"]
    ]
    assert lines == STAGES.splitlines()


def test_two_agencies_two_interviewers_and_a_panel_of_three(due: dict[str, Any]) -> None:
    people = {a["organization"]: a["people"] for a in due["applications"]}
    assert people["Brightpath College"] == ["priya-nair", "john-smith"]
    assert people["Marram Community Health"] == ["lindiwe-maseko", "henrik-aasen", "rosa-benedetti"]
    assert {a["via"] for a in due["applications"] if a["via"]} == {"sam-lee", "zoe-odwyer"}


def test_rhythms_of_every_origin(due: dict[str, Any]) -> None:
    rhythms = {p["contact"]: p["rhythm"] for p in due["people"]}
    assert rhythms["zoe-odwyer"] == "2 months"  # an agency
    assert rhythms["ngaire-potiki"] == "2 months"  # fit 5
    assert rhythms["tomasz-wieczorek"] == "3 months"  # fit 4, kept through a silence
    assert rhythms["john-smith"] == "4 months"  # fit not given
    assert rhythms["mirela-kovac"] == "8 months"  # backed off
    assert rhythms["ruth-abernathy"] == "6 weeks"  # the card
    assert rhythms["ambrose-tilley"] == "6 months"  # the card, in words


def test_every_kind_contact_type_and_channel_is_used() -> None:
    book = notebook.read(ROOT).book
    assert {i.kind for i in book.interactions} == set(Kind)
    assert {c.contact_type for c in book.contacts.values()} == {*ContactType, None}
    assert {i.channel for i in book.interactions} - {None} == set(Channel)


def test_every_key_of_cards_and_notes_is_used() -> None:
    keys = set(re.findall(r"^([a-z_]+):", written(), re.MULTILINE))
    assert keys >= {
        *(
            "name",
            "organization",
            "organisation",
            "company",
            "org",
            "title",
            "contact_type",
            "email",
            "phone",
        ),
        *("website", "linkedin", "location", "timezone", "tags", "fit", "cadence", "next", "paused_until"),
        *("archived", "do_not_contact", "met", "met_at", "introduced_by", "birthday", "greeting", "aliases"),
        *("date", "kind", "role", "people", "via", "decision_by", "channel", "thanks", "hook"),
    }
    assert re.search(r"^x-[a-z-]+:", written(), re.MULTILINE)


def test_notes_take_date_and_kind_from_every_place() -> None:
    contacts = ROOT / "contacts"
    assert (contacts / "ruth-abernathy/2026-10-19-check-in.md").read_bytes() == b""
    assert "\ndate: 2026-08-14\nkind: interview\n" in (
        contacts / "nadia-rahimi/interview-with-nadia.md"
    ).read_text("utf-8")
    assert "---\nkind: meeting\n" in (contacts / "arjun-malhotra/2026-11-06-proofs.md").read_text("utf-8")
    days = {(i.owner, str(i.day), str(i.kind)) for i in notebook.read(ROOT).book.interactions}
    assert days >= {
        ("ruth-abernathy", "2026-10-19", "check-in"),
        ("nadia-rahimi", "2026-08-14", "interview"),
        ("arjun-malhotra", "2026-11-06", "meeting"),
    }


def test_one_card_comes_from_another_editor() -> None:
    raw = (ROOT / "contacts/siobhan-kelleher.md").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf---\r\n")
    assert raw.count(b"\r\n") == raw.count(b"\n")


def test_a_line_appended_to_any_card_with_a_check_in_is_logged(due: dict[str, Any], tmp_path: Path) -> None:
    shutil.copytree(ROOT / "contacts", tmp_path / "contacts")
    slugs = sorted({c["contact"] for c in due["check_ins"]})
    for slug in slugs:
        with (tmp_path / f"contacts/{slug}.md").open("a", encoding="utf-8") as card:
            card.write("- 2026-11-23 voicemail: as the page says\n")
    reading = notebook.read(tmp_path)
    assert reading.diagnostics == ()
    assert sorted(i.owner for i in reading.book.interactions if i.text == "as the page says") == slugs


def test_every_address_is_under_example() -> None:
    text = written()
    hosts = re.findall(r"[\w.+-]+@([\w.-]+\w)", text) + re.findall(r"https?://([\w.-]+)", text)
    assert len(hosts) >= 30
    assert [host for host in hosts if not host.endswith(".example")] == []


def test_every_number_is_kept_for_fiction() -> None:
    numbers = re.findall(r"\+\d[\d ]+\d", written())
    reserved = re.compile(r"\+61 (2 (5550|7010) 01\d\d|491 570 (110|156|157|158|159))")
    assert len(numbers) >= 20
    assert [number for number in numbers if not reserved.fullmatch(number)] == []
    assert [number for number, count in Counter(numbers).items() if count > 1] == []
