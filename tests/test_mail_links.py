"""Mail links: one address, one message, and nothing else."""

from __future__ import annotations

import pytest

from intouch.mail_links import mail_link, mail_link_with


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("priya.nair+jobs@brightpath.example", "mailto:priya.nair+jobs@brightpath.example"),
        ("a?subject=x&bcc=all@evil.example", "mailto:a%3Fsubject%3Dx%26bcc%3Dall@evil.example"),
        ("a@b.example\r\nBcc: c@d.example", "mailto:a%40b.example%0D%0ABcc%3A%20c@d.example"),
        ("a@b.example?cc=x,y", "mailto:a@b.example%3Fcc%3Dx%2Cy"),
        ("a,b@c.example", "mailto:a%2Cb@c.example"),
        ("é@bücher.example", "mailto:%C3%A9@b%C3%BCcher.example"),
        ("nobody", ""),
    ],
)
def test_mail_goes_to_one_address_and_carries_nothing_else(address: str, link: str) -> None:
    assert mail_link(address) == link


def test_a_message_adds_no_header() -> None:
    said = mail_link_with("a@b.example", "x&bcc=y\r\nCc: z", "one\ntwo & three")
    assert said == "mailto:a@b.example?subject=x%26bcc%3Dy%0D%0ACc%3A%20z&body=one%0D%0Atwo%20%26%20three"
    assert mail_link_with("nobody", "x", "y") == ""
