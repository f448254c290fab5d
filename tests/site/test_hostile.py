"""Hostile text in notes: of over a hundred snippets, none survives."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from intouch.site.links import Links
from intouch.site.markdown import render_line, render_note

LINKS = Links({"priya nair": "priya-nair", "pri": "priya-nair"}, lambda slug: f"../../people/{slug}/")

ALLOWED = {
    *(
        "a",
        "blockquote",
        "br",
        "code",
        "del",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
    ),
    *("pre", "s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
SAFE_STARTS = ("http://", "https://", "mailto:", "tel:", "../../people/")

# Each line is one snippet; \n in it is a line end.
HOSTILE = r"""
<script>alert(1)</script>
<SCRIPT SRC=//evil.example/x.js></SCRIPT>
<script
<img src=x onerror=alert(1)>
<img src="x" onerror="alert(1)"
<svg onload=alert(1)>
<svg><script>alert(1)</script></svg>
<math><mi//xlink:href="data:x,<script>alert(1)</script>">
<iframe src=javascript:alert(1)></iframe>
<iframe srcdoc="<script>alert(1)</script>">
<object data=javascript:alert(1)>
<embed src=javascript:alert(1)>
<base href=//evil.example/>
<link rel=stylesheet href=//evil.example/x.css>
<meta http-equiv=refresh content="0;url=//evil.example">
<style>*{background:url(//evil.example)}</style>
<p style="background:url(//evil.example)">x</p>
<div class=panel id=main>x</div>
<form action=//evil.example><input name=q><button>go</button></form>
<details open ontoggle=alert(1)>x</details>
<video><source onerror=alert(1)></video>
<a href="javascript:alert(1)">x</a>
<a href=" javascript:alert(1)">x</a>
<!-- <img src=x onerror=alert(1)> -->
<!--><script>alert(1)</script>
<?php echo 1 ?>
<![CDATA[<script>alert(1)</script>]]>
<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<template><script>alert(1)</script></template>
<textarea></textarea><script>alert(1)</script>
[x](javascript:alert(1))
[x](JaVaScRiPt:alert(1))
[x]( javascript:alert(1))
[x](<javascript:alert(1)>)
[x](java\nscript:alert(1))
[x](java&#10;script:alert(1))
[x](java&Tab;script:alert(1))
[x](&#106;avascript:alert(1))
[x](&#x6A;&#x61;vascript:alert(1))
[x](javascript&colon;alert(1))
[x](javascript&#58;alert(1))
[x](&#1;javascript:alert(1))
[x](\x01javascript:alert(1))
[x](javascript\:alert(1))
[x](%6aavascript:alert(1))
[x](vbscript:msgbox(1))
[x](livescript:alert(1))
[x](data:text/html,<script>alert(1)</script>)
[x](data:text/html;base64,PHNjcmlwdD4=)
[x](data:image/svg+xml;base64,PHN2Zz4=)
[x](file:///etc/passwd)
[x](blob:https://evil.example/1)
[x](filesystem:http://evil.example/)
[x](ftp://evil.example/)
[x](ws://evil.example/)
[x](about:blank)
[x](view-source:https://evil.example)
[x](intent://evil.example#Intent;end)
[x](//evil.example/x)
[x](\\\\evil.example\\x)
[x](/\\evil.example)
[x](https:javascript:alert(1))
[x](https://a.example/" onmouseover="alert(1))
[x](https://a.example "t" onclick=alert(1))
[x](https://a.example "\" onmouseover=\"alert(1)")
[x](https://a.example/<script>)
[x]: javascript:alert(1)\n\n[x]
[x]: <javascript:alert(1)> "t"\n\n[x][] ![x]
[x][y]\n\n[y]: data:text/html,<script>alert(1)</script>
<javascript:alert(1)>
<data:text/html,x>
<JAVASCRIPT:alert(1)>
<vbscript:x>
<a@b.example" onclick="alert(1)>
<https://a.example/"onmouseover="alert(1)>
![x](javascript:alert(1))
![x](data:image/svg+xml,<svg onload=alert(1)>)
![x](data:image/png;base64,AAAA)
![x](https://evil.example/pixel.png)
![x](//evil.example/pixel.png)
![" onerror="alert(1)](x.png)
![x](x.png "\" onerror=\"alert(1)")
![x](x" onerror="alert(1))
![<script>alert(1)</script>](https://evil.example/x.png)
[![x](https://evil.example/pixel.png)](javascript:alert(1))
![![x](javascript:alert(1))](https://evil.example/y.png)
`<script>alert(1)</script>`
```html\n<script>alert(1)</script>\n```
```"><script>alert(1)</script>\nx\n```
```x" onmouseover="alert(1)\nx\n```
~~~ <img src=x onerror=alert(1)>\nx\n~~~
    <script>alert(1)</script>
| <script>alert(1)</script> | b |\n| --- | :-: |\n| <img src=x onerror=alert(1)> | [x](javascript:alert(1)) |
# <img src=x onerror=alert(1)>
> <script>\n> alert(1)</script>
- <script>alert(1)\n- </script>
**<script>**alert(1)**</script>**
&lt;script&gt;alert(1)&lt;/script&gt;
&#60;script&#62;alert(1)&#60;/script&#62;
&NewLine;<script>alert(1)</script>
\<script>alert(1)\</script>
[[<img src=x onerror=alert(1)>]]
[[Priya Nair|<script>alert(1)</script>]]
[[Priya Nair|" onclick="alert(1)]]
[[javascript:alert(1)]]
[[Priya Nair]](javascript:alert(1))
{{ 7 * 7 }}{% include "base.html" %}
<plaintext>
<xmp><script>alert(1)</script></xmp>
</div></main></body></html><script>alert(1)</script>
<svg><style><img src=x onerror=alert(1)></style></svg>
<math><annotation-xml encoding="text/html"><script>alert(1)</script></annotation-xml></math>
<a href="https://a.example" target=_blank onclick=alert(1)>x</a>
<img src=x:alert(alt) onerror=eval(src) alt=0>
""".strip("\n").splitlines()


class Wall(HTMLParser):
    """Notes down every element and attribute that a browser would see and that should not be."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            allowed = (
                (tag == "a" and name == "href" and (value or "").startswith(SAFE_STARTS))
                or (tag == "a" and (name, value) == ("rel", "noopener noreferrer nofollow"))
                or (tag == "a" and name == "title")
                or (tag == "ol" and name == "start")
                or (tag == "span" and (name, value) == ("class", "attachment"))
            )
            if not allowed:
                self.wrong.append(f"<{tag} {name}={value!r}>")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.wrong.append(f"<![{data}]>")


def wrong_in(html: str) -> list[str]:
    wall = Wall()
    wall.feed(html)
    wall.close()
    return wall.wrong


def note(text: str, above: int = 3) -> str:
    return str(render_note(text, LINKS, above=above).html)


def line(text: str) -> str:
    return str(render_line(text, LINKS).html)


def test_there_are_over_a_hundred_hostile_snippets() -> None:
    assert len(set(HOSTILE)) > 109


@pytest.mark.parametrize("snippet", HOSTILE)
def test_no_hostile_snippet_survives(snippet: str) -> None:
    text = snippet.replace("\\n", "\n").replace("\\x01", "\x01")
    assert wrong_in(note(text)) == []
    assert wrong_in(line(text)) == []
    assert wrong_in(note(f"# A heading\n\nbefore {text} after\n\n- {text}\n")) == []


def test_the_wall_sees_what_it_should() -> None:
    assert wrong_in("<script>x</script><a href='javascript:x' onclick=y>z</a><img src=x><!-- c -->")
