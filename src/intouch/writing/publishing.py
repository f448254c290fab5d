"""What a git host needs to publish a notebook sealed, every morning: its workflow files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from importlib.resources import files
from types import MappingProxyType
from zoneinfo import ZoneInfo

MORNING = time(5, 17)
"""When the day's build is due. Not on the hour: then everybody's are, and git hosts let them wait."""

_A_DAY = 24 * 60
_ONE_YEAR = 366


class Host(StrEnum):
    """A git host whose workflows we know."""

    GITHUB = "github"
    GITLAB = "gitlab"


@dataclass(frozen=True, slots=True)
class Publishing:
    """What the workflows are told.

    Attributes:
        branch: the default branch; nothing else is published.
        zone: IANA name of the time zone in which it is to be morning.
        source: what pip installs there: a requirement.
    """

    branch: str
    zone: str
    source: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """A morning in UTC, which is all that a cron line knows.

    Attributes:
        offset: of the time zone as `date +%z` tells it while this is the morning: `+1100`.
    """

    hour: int
    minute: int
    offset: str

    @property
    def cron(self) -> str:
        """The line."""
        return f"{self.minute} {self.hour} * * *"


def mornings(zone: str, today: date) -> tuple[Alarm, ...]:
    """When it is morning in a time zone during the coming year, in UTC: once for each offset it has then."""
    place = ZoneInfo(zone)
    found: dict[Alarm, None] = {}
    for days in range(_ONE_YEAR):
        here = datetime.combine(today + timedelta(days=days), MORNING, place)
        offset = here.utcoffset() or timedelta()
        minutes = (here.hour * 60 + here.minute - int(offset.total_seconds() // 60)) % _A_DAY
        found.setdefault(Alarm(*divmod(minutes, 60), f"{here:%z}"))
    return tuple(sorted(found, key=lambda alarm: alarm.offset))


def publishing_files(host: Host, told: Publishing, today: date) -> Mapping[str, str]:
    """The files by which a git host publishes a notebook, by path."""
    alarms = mornings(told.zone, today)
    if host is Host.GITLAB:
        return MappingProxyType({".gitlab-ci.yml": _filled("gitlab-ci.yml", told, alarms)})
    workflows = ".github/workflows"
    return MappingProxyType(
        {
            f"{workflows}/publish.yml": _filled("github-publish.yml", told, alarms),
            f"{workflows}/check.yml": _filled("github-check.yml", told, alarms),
        }
    )


def _filled(name: str, told: Publishing, alarms: tuple[Alarm, ...]) -> str:
    template = files("intouch.writing").joinpath("hosts", name).read_text(encoding="utf-8")
    changes = len(alarms) > 1
    lines = {
        "@CRON@": _cron_lines(told.zone, alarms),
        "@OUTPUTS@": _OUTPUTS if changes else "",
        "@GUARD@": _guard(alarms) if changes else "",
        "        @IF@": "        if: steps.due.outputs.due == 'true'\n" if changes else "",
        "    @IF-BUILT@": "    if: needs.build.outputs.due == 'true'\n" if changes else "",
    }
    words = {
        # JSON's way to write a text is YAML's as well.
        "@BRANCH@": told.branch,
        "@ZONE@": json.dumps(told.zone),
        "@ZONE-NAME@": told.zone,
        "@SOURCE@": json.dumps(told.source),
        "@HOUR@": str(MORNING.hour),
        "@MINUTE@": str(MORNING.minute),
    }
    for mark, text in lines.items():
        template = template.replace(f"{mark}\n", text)
    for mark, text in words.items():
        template = template.replace(mark, text)
    return template


_OUTPUTS = """\
    outputs:
      due: ${{ steps.due.outputs.due }}
"""


def _cron_lines(zone: str, alarms: tuple[Alarm, ...]) -> str:
    when = f"    # {MORNING:%H:%M} in {zone}."
    if len(alarms) > 1:
        when += " Cron lines are in UTC: one for each half of the year, and the step `due` picks."
    return "".join([f"{when}\n", *(f'    - cron: "{a.cron}" # at UTC{a.offset}\n' for a in alarms)])


def _guard(alarms: tuple[Alarm, ...]) -> str:
    """The step that leaves out what the cron line of another offset has begun; a late start is no matter."""
    return "".join(_guard_lines(alarms))


def _guard_lines(alarms: tuple[Alarm, ...]) -> Iterator[str]:
    wrong = [f'"{line.cron} {now.offset}"' for line in alarms for now in alarms if line != now]
    yield "      - name: Is it the cron line of this half of the year?\n"
    yield "        id: due\n"
    yield "        run: |\n"
    yield '          case "$LINE $(date +%z)" in\n'
    yield f"            {' | '.join(wrong)}) due=false ;;\n"
    yield "            *) due=true ;;\n"
    yield "          esac\n"
    yield '          echo "due=$due" >> "$GITHUB_OUTPUT"\n'
    yield "        env:\n"
    yield "          LINE: ${{ github.event.schedule }}\n"
