"""Hiding: the forms in which a text could stand unseen in another one, and how it is found in each."""

from __future__ import annotations

import base64
import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, unquote_plus

from intouch.sealing.needles import Needle

_FOUND_ANYWHERE = 5
"""Letters of a needle that is found inside a word as well; a shorter one only as a word of its own: `Jo` is
in half of all words, and a leaked `Jo` stands alone."""

_SHORTEST_NUMBER = 7
_WORD = re.compile(r"[^\W_]+")
_LAYERS = 2
_ALIGNMENTS = 4
_ESCAPED = re.compile(
    r"""
      \\u([0-9a-fA-F]{4}) | \\u\{([0-9a-fA-F]{1,6})\} | \\x([0-9a-fA-F]{2})
    | \\([0-9a-fA-F]{1,6})\s? | \\(["'/\\])
    """,
    re.VERBOSE,
)
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s().\-/]+(?=[\d(])")
_LARGEST_CODE_POINT = 0x10FFFF
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{7,}")
_WRAPPED = re.compile(r"(?<=[A-Za-z0-9+/_-])\s+(?=[A-Za-z0-9+/_-])")
_FOR_ADDRESSES = str.maketrans("-_", "+/")
_HEX = re.compile(r"(?:[0-9a-fA-F][\s:]?){10,}")
_READABLE = re.compile(r"[^\x00-\x1f\x7f-\x9f\ufffd]{5,}")


@dataclass(frozen=True, slots=True)
class _View:
    """A text, or what it may stand for, as it is compared.

    Attributes:
        form: how it is to be told.
        coded: whether only letters and digits stood for it.
        begins: every five letters in a row, so that most needles are sought no further.
        words: every word, for the short ones.
    """

    text: str
    form: str
    coded: bool
    begins: frozenset[str]
    words: frozenset[str]


def found_in(text: str, wanted: Iterable[Needle]) -> Iterator[tuple[Needle, str]]:
    """Which needles a text holds, and in which form each: plain, or encoded in some way.

    The text is decoded and then searched, so that it does not matter which of the many ways to write a
    character as an entity, in percent or in base64 was taken.
    """
    views = tuple(_views(text))
    for needle in wanted:
        sought = _sought(needle)
        form = next((view.form for view in views if any(_holds(view, text) for text in sought)), "")
        if form:
            yield needle, form


def _views(text: str) -> Iterator[_View]:
    """A text as it is, and decoded in up to two layers; each view only where it differs."""
    texts = {text: "plain"}
    for _ in range(_LAYERS):
        for known, outer in tuple(texts.items()):
            for form, decode in _DECODERS:
                texts.setdefault(decode(known), form if outer == "plain" else f"{form} {outer}")
    coded: dict[str, str] = {}
    for known in texts:
        for form, decoded in _coded(known):
            for one in (decoded, *(decode(decoded) for _, decode in _DECODERS)):
                coded.setdefault(one, form)
    seen = set()
    for forms, is_coded in ((texts, False), (coded, True)):
        for one, form in forms.items():
            view = comparable(one)
            if view not in seen:
                seen.add(view)
                words = frozenset() if is_coded else frozenset(_WORD.findall(view))
                yield _View(view, form, is_coded, _begins(view), words)


def _begins(view: str) -> frozenset[str]:
    size = _FOUND_ANYWHERE
    return frozenset(view[at : at + size] for at in range(len(view) - size + 1))


def _unescaped(text: str) -> str:
    """A text without the escapes of JSON, JavaScript and CSS; pairs of surrogates are one character."""
    single = _ESCAPED.sub(_character, text)
    return single.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(match: re.Match[str]) -> str:
    if match[5]:
        return str(match[5])
    point = int(match[1] or match[2] or match[3] or match[4], 16)
    return chr(point) if point <= _LARGEST_CODE_POINT else match[0]


_DECODERS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("in percent", unquote),
    ("in percent", unquote_plus),
    ("as HTML", html.unescape),
    ("escaped", _unescaped),
)


def _coded(text: str) -> Iterator[tuple[str, str]]:
    """What every run of letters and digits stands for in base64, wherever it begins, and in hexadecimals."""
    for whole in (text, _WRAPPED.sub("", text)):
        runs = [run.translate(_FOR_ADDRESSES) for run in _BASE64.findall(whole)]
        for first in range(_ALIGNMENTS):
            yield "in base64", _readable(_from_base64(run[first:]) for run in runs)
    for first in range(2):
        yield "in hexadecimals", _readable(_from_hex(run[first:]) for run in _HEX.findall(text))


def _readable(decoded: Iterable[bytes]) -> str:
    """What may be text of what was decoded; most of it is noise."""
    text = b"\0".join(decoded).decode("utf-8", "replace")
    return "\n".join(_READABLE.findall(text))


def _from_base64(run: str) -> bytes:
    # A single character at the end stands for less than a byte.
    whole = run if len(run) % 4 != 1 else run[:-1]
    return base64.b64decode(whole + "=" * (-len(whole) % 4))


def _from_hex(run: str) -> bytes:
    digits = re.sub(r"[\s:]", "", run)
    return bytes.fromhex(digits[: len(digits) // 2 * 2])


def comparable(text: str) -> str:
    """A text as it is compared: no case, one Unicode form, one kind of space, numbers without gaps."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _BETWEEN_DIGITS.sub("", " ".join(folded.split()))


def _sought(needle: Needle) -> tuple[str, ...]:
    """What a view is to hold, in one way or the other: a number also as its digits alone."""
    wanted = comparable(needle.text)
    digits = re.sub(r"\D", "", needle.text)
    is_number = needle.what.endswith("phone number") and len(digits) >= _SHORTEST_NUMBER
    return (wanted, digits) if is_number else (wanted,)


def _holds(view: _View, wanted: str) -> bool:
    if len(wanted) >= _FOUND_ANYWHERE:
        return wanted[:_FOUND_ANYWHERE] in view.begins and wanted in view.text
    if view.coded:
        return False  # it would be there by chance
    return wanted in view.words if wanted.isalnum() else _stands_alone(wanted, view.text)


def _stands_alone(wanted: str, view: str) -> bool:
    start = view.find(wanted)
    while start >= 0:
        around = view[max(start - 1, 0) : start] + view[start + len(wanted) :][:1]
        if not any(beside.isalnum() for beside in around):
            return True
        start = view.find(wanted, start + 1)
    return False
