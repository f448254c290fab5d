"""A note's Markdown as safe HTML: raw HTML is off, a second wall cleans, and hard work has a limit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup, escape

from intouch.site.embeds import (
    LONGEST_WIKI_LINK,
    SCHEME,
    Unseen,
    embed,
    find_pictures,
    only_our_pictures,
    show_image,
)
from intouch.site.links import Links

MOST_STEPS = 60_000
"""How often the parser may look for the next piece of a note; counted, not timed: every machine agrees."""

DEEPEST = 40
"""How deep lists and quotations may nest."""

MOST_ADDRESS_CHARACTERS = 2_000
"""Longer addresses are no links: through references, one address could fill a page a thousand times."""

_SCHEMES = ("http", "https", "mailto", "tel")
_LINKABLE = re.compile(r"https?://|mailto:|tel:", re.IGNORECASE)
_LOWEST_HEADING = 6

_CLEANER = nh3.Cleaner(
    tags={
        *("a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li"),
        *("ol", "p", "pre", "s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
        "img",
    },
    clean_content_tags={"script", "style"},
    attributes={
        "a": {"href", "title"},
        "ol": {"start"},
        "img": {"src", "alt", "width", "height", "loading"},
    },
    attribute_filter=only_our_pictures,
    # The renderer writes this class itself; a note cannot, because HTML in notes stays text.
    allowed_classes={"span": {"attachment"}},
    url_schemes=set(_SCHEMES),
    link_rel="noopener noreferrer nofollow",
    strip_comments=True,
)


class _TooMuchWorkError(Exception):
    """The note asks for more work than `MOST_STEPS`."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text ready for a page.

    Attributes:
        html: safe to print as it is.
        slow: whether the text was too much work and is shown as it was written.
        unseen: pictures that are not shown, though they lie in no other place of the web.
    """

    html: Markup
    slow: bool = False
    unseen: tuple[Unseen, ...] = ()


def render_note(text: str, links: Links, *, above: int) -> Rendered:
    """Render a note or the body of a card.

    Args:
        text: Markdown.
        links: what its wiki links lead to.
        above: the level of the heading that the text stands under; its own headings begin one lower.
    """
    return _rendered(text, {"links": links, "above": above}, _PARSER.render)


def render_line(text: str, links: Links) -> Rendered:
    """Render the text of a log line: emphasis, code and links, no blocks."""
    if _PLAIN.fullmatch(text):
        return Rendered(escape(text))
    return _rendered(text, {"links": links, "above": 0}, _PARSER.renderInline)


# Text in which no rule of the parser could find anything; most log lines are.
_PLAIN = re.compile(r"[^\n\\`*_~\[\]<>!&{}$%@#=^|]*")


def _rendered(written: str, env: dict[str, Any], render: Callable[[str, dict[str, Any]], str]) -> Rendered:
    # Half a surrogate pair, which YAML can spell, has no UTF-8 form.
    text = written.encode("utf-8", "replace").decode()
    unseen: list[Unseen] = []
    try:
        html = render(text, env | {"steps": 0, "most_output": 20 * len(text) + 20_000, "unseen": unseen})
    except _TooMuchWorkError:
        return Rendered(Markup("<pre>{}</pre>").format(text), slow=True)
    return Rendered(Markup(_CLEANER.clean(html)), unseen=tuple(unseen))  # noqa: S704 - cleaned in the same breath


# -- the limit --------------------------------------------------------------------------------------


def _count(env: MutableMapping[str, Any], steps: int) -> None:
    env["steps"] += steps
    if env["steps"] > MOST_STEPS:
        raise _TooMuchWorkError


def _count_inline(state: StateInline, _silent: bool) -> bool:  # noqa: FBT001 - the parser's own signature
    # A bracket makes the parser look for its partner, which is several times the work of a word.
    _count(state.env, 5 if state.src[state.pos] == "[" else 1)
    return False


def _count_block(state: StateBlock, _start: int, _end: int, _silent: bool) -> bool:  # noqa: FBT001 - likewise
    _count(state.env, 2)
    if state.level > DEEPEST:  # the parser would drop what lies deeper than its own limit without a word
        raise _TooMuchWorkError
    return False


def _limit_output(state: StateCore) -> None:
    """Refuse a text whose addresses alone would outgrow it: one reference can be used a thousand times."""
    size = 0
    for token in _all_tokens(state.tokens):
        size += sum(len(str(value)) for value in token.attrs.values())
    if size > state.env["most_output"]:
        raise _TooMuchWorkError


def _all_tokens(tokens: Sequence[Token]) -> list[Token]:
    return [t for token in tokens for t in (token, *(token.children or ()))]


# -- links ------------------------------------------------------------------------------------------


def _may_link(address: str) -> bool:
    """Which addresses may stand in a link or an image; those without a scheme are shown, not linked."""
    if len(address) > MOST_ADDRESS_CHARACTERS:
        return False
    return bool(_LINKABLE.match(address)) or not SCHEME.match(address)


def _wiki_link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's own signature
    """Read `[[Name]]`, `[[Name|words]]` and `[[Name#heading]]`; whoever is unknown stays plain text."""
    start = state.pos
    if not state.src.startswith("[[", start):
        return False
    end = state.src.find("]]", start + 2, min(state.posMax, start + LONGEST_WIKI_LINK))
    inner = state.src[start + 2 : end]
    if end < 0 or "[" in inner or "\n" in inner:
        return False
    target, _, words = inner.partition("|")
    name = target.partition("#")[0]
    links = state.env["links"]
    address = links.find(target) or links.find(name)
    if not address:
        return False
    if not silent:
        state.push("link_open", "a", 1).attrs = {"href": address, "data-person": ""}
        state.push("text", "", 0).content = words.strip() or name.strip()
        state.push("link_close", "a", -1)
    state.pos = end + 2
    return True


def _name_attachments(state: StateCore) -> None:
    """Turn links to files of one's own, which the site does not carry, into their words and their address."""
    for block in state.tokens:
        if block.children and any(t.type == "link_open" for t in block.children):
            block.children = list(_without_attachments(block.children))


