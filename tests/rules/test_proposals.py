"""Everything that a rule says of one item: its days, its words, its places, and what settles it."""

from __future__ import annotations

import pytest

from intouch.checkins import Action, Proposal, Withheld
from notebook import agenda


def told(said: Proposal | Withheld) -> str:
    """All that a rule says, a line each; a new line for each part of its reason."""
    reason = str(said.reason).replace("; ", ";\n    ")
    where = "".join(f"\n  {str(at).removeprefix('contacts/')}" for at in said.because)
    if isinstance(said, Withheld):
        return f"{said.contact} no {said.action}\n  {reason}{where}\n"
    days = [f"due {said.due}", f"latest {said.latest}"]
    days += [f"not before {said.not_before}"] if said.not_before else []
    days += [f"pinned to {said.pin}"] if said.pin else []
    kept = [said.fact, f"logged as {said.done_kind}"]
    kept += [f"attempt {said.attempt}"] if said.attempt is not None else []
    kept += [f"every {said.rhythm}"] if said.rhythm else []
    kept += [f"application {said.application.key}"] if said.application else []
    return (
        f"{said.contact} {said.action} {', '.join(days)}\n"
        f"  {reason}{where}\n"
        f"  {', '.join(kept)}\n"
        f"  settled by {said.done_by}\n"
    )


def all_of(action: Action, notebook: str, today: str) -> str:
    """All that is said of one action."""
    seen = agenda(notebook.lstrip("\n"), today)
    items = [told(item.proposal) for item in seen.check_ins if item.action is action]
    return "".join(items + [told(no) for no in seen.withheld if no.action is action])


