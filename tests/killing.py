"""Kill −9 whatever writes, at random moments and before every single step, and look at what is left.

    python tests/killing.py                          # 300 random rounds of each command
    python tests/killing.py log import --rounds 1000 --seed 7
    python tests/killing.py --steps --rounds 0       # before every change of the file system, once each

Right after the kill: notebook bytes are untouched or exactly as asked, and every output is a whole one, the
old or the new. Then the same command runs again, without help, and leaves nothing behind. Prints a line a
command, and ends with an error when anything was wrong.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from killing_trials import TRIALS, Serve, Trial
from server import SERVING

# Of what Python tells an audit hook: the calls that change something on the disk.
CHANGES = frozenset(
    {"os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.truncate"}
    | {"shutil.rmtree", "ctypes.dlsym"}
)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
PATIENCE = 60.0


def in_a_fork(arguments: list[str], environment: dict[str, str], step: int = 0) -> int:
    """Run `intouch` in a fork of this process, which has all of it loaded already; returns how it ended.

    Args:
        arguments: of the command.
        environment: variables for it.
        step: the change of the file system before which it kills itself; 0 for none.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 70
    try:
        os.environ.update(environment)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1) if step == 0 else (0, 1, 2):
            os.dup2(nowhere, stream)
        if step:
            _kill_at(step)
        from intouch.cli.main import intouch

        intouch(arguments, standalone_mode=True)
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 70
    finally:
        os._exit(code)


def _kill_at(step: int) -> None:
    """Let this process kill itself before its n-th change of the file system."""
    left = [step]

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if not isinstance(flags, int) or not flags & WRITING or path == os.devnull:
                return
        elif event not in CHANGES:
            return
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def at_every_step(trial: Trial, stride: int) -> Counter[str]:
    """Kill the command before each change of the file system, or before every n-th of them."""
    found: Counter[str] = Counter()
    step = 1
    while True:
        trial.begin()
        if in_a_fork(trial.command(), trial.environment, step) != -signal.SIGKILL:
            trial.look()
            return found
        found[trial.look()] += 1
        _again(trial)
        step += stride


def at_random(trial: Trial, rounds: int, dice: random.Random) -> Counter[str]:
    """Kill a real process of the command, each time at another moment."""
    found: Counter[str] = Counter()
    usual = _usual(trial, 3 if rounds > 10 else 1)
    for _ in range(rounds):
        trial.begin()
        # Half of them somewhere in all of it, half in its second half, where the writing is.
        with _started(trial) as process:
            time.sleep(usual * dice.uniform(dice.choice((0.0, 0.5)), 1.0))
            process.kill()
        seen = trial.look()
        found["had ended" if process.returncode >= 0 else seen] += 1
        _again(trial)
    return found


def _usual(trial: Trial, times: int) -> float:
    """Seconds that the command takes undisturbed."""
    taken = []
    for _ in range(times):
        trial.begin()
        started = time.monotonic()
        with _started(trial) as process:
            assert process.wait(PATIENCE) == 0
        taken.append(time.monotonic() - started)
        assert trial.look() == "new"
        _again(trial)
    return min(taken)


def _started(trial: Trial) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "intouch", *trial.command()],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | trial.environment,
    )


def _again(trial: Trial) -> None:
    """Run what was killed once more, and whatever else must work now."""
    for arguments in trial.again():
        code = in_a_fork(arguments, trial.environment)
        assert code == 0, f"{' '.join(arguments)}: {code}"
    trial.settled()


def serving_at_random(trial: Trial, rounds: int, dice: random.Random) -> Counter[str]:
    """Kill a server: while it starts, and while it builds what was just saved."""
    assert isinstance(trial, Serve)
    found: Counter[str] = Counter()
    usual = 1.0
    for _ in range(rounds):
        trial.begin()
        with subprocess.Popen(
            [sys.executable, "-u", "-m", "intouch", *trial.command()],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | trial.environment,
        ) as process:
            starting = dice.random() < 0.4
            if starting:
                time.sleep(usual * dice.random())
            else:
                assert process.stdout is not None
                began = time.monotonic()
                line = ""
                while not (match := SERVING.search(line)):
                    line = process.stdout.readline()
                    assert line, "the server did not start again"
                usual = time.monotonic() - began
                trial.serves(int(match[1]), match[2])
                time.sleep(0.25 * dice.random())
            process.kill()
            trial.look()
        found["starting" if starting else "rebuilding"] += 1
    return found


def killed(name: str, kill: Callable[[Trial], Counter[str]], how: str) -> bool:
    """Try one command in one way, and tell; returns whether all was well."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = kill(TRIALS[name](Path(folder)))
        except AssertionError as fault:
            sys.stdout.write(f"{name}, killed {how}: {fault}\n")
            return False
    told = ", ".join(f"{count} {what}" for what, count in sorted(found.items()))
    sys.stdout.write(f"{name}, killed {how}: {found.total()} times ({told}): whole each time\n")
    sys.stdout.flush()
    return True


def main() -> None:
    """Kill, look, and tell."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("commands", nargs="*", metavar="COMMAND", help=f"of {', '.join(TRIALS)}")
    options.add_argument("--rounds", type=int, default=300, help="kills at random moments, a command")
    options.add_argument("--steps", action="store_true", help="kill before every change of the file system")
    options.add_argument("--stride", type=int, default=1, help="with --steps: before every n-th")
    options.add_argument("--seed", type=int, default=9)
    chosen = options.parse_args()
    well = True
    for name in chosen.commands or TRIALS:
        if chosen.steps and name != "serve":
            well &= killed(name, partial(at_every_step, stride=chosen.stride), "before each step")
        if chosen.rounds:
            kill = serving_at_random if name == "serve" else at_random
            dice = random.Random(f"{chosen.seed} {name}")
            well &= killed(name, partial(kill, rounds=chosen.rounds, dice=dice), "at random")
    sys.exit(not well)


if __name__ == "__main__":
    main()
