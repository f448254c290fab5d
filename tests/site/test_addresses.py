"""Links within the site and out of it."""

from __future__ import annotations

import pytest

from intouch.site.addresses import AT_ROOT, ONE_DOWN, TWO_DOWN, anywhere, telephone, web, web_text


def test_pages_link_to_each_other_from_any_depth() -> None:
    assert (AT_ROOT.today, ONE_DOWN.today, TWO_DOWN.today) == ("./", "../", "../../")
    assert AT_ROOT.person("priya-nair") == "people/priya-nair/"
    assert TWO_DOWN.person("zoë") == "../../people/zo%C3%AB/"
    assert ONE_DOWN.organization("at-zoë.2") == "../organizations/#at-zo%C3%AB.2"
    assert anywhere("https://me.example/network").feed("check-ins.ics") == "/network/check-ins.ics"


@pytest.mark.parametrize(
    ("number", "link"),
    [
        ("+61 2 5550 0142", "tel:+61255500142"),
        ("(02) 5550-0199 ext. 4", "tel:0255500199"),
        ("+44 (0)20 7946 0999", "tel:+442079460999"),
        ("call me", ""),
        ("javascript:1", ""),
        ("", ""),
    ],
)
def test_numbers_are_dialled_as_they_are_meant(number: str, link: str) -> None:
    assert telephone(number) == link


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://a.example/x?y=1", "https://a.example/x?y=1"),
        ("HTTP://a.example", "HTTP://a.example"),
        ("javascript:alert(1)", ""),
        ("//a.example", ""),
        ("a.example", ""),
        ("https:///x", ""),
        ("https://[bad", ""),
        ("https://a.example/ x", ""),
        ('https://a.example/"x', ""),
        ("data:text/html,x", ""),
    ],
)
def test_only_pages_of_the_web_are_linked(address: str, link: str) -> None:
    assert web(address) == link


def test_addresses_are_shown_as_people_write_them() -> None:
    assert web_text("https://www.linkedin.com/in/priya-nair/") == "linkedin.com/in/priya-nair"
    assert web_text("javascript:alert(1)") == "javascript:alert(1)"
