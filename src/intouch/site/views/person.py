"""A page a person: how to reach them, what is next and why, and everything that happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from intouch.git_host import edit_url
from intouch.mail_links import mail_link
from intouch.model import Contact, Interaction, Source
from intouch.names import folded
from intouch.site.addresses import TWO_DOWN, telephone, web, web_text
from intouch.site.lookup import Lookup
from intouch.site.views.items import (
    ApplicationItem,
    Appointment,
    CheckInItem,
    application_item,
    appointment,
    check_in_item,
    maybe_person,
    people_links,
)
from intouch.site.views.shell import Frame, Link, Shell
from intouch.site.warmth import Warmth, warmth_of
from intouch.site.words import (
    Day,
    Piece,
    action_text,
    birthday_text,
    channel_text,
    day_of,
    kind_text,
    pieces,
    rhythm_and_source,
    short_date,
    status_note,
    status_text,
    type_text,
)
from intouch.timeline import is_scheduled


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a fact.

    Attributes:
        href: where it leads; empty for nowhere.
        iso: its form for machines where it is a date; else empty.
        is_number: whether it is a telephone number, which no line should break.
    """

    text: str
    href: str = ""
    iso: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known of a person, with one value or more."""

    label: str
    entries: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Unasked:
    """Something that is not asked for, and why."""

    action: str
    reason: tuple[Piece, ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened.

    Attributes:
        kind_id: the stable name of the kind, for styling.
        how: by which means, such as `by video`; empty where nobody said.
        others: who else was there.
        via: the agency consultant who arranged it; its `text` is empty where there was none.
        facts: what else was written down about it.
        text: the line or the note, rendered.
        is_note: whether the text is a note, in paragraphs, and not one line.
        place: the file and the line where it was written.
        edit: the page of the notebook's git host that edits the file; empty where none is known.
    """

    day: Day
    kind: str
    kind_id: str
    title: str
    role: str
    organization: str
    how: str
    others: tuple[Link, ...]
    via: Link
    facts: tuple[Fact, ...]
    text: Markup
    is_note: bool
    place: str
    edit: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """The page of a person.

    Attributes:
        position: the title; may be empty.
        organization: its name and place; its `text` is empty where the card names none.
        status_id: the stable name of the status, for styling.
        status_note: the status in a sentence.
        rhythm: such as `every 2 months (agency)`; empty for none.
        contact_facts: how to reach them.
        facts: what else the card says.
        about: the text of the card, rendered.
        unasked: what is not asked for, and why.
        timeline: what happened, newest first.
        warmth: how warm the contact is, if it has a rhythm.
        file: the card's path in the notebook.
        edit: the page of the notebook's git host that edits the card; empty where none is known.
    """

    shell: Shell
    name: str
    position: str
    organization: Link
    status: str
    status_id: str
    status_note: str
    rhythm: str
    contact_facts: tuple[Fact, ...]
    facts: tuple[Fact, ...]
    tags: tuple[Link, ...]
    about: Markup
    check_ins: tuple[CheckInItem, ...]
    unasked: tuple[Unasked, ...]
    coming: tuple[Appointment, ...]
    applications: tuple[ApplicationItem, ...]
    timeline: tuple[Entry, ...]
    warmth: Warmth | None
    file: str
    edit: str


def person_view(slug: str, look: Lookup, frame: Frame) -> PersonView:
    """Gather the page of a person."""
    at = TWO_DOWN
    contact = look.book.contacts[slug]
    stands = look.agenda.standings[slug]
    today = look.agenda.today
    theirs = look.interactions.get(slug, ())
    return PersonView(
        shell=frame.around(contact.name, at, at.people),
        name=contact.name,
        position=contact.title or "",
        organization=_organization(contact, look),
        status=status_text(stands.status),
        status_id=stands.status.value,
        status_note=status_note(stands.status),
        rhythm=rhythm_and_source(stands),
        contact_facts=_contact_facts(contact),
        facts=_facts(contact, look),
        tags=tuple(Link(tag, at.tagged(tag)) for tag in contact.tags),
        about=look.texts.of(contact),
        check_ins=tuple(check_in_item(item, look, at) for item in look.check_ins.get(slug, ())),
        unasked=tuple(
            Unasked(action_text(w.action, None), pieces(w.reason), tuple(str(p) for p in w.because))
            for w in look.withheld.get(slug, ())
        ),
        coming=tuple(appointment(i, look, at, apart_from=slug) for i in theirs if is_scheduled(i, today)),
        applications=tuple(
            application_item(a, look, at) for a in reversed(look.history.applications_with(slug))
        ),
        timeline=tuple(_entry(i, slug, look) for i in reversed(theirs) if not is_scheduled(i, today)),
        warmth=warmth_of(stands, today),
        file=contact.place.file,
        edit=_edit(contact.place.file, look),
    )


