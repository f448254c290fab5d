"""vCards 2.1, 3.0 and 4.0, as phones, Apple, Google, Outlook and servers write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from intouch.diagnostics import Code, Diagnostic, error, in_order, warning
from intouch.importers.candidate import Candidate, Listing
from intouch.importers.cells import Row, tidy
from intouch.importers.people import is_person, once, paragraphs, tags
from intouch.importers.source import Source
from intouch.places import Place

if TYPE_CHECKING:
    from vobject.base import ContentLine

_LINE_END = re.compile(r"\r\n|\r|\n")
_BEGIN = re.compile(r"\s*BEGIN\s*:\s*VCARD\s*", re.IGNORECASE)
_END = re.compile(r"\s*END\s*:\s*VCARD\s*", re.IGNORECASE)
_PICTURE = re.compile(r"(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]", re.IGNORECASE)
_PROPERTY = re.compile(r"[\w-]+(?:\.[\w-]+)?[;:]")
_SCHEME = re.compile(r"tel:", re.IGNORECASE)
_EXTENSION = re.compile(r";ext=", re.IGNORECASE)
_UNDECLARED = re.compile(
    r"^(?![^:\n]*CHARSET=)([^:\n]*)(;(?:ENCODING=)?QUOTED-PRINTABLE)", re.IGNORECASE | re.MULTILINE
)
_QUOTED = re.compile("quoted-printable", re.IGNORECASE)
_PARAMETER_VALUE = r'(?:"[^"]*"|[^";:,]*)'
_HEAD = re.compile(
    rf"(?:[\w-]+\.)?[\w-]+;?(?:;[\w-]+(?:={_PARAMETER_VALUE}(?:,{_PARAMETER_VALUE})*)?)*:", re.ASCII
)
"""What stands before a value. The library takes for ever to find out that a line has no such thing."""

_TOKEN = re.compile(r"\\.|.", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\,;:nN])")
_PREFERENCE = re.compile(r"\d{1,3}")
_LEAST_PREFERRED = 100

_USED = re.compile(
    "fn|n|org|title|role|email|tel|url|adr|categories|nickname|note|bday|kind|socialprofile|x-socialprofile"
)
_BOOKKEEPING = re.compile(
    "version|prodid|uid|rev|label|member|photo|logo|sound|key|name|source|mailer|tz|geo|class|sort-string|profile|"
    "lang|xml|clientpidmap|x-ab.*|x-ms-.*|x-apple-.*|x-addressbookserver-.*|x-image.*|x-android-.*"
)
"""What says nothing of the person, or is told by another property."""


def read_vcards(source: Source) -> Listing | None:
    """Every card that is a person's; groups are passed over, and so are pictures."""
    if not any(_BEGIN.fullmatch(line) for line in _LINE_END.split(source.text[:100_000])):
        return None
    candidates: list[Candidate] = []
    problems: list[Diagnostic] = []
    names: set[str] = set()
    for line, text in _cards(source, problems):
        source.reached(line)
        row = Row(Place(source.name, line))
        candidate = _read(row, text, names)
        if candidate is not None:
            candidates.append(candidate)
        problems += row.diagnostics
    unused = sorted(
        name.upper() for name in names if not (_USED.fullmatch(name) or _BOOKKEEPING.fullmatch(name))
    )
    if unused:
        message = f"not taken over: {', '.join(unused)}"
        remedy = "A card has no key for them; write down by hand what you need."
        problems.append(warning(Place(source.name), Code.IMPORT_COLUMN, message, remedy))
    return Listing(source.name, "vCard", tuple(candidates), in_order(problems))


def _cards(source: Source, problems: list[Diagnostic]) -> Iterator[tuple[int, str]]:
    """Each card by itself, with its line, so that a damaged one spoils no other."""
    begun, lines = 0, list[str]()
    for number, line in enumerate(_LINE_END.split(source.text), start=1):
        if _BEGIN.fullmatch(line):
            if begun:
                problems.append(_unclosed(source, begun))
            begun, lines = number, []
        if begun:
            lines.append(line)
        if _END.fullmatch(line) and begun:
            yield begun, "\r\n".join((*_without_pictures(lines), ""))
            begun = 0
    if begun:
        problems.append(_unclosed(source, begun))


def _unclosed(source: Source, line: int) -> Diagnostic:
    remedy = "The file may be cut off: export it again; the card was left out."
    return error(Place(source.name, line), Code.IMPORT_ROW, "this vCard has no END:VCARD", remedy)


def _without_pictures(lines: list[str]) -> Iterator[str]:
    """The lines without pictures and sounds, which make most of a file and which no card has room for."""
    within = broken = False
    for line in lines:
        if not broken and _PICTURE.match(line):
            within = True
        elif not broken and within and line.strip() and (line[0] in " \t" or not _PROPERTY.match(line)):
            continue
        else:
            within = False
            yield line
        # A quoted text goes on below a `=`, however that line begins.
        broken = not within and line.endswith("=") and (broken or bool(_QUOTED.search(line)))


def _read(row: Row, text: str, names: set[str]) -> Candidate | None:
    """The person whose card it is, if it is one's; `names` gets those of its properties."""
    found: dict[str, list[ContentLine]] = {}
    for property_ in _properties(row, text):
        found.setdefault(property_.name.casefold(), []).append(property_)
    names |= found.keys()
    return _candidate(row, _Card(found))


