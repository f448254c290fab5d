"""The manual's page of the rules has every rule, with whose advice it is."""

from __future__ import annotations

import re

from generated import DOCS, cell, hold
from intouch.checkins import Action, Stage, Status
from intouch.rules import RULES

PAGE = (DOCS / "rules.md").read_text(encoding="utf-8")


def test_every_rule_is_there_with_its_source() -> None:
    rows = ["| rule | says | whose advice it is |", "| --- | --- | --- |"]
    for rule in RULES:
        says = (rule.__doc__ or "").splitlines()[0]
        file = f"../src/intouch/rules/{rule.ID.replace('-', '_')}.py"
        rows.append(f"| [`{rule.ID}`]({file}) | {cell(says)} | {cell(rule.SOURCE)} |")
    hold("rules.md", "rules", "\n".join(rows) + "\n")


def test_the_exact_table_has_every_rule() -> None:
    _, _, exact = PAGE.partition("## What is due")
    assert re.findall(r"^\| `([a-z-]+)` \|", exact.partition("\n## ")[0], re.MULTILINE) == list(Action)


def test_every_stage_and_status_is_told() -> None:
    _, _, stages = PAGE.partition("## Applications")
    assert {str(stage) for stage in Stage} <= {*re.findall(r"`([a-z-]+)`", stages.partition("\n## ")[0])}
    _, _, statuses = PAGE.partition("## A person's status")
    assert {str(status) for status in Status} <= {*re.findall(r"`([a-z-]+)`", statuses.partition("\n## ")[0])}
