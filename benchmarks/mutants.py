"""Whether a test notices: the core, changed in a thousand small ways, each of which has to make one fail.

Args:
    --least: the share in percent that has to be noticed, or the exit code is 1.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
MUTMUT = Path(sys.executable).with_name("mutmut")


def survivors() -> list[str]:
    """The changes that no test noticed, by name."""
    told = subprocess.run([MUTMUT, "results"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [line.partition(":")[0].strip() for line in told.splitlines() if line.endswith(": survived")]


def change(name: str) -> str:
    """The lines that a change replaces, and by what."""
    told = subprocess.run([MUTMUT, "show", name], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    lines = told.splitlines()
    return "\n".join(line for line in lines if line[:1] in {"-", "+"} and line[:3] not in {"---", "+++"})


def main() -> int:
    """Make every change that mutmut knows, run the tests of the core on each, and print what survived."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--least", type=float, default=90.0, metavar="PERCENT")
    least = parser.parse_args().least
    # It would otherwise keep what it found for functions that are the same, though the tests are others.
    shutil.rmtree(ROOT / "mutants", ignore_errors=True)
    subprocess.run([MUTMUT, "run"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([MUTMUT, "export-cicd-stats"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    counts = json.loads((ROOT / "mutants" / "mutmut-cicd-stats.json").read_text(encoding="utf-8"))
    noticed = counts["killed"] + counts["timeout"]
    for name in survivors():
        print(f"{name}\n{change(name)}\n")
    share = 100 * noticed / counts["total"]
    print(f"{noticed} of {counts['total']} changes noticed: {share:.1f} %")
    return 0 if share >= least else 1


if __name__ == "__main__":
    sys.exit(main())
