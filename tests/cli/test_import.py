"""`import`: as a newcomer runs it, on the files that other programs write."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from program import Done, run, write_files

CASES = Path(__file__).parent.parent / "importers" / "cases"
LINKEDIN = CASES / "linkedin-today" / "Connections.csv"
TODAY = ("--today", "2026-11-23")

CARD = """\
---
name: Priya Nair
organization: Brightpath College
title:
email: priya.nair@brightpath.example
fit: 5
---

## Log
- 2026-11-20 interview (Trainer)
"""


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    shutil.copy(LINKEDIN, tmp_path)
    return write_files(tmp_path, "")


def cards(notebook: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (notebook / "contacts").iterdir()}


def imported(notebook: Path, *arguments: str) -> Done:
    return run("import", *arguments, *TODAY, cwd=notebook)


PLAN = """\
Connections.csv: LinkedIn, 2 people

create 2  a card for each
Priya Nair (Brightpath College)      priya-nair    title, email, linkedin, x-connected
Sam Lee (Quillon, Lee & Partners)    sam-lee       title, linkedin, x-connected

"""


def test_a_plan_first_then_the_cards_and_the_third_time_nothing(notebook: Path) -> None:
    first = imported(notebook, "Connections.csv")
    told = f"{PLAN}Nothing was written. To do it: intouch import Connections.csv --write\n"
    assert (first.code, first.err, first.out) == (0, "", told)
    assert cards(notebook) == {}

    second = imported(notebook, "Connections.csv", "--write")
    assert (second.code, second.err) == (0, ""), "and no bar where there is no terminal"
    assert second.out == (
        f"{PLAN}Written: 2 new cards, 0 filled in.\n"
        "Nobody new is planned yet: give those who matter a rhythm, as in 'cadence: every 3 months'.\n"
    )
    written = cards(notebook)
    assert sorted(written) == ["priya-nair.md", "sam-lee.md"]
    assert written["sam-lee.md"].decode() == (
        '---\nname: Sam Lee\norganization: "Quillon, Lee & Partners"\ntitle: Senior Consultant\n'
        'linkedin: "https://www.linkedin.com/in/sam-lee-quillon"\nx-connected: 2023-01-02\n---\n\n## Log\n'
    )
    third = imported(notebook, "Connections.csv", "--write")
    assert third.out == (
        "Connections.csv: LinkedIn, 2 people\n\nskip 2  nothing new\n\n"
        "Nothing to write: your cards have all of it.\n"
    )
    assert cards(notebook) == written


def test_imported_people_wait_and_ask_for_nothing(notebook: Path) -> None:
    imported(notebook, "Connections.csv", "--write")
    assert run("check", cwd=notebook).out == "No problems: 2 people, 0 interactions.\n"
    assert "Nair" not in run("due", "--all", *TODAY, cwd=notebook).out
    assert "untracked" in run("why", "priya-nair", *TODAY, cwd=notebook).out
    run("build", *TODAY, cwd=notebook)
    feed = (notebook / "_site" / "check-ins.ics").read_bytes()
    assert feed.count(b"BEGIN:VEVENT") == 1, "it says that nothing is due"
    assert b"Nair" not in feed


def test_what_a_card_does_not_say_is_filled_in_and_every_other_byte_stays(notebook: Path) -> None:
    card = notebook / "contacts" / "priya-nair.md"
    card.write_bytes(CARD.replace("\n", "\r\n").encode())
    done = imported(notebook, "Connections.csv", "--write")
    assert "update 1  what their card does not say yet\n" in done.out
    assert "Written: 1 new card, 1 filled in." in done.out
    assert card.read_bytes() == (
        CARD.replace("title:\n", "title: Head of Learning\n")
        .replace("fit: 5\n", 'fit: 5\nlinkedin: "https://www.linkedin.com/in/priya-nair"\n')
        .replace("\n", "\r\n")
        .encode()
    )


def test_a_new_employer_is_told_with_what_to_do_about_it(notebook: Path) -> None:
    imported(notebook, "Connections.csv", "--write")
    before = cards(notebook)
    file = notebook / "Connections.csv"
    file.write_text(file.read_text("utf-8").replace("Brightpath College", "Zenith Ltd"), encoding="utf-8")
    done = imported(notebook, "Connections.csv", "--write")
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "Connections.csv: LinkedIn, 2 people\n\n"
        "moved 1  they work elsewhere now; the card stays as it is\n"
        "Priya Nair (Zenith Ltd)    priya-nair    now at Zenith Ltd (Head of Learning), the card says "
        "Brightpath College: a reason to congratulate; "
        "priya.nair@brightpath.example may no longer reach them\n\n"
        "skip 1  nothing new\n\n"
        "To congratulate someone who moved: intouch draft priya-nair --kind keep-in-touch\n"
        "Then write their new employer to the card.\n\n"
        "Nothing to write: your cards have all of it.\n"
    )
    assert cards(notebook) == before
    draft = run("draft", "priya-nair", "--kind", "keep-in-touch", *TODAY, cwd=notebook)
    assert "Priya" in draft.out


def test_whoever_only_shares_a_name_is_shown_and_left_unless_told_apart(notebook: Path) -> None:
    (notebook / "contacts" / "sam-lee.md").write_text("---\nname: Sam Lee\n---\n", encoding="utf-8")
    done = imported(notebook, "Connections.csv", "--write")
    assert "conflict 1  your card stays as it is; look yourself\n" in done.out
    assert "Sam Lee (Quillon, Lee & Partners)    sam-lee    only the name is the same\n" in done.out
    assert sorted(cards(notebook)) == ["priya-nair.md", "sam-lee.md"]
    apart = imported(notebook, "Connections.csv", "--separate")
    assert "intouch import Connections.csv --separate --write" in apart.out
    imported(notebook, "Connections.csv", "--separate", "--write")
    assert sorted(cards(notebook)) == ["priya-nair.md", "sam-lee-2.md", "sam-lee.md"]


def test_the_plan_for_programs(notebook: Path) -> None:
    shutil.copy(CASES / "linkedin-hostile" / "Connections.csv", notebook / "hostile.csv")
    done = imported(notebook, "Connections.csv", "hostile.csv", "--json")
    assert (done.code, done.err) == (0, "")
    plan = json.loads(done.out)
    assert plan["files"] == [
        {"file": "Connections.csv", "format": "LinkedIn", "people": 2},
        {"file": "hostile.csv", "format": "LinkedIn", "people": 3},
    ]
    assert plan["counts"] == {"create": 5, "update": 0, "moved": 0, "conflict": 0, "skip": 0}
    assert (plan["written"], plan["refused"]) == (0, {})
    assert plan["steps"][1] == {
        "status": "create",
        "file": "Connections.csv",
        "line": 6,
        "name": "Sam Lee",
        "organization": "Quillon, Lee & Partners",
        "contacts": ["sam-lee"],
        "added": {
            "name": "Sam Lee",
            "organization": "Quillon, Lee & Partners",
            "title": "Senior Consultant",
            "linkedin": ["https://www.linkedin.com/in/sam-lee-quillon"],
            "x-connected": "2023-01-02",
        },
        "kept": {},
        "reason": None,
    }
    assert plan["problems"][0] == {
        "file": "hostile.csv",
        "line": 5,
        "severity": "warning",
        "code": "import-cell",
        "message": "left out: 'javascript:alert(1)' is no address on linkedin.com",
        "remedy": "Add the address to the card by hand.",
    }
    assert json.loads(imported(notebook, "Connections.csv", "--json", "--write").out)["written"] == 2


def test_hostile_cells_become_cards_that_read_as_texts_and_nothing_more(notebook: Path) -> None:
    for case in ("linkedin-hostile", "vcard-hostile"):
        (path,) = (p for p in (CASES / case).iterdir() if p.name != "expected.json")
        assert imported(notebook, str(path), "--write").code == 0
    assert run("check", cwd=notebook).out == "No problems: 4 people, 0 interactions.\n"
    assert run("build", *TODAY, cwd=notebook).code == 0
    pages = b"".join(p.read_bytes() for p in (notebook / "_site").rglob("*.html"))
    assert b"<script>alert(1)" not in pages
    assert b"javascript:alert" not in pages


TRACKER = "Firm,Who,Stage,Score\nBrightpath College,Priya Nair,Interview,5\nQuillon,Sam Lee,Applied,\n"


def test_any_table_by_saying_what_its_columns_hold(notebook: Path) -> None:
    (notebook / "jobs.csv").write_text(TRACKER, encoding="utf-8")
    lost = imported(notebook, "jobs.csv")
    assert (lost.code, lost.out) == (1, "")
    assert lost.err == (
        "intouch: 'jobs.csv' has no column for a name\n"
        "  Its columns are: Firm, Who, Stage, Score.\n"
        "  Export it with English column names, or say what they hold: --map 'Firm=name' "
        "(or first_name, last_name, organization, title, email, phone …).\n"
    )
    maps = ("--map", "who=name", "--map", "Score=x-score", "--map", "Stage=-")
    done = imported(notebook, "jobs.csv", *maps)
    assert (
        "To do it: intouch import jobs.csv --map who=name --map Score=x-score --map Stage=- --write"
        in done.out
    )
    assert imported(notebook, "jobs.csv", *maps, "--write").code == 0
    assert cards(notebook)["priya-nair.md"].decode() == (
        "---\nname: Priya Nair\norganization: Brightpath College\nx-score: 5\n---\n\n## Log\n"
    )


def test_what_one_says_of_a_column_leaves_the_others_of_a_known_format(notebook: Path) -> None:
    """The advice for a column that was not taken over once lost every address and number."""
    google = CASES / "google-today" / "contacts.csv"
    plain, said = (
        json.loads(imported(notebook, str(google), *maps, "--json").out)
        for maps in ((), ("--map", "Custom Field 1 - Value=x-shoe", "--map", "Name Prefix=-"))
    )
    assert said["files"] == plain["files"]
    before, after = plain["steps"][0]["added"], said["steps"][0]["added"]
    assert after == {**before, "x-shoe": "38"}


@pytest.fixture(scope="module")
def unfit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notebook with files that cannot be imported, or not as they are asked for; nobody changes it."""
    root = write_files(tmp_path_factory.mktemp("unfit"), "")
    (root / "people.csv").write_text("Name,Company\nAnn,Acme\n", encoding="utf-8")
    (root / "nothing.bin").write_bytes(bytes(range(256)) * 9)
    (root / "empty.csv").write_bytes(b"")
    with zipfile.ZipFile(root / "other.zip", "w") as archive:
        archive.writestr("messages.csv", "FROM,TO\n")
    with zipfile.ZipFile(root / "broken.zip", "w") as archive:
        archive.writestr("Connections.csv", "First Name,Last Name,Connected On\nAnn,Ray,\n")
    raw = (root / "broken.zip").read_bytes()
    (root / "broken.zip").write_bytes(raw.replace(b"Ann,Ray", b"Bob,Low"))
    with zipfile.ZipFile(root / "deflated.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Connections.csv", "First Name,Last Name,Connected On\nAnn,Ray,\n")
    raw = (root / "deflated.zip").read_bytes()
    (root / "deflated.zip").write_bytes(raw[:45] + b"\xff" * 12 + raw[57:])
    with zipfile.ZipFile(root / "people.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with (
        zipfile.ZipFile(root / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(zipfile.ZipInfo("Connections.csv"), "w") as member,
    ):
        for _ in range(257):
            member.write(b"\0" * 1024 * 1024)
    return root


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("people.csv", "--map", "Namee=name"), 1, "has no column 'namee'\n  Did you mean 'Name'?\n"),
        (("people.csv", "--map", "Name=nam"), 2, "Did you mean 'name'?"),
        (("people.csv", "--map", "Name"), 2, "Write it as --map 'COLUMN=KEY'."),
        (("nothing.bin",), 1, "'nothing.bin' is no vCard and no table\n"),
        (("empty.csv",), 1, "'empty.csv' is no vCard and no table\n"),
        (("other.zip",), 1, "'other.zip' holds no Connections.csv\n"),
        (("broken.zip",), 1, "'broken.zip' is a damaged archive"),
        (("deflated.zip",), 1, "'deflated.zip' is a damaged archive"),
        (("people.xlsx",), 1, "'people.xlsx' is a workbook\n  Save its table as CSV, and import that.\n"),
        (("/dev/zero",), 1, "bytes; the most is 268,435,456\n"),
        (("bomb.zip",), 1, "bytes; the most is 268,435,456\n"),
        (("gone.csv",), 2, "File 'gone.csv' does not exist."),
        (("contacts",), 2, "File 'contacts' is a directory."),
        ((), 2, "Missing argument 'FILE…'."),
    ],
)
def test_what_cannot_be_imported_is_said_in_a_line(
    unfit: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = imported(unfit, *arguments, "--write")
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert cards(unfit) == {}


def test_where_a_file_lies_in_an_archive_is_never_where_anything_is_written(notebook: Path) -> None:
    with zipfile.ZipFile(notebook / "export.zip", "w") as archive:
        archive.writestr("../../../escaped/Connections.csv", LINKEDIN.read_text("utf-8"))
    before = {p for p in notebook.parent.rglob("*") if "contacts" not in p.parts}
    assert imported(notebook, "export.zip", "--write").code == 0
    assert sorted(cards(notebook)) == ["priya-nair.md", "sam-lee.md"]
    assert {p for p in notebook.parent.rglob("*") if "contacts" not in p.parts} == before


def test_a_row_that_cannot_be_read_is_said_and_the_rest_goes_on(notebook: Path) -> None:
    shutil.copy(CASES / "linkedin-quotes" / "Connections.csv", notebook / "quotes.csv")
    done = imported(notebook, "quotes.csv", "--write")
    assert done.code == 1
    assert "quotes.csv:3:1: error: a quotation mark in this row is never closed  [import-row]\n" in done.err
    assert "Written: 2 new cards, 0 filled in." in done.out
    assert sorted(cards(notebook)) == ["bo-li.md", "priya-nair.md"]


def test_cards_with_errors_are_mended_first_so_that_nobody_is_taken_in_twice(notebook: Path) -> None:
    write_files(notebook, "=== contacts/priya.md\n---\nnmae: Priya Nair\n---\n")
    done = imported(notebook, "Connections.csv", "--write")
    assert done.code == 1
    assert "contacts/priya.md:2:1: error" in done.err
    assert "intouch: nothing was imported\n" in done.err
    assert sorted(cards(notebook)) == ["priya.md"]
    assert imported(notebook, "Connections.csv").code == 0, "the plan is shown all the same"


def test_whoever_wants_no_contact_is_left_alone(notebook: Path) -> None:
    card = CARD.replace("fit: 5", "do_not_contact: yes")
    write_files(notebook, f"=== contacts/priya-nair.md\n{card}")
    imported(notebook, "Connections.csv", "--write")
    assert cards(notebook)["priya-nair.md"].decode() == card
