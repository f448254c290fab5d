"""Take the README's picture anew: `make pictures`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def main() -> None:
    """Build the sample notebook and photograph its Today page, in light colours, twice as sharp."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        site = Path(temporary) / "site"
        command = [sys.executable, "-m", "intouch", "build", "--project", str(ROOT), "--output", str(site)]
        subprocess.run(command, check=True)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(
            viewport={"width": 1280, "height": 860}, device_scale_factor=2, color_scheme="light"
        )
        page.goto((site / "index.html").as_uri())
        page.screenshot(path=HERE / "today.png")
        browser.close()


if __name__ == "__main__":
    main()
