"""Reading `intouch.toml`: defaults for whatever is absent or wrong, and every problem."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from intouch import NOTEBOOK_FORMAT
from intouch.dates import Away, WorkCalendar
from intouch.diagnostics import Code, Diagnostic, error
from intouch.memo import Memo
from intouch.places import Place
from intouch.project.spec import FORMAT, SETTINGS
from intouch.project.toml_places import Spot, Spots, locate
from intouch.project.values import SettingError
from intouch.public_holidays import HolidayError, holiday_names
from intouch.reading.files import read_text
from intouch.reading.words import did_you_mean
from intouch.settings import (
    FeedSettings,
    Limits,
    Me,
    Rhythm,
    Settings,
    SiteSettings,
    Waits,
)

SETTINGS_FILE = "intouch.toml"

_LONGEST_AWAY = timedelta(days=5 * 366)
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)")
_BY_PATH = {setting.path: setting for setting in SETTINGS}
_TABLES = {setting.path.rpartition(".")[0] for setting in SETTINGS} - {""}


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """The settings, what is wrong with them, and the file's text (empty where there is no file)."""

    settings: Settings
    diagnostics: tuple[Diagnostic, ...]
    text: str

    @property
    def too_new(self) -> Diagnostic | None:
        """The problem of a notebook whose format is for a later version: nothing else of it can be judged."""
        return next((d for d in self.diagnostics if d.code is Code.NEWER_FORMAT), None)


def read_settings(root: Path, memo: Memo | None = None) -> ReadSettings:
    """Read the settings of the notebook at `root`.

    Args:
        root: the project.
        memo: what earlier readings found.
    """
    path = root / SETTINGS_FILE
    if not path.exists() and not path.is_symlink():
        return ReadSettings(Settings(), (), "")
    text, problems = read_text(path, SETTINGS_FILE, root)
    if problems or not text.strip():
        return ReadSettings(Settings(), problems, text)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        return ReadSettings(Settings(), (_bad_toml(str(problem), text),), text)
    except RecursionError:
        return ReadSettings(Settings(), (_bad_toml("it is nested too deep", text),), text)
    except ValueError:  # of Python itself: reading a number takes the longer the more digits it has
        return ReadSettings(Settings(), (_bad_toml("a number has too many digits", text),), text)
    sheet = _Sheet(locate(text), memo)
    settings = sheet.settings(data)
    return ReadSettings(settings, tuple(sheet.diagnostics), text)


def _bad_toml(message: str, text: str) -> Diagnostic:
    at = _AT.search(message)
    lines = text.split("\n")
    line, column = (int(at[1]), int(at[2])) if at and at[1] else (len(lines), len(lines[-1]) + 1)
    what = _AT.sub("", message) or "it cannot be read"
    remedy = "Write 'key = value'; texts stand in double quotes, tables begin with [name]."
    return error(Place(SETTINGS_FILE, line, column), Code.BAD_TOML, f"this is not TOML: {what}", remedy)


