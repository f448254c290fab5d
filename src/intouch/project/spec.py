"""Every setting there is: it validates `intouch.toml` and writes the manual's page of settings."""

from __future__ import annotations

from dataclasses import dataclass

from intouch.project.values import (
    ACCESS,
    ADDRESS,
    CLOCK,
    COUNTRY,
    DATE,
    DATES,
    FLAG,
    LEVEL,
    LEVELS,
    PERIOD,
    QUIET,
    TEXT,
    WORKDAYS,
    ZONE,
    Reader,
    whole,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    Attributes:
        path: `table.key`.
        default: as the manual shows it.
        says: one line for the manual.
    """

    path: str
    reader: Reader
    default: str
    says: str


_WAIT = whole(0, 260)

FORMAT = "format"

SETTINGS: tuple[Setting, ...] = (
    Setting(
        FORMAT, whole(1, 999), "1", "the [format](notebook.md#the-format-and-its-promise) of this notebook"
    ),
    Setting("timezone", ZONE, "the machine's", "where you are; a build elsewhere is otherwise a day off"),
    Setting("me.name", TEXT, "", "your name, for the drafts"),
    Setting("me.email", TEXT, "", "your e-mail address"),
    Setting("me.phone", TEXT, "", "your phone number"),
    Setting("me.headline", TEXT, "", "what you do, in a few words"),
    Setting("me.availability", TEXT, "", "when you could start"),
    Setting("me.link", TEXT, "", "a page about you"),
    Setting("calendar.country", COUNTRY, "", "two-letter code of the country whose public holidays count"),
    Setting("calendar.subdivision", TEXT, "", "code of the state or province, such as `NSW`"),
    Setting("calendar.holidays", DATES, "[]", "holidays of your own"),
    Setting("calendar.workdays", WORKDAYS, '["mon", …, "fri"]', "the days on which people work"),
    Setting("calendar.quiet", QUIET, '["12-20/01-04"]', "yearly days without follow-ups or check-ins"),
    Setting("away.from", DATE, "", "first day away, in each `[[away]]`"),
    Setting("away.to", DATE, "", "last day away, in each `[[away]]`"),
    Setting("away.note", TEXT, "", "why, for yourself"),
    Setting("rhythm.agency", PERIOD, '"2 months"', "check-ins with agencies"),
    Setting("rhythm.fit_5", PERIOD, '"2 months"', "check-ins where the fit is 5"),
    Setting("rhythm.fit_4", PERIOD, '"3 months"', "where it is 4"),
    Setting("rhythm.fit_3", PERIOD, '"4 months"', "where it is 3 or not given"),
    Setting("rhythm.fit_low", PERIOD, '"none"', "where it is 1 or 2"),
    Setting("waits.applied", _WAIT, "7", "business days to wait after an application"),
    Setting("waits.screen", _WAIT, "5", "… after a screen"),
    Setting("waits.interview", _WAIT, "5", "… after an interview"),
    Setting("waits.reply", _WAIT, "10", "… after a reply or a call"),
    Setting("waits.on_hold", _WAIT, "20", "… after they put it on hold"),
    Setting("waits.after_decision", _WAIT, "2", "… after the day they meant to decide by"),
    Setting("waits.between_follow_ups", _WAIT, "5", "… between two follow-ups"),
    Setting("waits.give_up", _WAIT, "10", "… after the last follow-up, until silence is an answer"),
    Setting("limits.follow_ups", whole(0, 5), "2", "follow-ups of one application"),
    Setting("limits.per_day", whole(1, 50), "3", "check-ins planned on one day"),
    Setting("limits.per_week", whole(1, 350), "12", "check-ins planned in one week"),
    Setting("feed.name", TEXT, '"Keep in touch"', "the calendar's name"),
    Setting("feed.alarm", CLOCK, "no alarm", "time of day of a reminder"),
    Setting(
        "feed.level", LEVEL, '"full"', "how much the feed tells; in a sealed site `initials`, unless given"
    ),
    Setting("feed.also", LEVELS, "[]", "further feeds beside it, one a level"),
    Setting("feed.epoch", whole(1, 1_000_000), "1", "raise it to give a sealed site's feeds new addresses"),
    Setting("feed.moved", DATE, "", "the day you raised it; the old feeds stay, emptied, for 30 days"),
    Setting("site.title", TEXT, '"Keep in touch"', "the dashboard's title"),
    Setting("site.base_url", ADDRESS, "", "where the dashboard is published"),
    Setting("site.repository", ADDRESS, "", "the notebook on a git host, for edit and log links"),
    Setting("site.branch", TEXT, '"main"', "the branch those links lead to"),
    Setting("publish.access", ACCESS, "", "how a published dashboard is kept private"),
    Setting("publish.feed", FLAG, "true", "whether a sealed site has its feeds beside it"),
    Setting("demo.today", DATE, "", "pins the date of a sample notebook, with a banner that says so"),
)


def manual() -> str:
    """The manual's page of settings, in Markdown."""
    lines = [
        "# Settings",
        "",
        "The file `intouch.toml` beside `contacts/` is optional, and so is every key in it. A key that is",
        "misspelt or takes no such value is an error with its line. Keys that begin with `x-` are your own.",
        "",
        "This page is written from the very table that the program reads.",
        "",
    ]
    table = None
    for setting in SETTINGS:
        head, _, key = setting.path.rpartition(".")
        if head != table:
            title = f"`[[{head}]]`, any number" if head == "away" else f"`[{head}]`" if head else "At the top"
            lines += ["", f"## {title}", "", "| key | takes | default | |", "| --- | --- | --- | --- |"]
            table = head
        default = f"`{setting.default}`" if setting.default[:1] in {'"', "["} else setting.default
        lines.append(f"| `{key}` | {setting.reader.takes} | {default} | {setting.says} |")
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"
