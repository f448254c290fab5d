"""Drafts: the message that fits the occasion, filled in, with its gaps shown."""

from __future__ import annotations

import re
import typing
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from intouch.agenda import plan_history
from intouch.checkins import CheckIn
from intouch.dates import Away, WorkCalendar
from intouch.drafts.compose import LONGEST_LINK, Draft, alike, compose, lint
from intouch.drafts.facts import Facts, gather, greeting_of
from intouch.drafts.messages import WORDS, MessageKind, builtin_templates, kind_for
from intouch.drafts.writer import Writer
from intouch.history import History, history
from intouch.settings import Me, Settings
from notebook import book, contact, day

TEMPLATES = builtin_templates()
AILSA = Me(name="Ailsa Moore", headline="trainer for adults", availability="from March")


def seen(notebook: str, today: str = "2026-11-23", settings: Settings | None = None) -> History:
    return history(book(notebook), day(today), settings or Settings(me=AILSA))


def items(made: History, slug: str) -> list[CheckIn]:
    return [item for item in plan_history(made).check_ins if item.contact == slug]


def draft(notebook: str, slug: str = "priya", today: str = "2026-11-23") -> Draft:
    made = seen(notebook, today)
    item = items(made, slug)[0]
    kind = kind_for(item, made)
    return compose(kind, gather(made.contacts[slug], item, made), TEMPLATES[str(kind)])


OCCASIONS = {
    "thank-you": ("priya org=Acme\n  2026-11-20 interview (Coach) by=2026-12-04", "priya"),
    "thank-you-agency": ("ann org=Acme\n  2026-11-20 interview (Coach) via=sam\nsam type=agency", "sam"),
    "follow-up": ("priya\n  2026-11-06 interview (Coach)\n  2026-11-09 thank-you", "priya"),
    "follow-up-last": ("priya\n  2026-11-06 interview (Coach)\n  2026-11-16 follow-up (Coach)", "priya"),
    "thank-anyway": ("priya org=Acme\n  2026-11-06 interview (Coach)\n  2026-11-20 rejection", "priya"),
    "answer": (
        "priya\n  2026-11-06 screen (Coach) thanks=no\n  2026-11-20 offer (Coach) by=2026-12-04",
        "priya",
    ),
    "withdraw": (
        (
            "priya org=Acme\n  2026-11-02 applied (Coach)\n"
            "ben\n  2026-11-03 interview (Cook)\n  2026-11-18 accepted"
        ),
        "priya",
    ),
    "promised": ("priya next=2026-11-30\n  2026-11-06 meeting thanks=no", "priya"),
    "report-back": ("priya\nann by=priya\n  2026-11-20 meeting thanks=no", "priya"),
    "keep-in-touch": ("priya org=Acme cadence=2m\n  2026-09-24 call", "priya"),
    "reconnect": ("priya org=Acme cadence=2m\n  2025-09-24 call", "priya"),
}


@pytest.mark.parametrize(
    ("kind", "notebook", "slug"), [(k, *v) for k, v in OCCASIONS.items()], ids=list(OCCASIONS)
)
def test_each_occasion_has_its_message(kind: str, notebook: str, slug: str) -> None:
    made = draft(notebook, slug)
    assert made.kind == kind
    assert made.subject
    assert "\n" not in made.subject
    assert made.body.startswith(("Dear ", "Hello "))
    assert made.body.endswith("\nAilsa Moore\n")
    assert "None" not in made.body + made.subject
    assert "  " not in made.body
    assert "just checking in" not in made.body.casefold()


@pytest.mark.parametrize("kind", [k for k in MessageKind if k in WORDS])
def test_every_message_is_as_long_as_it_may_be(kind: MessageKind) -> None:
    notebook = "priya org=Acme\n  2026-11-06 interview (Coach) by=2026-12-04 people=ann\nann"
    made = seen(
        notebook,
        settings=Settings(
            me=AILSA, calendar=WorkCalendar(away=(Away(day("2026-01-05"), day("2026-02-08")),))
        ),
    )
    filled = compose(kind, gather(made.contacts["priya"], None, made), TEMPLATES[str(kind)])
    least, most = WORDS[kind]
    assert least * 0.8 <= len(filled.body.split()) <= most