def _without_attachments(tokens: Sequence[Token]) -> Iterator[Token]:
    # Links never nest, so one variable remembers the open one.
    file: str | None = None
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrs["href"])
            file = None if "data-person" in token.attrs or _LINKABLE.match(address) else address
            if file is not None:
                token.tag, token.attrs = "span", {"class": "attachment"}
        elif token.type == "link_close" and file is not None:
            token.tag = "span"
            if file:
                yield Token("text", "", 0, content=f" ({file})")
        yield token


# -- headings ---------------------------------------------------------------------------------------


def _shift_headings(state: StateCore) -> None:
    """Hang a text's headings under the page's own, in steps of one, whatever levels the note jumps."""
    open_levels: list[int] = []
    level = 0
    for token in state.tokens:
        if token.type == "heading_open":
            written = int(token.tag[1])
            while open_levels and open_levels[-1] >= written:
                open_levels.pop()
            open_levels.append(written)
            level = min(_LOWEST_HEADING, state.env["above"] + len(open_levels))
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{level}"


def _plain_empty_headers(state: StateCore) -> None:
    """Make header cells without words plain cells, as they head nothing."""
    for cell, content, end in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if cell.type == "th_open" and not content.content.strip():
            cell.tag = end.tag = "td"


class _Parser(MarkdownIt):
    """The parser with our own word on which addresses may be linked."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser's own name
        return _may_link(url)


def _parser() -> MarkdownIt:
    parser = _Parser("js-default", {"maxNesting": DEEPEST + 4})
    parser.inline.ruler.before("text", "steps", _count_inline)
    parser.inline.ruler.before("link", "wiki_link", _wiki_link)
    parser.inline.ruler.before("link", "embed", embed)
    # In all chains: lines that a paragraph, a list or a quotation swallows are steps as well.
    chains = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("table", "steps", _count_block, {"alt": chains})
    parser.core.ruler.push("limit_output", _limit_output)
    parser.core.ruler.push("find_pictures", find_pictures)
    parser.core.ruler.push("name_attachments", _name_attachments)
    parser.core.ruler.push("shift_headings", _shift_headings)
    parser.core.ruler.push("empty_headers", _plain_empty_headers)
    parser.add_render_rule("image", show_image)
    return parser


_PARSER = _parser()
