"""The definition of our hook, as pre-commit reads it, and the hook in a repository."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import yaml

from needs import needs_program
from program import write_files

ROOT = Path(__file__).parent.parent
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
CARD = "=== contacts/ann.md\n---\nname: Ann\ncadence: {cadence}\n---\n"


def pre_commit(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    places = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": places, "PRE_COMMIT_HOME": str(cwd.parent / "pre-commit")}
    return subprocess.run(
        [needs_program("pre-commit"), *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_definition_is_one() -> None:
    assert pre_commit("validate-manifest", str(MANIFEST), cwd=ROOT).returncode == 0


def test_the_hook_stops_what_is_wrong_and_nothing_else(tmp_path: Path) -> None:
    (hook,) = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    # The program that is here already: nothing is to be fetched.
    hook["language"] = "system"
    root = write_files(tmp_path / "network", CARD.format(cadence="every month"))
    config = {"repos": [{"repo": "local", "hooks": [hook]}]}
    (root / ".pre-commit-config.yaml").write_text(json.dumps(config), encoding="utf-8")
    git = needs_program("git")
    subprocess.run([git, "init", "--quiet", str(root)], check=True)
    subprocess.run([git, "-C", str(root), "add", "."], check=True)
    fine = pre_commit("run", "--all-files", cwd=root)
    assert fine.returncode == 0, fine.stdout
    assert "intouch check" in fine.stdout
    write_files(root, CARD.format(cadence="every moon"))
    wrong = pre_commit("run", "--all-files", cwd=root)
    assert wrong.returncode == 1
    assert "contacts/ann.md:3:" in wrong.stdout
    (root / "elsewhere.md").write_text("no part of the notebook", encoding="utf-8")
    assert "Skipped" in pre_commit("run", "--files", "elsewhere.md", cwd=root).stdout