def test_what_is_known_is_said_and_what_is_missing_is_shown() -> None:
    notebook = book("priya org=Acme\n  2026-11-20 interview (Coach) by=2026-12-04 people=ann\nann")
    hooked = replace(notebook.interactions[0], hook="the story about the night class.")
    made = history(replace(notebook, interactions=(hooked,)), day("2026-11-23"), Settings(me=AILSA))
    item = items(made, "priya")[0]
    filled = compose(
        MessageKind.THANK_YOU, gather(made.contacts["priya"], item, made), TEMPLATES["thank-you"]
    )
    assert filled.subject == "Thank you: Coach, 20 November"
    assert "the interview on Friday, 20 November about the position of Coach" in filled.body
    assert "What stayed with me is the story about the night class." in filled.body
    assert "decide by 4 December" in filled.body
    assert filled.gaps == ("a point made stronger, or an answer you would now give better",)
    assert f"[{filled.gaps[0]}]" in filled.body
    assert not filled.ready
    unhooked = draft("priya\n  2026-11-20 interview (Coach)")
    assert "[what only they said]" in unhooked.body


def test_a_message_that_lacks_nothing_is_ready() -> None:
    made = draft(OCCASIONS["withdraw"][0])
    assert made.ready
    assert lint(made) == ()
    assert made.body.startswith("Dear Priya,\n\nI am withdrawing my application for the position of Coach")


def test_a_first_follow_up_brings_the_thanks_that_were_never_sent() -> None:
    assert "Thank you again" not in draft(OCCASIONS["follow-up"][0]).body
    late = draft("priya\n  2026-11-06 interview (Coach) thanks=no", today="2026-11-23")
    assert "Thank you again for your time." in late.body


def test_a_note_to_oneself_is_no_part_of_an_e_mail() -> None:
    made = seen("priya cadence=2m\n  2026-09-24 call")
    told = replace(made.book.interactions[0], text="she is vain about her garden")
    made = history(replace(made.book, interactions=(told,)), made.today, made.settings)
    item = items(made, "priya")[0]
    facts = gather(made.contacts["priya"], item, made)
    assert "vain" not in compose(MessageKind.KEEP_IN_TOUCH, facts, TEMPLATES["keep-in-touch"]).body
    assert "vain" in compose(MessageKind.KEEP_IN_TOUCH_PHONE, facts, TEMPLATES["keep-in-touch-phone"]).body


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Priya Nair", "Priya"),
        ("Dr Priya Nair", "Dr Nair"),
        ("Prof. Ambrose van Tilley", "Prof. Tilley"),
        ("Ms. Nair", "Ms. Nair"),
        ("Madonna", "Madonna"),
        ("Dr", "Dr"),
    ],
)
def test_the_greeting_is_the_first_name_and_titles_stay_with_the_family(name: str, greeting: str) -> None:
    assert greeting_of(replace(contact("x"), name=name)) == greeting
    assert greeting_of(replace(contact("x"), name=name, greeting="Pri")) == "Pri"


def test_a_link_carries_address_subject_and_text_and_nothing_else() -> None:
    made = replace(draft(OCCASIONS["withdraw"][0]), to="p+r&i?ya@acme.example", subject="a&b\r\nBcc: x@y")
    assert made.link.startswith(
        "mailto:p+r%26i%3Fya@acme.example?subject=a%26b%0D%0ABcc%3A%20x%40y&body=Dear%20Priya"
    )
    assert made.link.count("&") == 1
    assert "%0D%0A" in made.link
    assert unquote(made.link.partition("&body=")[2]).replace("\r\n", "\n") == made.body
    assert replace(made, to="").link == ""
    assert replace(made, body="word " * 800).link == ""
    assert len(made.link) <= LONGEST_LINK


def test_what_is_to_be_mended_is_said() -> None:
    made = draft(OCCASIONS["follow-up"][0])
    assert lint(made) == ("a gap is left: one fresh reason",)
    assert "write to its consultant" in lint(made, to_client=True)[1]
    assert "asks more" in lint(replace(made, body="a? b?", gaps=()))[0]
    assert "words" in lint(replace(made, body="word " * 200, gaps=()))[0]


def test_the_same_text_to_two_people_of_one_house_is_seen() -> None:
    one = draft(OCCASIONS["withdraw"][0])
    other = replace(one, body=one.body.replace("Dear Priya", "Dear Ann"))
    assert alike(one, other)
    assert not alike(one, replace(other, body=f"{other.body}More."))
    assert "Ann Bell would get the same text" in lint(one, same_as="Ann Bell")[0]


