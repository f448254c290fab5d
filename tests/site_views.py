"""The views of all pages, and how their types are taken apart."""

from __future__ import annotations

import types
import typing

from intouch.site.views.calendar import CalendarView
from intouch.site.views.insights import InsightsView
from intouch.site.views.organizations import OrganizationsView
from intouch.site.views.people import PeopleView
from intouch.site.views.person import PersonView
from intouch.site.views.pipeline import PipelineView
from intouch.site.views.problems import MissingView, ProblemsView
from intouch.site.views.subscribe import SubscribeView
from intouch.site.views.today import TodayView

VIEWS: dict[str, type] = {
    "today.html": TodayView,
    "people.html": PeopleView,
    "person.html": PersonView,
    "organizations.html": OrganizationsView,
    "pipeline.html": PipelineView,
    "calendar.html": CalendarView,
    "insights.html": InsightsView,
    "subscribe.html": SubscribeView,
    "problems.html": ProblemsView,
    "404.html": MissingView,
}


def without_none(hint: object) -> object:
    if isinstance(hint, types.UnionType):
        (only,) = (part for part in typing.get_args(hint) if part is not type(None))
        return only
    return hint


def elements_of(hint: object) -> object:
    assert typing.get_origin(hint) is tuple, f"{hint} is not to be looped over"
    element, dots = typing.get_args(hint)
    assert dots is Ellipsis
    return element