# name: notebook, rule, today, what is said
SAID: dict[str, tuple[str, str, str, str]] = {
    "thanks with a role, and without": (
        """
ann
  2026-10-02 interview (Trainer)
  2026-10-08 screen (Trainer)
ben
  2026-10-09 meeting
""",
        "thank-you",
        "2026-10-09",
        """
ann thank-you due 2026-10-09, latest 2026-10-08, not before 2026-10-08
  screen for Trainer on 2026-10-08, thanks are due the next business day
  ann.md:3
  thanks 2, logged as thank-you, application ann/trainer/0
  settled by a thank-you to them on 2026-10-08 or later, or anything else you say to them after that day
ben thank-you due 2026-10-12, latest 2026-10-09, not before 2026-10-09
  meeting on 2026-10-09, thanks are due the next business day
  ben.md:5
  thanks 1, logged as thank-you
  settled by a thank-you to them on 2026-10-09 or later, or anything else you say to them after that day
""",
    ),
    "thanks through whoever arranges the application, counted for each": (
        """
abe
  2026-10-01 call
ann
  2026-10-02 interview (Trainer) via=sam
  2026-10-05 interview (Trainer)
ben
  2026-10-05 interview (Coach) via=sam
cho
  2026-10-05 meeting via=sam
sam type=agency
""",
        "thank-you",
        "2026-10-06",
        """
sam thank-you due 2026-10-05, latest 2026-10-02, not before 2026-10-02
  interview for Trainer on 2026-10-02, thanks are due the next business day
  ann/2026-10-02-interview-4.md:1
  thanks 1, logged as thank-you, application ann/trainer/0
  settled by a thank-you to them on 2026-10-02 or later, or anything else you say to them after that day
sam thank-you due 2026-10-06, latest 2026-10-05, not before 2026-10-05
  interview for Trainer on 2026-10-05, thanks are due the next business day
  ann.md:5
  thanks 2, logged as thank-you, application ann/trainer/0
  settled by a thank-you to them on 2026-10-05 or later, or anything else you say to them after that day
sam thank-you due 2026-10-06, latest 2026-10-05, not before 2026-10-05
  interview for Coach on 2026-10-05, thanks are due the next business day
  ben/2026-10-05-interview-7.md:1
  thanks 1, logged as thank-you, application ben/coach/0
  settled by a thank-you to them on 2026-10-05 or later, or anything else you say to them after that day
sam thank-you due 2026-10-06, latest 2026-10-05, not before 2026-10-05
  meeting on 2026-10-05, thanks are due the next business day
  cho/2026-10-05-meeting-9.md:1
  thanks 1, logged as thank-you
  settled by a thank-you to them on 2026-10-05 or later, or anything else you say to them after that day
""",
    ),
    "thanks that nobody gave": (
        """
ann
  2026-10-02 interview (Trainer)
  2026-10-03 reply
ben
  2026-10-02 meeting
""",
        "thank-you",
        "2026-10-20",
        """
ann no thank-you
  no thank-you after the interview on 2026-10-02;
    the moment passed on 2026-10-19
  ann.md:2
ben no thank-you
  no thank-you after the meeting on 2026-10-02;
    the moment passed on 2026-10-19
  ben.md:5
""",
    ),
    "thanks through the consultant": (
        """
ann
  2026-10-02 interview (Trainer) via=sam
  2026-10-02 meeting via=sam
sam type=agency
""",
        "thank-you",
        "2026-10-02",
        """
sam thank-you due 2026-10-05, latest 2026-10-02, not before 2026-10-02
  interview for Trainer on 2026-10-02, thanks are due the next business day
  ann/2026-10-02-interview-2.md:1
  thanks 1, logged as thank-you, application ann/trainer/0
  settled by a thank-you to them on 2026-10-02 or later, or anything else you say to them after that day
""",
    ),
    "a follow-up, with everything that can be said": (
        """
ann
  2026-10-02 interview (Trainer) by=2026-10-16
  2026-10-02 thank-you
  2026-10-20 follow-up
""",
        "follow-up",
        "2026-10-21",
        """
ann follow-up due 2026-10-27, latest 2026-10-20
  no answer for Trainer since the interview on 2026-10-02;
    they meant to decide by 2026-10-16;
    you followed up on 2026-10-20
  ann/2026-10-02-interview-2.md:1
  ann.md:4
  base 1 attempt 2, logged as follow-up, attempt 2, application ann/trainer/0
  settled by a follow-up to them, or a message, check-in or voicemail on the due day or later
""",
    ),
    "a follow-up of a nameless application": (
        """
abe
  2026-10-01 applied
  2026-10-01 rejection
ann
  2026-10-02 applied
ben
  2026-10-01 interview (Coach)
  2026-10-01 thank-you
  2026-10-02 reply
cho
  2026-10-02 on-hold (Lead)
""",
        "follow-up",
        "2026-10-03",
        """
ann follow-up due 2026-10-13, latest 2026-10-02
  no answer since the application on 2026-10-02
  ann.md:5
  base 1 attempt 1, logged as follow-up, attempt 1, application ann//0
  settled by a follow-up to them, or a message, check-in or voicemail on the due day or later
ben follow-up due 2026-10-16, latest 2026-10-02
  no answer for Coach since their reply on 2026-10-02
  ben.md:9
  base 2 attempt 1, logged as follow-up, attempt 1, application ben/coach/0
  settled by a follow-up to them, or a message, check-in or voicemail on the due day or later
cho follow-up due 2026-10-30, latest 2026-10-02
  no answer for Lead since they put it on hold on 2026-10-02
  cho.md:11
  base 1 attempt 1, logged as follow-up, attempt 1, application cho/lead/0
  settled by a follow-up to them, or a message, check-in or voicemail on the due day or later
""",
    ),
    "no follow-up before a talk, after an acceptance, or after all of them": (
        """
ann
  2026-10-02 applied (Trainer)
  2026-10-20 interview (Trainer)
ben
  2026-10-01 screen (Coach)
  2026-10-01 thank-you
  2026-10-08 follow-up
  2026-10-15 follow-up
""",
        "follow-up",
        "2026-10-16",
        """
ben no follow-up
  all 2 follow-ups were sent;
    without an answer it ends as no-reply on 2026-10-29
  ben.md:7
  ben.md:8
ann no follow-up
  interview ahead on 2026-10-20, so no follow-up for now
  ann.md:3
""",
    ),
    "no follow-up after the only one of a mere application": (
        """
ann
  2026-10-02 applied (Trainer)
  2026-10-12 follow-up
""",
        "follow-up",
        "2026-10-14",
        """
ann no follow-up
  the follow-up was sent;
    without an answer it ends as no-reply on 2026-10-26
  ann.md:3
""",
    ),
    "no follow-up after an acceptance": (
        """
ann
  2026-10-02 applied (Trainer)
ben
  2026-10-12 offer
  2026-10-13 accepted
""",
        "follow-up",
        "2026-10-14",
        """
ann no follow-up
  you accepted another offer on 2026-10-13
  ben.md:5
""",
    ),
    "withdrawing, with a role and without": (
        """
ann
  2026-10-02 applied (Trainer)
ben
  2026-10-02 offer (Coach)
  2026-10-05 accepted (Coach)
cho
  2026-10-02 applied
  2026-10-07 reply
dan
  2026-10-02 interview (Lead) via=sam
  2026-10-02 thank-you
sam type=agency
""",
        "withdraw",
        "2026-10-08",
        """
ann withdraw due 2026-10-06, latest 2026-10-05
  you accepted another offer on 2026-10-05;
    the application for Trainer is open
  ben.md:5
  ann.md:2
  withdraw, logged as withdrew, application ann/trainer/0
  settled by withdrew, or any other end of the application
cho withdraw due 2026-10-06, latest 2026-10-07
  you accepted another offer on 2026-10-05;
    the application is open
  ben.md:5
  cho.md:8
  withdraw, logged as withdrew, application cho//0
  settled by withdrew, or any other end of the application
sam withdraw due 2026-10-06, latest 2026-10-05
  you accepted another offer on 2026-10-05;
    the application for Lead is open
  ben.md:5
  dan/2026-10-02-interview-10.md:1
  withdraw, logged as withdrew, application dan/lead/0
  settled by withdrew, or any other end of the application
""",
    ),
    "thanks after a no": (
        """
ann
  2026-10-02 interview (Trainer)
  2026-10-12 rejection (Trainer)
  2026-10-14 interview (Trainer)
  2026-10-15 rejection (Trainer)
ben
  2026-10-02 interview via=sam
  2026-10-12 rejection
sam type=agency
""",
        "thank-anyway",
        "2026-10-15",
        """
sam thank-anyway due 2026-10-13, latest 2026-10-12, not before 2026-10-12
  rejection on 2026-10-12: thank them anyway and say you would keep in touch
  ben.md:8
  rejection 1, logged as thank-you, application ben//0
  settled by a thank-you to them on 2026-10-12 or later, or anything else you say to them after that day
ann thank-anyway due 2026-10-16, latest 2026-10-15, not before 2026-10-15
  rejection for Trainer on 2026-10-15: thank them anyway and say you would keep in touch
  ann.md:5
  rejection 2, logged as thank-you, application ann/trainer/0
  settled by a thank-you to them on 2026-10-15 or later, or anything else you say to them after that day
""",
    ),
    "thanks after a no that nobody gave": (
        """
ann
  2026-10-02 interview (Trainer)
  2026-10-02 thank-you
  2026-10-12 rejection (Trainer)
""",
        "thank-anyway",
        "2026-11-11",
        """
ann no thank-anyway
  no thanks after the rejection on 2026-10-12;
    the moment passed on 2026-11-10
  ann.md:4
""",
    ),
    "an offer without a day": (
        """
ann
  2026-10-02 offer
""",
        "answer",
        "2026-10-02",
        """
ann answer due 2026-10-05, latest 2026-10-02, not before 2026-10-03
  offer on 2026-10-02: thank them and say when you will decide
  ann.md:2
  offer 1, logged as message, application ann//0
  settled by anything you say to them after 2026-10-02
""",
    ),
    "offers with a day": (
        """
abe
  2026-10-01 applied
ann
  2026-10-02 offer (Coach) by=2026-10-11
  2026-10-05 offer (Coach) by=2026-10-18
ben
  2026-10-02 offer (Lead) by=2026-10-09 via=sam
sam type=agency
""",
        "answer",
        "2026-10-06",
        """
sam answer due 2026-10-05, latest 2026-10-02, not before 2026-10-03
  offer for Lead on 2026-10-02: thank them and say when you will decide
  ben/2026-10-02-offer-7.md:1
  offer 1, logged as message, application ben/lead/0
  settled by anything you say to them after 2026-10-02
ann answer due 2026-10-06, latest 2026-10-05, not before 2026-10-06
  offer for Coach on 2026-10-05: thank them and say when you will decide
  ann/2026-10-05-offer-5.md:1
  offer 2, logged as message, application ann/coach/0
  settled by anything you say to them after 2026-10-05
sam answer due 2026-10-09, latest 2026-10-02
  offer for Lead on 2026-10-02, your decision is expected by 2026-10-09
  ben/2026-10-02-offer-7.md:2
  decision 1, logged as accepted, application ben/lead/0
  settled by accepted, declined or withdrew
ann answer due 2026-10-16, latest 2026-10-05
  offer for Coach on 2026-10-05, your decision is expected by 2026-10-18
  ann/2026-10-05-offer-5.md:2
  decision 2, logged as accepted, application ann/coach/0
  settled by accepted, declined or withdrew
""",
    ),
    "an answered offer still wants a decision": (
        """
ann
  2026-10-02 offer (Coach) by=2026-10-11
  2026-10-03 message
""",
        "answer",
        "2026-10-05",
        """
ann answer due 2026-10-09, latest 2026-10-02
  offer for Coach on 2026-10-02, your decision is expected by 2026-10-11
  ann/2026-10-02-offer-2.md:2
  decision 1, logged as accepted, application ann/coach/0
  settled by accepted, declined or withdrew
""",
    ),
    "a promise": (
        """
abe next=2026-10-01|
  2026-09-01 call next=2026-09-10
  2026-09-10 call
ann next=2026-10-10
ben cadence=1m
  2026-10-01 call next=2026-10-09
  2026-10-02 applied (Lead)
  2026-10-05 reply
""",
        "promised",
        "2026-10-06",
        """
abe promised due 2026-10-01, latest None, not before 2026-10-01, pinned to 2026-10-01
  promised for 2026-10-01
  abe.md:2
  card, logged as message
  settled by anything you say to them on 2026-10-01 or later
ben promised due 2026-10-09, latest 2026-10-01, not before 2026-10-09, pinned to 2026-10-09
  promised for 2026-10-09: as promised
  ben/2026-10-01-call-6.md:1
  2026-10-01 call, logged as message
  settled by anything you say to them on 2026-10-09 or later
ann promised due 2026-10-12, latest None, not before 2026-10-10, pinned to 2026-10-10
  promised for 2026-10-10: as promised
  ann.md:2
  card, logged as message
  settled by anything you say to them on 2026-10-10 or later
""",
    ),
    "a promise stands in for check-ins": (
        """
ann next=2026-10-10 cadence=1m
""",
        "keep-in-touch",
        "2026-10-06",
        """
ann no keep-in-touch
  the promise for 2026-10-10 stands in for it
  ann.md:2
""",
    ),
    "a promise stands in for the follow-up": (
        """
ann
  2026-10-02 interview (Trainer) next=2026-10-10
  2026-10-02 thank-you
""",
        "follow-up",
        "2026-10-06",
        """
ann no follow-up
  the promise for 2026-10-10 stands in for it
  ann/2026-10-02-interview-2.md:1
""",
    ),
    "a report back": (
        """
abe
  2026-10-02 call
ann by=sam
  2026-10-02 call
sam
  2026-09-01 message
ben by=sam
  2026-10-02 screen (Coach)
  2026-10-03 thank-you
""",
        "report-back",
        "2026-10-03",
        """
sam report-back due 2026-10-05, latest 2026-10-02, not before 2026-10-02
  call with Ann on 2026-10-02, whom they introduced you to
  ann.md:4
  ann.md:3
  introduced ann, logged as message
  settled by anything you say to them on 2026-10-02 or later
""",
    ),
    "a report back that nobody made": (
        """
ann by=sam
  2026-09-02 call
sam
zoe by=nobody
  2026-09-02 call
""",
        "report-back",
        "2026-10-02",
        """
sam no report-back
  no word about the call with Ann by 2026-10-01
  ann.md:2
  ann.md:3
""",
    ),
    "keeping in touch, from each beginning": (
        """
ann cadence=1m
ben met=2026-10-01 cadence=3_months
cho fit=5
  2026-10-01 call
dan
  2026-01-01 event
  2026-03-01 check-in
  2026-05-01 check-in
eve type=agency
  2026-10-01 call
fay fit=4
  2026-08-01 event
  2026-09-01 message
""",
        "keep-in-touch",
        "2026-10-02",
        """
ann keep-in-touch due 2026-10-02, latest None
  not yet in touch, every month (cadence on the card)
  ann.md:3
  first, logged as check-in, every 1 month
  settled by anything that moves the last contact: what you say to them, or they to you
cho keep-in-touch due 2026-12-01, latest 2026-10-01
  last contact 2026-10-01, every 2 months (fit 5)
  cho.md:4
  since 2026-10-01, logged as check-in, every 2 months
  settled by anything that moves the last contact: what you say to them, or they to you
eve keep-in-touch due 2026-12-01, latest 2026-10-01
  last contact 2026-10-01, every 2 months (agency)
  eve.md:10
  since 2026-10-01, logged as check-in, every 2 months
  settled by anything that moves the last contact: what you say to them, or they to you
fay keep-in-touch due 2026-12-01, latest 2026-09-01
  last contact 2026-09-01, every 3 months (fit 4)
  fay.md:13
  since 2026-09-01, logged as check-in, every 3 months
  settled by anything that moves the last contact: what you say to them, or they to you
ben keep-in-touch due 2027-01-01, latest 2026-10-01
  met 2026-10-01, every 3 months (cadence on the card)
  ben.md:3
  since met, logged as check-in, every 3 months
  settled by anything that moves the last contact: what you say to them, or they to you
dan keep-in-touch due 2027-01-01, latest 2026-05-01
  last contact 2026-05-01, every 8 months (fit not given, twice as long after two unanswered messages)
  dan.md:8
  since 2026-05-01, logged as check-in, every 8 months
  settled by anything that moves the last contact: what you say to them, or they to you
""",
    ),
    "not keeping in touch, and why": (
        """
ann
ben cadence=none
cho fit=2
  2026-10-01 call
dan
  2026-01-01 event
  2026-03-01 check-in
  2026-05-01 check-in
  2026-07-01 voicemail
eve
  2026-06-01 interview
fay cadence=1m
  2026-10-01 reply (Coach)
  2026-10-01 applied (Coach)
gus cadence=1m
  2026-10-09 call
hal cadence=1m archived
ida cadence=1m do-not-contact
jim cadence=1m
  2026-10-01 applied
""",
        "keep-in-touch",
        "2026-10-02",
        """
ann no keep-in-touch
  no rhythm yet: the card has no cadence and you have not really dealt with them
ben no keep-in-touch
  no rhythm is wanted (cadence on the card)
  ben.md:3
cho no keep-in-touch
  no rhythm is wanted (fit 2)
  cho.md:3
dan no keep-in-touch
  three messages went unanswered;
    asleep until they are heard from or the card gets a cadence
eve no keep-in-touch
  their last application ended without a reply;
    moved on
  eve.md:11
fay no keep-in-touch
  the application for Coach is open (applied)
  fay.md:14
gus no keep-in-touch
  a call is ahead on 2026-10-09
  gus.md:16
jim no keep-in-touch
  the application is open (applied)
  jim.md:20
hal no keep-in-touch
  the card is archived
  hal.md:4
ida no keep-in-touch
  the card says do not contact
  ida.md:4
""",
    ),
}


@pytest.mark.parametrize("name", SAID)
def test_a_rule_says_all_of_it(name: str) -> None:
    notebook, rule, today, expected = SAID[name]
    assert all_of(Action(rule), notebook, today) == expected.lstrip("\n")
