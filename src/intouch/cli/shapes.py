"""The JSON that commands print for programs: every key, and what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from intouch.front_matter import Value


class CheckInData(TypedDict):
    """Something to do.

    Attributes:
        contact: the person's slug.
        name: their name.
        organization: where they work.
        action: the rule that asks for it, such as `thank-you`.
        role: the position it is about, if any.
        attempt: of a follow-up: the first or the second.
        due: when it is due by the rules.
        planned: the day to do it: a business day, today or later.
        state: `overdue`, `today` or `upcoming`.
        reason: why, in a sentence.
        because: the places in the notebook that made it so, `file:line`.
    """

    contact: str
    name: str
    organization: str | None
    action: str
    role: str | None
    attempt: int | None
    due: str
    planned: str
    state: str
    reason: str
    because: list[str]


class PersonData(TypedDict):
    """How a person stands.

    Attributes:
        contact: their slug.
        status: one word, such as `tracked`.
        last_contact: the day of it.
        rhythm: how often to be in touch, such as `2 months`.
    """

    contact: str
    status: str
    last_contact: str | None
    rhythm: str | None


class ApplicationData(TypedDict):
    """A position somebody may hire you for.

    Attributes:
        organization: where it is.
        role: what it is.
        stage: one word, such as `interviewing`.
        people: the slugs of everyone who takes part.
        via: the slug of the agency consultant, if one leads it.
    """

    organization: str | None
    role: str | None
    stage: str
    people: list[str]
    via: str | None


class DueData(TypedDict):
    """All that is open, by planned day, due day, contact and action.

    Attributes:
        today: the day it is for.
        problems: how many problems the notebook has; `intouch check` tells them.
        check_ins: every open item, or those within the period that was asked for.
        people: everyone in the notebook.
        applications: open and closed ones.
    """

    today: str
    problems: int
    check_ins: list[CheckInData]
    people: list[PersonData]
    applications: list[ApplicationData]


class ProblemData(TypedDict):
    """Something that is wrong.

    Attributes:
        file: its path in the notebook.
        line: counted from 1.
        column: counted from 1.
        length: how many characters are meant.
        severity: `error` or `warning`.
        code: its stable name, as in the catalogue of errors.
        message: what is wrong.
        remedy: what to do about it; may be empty.
        excerpt: the line as it stands in the file.
    """

    file: str
    line: int
    column: int
    length: int
    severity: str
    code: str
    message: str
    remedy: str
    excerpt: str


class ProblemsData(TypedDict):
    """All problems of a notebook, by file and line.

    Attributes:
        errors: how many there are.
        warnings: how many there are.
        problems: all of them.
    """

    errors: int
    warnings: int
    problems: list[ProblemData]


class ImportFileData(TypedDict):
    """A file that was read.

    Attributes:
        file: its path.
        format: what it was taken for.
        people: how many are in it.
    """

    file: str
    format: str
    people: int


class ImportStepData(TypedDict):
    """What would be, or was, done about one person.

    Attributes:
        status: `create`, `update`, `moved`, `conflict` or `skip`.
        file: where they stand.
        line: likewise.
        name: theirs.
        organization: theirs.
        contacts: the slugs of the cards that are theirs, or may be.
        added: what their card gets, by key.
        kept: what the file says otherwise than their card, by key; the card stays as it is.
        reason: by what they are known, why it is a conflict, or where they moved.
    """

    status: str
    file: str
    line: int
    name: str
    organization: str | None
    contacts: list[str]
    added: Mapping[str, Value]
    kept: Mapping[str, Value]
    reason: str | None


class ImportProblemData(TypedDict):
    """A row, a cell or a column that could not be used.

    Attributes:
        file: where it is.
        line: likewise.
        severity: `error` or `warning`.
        code: its stable name.
        message: what is wrong.
        remedy: what to do about it.
    """

    file: str
    line: int
    severity: str
    code: str
    message: str
    remedy: str


class ImportData(TypedDict):
    """The plan of an import; with `--write`, what came of it.

    Attributes:
        files: what was read.
        counts: how many people there are of each status.
        written: how many cards were made or changed.
        refused: by slug, why a card could not be written.
        steps: every person.
        problems: what could not be used.
    """

    files: list[ImportFileData]
    counts: Mapping[str, int]
    written: int
    refused: Mapping[str, str]
    steps: list[ImportStepData]
    problems: list[ImportProblemData]
