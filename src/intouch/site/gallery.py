"""The pictures that texts may show: what a link to one means, and the files that the site carries for it."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from urllib.parse import unquote

from intouch.card_folder import FOLDER as CARDS
from intouch.memo import Key, Memo, digest
from intouch.pictures.attachment import ENDINGS, Attachment
from intouch.website import Website

FILES = "files"
"""The folder of the site's pictures."""

_BEYOND = re.compile(r"[\x00-\x1f\x7f\\]|^/")
"""What no path in a notebook holds: control characters, another system's slash, a beginning at the top."""


@dataclass(frozen=True, slots=True)
class _Fact:
    """What is known of a picture.

    Attributes:
        path: in the site; empty where it is not shown.
        key: a digest of the file that the site carries.
        why: why it is not shown.
        remedy: what to do about that.
    """

    path: str
    key: Key
    width: int
    height: int
    why: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a page refers to it.

    Attributes:
        path: in the site, such as `files/0123….jpg`.
    """

    path: str
    width: int
    height: int


class Gallery:
    """The pictures of a notebook, each known by its content, and cleaned when its file is asked for."""

    def __init__(self, attachments: Iterable[Attachment], read: Callable[[str], bytes], memo: Memo) -> None:
        """Look at every picture of which nothing is remembered.

        Args:
            attachments: files that may be pictures.
            read: the bytes of one by its name; none where it has gone.
            memo: what is known of earlier pictures.
        """
        self._read = read
        shelf = memo.shelf("pictures", _Fact)
        self._facts: dict[str, _Fact] = {}
        for each in attachments:
            if not each.key:
                self._facts[each.name] = _Fact("", b"", 0, 0, each.refused, each.remedy)
                continue
            fact = shelf.get(each.key)
            if fact is None:
                content = read(each.name)
                fact = _fact(content)
                if digest(content) == each.key:  # and not of what somebody has just saved over it
                    shelf.put(each.key, fact)
            self._facts[each.name] = fact
        self._named: dict[str, list[str]] = {}
        for name in self._facts:
            self._named.setdefault(posixpath.basename(name), []).append(name)

    def find(self, folder: str, target: str, *, anywhere: bool) -> Shown | None:
        """The picture that a link in a text means; None where it means none, or none that can be shown.

        Args:
            folder: of the file that the text stands in, with `/`.
            target: as it was written, percent-encoded or not.
            anywhere: whether a name alone finds a picture in any folder, as Obsidian's embeds do.
        """
        fact = self._facts.get(self._meant(folder, target, anywhere=anywhere))
        return Shown(fact.path, fact.width, fact.height) if fact and fact.path else None

    def trouble(self, folder: str, target: str, *, anywhere: bool) -> tuple[str, str] | None:
        """Why a picture is not shown, and what to do about it; None for what does not ask to be one."""
        written = _path(target)
        if not written.casefold().endswith(ENDINGS):
            return None
        fact = self._facts.get(self._meant(folder, target, anywhere=anywhere))
        name = posixpath.basename(written)
        if fact is not None:
            return f"the picture '{name}' is not shown: {fact.why}", fact.remedy
        if anywhere and len(self._named.get(name, ())) > 1:
            return (
                f"the picture '{name}' is not shown: there are several of this name",
                "Write its folder too, such as '![[ann/photo.jpg]]'.",
            )
        remedy = "Put it beside the card or the note and link to it by its name alone, or correct the link."
        return f"the picture '{name}' is not shown: there is none at this address", remedy

    def _meant(self, folder: str, target: str, *, anywhere: bool) -> str:
        """The name of the file that a link means; empty for none."""
        written = _path(target)
        if not written or _BEYOND.search(written):
            return ""
        tries = [posixpath.normpath(posixpath.join(folder, written))]
        if anywhere:
            tries += [posixpath.normpath(written), posixpath.normpath(posixpath.join(CARDS, written))]
            if len(self._named.get(written, ())) == 1:
                tries += self._named[written]
        tries += [unicodedata.normalize(form, name) for name in tries for form in ("NFC", "NFD")]
        return next((name for name in tries if name in self._facts), "")

    def site(self, paths: Iterable[str]) -> Website:
        """The files of some pictures, each made when somebody first asks for it, and kept.

        Args:
            paths: in the site, as pages refer to them.
        """
        wanted = set(paths)
        known: Mapping[str, tuple[str, _Fact]] = {
            fact.path: (name, fact) for name, fact in self._facts.items() if fact.path in wanted
        }
        return Website(
            {},
            {path: cache(partial(self._file, name)) for path, (name, _) in known.items()},
            {path: fact.key for path, (_, fact) in known.items()},
        )

    def _file(self, name: str) -> bytes:
        from intouch.pictures.cleaning import cleaned
        from intouch.pictures.parts import BadPictureError

        try:
            return cleaned(self._read(name)).content
        except BadPictureError:  # it was another one when it was looked at; the next build will see it
            return b""


NO_PICTURES = Gallery((), lambda _: b"", Memo())


def _path(target: str) -> str:
    """The path that an address means: decoded once, without what an address may have behind it."""
    return unquote(re.split("[?#]", target, maxsplit=1)[0], errors="replace")


def _fact(content: bytes) -> _Fact:
    # Only where there are pictures of which nothing is known.
    from intouch.pictures.cleaning import cleaned
    from intouch.pictures.parts import BadPictureError

    try:
        picture = cleaned(content)
    except BadPictureError as problem:
        return _Fact("", b"", 0, 0, str(problem), problem.remedy)
    key = digest(picture.content)
    path = f"{FILES}/{key.hex()}.{picture.ending}"
    return _Fact(path, key, picture.width, picture.height, "", "")
