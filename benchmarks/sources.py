"""The notebook as the others want it: the same texts, named and with templates as each expects."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


def _page(title: str, body: str) -> str:
    """The same bare page for everybody, in everybody's template language."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body>{body}</body></html>\n"
    )


_HUGO = {
    "hugo.toml": """baseURL = "http://127.0.0.1/"
title = "People"
disableKinds = ["section", "taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]
""",
    "layouts/index.html": _page(
        "People",
        """<ul>{{ range .Site.RegularPages }}
<li><a href="{{ .RelPermalink }}">{{ .Params.name }}</a></li>{{ end }}</ul>""",
    ),
    "layouts/_default/single.html": _page(
        "{{ .Params.name }}",
        """<h1>{{ .Params.name }}</h1>{{ .Content }}
{{ range .Resources.ByType "page" }}<section>{{ .Content }}</section>{{ end }}""",
    ),
}
_PELICAN = {
    "pelicanconf.py": """SITENAME = "People"
PATH = "content"
PAGE_PATHS = ["people"]
ARTICLE_PATHS = []
PAGE_URL = "people/{slug}/"
PAGE_SAVE_AS = "people/{slug}/index.html"
SLUGIFY_SOURCE = "basename"
THEME = "theme"
THEME_STATIC_PATHS = []
TIMEZONE = "UTC"
DIRECT_TEMPLATES = ["index"]
ARCHIVES_SAVE_AS = AUTHORS_SAVE_AS = CATEGORIES_SAVE_AS = TAGS_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
""",
    "theme/templates/index.html": _page(
        "People",
        """<ul>{% for page in pages %}
<li><a href="/{{ page.url }}">{{ page.title }}</a></li>{% endfor %}</ul>""",
    ),
    "theme/templates/page.html": _page("{{ page.title }}", "<h1>{{ page.title }}</h1>{{ page.content }}"),
}
_PELICAN_CACHE = """CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True
CONTENT_CACHING_LAYER = "generator"
"""
_MKDOCS = {
    "mkdocs.yml": """site_name: People
use_directory_urls: true
theme: {name: null, custom_dir: theme}
plugins: []
""",
    "docs/index.md": "# People\n",
    # Navigation on every page would be work that nobody else does: only the index lists everyone.
    "theme/main.html": _page(
        "{{ page.title }}",
        """{{ page.content }}{% if page.is_homepage %}<ul>{% for one in nav.pages %}
<li><a href="{{ one.url|url }}">{{ one.title }}</a></li>{% endfor %}</ul>{% endif %}""",
    ),
}
_ELEVENTY = {
    # Notes have no page of their own; they are gathered by folder and shown on the page of the person.
    "eleventy.config.js": """module.exports = (config) => {
  config.addCollection("cards", (all) => all.getAll().filter((one) => one.data.name));
  config.addCollection("notes", (all) => {
    const notes = {};
    for (const one of all.getAll()) {
      const folder = one.inputPath.split("/").at(-2);
      if (!one.data.name && folder !== "src") (notes[folder] ??= []).push(one);
    }
    return notes;
  });
  return { dir: { input: "src", output: "_site" }, markdownTemplateEngine: false };
};
""",
    "src/index.njk": _page(
        "People",
        """<ul>{% for one in collections.cards %}
<li><a href="{{ one.url }}">{{ one.data.name }}</a></li>{% endfor %}</ul>""",
    ),
    "src/_includes/person.njk": _page(
        "{{ name }}",
        """<h1>{{ name }}</h1>{{ content | safe }}
{% for one in collections.notes[page.fileSlug] %}<section>{{ one.templateContent | safe }}</section>
{% endfor %}""",
    ),
    "src/people/people.11tydata.js": """module.exports = {
  layout: "person.njk",
  eleventyComputed: {
    layout: (data) => (data.name ? "person.njk" : false),
    permalink: (data) => (data.name ? `/people/${data.page.fileSlug}/` : false),
  },
};
""",
}


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the notebook, as the files say it."""

    slug: str
    card: str
    notes: tuple[tuple[str, str], ...]
    """File names and texts."""

    def in_one_file(self) -> str:
        """The card, then every note under a heading of its own; front matter only once."""
        _, head, body = self.card.split("---\n", 2)
        name = next(line.removeprefix("name: ") for line in head.splitlines() if line.startswith("name: "))
        # Tags are left out: some programs make pages of them, which is work that nobody asked for.
        kept = "\n".join(line for line in head.splitlines() if not line.startswith("tags:"))
        bodies = [(file.removesuffix(".md"), text.split("---\n", 2)[2]) for file, text in self.notes]
        told = [f"## {title}\n\n{body_of}" for title, body_of in bodies]
        return "\n".join([f"---\ntitle: {name}\n{kept}\n---\n{body}", *told])


def people_of(notebook: Path) -> Iterator[Person]:
    """Everyone in a generated notebook."""
    contacts = notebook / "contacts"
    for card in sorted(contacts.glob("*.md")):
        folder = contacts / card.stem
        notes = tuple((note.name, note.read_text(encoding="utf-8")) for note in sorted(folder.glob("*.md")))
        yield Person(card.stem, card.read_text(encoding="utf-8"), notes)


def write(files: dict[str, str], root: Path) -> None:
    """Write files by their paths."""
    for name, text in files.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def one_file_each(notebook: Path, folder: Path) -> None:
    """A file a person, named after them."""
    folder.mkdir(parents=True, exist_ok=True)
    for person in people_of(notebook):
        (folder / f"{person.slug}.md").write_text(person.in_one_file(), encoding="utf-8")


def intouch(notebook: Path, root: Path) -> None:
    """Our own shape: as it is."""
    shutil.copytree(notebook, root)


def hugo_split(notebook: Path, root: Path) -> None:
    """A leaf bundle a person: the card is its index, the notes are page resources of it."""
    write(_HUGO, root)
    for person in people_of(notebook):
        write({"index.md": person.card, **dict(person.notes)}, root / "content" / "people" / person.slug)


def hugo_one(notebook: Path, root: Path) -> None:
    """A page a person."""
    write(_HUGO, root)
    one_file_each(notebook, root / "content" / "people")


def pelican(notebook: Path, root: Path) -> None:
    """A page a person, a theme that does no more than the others', and no cache."""
    write(_PELICAN, root)
    one_file_each(notebook, root / "content" / "people")


def pelican_cached(notebook: Path, root: Path) -> None:
    """The same with Pelican's own cache of what was read and rendered."""
    pelican(notebook, root)
    with (root / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write(_PELICAN_CACHE)


def mkdocs(notebook: Path, root: Path) -> None:
    """A page a person, without search, and navigation on the index only."""
    write(_MKDOCS, root)
    one_file_each(notebook, root / "docs" / "people")


def eleventy_split(notebook: Path, root: Path) -> None:
    """Our files as they are: cards have pages, notes are shown on them."""
    write(_ELEVENTY, root)
    shutil.copytree(notebook / "contacts", root / "src" / "people", dirs_exist_ok=True)


def eleventy_one(notebook: Path, root: Path) -> None:
    """A page a person."""
    write(_ELEVENTY, root)
    one_file_each(notebook, root / "src" / "people")
