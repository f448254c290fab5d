"""Passphrases: those made by chance are long enough, those chosen are judged and never repeated."""

from __future__ import annotations

import pytest
from dicewarepy.diceware import wordlist

from intouch.sealing.passphrases import judge, made
from intouch.sealing.refusals import SealError

NAMES = ("Priya", "Nair", "Ann", "Brightpath College")


def test_a_made_passphrase_has_six_words_of_the_list() -> None:
    words = set(wordlist("en").values())
    assert len(words) == 7_776
    drawn = [made() for _ in range(40)]
    assert len(set(drawn)) == 40
    assert {len(passphrase.split(" ")) for passphrase in drawn} == {6}
    assert {word for passphrase in drawn for word in passphrase.split(" ")} <= words


def test_a_made_passphrase_passes_the_judge() -> None:
    for _ in range(20):
        judge(made(), ())


@pytest.mark.parametrize(
    ("passphrase", "said"),
    [
        ("", "is empty"),
        ("   ", "is empty"),
        ("password", "too easy"),
        ("correct horse", "too easy"),
        ("Tr0ub4dor&3", "too easy"),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "too easy"),
        ("qwertyuiopasdfghjklzxcvbnm", "too easy"),
        ("1234567890" * 100, "too easy"),
        ("x" * 2_000, "longer than"),
        ("isolation ranked situation baffle magma accent\n", "cannot be typed"),
        ("isolation ranked\tsituation baffle magma accent", "cannot be typed"),
        ("isolation ranked situation \udcff baffle magma", "cannot be typed"),
        ("isolation ranked situation priya baffle magma", "contains a name"),
        ("isolation ranked situationPRIYAbaffle magma", "contains a name"),
        ("isolation ranked ann baffle magma accent", "contains a name"),
        ("isolation brightpath college ranked situation baffle", "contains a name"),
    ],
)
def test_a_chosen_passphrase_is_judged(passphrase: str, said: str) -> None:
    with pytest.raises(SealError, match=said) as refused:
        judge(passphrase, NAMES)
    assert "situation" not in f"{refused.value.message} {refused.value.remedy}"


@pytest.mark.parametrize(
    "passphrase",
    [
        "isolation ranked banner baffle magma accent",
        "purple monkey dish washer lamp college",
        "kV8#rq2!Lw9$zT4m",
        "zeven blauwe fietsen zonder bel",
    ],
)
def test_a_good_one_passes(passphrase: str) -> None:
    judge(passphrase, NAMES)