def _organization(contact: Contact, look: Lookup) -> Link:
    name = contact.organization or ""
    return Link(name, TWO_DOWN.organization(look.anchors[folded(name)]) if name else "")


def _some(label: str, *values: Value | None) -> tuple[Fact, ...]:
    """A fact in a tuple, or none where nothing is known."""
    known = tuple(value for value in values if value is not None and value.text)
    return (Fact(label, known),) if known else ()


def _contact_facts(contact: Contact) -> tuple[Fact, ...]:
    return (
        *_some("E-mail", *(Value(a, mail_link(a)) for a in contact.emails)),
        *_some("Phone", *(Value(n, telephone(n), is_number=True) for n in contact.phones)),
        *_some("Website", *(Value(web_text(a), web(a)) for a in contact.websites)),
        *_some("LinkedIn", *(Value(web_text(a), web(a)) for a in contact.linkedin)),
        *_some("Location", Value(contact.location or "")),
        *_some("Time zone", Value(contact.timezone or "")),
    )


def _facts(contact: Contact, look: Lookup) -> tuple[Fact, ...]:
    introducer = maybe_person(contact.introduced_by, look, TWO_DOWN)
    introduced = people_links(look.introduced.get(contact.slug, ()), look, TWO_DOWN)
    pin = contact.next
    met = [_dated(contact.met)] if contact.met else []
    return (
        *_some("They are", Value(type_text(contact.contact_type))),
        *_some("Fit", Value(f"{contact.fit} of 5" if contact.fit else "")),
        *_some("Cadence", Value("" if contact.cadence is None else str(contact.cadence))),
        *_some("Met", *met, Value(contact.met_at or "")),
        *_some("Introduced by", Value(introducer.text, introducer.href)),
        *_some("Introduced", *(Value(p.text, p.href) for p in introduced)),
        *_some("Promised", *((_dated(pin.day), Value(pin.reason)) if pin else ())),
        *_some("Paused until", *([_dated(contact.paused_until)] if contact.paused_until else [])),
        *_some("Birthday", Value(birthday_text(contact.birthday) if contact.birthday else "")),
        *_some("Greeting", Value(contact.greeting or "")),
        *_some("Also known as", *(Value(alias) for alias in contact.aliases)),
    )


def _dated(day: date) -> Value:
    return Value(short_date(day), iso=day.isoformat())


def _entry(interaction: Interaction, slug: str, look: Lookup) -> Entry:
    at = TWO_DOWN
    pin = interaction.next
    decision = interaction.decision_by
    return Entry(
        day=day_of(interaction.day),
        kind=kind_text(interaction.kind),
        kind_id=interaction.kind.value,
        title=interaction.title or "",
        role=interaction.role or "",
        organization=interaction.organization or "",
        how=channel_text(interaction.channel),
        others=people_links((s for s in interaction.everyone if s != slug), look, at),
        via=maybe_person(interaction.via, look, at),
        facts=(
            *_some("Decision by", *([_dated(decision)] if decision else [])),
            *_some("Promised", *((_dated(pin.day), Value(pin.reason)) if pin else ())),
            *_some("Remember", Value(interaction.hook or "")),
            *_some("Thanks", Value("" if interaction.thanks else "none owed")),
        ),
        text=look.texts.of(interaction),
        is_note=interaction.source is Source.NOTE,
        place=str(interaction.place),
        edit=_edit(interaction.place.file, look),
    )


def _edit(file: str, look: Lookup) -> str:
    """The page that edits a file of the notebook; empty where the settings name no repository."""
    site = look.settings.site
    return edit_url(site.repository, site.branch, file) if site.repository else ""
