"""Problems as data: what is wrong, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from intouch.places import Place


class Severity(StrEnum):
    """Errors stop publishing, warnings do not."""

    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """Every problem intouch can report. Codes are stable; the manual's page of errors explains each."""

    # Files
    NOT_UTF8 = "not-utf8"
    CONTROL_CHARACTER = "control-character"
    FILE_TOO_LARGE = "file-too-large"
    UNREADABLE_FILE = "unreadable-file"
    SYMLINK_OUTSIDE = "symlink-outside"
    BAD_SLUG = "bad-slug"
    SLUG_CLASH = "slug-clash"
    FOLDER_WITHOUT_CARD = "folder-without-card"
    STRAY_FILE = "stray-file"
    EMPTY_CARD = "empty-card"
    # YAML
    BAD_YAML = "bad-yaml"
    YAML_REFUSED = "yaml-refused"
    FRONT_MATTER_UNCLOSED = "front-matter-unclosed"
    FRONT_MATTER_NOT_MAPPING = "front-matter-not-mapping"
    DUPLICATE_KEY = "duplicate-key"
    # Fields
    UNKNOWN_KEY = "unknown-key"
    CLASHING_KEYS = "clashing-keys"
    MISSING_NAME = "missing-name"
    WRONG_TYPE = "wrong-type"
    BAD_DATE = "bad-date"
    BAD_CADENCE = "bad-cadence"
    BAD_CHOICE = "bad-choice"
    BAD_FIT = "bad-fit"
    BAD_EMAIL = "bad-email"
    BAD_URL = "bad-url"
    BAD_TIMEZONE = "bad-timezone"
    BAD_NEXT = "bad-next"
    BAD_BIRTHDAY = "bad-birthday"
    # Log lines and notes
    BAD_LOG_LINE = "bad-log-line"
    UNKNOWN_KIND = "unknown-kind"
    MISSING_DATE = "missing-date"
    MISSING_KIND = "missing-kind"
    NAME_DISAGREES = "name-disagrees"
    FUTURE_DATE = "future-date"
    # The book
    UNKNOWN_PERSON = "unknown-person"
    AMBIGUOUS_PERSON = "ambiguous-person"
    DUPLICATE_ENTRY = "duplicate-entry"
    UNKNOWN_LINK = "unknown-link"
    # Settings
    BAD_TOML = "bad-toml"
    BAD_SETTING = "bad-setting"
    UNKNOWN_SETTING = "unknown-setting"
    NEWER_FORMAT = "newer-format"
    # Files to import from
    IMPORT_ROW = "import-row"
    IMPORT_CELL = "import-cell"
    IMPORT_COLUMN = "import-column"
    # What is written
    FEED_CLIPPED = "feed-clipped"
    SLOW_MARKDOWN = "slow-markdown"
    PICTURE_NOT_SHOWN = "picture-not-shown"
    BAD_TEMPLATE = "bad-template"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem in a user's file.

    Attributes:
        place: where it starts.
        severity: whether it stops publishing.
        code: its stable name in the catalogue.
        message: what is wrong, one line, no full stop.
        remedy: what to do about it, one line; may be empty.
        length: how many characters the caret line underlines.
        excerpt: the source line, without its line end; empty when there is none.
    """

    place: Place
    severity: Severity
    code: Code
    message: str
    remedy: str = ""
    length: int = 1
    excerpt: str = ""


def error(place: Place, code: Code, message: str, remedy: str = "", *, length: int = 1) -> Diagnostic:
    """Make a diagnostic that stops publishing."""
    return Diagnostic(place, Severity.ERROR, code, message, remedy, length)


def warning(place: Place, code: Code, message: str, remedy: str = "", *, length: int = 1) -> Diagnostic:
    """Make a diagnostic that does not stop publishing."""
    return Diagnostic(place, Severity.WARNING, code, message, remedy, length)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by place, then code and message, and drop exact repetitions."""
    unique = dict.fromkeys(diagnostics)
    return tuple(sorted(unique, key=lambda d: (d.place, d.code, d.message)))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any of them stops publishing."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def with_excerpts(diagnostics: Iterable[Diagnostic], *texts: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Give every diagnostic the source line it speaks of, where its file was read.

    Args:
        diagnostics: some of any file.
        texts: file name → text; asked only for files that are spoken of.
    """
    lines: dict[str, list[str]] = {}
    found = []
    for diagnostic in diagnostics:
        name, number = diagnostic.place.file, diagnostic.place.line
        if name not in lines:
            lines[name] = next((some[name] for some in texts if name in some), "").split("\n")
        of_file = lines[name]
        excerpt = of_file[number - 1] if number <= len(of_file) else ""
        found.append(replace(diagnostic, excerpt=excerpt))
    return tuple(found)
