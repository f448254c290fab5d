"""Who is named in a text by a wiki link; what stands in code is no link."""

from __future__ import annotations

import re

from intouch.names import linked
from intouch.places import Place

Reference = tuple[str, Place, int]
"""A person as somebody wrote them: the text, its place and length."""

_LINK = re.compile(r"\[\[([^\[\]|\n]{1,200})(?:\|[^\[\]\n]*)?\]\]")
_NO_PERSON = re.compile(r"\d{4}-\d\d.*|.*/.*|.*\.[A-Za-z0-9]{2,6}")
"""Links as Obsidian writes them to files that are nobody's card: by date, by path, by their ending."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_TICKS = re.compile(r"`+")


def mentions(body: str, name: str, body_line: int) -> tuple[Reference, ...]:
    """The wiki links of a text.

    Args:
        body: Markdown.
        name: the file's.
        body_line: the line of the file on which `body` starts.
    """
    if "[[" not in body:
        return ()
    plain = _without_code(body)
    found = []
    for match in _LINK.finditer(plain):
        named = match[1].partition("#")[0].strip()
        embedded = plain[match.start() - 1 : match.start()] == "!"
        if named and not embedded and not _NO_PERSON.fullmatch(linked(named)):
            line = body_line + plain.count("\n", 0, match.start())
            column = match.start() - plain.rfind("\n", 0, match.start())
            found.append((named, Place(name, line, column), len(match[0])))
    return tuple(found)


def _without_code(text: str) -> str:
    """A text with spaces in place of its code, so that everything else keeps its place."""
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        rest = line[mark.end() :] if mark else line
        if mark and not fence and (mark[1][0] == "~" or "`" not in rest):
            fence = mark[1]
        elif not fence:
            lines.append(line)
            continue
        elif mark and mark[1].startswith(fence) and not rest.strip():
            fence = ""
        lines.append(" " * len(line))
    return _without_spans("\n".join(lines))


def _without_spans(text: str) -> str:
    """A text with spaces in place of what stands between backticks, as many behind as before."""
    runs = [match.span() for match in _TICKS.finditer(text)]
    closing: dict[int, int] = {}  # run → the next one of its length
    next_of: dict[int, int] = {}
    for number in range(len(runs) - 1, -1, -1):
        length = runs[number][1] - runs[number][0]
        if length in next_of:
            closing[number] = next_of[length]
        next_of[length] = number
    kept: list[str] = []
    at = number = 0
    while number < len(runs):
        if number in closing:
            start, end = runs[number][0], runs[closing[number]][1]
            kept += [text[at:start], re.sub(r"[^\n]", " ", text[start:end])]
            at, number = end, closing[number]
        number += 1
    return "".join([*kept, text[at:]])