def test_a_notebooks_own_message_stands_in_and_a_broken_one_steps_aside(tmp_path: Path) -> None:
    (tmp_path / "messages").mkdir()
    own = tmp_path / "messages" / "keep-in-touch.txt"
    made = seen(OCCASIONS["keep-in-touch"][0])
    item = items(made, "priya")[0]
    own.write_text("Subject: Hi\n\nHello {{ contact.greeting }}!\n", encoding="utf-8")
    writer = Writer(tmp_path)
    assert writer.drafts_for(item, made)[0].body == "Hello Priya!\n"
    assert writer.problems == []
    for broken in (
        "Subject: x\n\n{{ contact.nothing }}",
        "{% for %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ 1 // 0 }}",
    ):
        own.write_text(broken, encoding="utf-8")
        writer = Writer(tmp_path)
        assert writer.drafts_for(item, made)[0].body.startswith("Dear Priya")
        writer.drafts_for(item, made)
        (problem,) = writer.problems
        assert problem.place.file == "site_templates/messages/keep-in-touch.txt"
    own.write_bytes(b"Subject: x\n\xff\xfe")
    (problem,) = Writer(tmp_path).problems
    assert f"{problem.place} {problem.code}" == "site_templates/messages/keep-in-touch.txt:2 not-utf8"


def test_a_file_that_is_named_like_no_message_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "messages"
    folder.mkdir()
    for name in ("thankyou.txt", "zzz.txt", "answer.txt", "answer.txt~", ".hidden.txt", "README.md"):
        (folder / name).write_text("Subject: x\n\ny\n", encoding="utf-8")
    assert [(d.place.file, d.code, d.message, d.remedy) for d in Writer(tmp_path).problems] == [
        (
            "site_templates/messages/thankyou.txt",
            "stray-file",
            "no message is called 'thankyou'",
            "Did you mean 'thank-you.txt'?",
        ),
        (
            "site_templates/messages/zzz.txt",
            "stray-file",
            "no message is called 'zzz'",
            "See: intouch draft --help",
        ),
    ]


def test_a_message_that_is_a_link_is_followed_within_its_folder_and_told_where_it_leads_out(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "site_templates"
    (folder / "messages").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("Subject: secret\n\nsecret\n", encoding="utf-8")
    (folder / "short.txt").write_text("Subject: Hi\n\nHello {{ contact.greeting }}!\n", encoding="utf-8")
    own = folder / "messages" / "keep-in-touch.txt"
    made = seen(OCCASIONS["keep-in-touch"][0])
    item = items(made, "priya")[0]

    def body_and_problems() -> tuple[str, list[tuple[str, str]]]:
        writer = Writer(folder)
        return writer.drafts_for(item, made)[0].body, [(str(d.place), d.code) for d in writer.problems]

    own.symlink_to("../short.txt")
    assert body_and_problems() == ("Hello Priya!\n", [])
    named = "site_templates/messages/keep-in-touch.txt:1"
    for target, code in (
        (tmp_path / "secret.txt", "symlink-outside"),
        (folder / "nowhere.txt", "unreadable-file"),
        (own, "unreadable-file"),
        (folder / "messages", "unreadable-file"),
    ):
        own.unlink()
        own.symlink_to(target)
        body, problems = body_and_problems()
        assert body.startswith("Dear Priya")
        assert problems == [(named, code)]
    (folder / "messages").rename(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "keep-in-touch.txt").unlink()
    (tmp_path / "elsewhere" / "keep-in-touch.txt").write_text("Subject: secret\n\nsecret\n", encoding="utf-8")
    (folder / "messages").symlink_to(tmp_path / "elsewhere")
    body, problems = body_and_problems()
    assert body.startswith("Dear Priya"), "nor is one followed through its folder"
    assert problems == [(named, "symlink-outside")]


def test_the_manual_has_every_message_and_all_that_one_may_say() -> None:
    page = (Path(__file__).parent.parent.parent / "docs" / "messages.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([a-z-]+)` \| .* \| (.*)\|$", page, re.MULTILINE))
    assert listed == {
        str(kind): f"{WORDS[kind][0]}–{WORDS[kind][1]} " if kind in WORDS else "" for kind in MessageKind
    }
    _, _, words = page.partition("## Words of your own")
    for part in fields(Facts):
        told = re.search(rf"`{part.name}`(?: \(([^)]*)\))?", words)
        assert told, part.name
        inner = typing.get_type_hints(Facts)[part.name]
        if is_dataclass(inner) and inner is not Me:
            assert {field.name for field in fields(inner)} == {*re.findall(r"`(\w+)`", told[1])}
