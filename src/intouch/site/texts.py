"""The texts of a notebook as HTML, each rendered once for as long as it says the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from posixpath import dirname

from markupsafe import Markup

from intouch.diagnostics import Code, Diagnostic, warning
from intouch.memo import Key, Memo, digest
from intouch.model import Book, Contact, Interaction, Source
from intouch.parallel import in_parallel
from intouch.places import Place
from intouch.progress import Progress, silent
from intouch.site.addresses import TWO_DOWN
from intouch.site.embeds import Unseen
from intouch.site.gallery import Gallery, Shown
from intouch.site.links import Links
from intouch.site.markdown import Rendered, render_line, render_note

ENTRY_LEVEL = 3
"""The level of the heading of an entry in a timeline."""

ABOUT_LEVEL = 2
"""The level of the heading over the text of a card."""

_LINE = 0
_ENOUGH = 300
"""Texts that are worth a second process."""

_PICTURE, _THERE, _ANYWHERE = "![", "![](", "![["
"""What no wiki link's target holds: with these begins what a text asked of a picture."""

Asked = tuple[tuple[str, str], ...]
"""Which addresses and pictures a text asked for, by target, and what it was told."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A text.

    Attributes:
        level: of the heading that it stands under; 0 for the text of a log line.
        folder: of the file it stands in, where it may show a picture; otherwise empty, as it says the same
            wherever it stands.
    """

    source: str
    level: int
    folder: str

    @property
    def key(self) -> Key:
        return digest(str(self.level), self.folder, self.source)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of a text beside its HTML: whether it was too much work, and where its links lead."""

    slow: bool
    asked: Asked
    unseen: tuple[Unseen, ...]

    def html_key(self, key: Key) -> Key:
        return digest(key, *(part for pair in self.asked for part in pair))


@dataclass(frozen=True, slots=True)
class _AskingLinks(Links):
    """Links that remember what they were asked, because a text's HTML hangs on nothing else but itself."""

    asked: dict[str, str] = field(default_factory=dict)

    def find(self, target: str) -> str:
        """The address that a wiki link's target means."""
        self.asked[target] = address = Links.find(self, target)
        return address

    def picture(self, target: str, *, anywhere: bool) -> Shown | None:
        """The picture that an address means."""
        found = Links.picture(self, target, anywhere=anywhere)
        self.asked[_question(target, anywhere=anywhere)] = _said(found)
        return found


