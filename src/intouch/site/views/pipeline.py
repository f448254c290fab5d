"""The page Pipeline: open applications by stage, and what became of the others."""

from __future__ import annotations

from dataclasses import dataclass

from intouch.checkins import OPEN_STAGES, Stage
from intouch.english import count
from intouch.site.addresses import ONE_DOWN
from intouch.site.lookup import Lookup
from intouch.site.views.items import ApplicationItem, application_item
from intouch.site.views.shell import Frame, Shell
from intouch.site.words import stage_text


@dataclass(frozen=True, slots=True)
class Column:
    """One stage of the board."""

    id: str
    title: str
    applications: tuple[ApplicationItem, ...]


@dataclass(frozen=True, slots=True)
class PipelineView:
    """The page Pipeline.

    Attributes:
        columns: every open stage, also those that hold nothing.
        closed: what ended, the latest first.
    """

    shell: Shell
    summary: str
    columns: tuple[Column, ...]
    closed: tuple[ApplicationItem, ...]


def pipeline_view(look: Lookup, frame: Frame) -> PipelineView:
    """Gather the page Pipeline."""
    open_ones: dict[Stage, list[ApplicationItem]] = {stage: [] for stage in Stage if stage in OPEN_STAGES}
    closed = []
    for application in look.agenda.applications:
        if application.is_open:
            open_ones[application.stage].append(application_item(application, look, ONE_DOWN))
        else:
            closed.append(application)
    closed.sort(key=lambda a: a.since, reverse=True)
    number = sum(len(items) for items in open_ones.values())
    return PipelineView(
        shell=frame.around("Pipeline", ONE_DOWN, ONE_DOWN.pipeline),
        summary=f"{count(number, 'open application')}, {len(closed):,} closed",
        columns=tuple(
            Column(stage.value, stage_text(stage), tuple(items)) for stage, items in open_ones.items()
        ),
        closed=tuple(application_item(a, look, ONE_DOWN) for a in closed),
    )
