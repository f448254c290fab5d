"""Write a notebook of any size, the same bytes for the same arguments.

    python benchmarks/generate.py DIR --people 1000 --notes 5 --seed 1

Every person has a card with a short log, and a folder of notes of about 150 words, each with front matter;
one in seven names a role and one in nine somebody else who was there. Every note ends in words that no other
ends in, so that a page can be searched for them. Dates lie in the four years before 2026-11-23, on which the
notebook is pinned. `--cadence` writes people with a rhythm and no notes instead: as many check-ins as people.
"""

from __future__ import annotations

import argparse
import random
from datetime import date, timedelta
from pathlib import Path

TODAY = date(2026, 11, 23)
_WORDS = (
    "programme budget panel literacy mentor warehouse council river migration pilot handover roster tender "
    "evening question answer careful honest slow second first early quiet open shared plain steady they "
    "asked about the and of to with for what how when we spoke said would could next spring office team "
    "answered because although nobody everyone story night class bridge report draft number letter week month"
).split()
_FIRST = "Ada Bo Cleo Dag Esi Finn Gwen Hana Ivo June Kofi Lena Mira Nils Oona Pia Ravi Sena Tove Uma".split()
_LAST = "Abara Bell Costa Drew Ekman Farah Gill Holm Iyer Jansen Katz Lund Moss Noor Otto Ruiz Sato".split()
_KINDS = ("interview", "call", "check-in", "meeting", "thank-you", "reply")
_TYPES = ("agency", "recruiter", "hiring-manager", "interviewer", "colleague", "mentor", "other")
_LONGEST_AGO = 1_400
_WORDS_A_NOTE = 150
_WORDS_A_PARAGRAPH = 50


def prose(dice: random.Random, words: int) -> str:
    """Paragraphs of invented sentences, some with emphasis, a link or a list."""
    paragraphs = []
    for _ in range(max(1, words // _WORDS_A_PARAGRAPH)):
        some = [dice.choice(_WORDS) for _ in range(min(words, _WORDS_A_PARAGRAPH))]
        some[3 % len(some)] = f"**{some[3 % len(some)]}**"
        paragraphs.append(" ".join(some).capitalize() + ".")
    items = "\n".join(f"- {dice.choice(_WORDS)} {dice.choice(_WORDS)}" for _ in range(3))
    return "\n\n".join([*paragraphs, items, "See [the page](https://example.org/page)."])


def slug_of(number: int) -> str:
    """The slug of the n-th person."""
    first, last = _FIRST[number % len(_FIRST)], _LAST[number // len(_FIRST) % len(_LAST)]
    return f"{first}-{last}-{number}".lower()


def card(dice: random.Random, number: int, logged: int) -> str:
    """A card with a log of `logged` lines."""
    name = " ".join(part.capitalize() for part in slug_of(number).split("-"))
    lines = ["---", f"name: {name}", f"organization: Organization {number // 3}"]
    lines += [f"contact_type: {dice.choice(_TYPES)}", f"email: {slug_of(number)}@people.example"]
    lines += [f"fit: {dice.randint(1, 5)}", f"tags: [{dice.choice(_WORDS)}, {dice.choice(_WORDS)}]"]
    if dice.random() < 0.3:
        lines.append(f"cadence: every {dice.randint(2, 9)} months")
    lines += ["---", prose(dice, _WORDS_A_PARAGRAPH), "", "## Log"]
    for _ in range(logged):
        day = TODAY - timedelta(days=dice.randint(1, _LONGEST_AGO))
        lines.append(
            f"- {day} {dice.choice(('check-in', 'call', 'message', 'reply'))}: {dice.choice(_WORDS)}"
        )
    return "\n".join(lines) + "\n"


def note(dice: random.Random, people: int, last_words: str) -> str:
    """A note of about 150 words."""
    lines = ["---"]
    if dice.random() < 1 / 7:
        lines.append(f"role: Role {dice.randint(1, 99)}")
    if dice.random() < 1 / 9:
        lines.append(f"people: [{slug_of(dice.randrange(people))}]")
    lines += [
        f"hook: {dice.choice(_WORDS)} {dice.choice(_WORDS)}",
        "---",
        prose(dice, _WORDS_A_NOTE),
        "",
        last_words,
    ]
    return "\n".join(lines) + "\n"


def generate(folder: Path, people: int, notes: int, seed: int) -> int:
    """Write the notebook into a folder that has no `contacts` yet.

    Returns:
        How many files were written.
    """
    contacts = _begin(folder, "")
    written = 1
    for number in range(people):
        # A dice of their own: one more person changes nobody else's files.
        dice = random.Random(f"{seed}/{number}")
        slug = slug_of(number)
        (contacts / f"{slug}.md").write_text(card(dice, number, dice.randint(0, 3)), encoding="utf-8")
        written += 1
        own = contacts / slug
        for count in range(notes):
            own.mkdir(exist_ok=True)
            day, kind = TODAY - timedelta(days=dice.randint(1, _LONGEST_AGO)), dice.choice(_KINDS)
            text = note(dice, people, f"So ends {slug}, {count}.")
            (own / f"{day}-{kind}-{count}.md").write_text(text, encoding="utf-8")
            written += 1
    return written


def generate_cadences(folder: Path, people: int, seed: int) -> int:
    """Write people who each have a rhythm and one check-in behind them, so that each has one ahead.

    The limits are set high, or the last would be planned decades ahead.

    Returns:
        How many files were written.
    """
    contacts = _begin(folder, "[limits]\nper_day = 50\nper_week = 350\n")
    for number in range(people):
        dice = random.Random(f"{seed}/{number}")
        day = TODAY - timedelta(days=dice.randint(1, _LONGEST_AGO))
        name = " ".join(part.capitalize() for part in slug_of(number).split("-"))
        lines = ["---", f"name: {name}", f"organization: Organization {number // 3}"]
        lines += [f"email: {slug_of(number)}@people.example", f"cadence: every {dice.randint(2, 9)} months"]
        lines += ["---", "", "## Log", f"- {day} check-in: {dice.choice(_WORDS)}"]
        (contacts / f"{slug_of(number)}.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 1 + people


def _begin(folder: Path, more: str) -> Path:
    """Write the settings; returns the folder for the people."""
    contacts = folder / "contacts"
    contacts.mkdir(parents=True)
    settings = f'timezone = "UTC"\n[demo]\ntoday = {TODAY}\n[calendar]\ncountry = "AU"\n{more}'
    (folder / "intouch.toml").write_text(settings, encoding="utf-8")
    return contacts


def main() -> None:
    """Read the arguments and write."""
    parser = argparse.ArgumentParser(description="Write a notebook of any size.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="must not hold a notebook yet")
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--notes", type=int, default=5, help="notes a person")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cadence", action="store_true", help="everyone has a rhythm, and nobody notes")
    arguments = parser.parse_args()
    if (arguments.folder / "contacts").exists():
        parser.error(f"{arguments.folder} holds a notebook already")
    if arguments.cadence:
        written = generate_cadences(arguments.folder, arguments.people, arguments.seed)
    else:
        written = generate(arguments.folder, arguments.people, arguments.notes, arguments.seed)
    print(f"{arguments.folder}: {arguments.people} people, {written} files")


if __name__ == "__main__":
    main()