def _properties(row: Row, text: str) -> Iterator[ContentLine]:
    """The lines of a card taken apart; values are as they stand, so that no reading of them loses a part."""
    from vobject.base import VObjectError, getLogicalLines

    text = _QUOTED.sub("QUOTED-PRINTABLE", text)
    # Where a card does not speak of it, the setting takes any `=` at a line's end for a broken line.
    for line, _ in getLogicalLines(StringIO(text), allowQP="QUOTED-PRINTABLE" in text):
        try:
            if not _HEAD.match(line):
                raise VObjectError(line)  # noqa: TRY301 - as the library says it
            yield _property(line)
        except (VObjectError, ValueError, LookupError, TypeError, AttributeError):
            # The last two come from within the library, where a parameter stands twice, say.
            name = re.split("[;:]", line, maxsplit=1)[0].rpartition(".")[2].casefold()
            if not _BOOKKEEPING.fullmatch(name):
                row.leave_out(f"a line that cannot be read: '{tidy(line)[:80]}'", "Look at it in the file.")


def _property(line: str) -> ContentLine:
    from vobject.base import textLineToContentLine

    try:
        return textLineToContentLine(line)
    except UnicodeDecodeError:
        # Older programs quoted what Windows calls ANSI without saying so.
        return textLineToContentLine(_UNDECLARED.sub(r"\1;CHARSET=windows-1252\2", line))


@dataclass(frozen=True, slots=True)
class _Card:
    """The properties of a vCard, by name in small letters."""

    contents: Mapping[str, list[ContentLine]]

    def properties(self, name: str) -> list[ContentLine]:
        """Those of a name, the preferred first."""
        return sorted(self.contents.get(name, []), key=_preference)

    def texts(self, *names: str) -> tuple[str, ...]:
        """The values of properties that hold one text."""
        return once(tidy(_unescaped(p.value)) for name in names for p in self.properties(name))

    def lists(self, name: str, separators: str) -> tuple[str, ...]:
        """The values of properties that hold several texts."""
        parts = (part for p in self.properties(name) for part in _parts(p.value, separators))
        return once(tidy(_unescaped(part)) for part in parts)

    def first(self, *names: str) -> str:
        return next(iter(self.texts(*names)), "")


def _parts(value: str, separators: str) -> list[str]:
    """What stands between separators that are not escaped."""
    parts = [""]
    for token in _TOKEN.findall(value):
        if token in separators:
            parts.append("")
        else:
            parts[-1] += token
    return parts


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def _preference(property_: ContentLine) -> int:
    """`PREF=1` before others, as `TYPE=PREF` of older versions."""
    said = property_.params.get("PREF", [""])[0]
    if _PREFERENCE.fullmatch(said):
        return int(said)
    types = [*property_.params.get("TYPE", []), *property_.singletonparams]
    return 1 if any("pref" in str(one).casefold().split(",") for one in types) else _LEAST_PREFERRED


def _candidate(row: Row, card: _Card) -> Candidate | None:
    if card.first("kind", "x-addressbookserver-kind").casefold() in {"group", "location"}:
        return None
    organization = next(iter(card.lists("org", ";")), "")
    is_company = card.first("x-abshowas").casefold() == "company" or card.first("kind").casefold() == "org"
    name = "" if is_company else _name(card)
    if not is_person(row, name, organization or _name(card)):
        return None
    socials = [p for p in card.properties("x-socialprofile") if "linkedin" in str(p.params).casefold()]
    profiles = [tidy(_unescaped(p.value)) for p in [*socials, *card.properties("socialprofile")]]
    websites, linkedin = row.urls([*card.texts("url"), *(p for p in profiles if "://" in p)])
    return Candidate(
        place=row.place,
        name=name,
        organization=organization,
        title=card.first("title", "role"),
        emails=row.emails(card.texts("email")),
        phones=once(_phone(number) for number in card.texts("tel")),
        websites=websites,
        linkedin=linkedin,
        location=_location(card),
        tags=tags(card.lists("categories", ",;")),
        birthday=_birthday(row, card),
        aliases=tuple(alias for alias in card.lists("nickname", ",") if alias != name),
        about=paragraphs(_unescaped(p.value) for p in card.properties("note")),
    )


def _name(card: _Card) -> str:
    """The name as it is shown, or put together from its parts."""
    shown = card.first("fn")
    if shown:
        return shown
    for property_ in card.properties("n"):
        family, given, additional, *_ = (*_parts(property_.value, ";"), "", "", "")
        # Several given names have commas between them.
        parts = (tidy(_unescaped(" ".join(_parts(part, ",")))) for part in (given, additional, family))
        return " ".join(part for part in parts if part)
    return ""


def _phone(number: str) -> str:
    return _EXTENSION.sub(" ext. ", _SCHEME.sub("", number), count=1)


def _location(card: _Card) -> str:
    for property_ in card.properties("adr"):
        *_, city, region, _code, country = (*_parts(property_.value, ";"), *[""] * 7)[:7]
        if place := ", ".join(once(tidy(_unescaped(part)) for part in (city, region, country))):
            return place
    return ""


def _birthday(row: Row, card: _Card) -> str:
    for property_ in card.properties("bday"):
        omitted = property_.params.get("X-APPLE-OMIT-YEAR", [""])[0]
        return row.birthday(tidy(_unescaped(property_.value)), omit_year=omitted)
    return ""
