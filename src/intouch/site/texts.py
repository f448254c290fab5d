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

Entry = Interaction | Contact
"""What has a text."""

Asked = tuple[tuple[str, str], ...]
"""Which addresses and pictures a text asked for, by target, and what it was told."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A text.

    Attributes:
        level: of the heading that it stands under; 0 for the text of a log line.
        folder: of the file it stands in.
        start: the place of all of it.
        written: where its first line stands.
    """

    source: str
    level: int
    folder: str
    start: Place
    written: Place

    @classmethod
    def of(cls, entry: Entry, book: Book) -> _Text:
        """The text of a log line, a note or a card."""
        place = entry.place
        text, folder = book.text_of(entry), dirname(place.file)
        if isinstance(entry, Contact):
            return cls(text, ABOUT_LEVEL, folder, place, entry.place_of("text"))
        if entry.source is Source.LOG:
            return cls(text, _LINE, folder, place, place)
        start = Place(place.file)
        return cls(text, ENTRY_LEVEL, folder, start, entry.places.get("text", start))


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of a text beside its HTML: whether it was too much work, and where its links lead."""

    slow: bool
    asked: Asked
    unseen: tuple[Unseen, ...]

    def html_key(self, key: Key) -> Key:
        return digest(key, *(part for pair in self.asked for part in pair)) if self.asked else key


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
        self._book = book
        self._progress = progress
        # All these texts stand on pages of people, so one form of their links fits all.
        self._links = Links(book.links, TWO_DOWN.person, TWO_DOWN.file, gallery)
        self._html = memo.shelf("texts", str)
        self._told = memo.shelf("texts-told", _Told)
        self._known = self._look_over(_entries(book))
        self._html.want(told.html_key(key) for key, told in self._known.items())
        self.problems = tuple(self._problems(book))

    def _key(self, entry: Entry) -> Key:
        """What a text is known by: its file and its line there, or itself where it came from no file."""
        place = entry.place
        file = self._book.prose.digests.get(place.file)
        if file is None:
            text = _Text.of(entry, self._book)
            return digest(str(text.level), text.folder, text.source)
        return file + (b"about" if isinstance(entry, Contact) else b"%d" % place.line)

    def _look_over(self, entries: Iterable[Entry]) -> Mapping[Key, _Told]:
        """What is known of every text; those of which nothing is known are rendered."""
        known: dict[Key, _Told] = {}
        missing: dict[Key, _Text] = {}
        for entry in entries:
            key = self._key(entry)
            told = self._told.get(key)
            if told is None or (told.asked and self._changed(dirname(entry.place.file), told)):
                missing[key] = _Text.of(entry, self._book)
            else:
                known[key] = told
        for key, (rendered, asked) in zip(missing, self._render_all(tuple(missing.values())), strict=True):
            known[key] = told = _Told(rendered.slow, asked, rendered.unseen)
            self._told.put(key, told)
            self._html.put(told.html_key(key), str(rendered.html))
        return known

    def _changed(self, folder: str, told: _Told) -> bool:
        """Whether a text would be told something else now."""
        links = replace(self._links, folder=folder)
        return any(_answer(links, question) != answer for question, answer in told.asked)

    def _render_all(self, texts: Sequence[_Text]) -> Iterable[tuple[Rendered, Asked]]:
        made = in_parallel(partial(_rendered, self._links), texts, enough=_ENOUGH)
        return self._progress(made, total=len(texts), what="Rendering")

    def _problems(self, book: Book) -> Iterator[Diagnostic]:
        """What is wrong with the texts; hardly ever is there one to be looked at."""
        doubtful = {key for key, told in self._known.items() if told.slow or told.unseen}
        for entry in _entries(book) if doubtful else ():
            key = self._key(entry)
            if key in doubtful:
                yield from self._problems_of(_Text.of(entry, self._book), self._known[key])

    def _problems_of(self, text: _Text, told: _Told) -> Iterator[Diagnostic]:
        if told.slow:
            yield _too_slow(text.start)
        for each in told.unseen:
            trouble = self._links.gallery.trouble(text.folder, each.target, anywhere=each.anywhere)
            if trouble is not None:
                place = replace(text.written, line=text.written.line + each.line)
                yield warning(place, Code.PICTURE_NOT_SHOWN, *trouble)

    def pictures(self) -> frozenset[str]:
        """The files of the pictures that the texts show, by their paths in the site."""
        return frozenset(
            answer.partition(" ")[0]
            for told in self._known.values()
            for question, answer in told.asked
            if answer and question.startswith(_PICTURE)
        )

    def of(self, entry: Entry) -> Markup:
        """The text of a log line, a note or a card."""
        key = self._key(entry)
        html = self._html.get(self._known[key].html_key(key))
        if html is None:  # forgotten by the disk; nothing but time is lost
            html = str(_rendered(self._links, _Text.of(entry, self._book))[0].html)
        return Markup(html)  # noqa: S704 - cleaned when it was rendered

    def made_of(self, interactions: Iterable[Interaction], contact: Contact) -> tuple[tuple[Key, Asked], ...]:
        """What the HTML of some texts is made of: themselves, and what their links lead to."""
        entries: tuple[Entry, ...] = (*interactions, contact)
        return tuple((key, self._known[key].asked) for key in map(self._key, entries))


def _entries(book: Book) -> Iterator[Entry]:
    yield from book.interactions
    yield from book.contacts.values()


def _question(target: str, *, anywhere: bool) -> str:
    """A question after a picture, told apart from those after people."""
    return f"{_ANYWHERE if anywhere else _THERE}{target}"


def _said(picture: Shown | None) -> str:
    return "" if picture is None else f"{picture.path} {picture.width} {picture.height}"


def _answer(links: Links, question: str) -> str:
    """What would be said to a question now."""
    for asked, anywhere in ((_THERE, False), (_ANYWHERE, True)):
        if question.startswith(asked):
            return _said(links.picture(question.removeprefix(asked), anywhere=anywhere))
    return links.find(question)


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
