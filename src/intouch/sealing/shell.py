"""The shell: the one page that anybody may see, its script and its style, with nothing of the notebook."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from intouch.sealing.lockfile import Lock, lock_value
from intouch.theme_folder import builtin_folder

PAGE = "index.html"

_OF_THEME = re.compile(r"assets/(app|theme|style)\.[0-9a-f]{12}\.(js|css)")
_PARTS = ("envelopes.js", "safe.js", "places.js", "pages.js", "router.js", "lock.js")
_HASH = 12


def theme_in(site: Mapping[str, bytes]) -> dict[str, bytes]:
    """The theme's scripts and its stylesheet, by the names they had before their hashes."""
    return {
        f"{match[1]}.{match[2]}": content
        for path, content in site.items()
        if (match := _OF_THEME.fullmatch(path)) is not None
    }


def is_of_theme(path: str) -> bool:
    """Whether a file of the site is one of the theme's that the shell takes in."""
    return _OF_THEME.fullmatch(path) is not None


def shell(theme: Mapping[str, bytes]) -> dict[str, bytes]:
    """The page, the script and the stylesheet that everything else is opened with.

    Args:
        theme: `app.js`, `theme.js` and `style.css`.
    """
    script, style = _script(theme), theme["style.css"] + _part("lock.css").encode()
    script_name, style_name = _hashed("app", script, "js"), _hashed("app", style, "css")
    page = _part("index.html").replace("{script}", script_name).replace("{style}", style_name)
    return {PAGE: page.encode(), f"a/{script_name}": script, f"a/{style_name}": style}


def builtin_shell() -> dict[str, bytes]:
    """The shell with the built-in theme: the program's own text, the same for every notebook."""
    folder = builtin_folder() / "assets"
    return shell({name: (folder / name).read_bytes() for name in ("app.js", "theme.js", "style.css")})


def lock_script(lock: Lock, index: str) -> bytes:
    """The slots, and the name of the envelope that lists all others, for the browser."""
    told = json.dumps({**lock_value(lock), "index": index}, separators=(",", ":"))
    return f"globalThis.intouchLock={told};\n".encode()


def _script(theme: Mapping[str, bytes]) -> bytes:
    """One script: the theme's own two, which see the shell's places for the browser's, and the shell."""
    parts = "\n".join(_part(name) for name in _PARTS)
    return b"".join(
        (
            b"{\n(() => {\n",
            theme["theme.js"],
            b"\n})();\nconst enhance = (location, history, fetch, addEventListener) => {\n",
            theme["app.js"],
            b'\n};\n(() => {\n"use strict";\n',
            parts.encode(),
            b"})();\n}\n",
        )
    )


@lru_cache(maxsize=16)
def _part(name: str) -> str:
    return (
        files("intouch.sealing").joinpath("browser", name).read_text(encoding="utf-8").replace("\r\n", "\n")
    )


def _hashed(stem: str, content: bytes, ending: str) -> str:
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:_HASH]}.{ending}"
