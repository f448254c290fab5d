"""Take the pictures of the README and the manual anew: `make pictures`."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
COLOURS = 128
"""Of a picture: enough for pages of few colours, and a quarter of the bytes."""


@dataclass(frozen=True)
class Picture:
    """A picture of the manual.

    Attributes:
        name: of its file, without the ending.
        page: of the site.
        colours: light or dark.
        width: of the window.
        height: likewise.
        part: of the page, as a selector; empty for what the window shows.
        opened: what is clicked before.
    """

    name: str
    page: str
    colours: Literal["light", "dark"] = "light"
    width: int = 1280
    height: int = 860
    part: str = ""
    opened: str = ""


PICTURES = (
    Picture("today", "index.html"),
    Picture("person", "people/priya-nair/index.html"),
    Picture("insights", "insights/index.html", "dark"),
    Picture("phone", "calendar/index.html", width=390),
    Picture("draft", "index.html", width=900, part="li.item.thank-you", opened="summary"),
    Picture("away", "calendar/index.html", width=900, part="section:has(.month) >> nth=1"),
    Picture("subscribe", "subscribe/index.html", width=1000, height=620),
)


def main() -> None:
    """Build the sample notebook, as it would be published, and photograph its best pages."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        site = built(Path(temporary))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for picture in PICTURES:
            (HERE / f"{picture.name}.png").write_bytes(smaller(taken(browser, picture, site)))
        browser.close()


def built(folder: Path) -> Path:
    """The site of the sample notebook; its page Subscribe has an address on the web, and its code."""
    notebook = folder / "network"
    shutil.copytree(ROOT / "contacts", notebook / "contacts")
    settings = (ROOT / "intouch.toml").read_text(encoding="utf-8")
    published = settings.replace("[site]\n", '[site]\nbase_url = "https://people.example"\n')
    (notebook / "intouch.toml").write_text(published, encoding="utf-8")
    command = [sys.executable, "-m", "intouch", "build", "--project", str(notebook)]
    subprocess.run(command, check=True)
    return notebook / "_site"


def taken(browser: Browser, picture: Picture, site: Path) -> bytes:
    """One picture, as the browser takes it."""
    page: Page = browser.new_page(
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=1.5,
        color_scheme=picture.colours,
    )
    page.goto((site / picture.page).as_uri())
    if not picture.part:
        return page.screenshot()
    part = page.locator(picture.part).first
    if picture.opened:
        part.locator(picture.opened).first.click()
    return part.screenshot()


def smaller(png: bytes) -> bytes:
    """The same picture in fewer bytes."""
    made = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
        made, "PNG", optimize=True
    )
    return made.getvalue()


if __name__ == "__main__":
    main()
