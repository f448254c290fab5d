"""The leak audit: each file of a sealed site is proven to be what it must be, or searched."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from intouch.feed import emptied_feed
from intouch.publication import LOCK_SCRIPT, Publication
from intouch.sealing.envelopes import carried, opened
from intouch.sealing.feed_audit import FeedAudit
from intouch.sealing.hiding import found_in
from intouch.sealing.keys import Keys
from intouch.sealing.lockfile import Lock
from intouch.sealing.needles import Needle
from intouch.sealing.refusals import SealError
from intouch.sealing.shell import PAGE, builtin_shell, lock_script
from intouch.sealing.site import index_name
from intouch.settings import Settings

_OF_SHELL = re.compile(r"a/app\.([0-9a-f]{12})\.(?:js|css)")
_ENVELOPE = re.compile(r"e/([0-9a-f]{32})\.js")
_COLOUR = re.compile(r"(?<!&)#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b", re.IGNORECASE)
_HASH = 12
_LOCATED = 5
"""How many finds in a file are told with their lines: looking for a line takes as long as finding it."""


@dataclass(frozen=True, slots=True)
class Leak:
    """Something that is not as a sealed site may be.

    Attributes:
        place: the file.
        what: what is wrong with it; it repeats nothing of the notebook.
    """

    place: str
    what: str


@dataclass(frozen=True, slots=True)
class Audit:
    """What a sealed site is held against.

    Attributes:
        needles: what of the notebook must not be found.
        names: of its people; a feed tells them where its level says so.
    """

    keys: Keys
    lock: Lock
    publication: Publication
    needles: tuple[Needle, ...]
    names: frozenset[str]
    settings: Settings

    def leaks(self, site: Mapping[str, bytes]) -> Iterator[Leak]:
        """Everything in a site's files that must not be there.

        A file is *proven* where its bytes can only be what they are: an envelope that opens with our key, the
        slots, the program's own shell. In their random letters every short name would be found by chance, so
        they are not searched; whatever is not proven is searched for every needle, in every form.
        """
        own_text, own_theme = builtin_shell(), {}
        feeds = {feed.path: feed.level for feed in self.publication.feeds}
        of_feeds = FeedAudit(self.needles, self.names, self.settings)
        for path, content in site.items():
            if envelope := _ENVELOPE.fullmatch(path):
                yield from self._of_envelope(path, envelope[1], content)
            elif path == LOCK_SCRIPT:
                if content != lock_script(self.lock, index_name(self.keys)):
                    yield Leak(path, "is not made of the slots in lock.json alone")
            elif path in feeds:
                yield from (Leak(path, what) for what in of_feeds.says_more(content, feeds[path]))
            elif path in self.publication.emptied:
                if content != emptied_feed():
                    yield Leak(path, "is not empty")
            elif path != PAGE and not _OF_SHELL.fullmatch(path):
                yield Leak(path, "has a name that no file of a sealed site has")
            elif own_text.get(path) != content:
                own_theme[path] = content
        yield from self._of_shell(own_theme, own_text)

    def _of_envelope(self, path: str, name: str, content: bytes) -> Iterator[Leak]:
        try:
            opened(self.keys, name, carried(name, content))
        except SealError:
            yield Leak(path, "is not an envelope of this notebook")

    def _of_shell(self, shell: Mapping[str, bytes], own_text: Mapping[str, bytes]) -> Iterator[Leak]:
        """The shell around a theme of the notebook's own.

        A word that the program itself publishes (a tag `table`, a person called Will) tells nothing there,
        and neither does a colour: `#ada` is no Ada.
        """
        if not shell:
            return
        ours = "\n".join(data.decode() for data in own_text.values())
        said = {needle.text for needle, _ in found_in(ours, self.needles)}
        wanted = [needle for needle in self.needles if needle.text not in said]
        for path, content in shell.items():
            match = _OF_SHELL.fullmatch(path)
            if match and hashlib.sha256(content).hexdigest()[:_HASH] != match[1]:
                yield Leak(path, "does not hold what its name says")
            try:
                text = content.decode()
            except UnicodeDecodeError:
                text = "\0"
            if "\0" in text:
                yield Leak(path, "is not text")
            yield from (Leak(path, what) for what in _told(_COLOUR.sub("", text), wanted))


def _told(text: str, wanted: list[Needle]) -> Iterator[str]:
    """Which needles a text holds, and the lines of the first of them."""
    lines = text.split("\n")
    for number, (needle, form) in enumerate(found_in(text, wanted)):
        line = _line(lines, needle) if number < _LOCATED else 0
        yield f"holds {needle.what}, {form}{f', in line {line}' if line else ''}"


def _line(lines: list[str], needle: Needle) -> int:
    """The line in which a needle begins, counted from 1."""
    first, end = 0, len(lines)
    while end - first > 1:
        middle = (first + end) // 2
        if any(found_in("\n".join(lines[first:middle]), [needle])):
            end = middle
        elif any(found_in("\n".join(lines[middle:end]), [needle])):
            first = middle
        else:
            break  # it stands on both sides of the middle
    return first + 1
