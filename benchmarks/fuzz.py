"""Throw hostile Markdown at the notes' renderer: does anything get through?

    python benchmarks/fuzz.py                        # 100,000 texts; every tenth in chromium, too
    python benchmarks/fuzz.py --texts 5000 --seed 7

Each text is rendered as a note and as a log line, and what comes out is read by a strict eye; of some, a
browser without the content security policy says what it makes of them. Ends with an error when anything does.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from hostile_texts import ALLOWED, thrown, wrong_in
from intouch.memo import Memo
from intouch.parallel import in_parallel
from intouch.pictures.attachment import Attachment
from intouch.site.gallery import Gallery
from intouch.site.links import Links
from intouch.site.markdown import render_line, render_note
from photographs import png

LINKS = Links(
    {"priya nair": "priya-nair"},
    lambda slug: f"../../people/{slug}/",
    lambda path: f"../../{path}",
    Gallery([Attachment("contacts/ann/a.png", b"key")], lambda _: png(), Memo()),
    "contacts/ann",
)
BATCH = 500
EYE = """
([texts, allowed]) => {
  const found = [];
  for (const text of texts) {
    const whole = `<body><div id="box">${text}</div><i id="end"></i>`;
    const page = new DOMParser().parseFromString(whole, "text/html");
    if (page.body.children.length !== 2) found.push(["out of its box", text]);
    for (const element of page.querySelectorAll("#box *")) {
      const links = element.localName === "a" && element.hasAttribute("href");
      const safe = ["http:", "https:", "mailto:", "tel:", "about:", "blob:"].includes(element.protocol);
      const wrong = !allowed.includes(element.localName)
        || element.namespaceURI !== "http://www.w3.org/1999/xhtml"
        || [...element.attributes].some(({ name }) => /^(on|style|id|srcdoc|srcset)/.test(name))
        || (links && !safe && !element.getAttribute("href").startsWith("../../people/"));
      if (wrong) found.push([element.outerHTML, text]);
    }
  }
  return found;
}
"""


def rendered(seed: int, number: int) -> tuple[str, str, tuple[str, ...], bool]:
    """A text, its HTML, what is wrong with that, and whether a picture is shown."""
    text = thrown(random.Random(f"{seed} {number}"))
    html = str(render_note(text, LINKS, above=3).html) + "\n" + str(render_line(text, LINKS).html)
    return text, html, tuple(wrong_in(html)), "<img" in html


def in_chromium(texts: list[str]) -> list[object]:
    """What a browser finds wrong with some HTML."""
    from playwright.sync_api import sync_playwright

    found: list[object] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.on("dialog", lambda dialog: found.append(dialog.message))
        page.on("request", lambda request: found.append(request.url))
        for at in range(0, len(texts), BATCH):
            found += page.evaluate(EYE, [texts[at : at + BATCH], sorted(ALLOWED)])
        # And once with everything that a page does: images load, scripts run, if there are any.
        for at in range(0, len(texts), BATCH):
            page.set_content("<hr>".join(texts[at : at + BATCH]).replace("../../files/", "data:,"))
        browser.close()
    return [one for one in found if not str(one).startswith(("about:", "data:,"))]


def main() -> None:
    """Throw, look, and say what was found."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--texts", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=2026)
    chosen = options.parse_args()
    wrong, links, pictures, seen = 0, 0, 0, []
    made = in_parallel(partial(rendered, chosen.seed), range(chosen.texts), enough=1, chunk=2_000)
    for number, (text, html, faults, shows) in enumerate(made):
        links += "<a " in html
        pictures += shows
        if faults:
            wrong += 1
            print(f"{text!r}: {faults}", file=sys.stderr)
        if number % 10 == 0:
            seen.append(html)
    print(f"{chosen.texts:,} texts, {links:,} with a link, {pictures:,} with a picture: {wrong} with a fault")
    found = in_chromium(seen) if shutil.which("chromium") else ["there is no chromium here"]
    for one in found[:20]:
        print(one, file=sys.stderr)
    print(f"{len(seen):,} of them in chromium: {len(found)} scripts, requests or strange elements")
    sys.exit(bool(wrong or found))


if __name__ == "__main__":
    main()
