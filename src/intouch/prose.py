"""The texts of cards and notes, in the user's own words, from which no rule works anything out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Prose:
    """What was read beside the facts.

    Attributes:
        texts: Markdown by file: of a card, without its log section; of a note, all below its front matter.
        digests: of the files that were read, by name.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, bytes] = field(default_factory=dict)