class Texts:
    """The texts of a book, for the pages of its people; their HTML is made, or fetched, when it is asked for.

    Attributes:
        problems: texts that were too much work.
    """

    def __init__(self, book: Book, gallery: Gallery, memo: Memo, progress: Progress = silent) -> None:
        self._progress = progress
        # All these texts stand on pages of people, so one form of their links fits all.
        self._links = Links(book.links, TWO_DOWN.person, TWO_DOWN.file, gallery)
        self._html = memo.shelf("texts", str)
        self._told = memo.shelf("texts-told", _Told)
        self._entries = {i.place: _of_interaction(i) for i in book.interactions}
        self._abouts = {contact.slug: _of_card(contact) for contact in book.contacts.values()}
        self._keys = {text: text.key for text in (*self._entries.values(), *self._abouts.values())}
        self._known = self._look_over()
        self._html.want(told.html_key(self._keys[text]) for text, told in self._known.items())
        self.problems = tuple(self._problems(book))

    def _look_over(self) -> Mapping[_Text, _Told]:
        """What is known of every text; those of which nothing is known are rendered."""
        known: dict[_Text, _Told] = {}
        missing: list[_Text] = []
        for text, key in self._keys.items():
            told = self._told.get(key)
            if told is None or self._changed(text, told):
                missing.append(text)
            else:
                known[text] = told
        for text, (rendered, asked) in zip(missing, self._render_all(missing), strict=True):
            self._keep(text, known, rendered, asked)
        return known

    def _changed(self, text: _Text, told: _Told) -> bool:
        """Whether a text would be told something else now."""
        if not told.asked:
            return False
        links = replace(self._links, folder=text.folder)
        return any(_answer(links, question) != answer for question, answer in told.asked)

    def _render_all(self, texts: Sequence[_Text]) -> Iterable[tuple[Rendered, Asked]]:
        made = in_parallel(partial(_rendered, self._links), texts, enough=_ENOUGH)
        return self._progress(made, total=len(texts), what="Rendering")

    def _keep(self, text: _Text, known: dict[_Text, _Told], rendered: Rendered, asked: Asked) -> None:
        key = self._keys[text]
        known[text] = told = _Told(rendered.slow, asked, rendered.unseen)
        self._told.put(key, told)
        self._html.put(told.html_key(key), str(rendered.html))

    def _problems(self, book: Book) -> Iterator[Diagnostic]:
        for interaction in book.interactions:
            place = interaction.place
            is_note = interaction.source is Source.NOTE
            start = replace(place, line=1, column=1) if is_note else place
            written = interaction.places.get("text", start)
            yield from self._problems_of(self._entries[place], start, written)
        for contact in book.contacts.values():
            yield from self._problems_of(self._abouts[contact.slug], contact.place, contact.place_of("text"))

    def _problems_of(self, text: _Text, start: Place, written: Place) -> Iterator[Diagnostic]:
        """What is wrong with a text.

        Args:
            text: the text.
            start: the place of all of it.
            written: where its first line stands.
        """
        told = self._known[text]
        if told.slow:
            yield _too_slow(start)
        for each in told.unseen:
            trouble = self._links.gallery.trouble(text.folder, each.target, anywhere=each.anywhere)
            if trouble is not None:
                place = replace(written, line=written.line + each.line)
                yield warning(place, Code.PICTURE_NOT_SHOWN, *trouble)

    def pictures(self) -> frozenset[str]:
        """The files of the pictures that the texts show, by their paths in the site."""
        return frozenset(
            answer.partition(" ")[0]
            for told in self._known.values()
            for question, answer in told.asked
            if answer and question.startswith(_PICTURE)
        )

    def of(self, interaction: Interaction) -> Markup:
        """The text of a log line or a note."""
        return self._html_of(self._entries[interaction.place])

    def about(self, contact: Contact) -> Markup:
        """The text of a card."""
        return self._html_of(self._abouts[contact.slug])

    def asked(self, interactions: Iterable[Interaction], contact: Contact) -> tuple[Asked, ...]:
        """What the links of some texts lead to: all that their HTML depends on beside themselves."""
        texts = (*(self._entries[i.place] for i in interactions), self._abouts[contact.slug])
        return tuple(self._known[text].asked for text in texts)

    def _html_of(self, text: _Text) -> Markup:
        html = self._html.get(self._known[text].html_key(self._keys[text]))
        if html is None:  # forgotten by the disk; nothing but time is lost
            html = str(_rendered(self._links, text)[0].html)
        return Markup(html)  # noqa: S704 - cleaned when it was rendered


def _of_interaction(interaction: Interaction) -> _Text:
    level = _LINE if interaction.source is Source.LOG else ENTRY_LEVEL
    return _Text(interaction.text, level, _folder(interaction.text, interaction.place))


def _of_card(contact: Contact) -> _Text:
    return _Text(contact.body, ABOUT_LEVEL, _folder(contact.body, contact.place))


def _folder(text: str, place: Place) -> str:
    return dirname(place.file) if "![" in text else ""


def _question(target: str, *, anywhere: bool) -> str:
    """A question after a picture, told apart from those after people."""
    return f"{_ANYWHERE if anywhere else _THERE}{target}"


def _said(picture: Shown | None) -> str:
    return "" if picture is None else f"{picture.path} {picture.width} {picture.height}"


def _answer(links: Links, question: str) -> str:
    """What would be said to a question now."""
    if not question.startswith(_PICTURE):
        return links.find(question)
    target = question[len(_THERE) :]
    return _said(links.picture(target, anywhere=question.startswith(_ANYWHERE)))


def _rendered(links: Links, text: _Text) -> tuple[Rendered, Asked]:
    asking = _AskingLinks(links.slugs, links.address, links.file, links.gallery, text.folder)
    if text.level == _LINE:
        rendered = render_line(text.source, asking)
    else:
        rendered = render_note(text.source, asking, above=text.level)
    return rendered, tuple(asking.asked.items())


def _too_slow(place: Place) -> Diagnostic:
    message = "this text would take too long to render, so it is shown as it was written"
    remedy = "Look for thousands of brackets, stars or nested quotations, and take them out."
    return warning(place, Code.SLOW_MARKDOWN, message, remedy)
