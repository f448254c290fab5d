"""`export`: people for other programs, as independent readers see them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import vobject

from program import run, write_files

NOTEBOOK = """\
=== contacts/priya-nair.md
---
name: Priya K. Nair
organization: Brightpath; College, Sydney
title: Head of Learning, Teaching
email: [priya@brightpath.example, p@home.example]
phone: [+61 2 5550 0142, "@home 5550"]
linkedin: https://www.linkedin.com/in/priya-nair
location: Sydney, Australia
tags: [warm, "panel talk"]
fit: 5
cadence: every 3 months
birthday: 04-12
aliases: Pri
---

Tall; likes *night classes*,
and backslashes \\\\.

## Log
- 2026-11-20 interview (Trainer): panel of two
=== contacts/sam.md
---
name: "=HYPERLINK(1)"
title: -2
birthday: 1980-04-12
---
"""


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    return write_files(tmp_path, NOTEBOOK)


def test_vcards_as_the_library_of_others_reads_them(notebook: Path) -> None:
    done = run("export", cwd=notebook)
    assert (done.code, done.err) == (0, "")
    raw = done.out
    assert raw.count("BEGIN:VCARD\nVERSION:4.0\n") == 2, "read with line ends translated"
    priya, sam = vobject.readComponents(raw)
    assert priya.fn.value == "Priya K. Nair"
    assert (priya.n.value.family, priya.n.value.given) == ("Nair", "Priya K.")
    assert priya.org.value == ["Brightpath; College, Sydney"]
    assert priya.title.value == "Head of Learning, Teaching"
    assert [e.value for e in priya.email_list] == ["priya@brightpath.example", "p@home.example"]
    assert [t.value for t in priya.tel_list] == ["+61 2 5550 0142", "@home 5550"]
    assert priya.url.value == "https://www.linkedin.com/in/priya-nair"
    assert priya.adr.value.city == "Sydney, Australia"
    assert priya.categories.value == ["warm", "panel talk"]
    assert priya.bday.value == "--0412"
    assert priya.nickname.value == "Pri"
    assert priya.note.value == "Tall; likes *night classes*,\nand backslashes \\\\."
    assert (sam.fn.value, sam.bday.value) == ("=HYPERLINK(1)", "19800412")


def test_vcards_are_folded_and_end_their_lines_as_the_format_wants(notebook: Path) -> None:
    card = "---\nname: " + "林" * 60 + "\n---\n"
    (notebook / "contacts" / "lin.md").write_text(card, encoding="utf-8")
    run("export", "-o", "people.vcf", cwd=notebook)
    raw = (notebook / "people.vcf").read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    assert all(line.decode("utf-8") for line in raw.rstrip().split(b"\r\n")), "no letter is cut in two"


def test_a_table_that_a_spreadsheet_works_nothing_out_in(notebook: Path) -> None:
    run("export", "-o", "people.csv", cwd=notebook)
    raw = (notebook / "people.csv").read_bytes()
    priya, sam = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert raw.startswith(b"\xef\xbb\xbf")
    assert priya["organization"] == "Brightpath; College, Sydney"
    assert priya["phone"] == "'+61 2 5550 0142; @home 5550"
    assert (priya["fit"], priya["cadence"], priya["birthday"]) == ("5", "3 months", "04-12")
    assert (sam["name"], sam["title"]) == ("'=HYPERLINK(1)", "'-2")
    cells = [cell for row in (priya, sam) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_json_holds_the_log_as_well(notebook: Path) -> None:
    people = json.loads(run("export", "priya", "--format", "json", cwd=notebook).out)["contacts"]
    assert [(p["contact"], p["tags"], p["birthday"]) for p in people] == [
        ("priya-nair", ["warm", "panel talk"], "04-12")
    ]
    (interview,) = people[0]["interactions"]
    assert (interview["date"], interview["kind"], interview["role"]) == ("2026-11-20", "interview", "Trainer")


@pytest.mark.parametrize("ending", ["vcf", "csv"])
def test_what_went_out_and_comes_back_changes_nothing(notebook: Path, ending: str) -> None:
    before = {p.name: p.read_bytes() for p in (notebook / "contacts").iterdir()}
    run("export", "-o", f"out.{ending}", cwd=notebook)
    done = run("import", f"out.{ending}", "--write", cwd=notebook)
    assert (done.code, done.out.count("Nothing to write")) == (0, 1)
    assert {p.name: p.read_bytes() for p in (notebook / "contacts").iterdir()} == before


@pytest.mark.parametrize("ending", ["vcf", "csv"])
def test_what_went_out_makes_the_same_people_in_an_empty_notebook(notebook: Path, ending: str) -> None:
    run("export", "-o", f"out.{ending}", cwd=notebook)
    other = write_files(notebook / "other", "")
    assert run("import", f"../out.{ending}", "--write", cwd=other).code == 0
    told = json.loads(run("export", "--format", "json", cwd=other).out)["contacts"]
    priya = next(p for p in told if p["name"] == "Priya K. Nair")
    assert priya["phone"] == ["+61 2 5550 0142", "@home 5550"]
    assert priya["organization"] == "Brightpath; College, Sydney"
    assert priya["linkedin"] == ["https://www.linkedin.com/in/priya-nair"]
    assert priya["birthday"] == "04-12"
    assert "=HYPERLINK(1)" in {p["name"] for p in told}


def test_a_file_that_is_there_is_left(notebook: Path) -> None:
    (notebook / "people.vcf").write_text("mine", encoding="utf-8")
    done = run("export", "-o", "people.vcf", cwd=notebook)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "intouch: 'people.vcf' is there already\n"
        "  It was left as it is: name another file, or delete it first.\n"
    )
    assert (notebook / "people.vcf").read_text("utf-8") == "mine"


def test_what_cannot_be_told_is_asked_for(notebook: Path) -> None:
    done = run("export", "-o", "people.doc", cwd=notebook)
    assert (done.code, done.out) == (2, "")
    assert "Name it: --format vcard, csv or json." in done.err
    assert not (notebook / "people.doc").exists()
    assert run("export", "nobody", cwd=notebook).code == 2


def test_a_card_that_cannot_be_read_is_missing_and_that_is_said(notebook: Path) -> None:
    write_files(notebook, "=== contacts/ann.md\n---\nnmae: Ann\n---\n")
    done = run("export", "-o", "people.vcf", cwd=notebook)
    assert done.code == 1
    assert "contacts/ann.md:2:1: error" in done.err
