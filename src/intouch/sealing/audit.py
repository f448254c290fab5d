"""The leak audit: each file of a sealed site is proven to be what it must be, or searched."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from intouch.feed import emptied_feed
from intouch.publication import Publication
from intouch.sealing.envelopes import carried, opened
from intouch.sealing.feed_audit import says_more
from intouch.sealing.keys import Keys
from intouch.sealing.lockfile import Lock
from intouch.sealing.needles import Needle, found_in
from intouch.sealing.refusals import SealError
from intouch.sealing.shell import LOCK_SCRIPT, PAGE, builtin_shell, lock_script
from intouch.sealing.site import index_name
from intouch.settings import Settings

_OF_SHELL = re.compile(r"a/app\.([0-9a-f]{12})\.(?:js|css)")
_ENVELOPE = re.compile(r"e/([0-9a-f]{32})\.js")
_COLOUR = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b", re.IGNORECASE)
_HASH = 12


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
    """What a sealed site is held against."""

    keys: Keys
    lock: Lock
    publication: Publication
    needles: tuple[Needle, ...]
    settings: Settings

    def leaks(self, site: Mapping[str, bytes]) -> Iterator[Leak]:
        """Everything in a site's files that must not be there.

        A file is *proven* where its bytes can only be what they are: an envelope that opens with our key, the
        slots, the program's own shell. In their random letters every short name would be found by chance, so
        they are not searched; whatever is not proven is searched for every needle, in every form.
        """
        own_text = builtin_shell()
        feeds = {feed.path: feed.level for feed in self.publication.feeds}
        for path, content in site.items():
            if envelope := _ENVELOPE.fullmatch(path):
                yield from self._of_envelope(path, envelope[1], content)
            elif path == LOCK_SCRIPT:
                if content != lock_script(self.lock, index_name(self.keys)):
                    yield Leak(path, "is not made of the slots in lock.json alone")
            elif path in feeds:
                yield from (Leak(path, what) for what in says_more(content, feeds[path], self.needles))
            elif path in self.publication.emptied:
                if content != emptied_feed(self.settings):
                    yield Leak(path, "is not empty")
            elif path == PAGE or _OF_SHELL.fullmatch(path):
                if own_text.get(path) != content:
                    yield from self._of_shell(path, content, own_text)
            else:
                yield Leak(path, "has a name that no file of a sealed site has")

    def _of_envelope(self, path: str, name: str, content: bytes) -> Iterator[Leak]:
        try:
            opened(self.keys, name, carried(name, content))
        except SealError:
            yield Leak(path, "is not an envelope of this notebook")

    def _of_shell(self, path: str, content: bytes, own_text: Mapping[str, bytes]) -> Iterator[Leak]:
        """The shell around a theme of the notebook's own.

        A word that the program itself publishes (a tag `table`, a person called Will) tells nothing there,
        and neither does a colour: `#ada` is no Ada.
        """
        match = _OF_SHELL.fullmatch(path)
        if match and hashlib.sha256(content).hexdigest()[:_HASH] != match[1]:
            yield Leak(path, "does not hold what its name says")
        try:
            text = content.decode()
        except UnicodeDecodeError:
            yield Leak(path, "is not text")
            return
        if "\0" in text:
            yield Leak(path, "is not text")
        text = _COLOUR.sub("", text)
        ours = "\n".join(data.decode() for data in own_text.values())
        said = {needle.text for needle, _ in found_in(ours, self.needles)}
        wanted = [needle for needle in self.needles if needle.text not in said]
        yield from (Leak(path, f"holds {needle.what}, {form}") for needle, form in found_in(text, wanted))