class _Sheet:
    """Goes through the settings, keeping what is right and noting what is wrong."""

    def __init__(self, spots: Mapping[tuple[str | int, ...], Spots], memo: Memo | None) -> None:
        self._spots = spots
        self._memo = memo
        self.diagnostics: list[Diagnostic] = []

    def _spot(self, path: tuple[str | int, ...], *, value: bool) -> Spot:
        while path and path not in self._spots:
            path = path[:-1]
        spots = self._spots.get(path)
        return Spot(1, 1) if spots is None else spots.value if value else spots.key

    def _say(
        self, path: tuple[str | int, ...], code: Code, message: str, remedy: str, *, value: bool = True
    ) -> None:
        spot = self._spot(path, value=value)
        place = Place(SETTINGS_FILE, spot.line, spot.column)
        self.diagnostics.append(error(place, code, message, remedy, length=spot.length))

    def settings(self, data: Mapping[str, Any]) -> Settings:
        """Type everything; what is wrong keeps its default."""
        if self._too_new(data.get(FORMAT)):
            return Settings()
        given: dict[str, Any] = {}
        away: list[Away] = []
        for key, value in data.items():
            if key.startswith("x-"):
                continue
            if key == "away":
                away += self._aways(value)
            elif key in _TABLES and isinstance(value, dict):
                given |= self._table((key,), key, value)
            elif key in _TABLES:
                self._say(
                    (key,), Code.BAD_SETTING, f"'{key}' is a table", f"Write [{key}] on a line of its own."
                )
            else:
                given |= self._table((), "", {key: value})
        base = Settings()
        return replace(
            base,
            timezone=given.get("timezone", base.timezone),
            me=Me(**_part(given, "me")),
            calendar=self._calendar(given, tuple(away)),
            rhythm=Rhythm(**_part(given, "rhythm")),
            waits=Waits(**_part(given, "waits")),
            limits=Limits(**_part(given, "limits")),
            feed=FeedSettings(**_part(given, "feed")),
            site=SiteSettings(**_part(given, "site")),
            access=given.get("publish.access", base.access),
            publish_feed=given.get("publish.feed", base.publish_feed),
            demo_today=given.get("demo.today", base.demo_today),
        )

    def _too_new(self, form: object) -> bool:
        """Whether the notebook is of a format that only a later version knows."""
        if not isinstance(form, int) or form <= NOTEBOOK_FORMAT:
            return False
        message = f"this notebook is of format {form}, and this intouch reads format {NOTEBOOK_FORMAT}"
        self._say((FORMAT,), Code.NEWER_FORMAT, message, "Install a newer intouch; nothing was changed.")
        return True

    def _table(self, at: tuple[str | int, ...], name: str, table: Mapping[str, Any]) -> dict[str, Any]:
        """Read the keys of one table."""
        found: dict[str, Any] = {}
        for key, value in table.items():
            path = f"{name}.{key}" if name else key
            if key.startswith("x-"):
                continue
            setting = _BY_PATH.get(path)
            if setting is None:
                self._unknown((*at, key), key, name)
                continue
            try:
                found[path] = setting.reader.read(value)
            except SettingError as problem:
                self._say((*at, key), Code.BAD_SETTING, f"'{path}': {problem}", problem.remedy)
        return found

    def _unknown(self, at: tuple[str | int, ...], key: str, table: str) -> None:
        keys = [s.path.rpartition(".")[2] for s in SETTINGS if s.path.rpartition(".")[0] == table]
        known = keys if table else [*keys, *sorted(_TABLES)]
        where = f" in [{table}]" if table else ""
        message = f"'{key}' is no setting{where}"
        self._say(at, Code.UNKNOWN_SETTING, message, did_you_mean(key, known), value=False)

    def _aways(self, value: Any) -> Iterator[Away]:
        """Read every time away."""
        tables = value if isinstance(value, list) else [value]
        for number, table in enumerate(tables):
            at: tuple[str | int, ...] = ("away", number) if ("away", number) in self._spots else ("away",)
            if not isinstance(table, dict):
                self._say(at, Code.BAD_SETTING, "'away' is a table", "Write [[away]], then from = and to =.")
                continue
            given = self._table(at, "away", table)
            first, last = given.get("away.from"), given.get("away.to")
            for key in ("from", "to"):
                if key not in table:
                    self._say(
                        at, Code.BAD_SETTING, f"this time away has no '{key}'", f"Add {key} = 2027-02-08."
                    )
            if first is None or last is None:
                continue
            if last < first:
                self._say(
                    (*at, "to"), Code.BAD_SETTING, f"it ends before it starts ({first})", "Swap the dates."
                )
            elif last - first > _LONGEST_AWAY:
                self._say((*at, "to"), Code.BAD_SETTING, "it is longer than five years", "Check the years.")
            else:
                yield Away(first, last, given.get("away.note", ""))

    def _calendar(self, given: Mapping[str, Any], away: tuple[Away, ...]) -> WorkCalendar:
        """The business calendar, which must leave some day of the year open."""
        plain = WorkCalendar(away=away)
        quiet = given.get("calendar.quiet", plain.quiet)
        workdays = given.get("calendar.workdays", plain.workdays)
        if all(any(date(2000, 1, 1) + timedelta(days=n) in q for q in quiet) for n in range(366)):
            self._say(
                ("calendar", "quiet"), Code.BAD_SETTING, "no day of the year is left", "Leave some days out."
            )
            quiet = plain.quiet
        return WorkCalendar(workdays=workdays, holiday=self._holiday(given), quiet=quiet, away=away)

    def _holiday(self, given: Mapping[str, Any]) -> Callable[[date], str | None]:
        """How holidays are told; where a place is wrong, at least those of one's own."""
        country, subdivision = given.get("calendar.country", ""), given.get("calendar.subdivision", "")
        own = given.get("calendar.holidays", ())
        try:
            return holiday_names(country, subdivision, own, self._memo)
        except HolidayError as problem:
            self._say(("calendar", problem.key), Code.BAD_SETTING, str(problem), problem.remedy)
            return holiday_names("", "", own)


def _part(given: Mapping[str, Any], table: str) -> dict[str, Any]:
    """The settings of one table, by their own names."""
    return {path.rpartition(".")[2]: value for path, value in given.items() if path.startswith(f"{table}.")}
