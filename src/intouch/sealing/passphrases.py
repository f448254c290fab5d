"""Passphrases: made of six words by chance, or chosen and then judged."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from intouch.names import folded
from intouch.sealing.refusals import SealError

WORDS = 6
"""Six of 7,776 words: 77 bits."""

ENOUGH_GUESSES = 16
"""Decimal digits of the guesses that a chosen passphrase must withstand, as zxcvbn counts them."""

_FOUND_ANYWHERE = 5
"""Letters of a name that is refused inside a word as well: `Ann` is in a banner, `Priya` in nothing."""

_LONGEST = 1_024
_NO_KEY = {"Cc", "Cs"}
"""Control characters, and halves of characters: a browser's field takes none, and would never unlock."""
_JUDGED = 72
"""Characters that are looked at: more add nothing, and the time to judge grows with their square."""

_BETTER = "Let intouch make one: leave it empty. Or take five words or more that have nothing to do with you."


def made() -> str:
    """A passphrase of six words of the EFF's long list, drawn by the system's source of randomness."""
    from dicewarepy import diceware

    return " ".join(diceware(WORDS, "en"))


def judge(passphrase: str, names: Iterable[str]) -> None:
    """Refuse a passphrase that somebody could guess.

    Args:
        passphrase: as chosen.
        names: of the notebook, each part of a person's on its own; whoever attacks it knows some of them.

    Raises:
        SealError: saying why; the passphrase itself is never repeated.
    """
    from zxcvbn import zxcvbn

    typed = unicodedata.normalize("NFKC", passphrase)
    if not typed.strip():
        raise SealError("the passphrase is empty", _BETTER)
    if any(unicodedata.category(character) in _NO_KEY for character in typed):
        raise SealError(
            "the passphrase holds a character that cannot be typed, such as a line's end", _BETTER
        )
    if len(typed) > _LONGEST:
        raise SealError(f"the passphrase is longer than {_LONGEST:,} characters", _BETTER)
    inside = folded(typed)
    known = {folded(name) for name in names} - {""}
    if any(_holds(inside, name) for name in known):
        raise SealError("the passphrase contains a name of the notebook", _BETTER)
    if zxcvbn(typed[:_JUDGED], sorted(known), max_length=_JUDGED)["guesses_log10"] < ENOUGH_GUESSES:
        raise SealError("the passphrase is too easy to guess", _BETTER)


def _holds(text: str, name: str) -> bool:
    words = "".join(character if character.isalnum() else " " for character in text).split()
    return name in text if len(name) >= _FOUND_ANYWHERE else name in words
