"""Who is whom, and what an import would do: nothing that a card says is ever replaced."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from intouch.importers.candidate import Candidate
from intouch.importers.known import organization_key
from intouch.importers.planning import ImportPlan, Status, plan_import
from intouch.model import Book, Contact
from intouch.places import Place

AT = Place("people.csv", 2)


def book(*contacts: Contact) -> Book:
    return Book(MappingProxyType({contact.slug: contact for contact in contacts}))


def contact(slug: str, name: str = "", **values: Any) -> Contact:
    name = name or slug.replace("-", " ").title()
    return replace(Contact(slug, name, Place(f"contacts/{slug}.md", 2)), **values)


def candidate(name: str, **values: Any) -> Candidate:
    return replace(Candidate(AT, name), **values)


def plan(known: Book, *candidates: Candidate, separate: bool = False) -> ImportPlan:
    return plan_import(candidates, known, separate=separate)


ANN = contact(
    "ann-ray",
    organization="Acme",
    emails=("ann@acme.example",),
    phones=("+61 2 5550 0142",),
    linkedin=("https://www.linkedin.com/in/ann-ray",),
)


@pytest.mark.parametrize(
    ("row", "status", "slug"),
    [
        # By e-mail address, whatever its case; the name shares a word.
        (candidate("Ann Ray", emails=("ANN@acme.example",)), Status.SKIP, "ann-ray"),
        # By LinkedIn address, even under another name: people marry.
        (candidate("Ann Lee", linkedin=("https://www.linkedin.com/in/ann-ray",)), Status.CONFLICT, "ann-ray"),
        # By phone number, with or without the country's prefix, where the name shares a word.
        (candidate("Ann R.", phones=("(02) 5550 0142",)), Status.CONFLICT, "ann-ray"),
        (candidate("Ann R.", phones=("02 5550 0142 ext. 7",)), Status.CONFLICT, "ann-ray"),
        (candidate("Ann R.", phones=("02 5550 0142 x7",)), Status.CONFLICT, "ann-ray"),
        # A number that somebody else answers too is nobody's.
        (candidate("Bob Low", phones=("(02) 5550 0142",)), Status.CREATE, "bob-low"),
        # By exact name and organization, legal form aside.
        (candidate("ann  RAY", organization="ACME, Inc."), Status.SKIP, "ann-ray"),
        # A name alone is a suggestion.
        (candidate("Ann Ray"), Status.CONFLICT, "ann-ray"),
        (candidate("Ann Ray", organization="Zenith"), Status.CONFLICT, "ann-ray"),
        # An address that belongs to somebody of another name is a suggestion as well.
        (candidate("Bob Low", emails=("ann@acme.example",)), Status.CONFLICT, "ann-ray"),
        # Two LinkedIn addresses are two people.
        (candidate("Ann Ray", linkedin=("https://www.linkedin.com/in/other",)), Status.CREATE, "ann-ray-2"),
        (candidate("Bob Low"), Status.CREATE, "bob-low"),
    ],
)
def test_a_row_is_known_by_what_is_theirs_alone(row: Candidate, status: Status, slug: str) -> None:
    (step,) = plan(book(ANN), row).steps
    assert (step.status, step.slugs) == (status, (slug,))


def test_only_what_was_empty_is_added() -> None:
    row = candidate(
        "Ann Ray", emails=("ann@acme.example",), title="Head", phones=("99",), location="Sydney", tags=("x",)
    )
    planned = plan(book(ANN), row)
    (step,) = planned.steps
    assert step.status is Status.UPDATE
    assert step.added == {"title": "Head", "location": "Sydney", "tags": ("x",)}
    assert step.kept == {"phone": ("99",)}
    assert [(c.slug, c.is_new, dict(c.values)) for c in planned.changes] == [
        ("ann-ray", False, {"title": "Head", "location": "Sydney", "tags": ("x",)})
    ]


def test_a_new_employer_is_news_and_changes_nothing() -> None:
    row = candidate("Ann Ray", emails=ANN.emails, organization="Zenith Ltd", title="Director")
    planned = plan(book(ANN), row)
    (step,) = planned.steps
    assert step.status is Status.MOVED
    assert step.reason == (
        "now at Zenith Ltd (Director), the card says Acme: "
        "a reason to congratulate; ann@acme.example may no longer reach them"
    )
    assert planned.changes == ()


def test_whoever_wants_no_contact_stays_so_and_gets_nothing() -> None:
    silent = replace(ANN, do_not_contact=True)
    planned = plan(book(silent), candidate("Ann Ray", emails=ANN.emails, title="Head"))
    assert [(s.status, s.reason) for s in planned.steps] == [(Status.SKIP, "do_not_contact: left alone")]
    assert planned.changes == ()


def test_those_who_share_only_a_name_may_be_told_apart() -> None:
    rows = [candidate("Ann Ray", organization="Zenith"), candidate("Bob Low", emails=("ann@acme.example",))]
    planned = plan(book(ANN), *rows, separate=True)
    assert [(s.status, s.slugs) for s in planned.steps] == [
        (Status.CREATE, ("ann-ray-2",)),
        (Status.CREATE, ("bob-low",)),
    ]


@pytest.mark.parametrize(
    "values",
    [{"phones": ("+61 2 5550 0999",)}, {"emails": ("ann@other.example",)}],
    ids=["another number", "another address"],
)
def test_two_of_one_name_at_no_organization_are_two_where_anything_parts_them(values: dict[str, Any]) -> None:
    known = contact("ann-ray", phones=("+61 2 5550 0142",), emails=("ann@acme.example",))
    row = candidate("Ann Ray", birthday="04-12", **values)
    (step,) = plan(book(known), row).steps
    assert (step.status, step.reason, step.added) == (Status.CONFLICT, "only the name is the same", {})
    apart = plan(book(known), row, separate=True)
    assert [change.slug for change in apart.changes] == ["ann-ray-2"]


def test_several_cards_that_fit_alike_are_never_chosen_from() -> None:
    twice = contact("ann-two", "Ann Ray", organization="Acme", emails=ANN.emails)
    row = candidate("Ann Ray", emails=ANN.emails, title="Head")
    for separate in (False, True):
        planned = plan(book(ANN, twice), row, separate=separate)
        assert [(s.status, s.slugs) for s in planned.steps] == [(Status.CONFLICT, ("ann-ray", "ann-two"))]
        assert planned.changes == ()


def test_two_rows_of_one_person_make_one_card() -> None:
    first = candidate("Cy Doe", emails=("cy@x.example",))
    second = candidate("Cy Doe", emails=("cy@x.example",), title="Head", about="Tall.")
    planned = plan(book(), first, second)
    assert [s.status for s in planned.steps] == [Status.CREATE, Status.UPDATE]
    (change,) = planned.changes
    assert (change.is_new, change.values["title"]) == (True, "Head")
    assert planned.steps[1].kept == {"note": "Tall."}


def test_what_one_row_adds_makes_another_known() -> None:
    known = contact("cy-doe", organization="Acme")
    by_link = candidate("Cy Doe", linkedin=("https://www.linkedin.com/in/cy",), title="Head")
    by_place = candidate("Cy Doe", organization="Acme", linkedin=("https://www.linkedin.com/in/cy",))
    planned = plan(book(known), by_link, by_place)
    assert [s.status for s in planned.steps] == [Status.UPDATE, Status.UPDATE]
    assert dict(planned.changes[0].values) == {"linkedin": by_link.linkedin, "title": "Head"}


@pytest.mark.parametrize(
    ("row", "slug"),
    [
        (candidate("林 美咲", linkedin=("https://www.linkedin.com/in/misaki-hayashi",)), "misaki-hayashi"),
        (candidate("林 美咲", emails=("m.hayashi@x.example",)), "m-hayashi"),
        (candidate("林 美咲"), "person"),
        (candidate("con"), "con-1"),
        (candidate("x" * 200), "x" * 60),
    ],
)
def test_a_card_has_a_name_that_every_system_can_hold(row: Candidate, slug: str) -> None:
    assert plan(book(), row).steps[0].slugs == (slug,)


def test_a_name_that_is_taken_in_the_folder_is_left_alone() -> None:
    planned = plan_import([candidate("Ann Ray")], book(), taken={"ann-ray", "ann-ray-2"})
    assert planned.steps[0].slugs == ("ann-ray-3",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme, Inc.", "ACME"),
        ("The Acme Company Ltd", "acme"),
        ("S.A. Brightpath", "Brightpath"),
        ("Müller GmbH & Co. KG", "müller"),
    ],
)
def test_a_legal_form_is_no_part_of_a_name(one: str, other: str) -> None:
    assert organization_key(one) == organization_key(other)


def test_a_name_of_nothing_but_legal_forms_is_a_name() -> None:
    assert organization_key("The Co.") != organization_key("AG")


def test_an_organization_of_nothing_but_signs_is_one_as_well() -> None:
    row = candidate("Ann Ray", organization="—")
    first = plan(book(), row, separate=True)
    assert [(c.slug, c.is_new) for c in first.changes] == [("ann-ray", True)]
    again = plan(book(contact("ann-ray", organization="—")), row, separate=True)
    assert (again.steps[0].status, again.changes) == (Status.SKIP, ())


def test_a_linkedin_address_is_one_under_whichever_key_a_card_has_it() -> None:
    profile = "https://www.linkedin.com/in/ann-ray"
    known = contact("ann", "Ann Lee", websites=("http://au.linkedin.com/in/Ann-Ray/",))
    (step,) = plan(book(known), candidate("Ann Ray", linkedin=(profile,), title="Head")).steps
    assert (step.status, step.slugs, step.added) == (Status.UPDATE, ("ann",), {"title": "Head"})


def test_whoever_gave_something_to_a_card_is_not_said_to_have_left_it_alone() -> None:
    """What the second row adds makes the first fit two cards, after it has filled in one."""
    shared, profile = ("info@x.example",), ("https://www.linkedin.com/in/ray",)
    known = book(contact("ann-ray", emails=shared), contact("ray-low", linkedin=profile))
    rows = [candidate("Ray", emails=shared, title="Head"), candidate("Low", linkedin=profile, emails=shared)]
    step = plan(known, *rows).steps[0]
    assert (step.status, step.slugs, step.added) == (Status.UPDATE, ("ann-ray",), {"title": "Head"})
