"""Front matter as text: only what was given, quoted where YAML would take it for something else."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

_PLAIN = re.compile(r"[A-Za-z0-9À-ɏ+][\w .,'/()+@-]*[\w.)]|[A-Za-z0-9À-ɏ]")
_WORDS_OF_YAML = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])
"""What other programs would not take for a text."""

Value = str | tuple[str, ...]


def front_matter(values: Mapping[str, Value]) -> str:
    """Front matter with every value that is not empty, in the given order."""
    return "".join(
        ("---\n", *(f"{key}: {written(value)}\n" for key, value in values.items() if value), "---\n")
    )


def written(value: Value) -> str:
    """A text, or a list of them, as YAML on one line."""
    if isinstance(value, str):
        return _scalar(value)
    return _scalar(value[0]) if len(value) == 1 else f"[{', '.join(_item(item) for item in value)}]"


def _scalar(text: str) -> str:
    """A text as YAML; JSON's quoting is YAML's as well."""
    text = " ".join(text.split())
    plain = _PLAIN.fullmatch(text) and text.casefold() not in _WORDS_OF_YAML
    return text if plain else json.dumps(text, ensure_ascii=False)


def _item(text: str) -> str:
    """A text within a list, where a comma parts."""
    scalar = _scalar(text)
    return json.dumps(scalar, ensure_ascii=False) if "," in scalar and scalar[0] != '"' else scalar
