from __future__ import annotations

import pytest

from notebook import agenda

STANDINGS = {
    "bare": ("a", "untracked None None"),
    "written to, never answered": ("a\n  2026-11-02 message", "untracked 2026-11-02 None"),
    "met": ("a\n  2026-11-02 event", "tracked 2026-11-02 4 months"),
    "heard from": ("a fit=5\n  2026-11-02 reply", "tracked 2026-11-02 2 months"),
    "agency whatever the fit": ("a type=agency fit=1\n  2026-11-02 call", "tracked 2026-11-02 2 months"),
    "low fit": ("a fit=2\n  2026-11-02 call", "silent 2026-11-02 None"),
    "low fit, never dealt with": ("a fit=2", "untracked None None"),
    "no cadence wanted": ("a cadence=none\n  2026-11-02 call", "silent 2026-11-02 None"),
    "a cadence of one's own": ("a cadence=6w fit=1", "tracked None 6 weeks"),
    "quarterly": ("a cadence=quarterly", "tracked None 3 months"),
    "paused": ("a cadence=6w paused=2026-11-24", "paused None 6 weeks"),
    "pause over": ("a cadence=6w paused=2026-11-23", "tracked None 6 weeks"),
    "archived before paused": ("a archived paused=2026-12-01", "archived None None"),
    "do not contact before all": ("a archived do-not-contact", "do-not-contact None None"),
    "in process": ("a\n  2026-11-20 applied", "in-process None None"),
    "in process as the consultant": (
        "b\n  2026-11-20 interview (T) via=a\na type=agency",
        "in-process None None",
    ),
    "moved on": ("a\n  2026-06-01 interview", "moved-on 2026-06-01 None"),
    "a good fit is kept": ("a fit=4\n  2026-06-01 interview", "tracked 2026-06-01 3 months"),
    "an agency is kept": ("a type=agency\n  2026-06-01 interview (T)", "tracked 2026-06-01 2 months"),
    "a cadence keeps": ("a cadence=1m\n  2026-06-01 interview", "tracked 2026-06-01 1 month"),
    "refused is not moved on": (
        "a\n  2026-06-01 interview\n  2026-06-03 rejection",
        "tracked 2026-06-03 4 months",
    ),
    "backed off": (
        "a\n  2026-01-01 event\n  2026-03-01 check-in\n  2026-05-01 check-in",
        "tracked 2026-05-01 8 months",
    ),
    "dormant": (
        "a\n  2026-01-01 event\n  2026-03-01 check-in\n  2026-05-01 check-in\n  2026-07-01 voicemail",
        "dormant 2026-07-01 None",
    ),
    "a talk ahead is no contact": ("a\n  2026-12-01 meeting", "untracked None None"),
    "a companion was there too": ("a\nb\n  2026-11-02 meeting people=a", "tracked 2026-11-02 4 months"),
    "dated tomorrow, in another time zone": ("a\n  2026-11-24 reply", "tracked 2026-11-24 4 months"),
}


@pytest.mark.parametrize("name", STANDINGS)
def test_standing(name: str) -> None:
    notebook, expected = STANDINGS[name]
    stands = agenda(notebook, "2026-11-23").standings["a"]
    last = stands.last_contact.day if stands.last_contact else None
    assert f"{stands.status} {last} {stands.rhythm}" == expected
