"""Notes as HTML: what Markdown means, and where hard work ends."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from intouch.site.links import Links
from intouch.site.markdown import DEEPEST, render_line, render_note

LINKS = Links({"priya nair": "priya-nair", "pri": "priya-nair"}, lambda slug: f"../../people/{slug}/")
NO_LINKS = Links({}, str)


def note(text: str, above: int = 3) -> str:
    return str(render_note(text, LINKS, above=above).html)


def line(text: str) -> str:
    return str(render_line(text, LINKS).html)


def test_what_notes_are_written_with() -> None:
    html = note(
        "Some *emphasis*, **weight**, `code`, ~~gone~~.\n\n1. one\n2. two\n\n> said\n\n- a\n  - b\n\n---\n"
    )
    for part in ("<em>emphasis</em>", "<strong>weight</strong>", "<code>code</code>", "<s>gone</s>", "<ol>"):
        assert part in html
    assert "<blockquote>\n<p>said</p>" in html
    assert "<hr>" in html


def test_tables_are_rendered_without_styles() -> None:
    html = note("| a | b |\n| --- | ---: |\n| 1 | 2 |\n")
    assert "<th>b</th>" in html
    assert "<td>2</td>" in html


def test_header_cells_without_words_are_plain_cells() -> None:
    html = note("| | b |\n| --- | --- |\n| 1 | 2 |\n")
    assert "<td></td>\n<th>b</th>" in html


def test_html_in_a_note_is_shown_as_it_was_written() -> None:
    assert note("a <b>bold</b> claim") == "<p>a &lt;b&gt;bold&lt;/b&gt; claim</p>\n"


def test_links_lead_out_without_telling_where_from() -> None:
    expected = '<a href="https://a.example/?b=1&amp;c=2" rel="noopener noreferrer nofollow">x</a>'
    assert expected in note("[x](https://a.example/?b=1&c=2)")
    assert 'href="mailto:a@b.example"' in note("<a@b.example>")
    assert 'href="tel:+61255500142"' in note("[call](tel:+61255500142)")


def test_wiki_links_lead_to_people() -> None:
    link = '<a href="../../people/priya-nair/" rel="noopener noreferrer nofollow">{}</a>'
    assert link.format("Priya  Nair") in note("[[ Priya  Nair ]]")
    assert link.format("PRIYA nair") in line("with [[PRIYA nair]]")
    assert link.format("her") in note("[[Pri|her]]")
    assert link.format("Pri") in note("[[Pri#Log]]")


@pytest.mark.parametrize(
    "text", ["[[Nobody]]", "[[]]", "[[ ]]", "[[Priya Nair", "[[Priya\nNair]]", "[[a|b]]"]
)
def test_wiki_links_to_nobody_stay_as_they_were_written(text: str) -> None:
    assert note(f"see {text} there") == f"<p>see {text} there</p>\n"


def test_wiki_links_in_code_stay_code() -> None:
    assert note("`[[Priya Nair]]`") == "<p><code>[[Priya Nair]]</code></p>\n"


def test_remote_images_are_named_and_not_loaded() -> None:
    html = note("![their logo](https://tracker.example/pixel.png?id=7)")
    assert (
        html
        == '<p><span class="attachment">[their logo: an image on tracker.example, not loaded]</span></p>\n'
    )


def test_files_of_ones_own_are_named() -> None:
    assert '<span class="attachment">[an attached file, card.jpg]</span>' in note("![](card.jpg)")
    assert '<span class="attachment">my CV (../cv.pdf)</span>' in note("[my CV](../cv.pdf)")
    assert '<span class="attachment">a <em>b</em> (x)</span> and <a href="https://y.example"' in note(
        "[a *b*](x) and [c](https://y.example)"
    )


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("# a\n## b\n# c\n", ["h4", "h5", "h4"]),
        ("### a\n# b\n###### c\n", ["h4", "h4", "h5"]),
        ("# a\n## b\n### c\n#### d\n##### e\n", ["h4", "h5", "h6", "h6", "h6"]),
        ("a\n===\n\nb\n---\n", ["h4", "h5"]),
    ],
)
def test_headings_hang_under_the_pages_own(text: str, tags: list[str]) -> None:
    html = note(text)
    assert [f"h{c[0]}" for c in html.split("<h")[1:]] == tags
    assert [f"h{c[0]}" for c in html.split("</h")[1:]] == tags


def test_log_lines_are_one_line() -> None:
    assert line("plain words, and more - of (them)") == "plain words, and more - of (them)"
    assert line("# no *heading*") == "# no <em>heading</em>"
    assert line("a & b") == "a &amp; b"


N = 240_000
HARD = {
    "brackets": "[" * (N // 4),
    "closed brackets": "[" * (N // 2) + "]" * (N // 2),
    "links": "[a](" * (N // 4),
    "images": "![" * (N // 2),
    "stars": "*a **b " * (N // 7),
    "underscores": "_a __b " * (N // 7),
    "backticks": "`a " * (N // 3),
    "autolinks": "<http://a " * (N // 10),
    "wiki links": "[[a" * (N // 3),
    "lists": "- a\n" * (N // 4),
    "deep lists": "\n".join("  " * depth + "- a" for depth in range(DEEPEST + 5)),
    "deep quotations": "> " * (DEEPEST + 5) + "a",
    "rows": "|a|\n|-|\n" + "|a|\n" * (N // 6),
    "cells": "|a" * 100 + "\n" + "|-" * 100 + "\n" + "|\n" * (N // 9),
    "one address a thousand times": f"[a]: http://x.example/{'y' * 1900}\n\n" + "[a] " * 5000,
}


@pytest.mark.parametrize("name", HARD)
def test_what_is_too_much_work_is_shown_as_it_was_written(name: str) -> None:
    rendered = render_note(HARD[name], NO_LINKS, above=3)
    assert rendered.slow
    assert rendered.html == Markup("<pre>{}</pre>").format(HARD[name])


def fill(piece: str) -> str:
    """A piece again and again, as much as a note may hold."""
    return piece * (N // len(piece))


# The classes of CommonMark's own pathological tests, and more that parsers have fallen for.
PATHOLOGICAL = {
    "nested strong emphasis": "*a **a " * (N // 16) + "b" + " a** a*" * (N // 16),
    "closers of emphasis without openers": fill("a_ "),
    "openers of emphasis without closers": fill("_a "),
    "closers of links without openers": fill("a] "),
    "openers of links without closers": fill("[a "),
    "openers and closers that do not match": fill("*a_ "),
    "openers and closers whose lengths add to a multiple of three": "a**b" + fill("c* "),
    "openers of links and closers of emphasis": fill("[ a_ "),
    "brackets and parentheses": fill("[ (]("),
    "images of links": fill("![[]()"),
    "nested brackets": "[" * (N // 2) + "a" + "]" * (N // 2),
    "brackets nested a little": "[" * 2_000 + "a" + "]" * 2_000,
    "nested quotations": "> " * (N // 2) + "a",
    "deeply nested lists": "".join("  " * depth + "* a\n" for depth in range(450)),
    "backticks of every length": "".join("e" + "`" * length for length in range(650)),
    "unclosed links in angles": fill("[a](<b"),
    "unclosed links": fill("[a](b"),
    "unclosed comments": "</" + fill("<!--"),
    "unclosed instructions": fill("<?"),
    "unclosed declarations": fill("<!A "),
    "unclosed data": fill("<![CDATA["),
    "heads of tables": fill("a|b\n-|-\n"),
    "a wide table": "|" * (N // 3) + "\n" + "|-" * (N // 3) + "|\n",
    "empty rows": "|x" * 100 + "\n" + "|-" * 100 + "\n" + "|\n" * (N // 8),
    "definitions of references": "".join(f"[{n}]: u\n" for n in range(15_000)),
    "one reference defined again and again": fill("[a]: u\n"),
    "titles without an end": fill('[a]: b "c\n'),
    "uses of references": "[a]: u\n\n" + fill("[a] "),
    "quotations in lists": fill("- > "),
    "lists in quotations": fill("> - "),
    "quotations that go on lazily": "> " * 30 + "a\n" + fill("b\n"),
    "headings under lines": fill("a\n=\n"),
    "lines that are rules or lists": fill("- - -\n"),
    "entities": fill("&amp;"),
    "entities without an end": fill("&a"),
    "escapes": fill("\\*"),
    "addresses without an end": fill("<a:"),
    "strikes": fill("~~a "),
    "hard line ends": fill("a  \n"),
    "pictures": fill("![a](b)"),
    "embeds": fill("![[a.png]]"),
    "embeds without an end": fill("![[a.png"),
    "parentheses in an address": "[a](" + "(" * (N // 2) + ")" * (N // 2),
    "titles in addresses": fill('[a](b "'),
    "fences": fill("```\n"),
    "tabs": fill("\t> "),
    "one long word": fill("a"),
    "nothing but line ends": fill("\n"),
}


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_no_way_of_writing_keeps_the_parser_busy(name: str) -> None:
    """Each of these ends in the time that a page may take; whatever was not made out is there as it was."""
    text = PATHOLOGICAL[name]
    rendered = render_note(text, NO_LINKS, above=3)
    if rendered.slow:
        assert rendered.html == Markup("<pre>{}</pre>").format(text)
    else:
        assert len(rendered.html) < 40 * len(text) + 1_000


def test_a_long_honest_note_is_within_the_limit() -> None:
    paragraph = (
        "We spoke about *reading*, pay (band 6), and [the team](https://a.example/team); see `notes`.\n\n"
    )
    rendered = render_note(paragraph * 600, NO_LINKS, above=3)
    assert not rendered.slow
    assert rendered.html.count("<em>reading</em>") == 600


def test_nesting_up_to_the_limit_loses_nothing() -> None:
    rendered = render_note("> " * (DEEPEST - 5) + "deep words", NO_LINKS, above=3)
    assert not rendered.slow
    assert "deep words" in rendered.html
