"""Run the command line as `python -m intouch`."""

from intouch.cli.main import run

if __name__ == "__main__":
    run()
