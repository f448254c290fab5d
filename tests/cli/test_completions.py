"""Completion in real shells: each reads what `intouch completions` prints, and is asked what may follow."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from needs import needs_program
from program import run, write_files

NOTEBOOK = """
=== contacts/priya-nair.md
---
name: Priya Nair
---
=== contacts/sam-lee.md
---
name: Sam Lee
---
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="shells as POSIX has them")

ASKING = {
    "bash": """
eval "$(intouch completions bash)"
COMP_WORDS=({words} "{last}")
COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
$(complete -p intouch | sed 's/.*-F \\([^ ]*\\) .*/\\1/') intouch
printf '%s\\n' "${{COMPREPLY[@]}}"
""",
    # In zsh only its line editor may complete; what it would offer is written down instead.
    "zsh": """
autoload -Uz compinit && compinit -D -u
eval "$(intouch completions zsh)"
compadd() {{ local name=${{@[-1]}}; print -l -- "${{(@P)name}}" }}
_describe() {{ local name=$3; print -l -- "${{(@)${{(@P)name}}%%:*}}" }}
words=({words} "{last}")
CURRENT=${{#words}}
$_comps[intouch]
""",
    "fish": """
intouch completions fish | source
complete --do-complete "{words} {last}"
""",
}


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    return write_files(tmp_path, NOTEBOOK)


def offered(shell: str, line: str, notebook: Path) -> list[str]:
    """What a shell offers for the last word of a line, without what it says of it."""
    words, _, last = line.rpartition(" ")
    script = ASKING[shell].format(words=words, last=last)
    places = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    options = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    done = subprocess.run(
        [needs_program(shell), *options, "-c", script],
        cwd=notebook,
        env={**os.environ, "PATH": places, "HOME": str(notebook)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    return sorted(line.partition("\t")[0] for line in done.stdout.splitlines())


@pytest.mark.parametrize("shell", ASKING)
def test_a_shell_completes_commands_and_people(notebook: Path, shell: str) -> None:
    assert offered(shell, "intouch du", notebook) == ["due"]
    assert offered(shell, "intouch log pri", notebook) == ["priya-nair"]
    assert offered(shell, "intouch why ", notebook) == ["priya-nair", "sam-lee"]
    assert offered(shell, "intouch due --wi", notebook) == ["--within"]


def test_another_shell_is_refused(tmp_path: Path) -> None:
    done = run("completions", "tcsh", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "'bash', 'zsh', 'fish'" in done.err
