"""Take the pictures of the README and the manual anew: `make pictures`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PICTURES: tuple[tuple[str, str, Literal["light", "dark"], int], ...] = (
    ("today", "index.html", "light", 1280),
    ("person", "people/priya-nair/index.html", "light", 1280),
    ("insights", "insights/index.html", "dark", 1280),
    ("phone", "calendar/index.html", "light", 390),
)
"""Name, page, colours, and the window's width."""


def main() -> None:
    """Build the sample notebook and photograph its best pages."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        site = Path(temporary) / "site"
        command = [sys.executable, "-m", "intouch", "build", "--project", str(ROOT), "--output", str(site)]
        subprocess.run(command, check=True)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, path, colours, width in PICTURES:
            page = browser.new_page(
                viewport={"width": width, "height": 860}, device_scale_factor=1.5, color_scheme=colours
            )
            page.goto((site / path).as_uri())
            page.screenshot(path=HERE / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
