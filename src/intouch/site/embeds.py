"""Pictures in a note: one's own are shown, of all others there is only a word."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import escape

from intouch.pictures.attachment import ENDINGS

LONGEST_WIKI_LINK = 300
SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:", re.IGNORECASE)

_EMBEDDED = re.compile(rf"[^\[\]\n]+(?:{'|'.join(map(re.escape, ENDINGS))})", re.IGNORECASE)
_WIDTH = re.compile(r"\s*\d*(?:x\d+)?\s*")
_OUR_PICTURE = re.compile(r"(?:\.\./)*files/[0-9a-f]{32}\.(?:jpg|png|gif|webp)")


def only_our_pictures(tag: str, attribute: str, value: str) -> str | None:
    """Let an image show nothing but a picture that the site itself carries."""
    return None if tag == "img" and attribute == "src" and not _OUR_PICTURE.fullmatch(value) else value


@dataclass(frozen=True, slots=True)
class Unseen:
    """A picture that is not shown.

    Attributes:
        target: its address, as it was written.
        anywhere: whether its name alone would have found it in any folder.
        line: of the text, counted from 0.
    """

    target: str
    anywhere: bool
    line: int


def embed(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's own signature
    """Read `![[photo.jpg]]` and `![[photo.jpg|words]]`, as Obsidian writes them; of pictures only."""
    start = state.pos
    if not state.src.startswith("![[", start):
        return False
    end = state.src.find("]]", start + 3, min(state.posMax, start + LONGEST_WIKI_LINK))
    target, _, words = state.src[start + 3 : end].partition("|")
    if end < 0 or not _EMBEDDED.fullmatch(target.strip()) or "[" in words or "\n" in words:
        return False
    if not silent:
        token = state.push("image", "img", 0)
        token.attrs, token.meta = {"src": target.strip()}, {"anywhere": True}
        # Obsidian writes a width where words could stand.
        token.children = [] if _WIDTH.fullmatch(words) else [Token("text", "", 0, content=words.strip())]
    state.pos = end + 2
    return True


def find_pictures(state: StateCore) -> None:
    """Ask for every picture of one's own, and note on which line those stand that are not to be had."""
    above = 0
    for block in state.tokens:
        above = line = block.map[0] if block.map else above
        for token in block.children or ():
            line += token.type in {"softbreak", "hardbreak"}
            address = str(token.attrs.get("src", ""))
            if token.type != "image" or SCHEME.match(address) or address.startswith("//"):
                continue
            anywhere = bool(token.meta.get("anywhere"))
            found = state.env["links"].picture(address, anywhere=anywhere)
            if found is None:
                state.env["unseen"].append(Unseen(address, anywhere, line))
            else:
                token.meta["shown"] = found


def show_image(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    """Show a picture of one's own; a remote one would tell its sender that the note was opened."""
    token = tokens[index]
    address = str(token.attrs.get("src", ""))
    label = renderer.renderInlineAsText(token.children or [], options, env).strip()
    shown = token.meta.get("shown")
    if shown is not None:
        name = label or unquote(address).rpartition("/")[2]
        size = f'width="{shown.width}" height="{shown.height}"'
        return f'<img src="{env["links"].file(shown.path)}" alt="{escape(name)}" {size} loading="lazy">'
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        host = ""
    where = f"an image on {host}, not loaded" if host else f"an attached file, {address}"
    return f'<span class="attachment">[{escape(f"{label}: {where}" if label else where)}]</span>'
