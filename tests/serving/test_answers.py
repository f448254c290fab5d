"""Who is answered, and how: hosts, methods, paths and headers, over real sockets."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator

import pytest

from server import PATIENCE, Served, reply, serving, write_notebook


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(write_notebook(tmp_path_factory.mktemp("served") / "network")) as running:
        yield running


def test_pages_are_answered_and_never_kept(served: Served) -> None:
    for path in ("/", "/people/", "/people/ann/", "/pipeline/", "/problems/"):
        answer = served.ask(path)
        assert answer.status == 200, path
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "server" not in answer.headers
        assert "access-control-allow-origin" not in answer.headers
    assert "said by Ann Bell" in served.ask("/people/ann/").text


def test_localhost_is_a_name_of_this_computer_too(served: Served) -> None:
    assert served.ask("/", Host=f"localhost:{served.port}").status == 200


FORGED = (
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1",
    "127.0.0.1:1",
    "127.0.0.1:{port}.evil.example",
    "127.0.0.1.evil.example:{port}",
    "localhost",
    "localhost.:{port}",
    "LOCALHOST.evil.example:{port}",
    "a@127.0.0.1:{port}",
    "127.1:{port}",
    "0.0.0.0:{port}",
    "2130706433:{port}",
    "[::ffff:127.0.0.1]:{port}",
    "[::1%lo]:{port}",
    "::1:{port}",
    "[0:0:0:0:0:0:0:1]:{port}",
    "127.0.0.1:{port}.",
    "127.0.0.1.:{port}",
    "127.0.0.2:{port}",
    "localhost.localdomain:{port}",
    "ip6-localhost:{port}",
    "http://127.0.0.1:{port}",
    "127.0.0.1:{port}/",
    "127.0.0.1%00:{port}",
    "xn--localhost-:{port}",
    "[::1]",
    "127.0.0.1:0{port}",
    "127.0.0.1:{port}, evil.example",
    "null",
    "",
)


@pytest.mark.parametrize("host", FORGED)
def test_a_forged_host_gets_nothing(served: Served, host: str) -> None:
    answer = served.ask("/people/ann/", Host=host.format(port=served.port))
    assert answer.status in {400, 403}
    assert "Ann" not in answer.text


def test_no_host_two_hosts_and_another_address_in_the_request_line_get_nothing(served: Served) -> None:
    good, page = f"Host: 127.0.0.1:{served.port}", f"{served.base}people/ann/"
    assert (
        "Ann"
        in reply(served.raw(f"GET {page} HTTP/1.1\r\n{good}\r\nConnection: close\r\n\r\n".encode())).text
    )
    for lines in (
        (f"GET {page} HTTP/1.1",),
        (f"GET {page} HTTP/1.0",),
        (f"GET {page} HTTP/1.1", "Host: evil.example", good),
        (f"GET {page} HTTP/1.1", good, good),
        (f"GET {page} HTTP/1.1", "Host: evil.example", f"X-Forwarded-{good}"),
        (f"GET http://evil.example{page} HTTP/1.1", "Host: evil.example"),
        (f"GET http://evil.example{page} HTTP/1.1", good),
        (f"GET http://127.0.0.1:{served.port}{page} HTTP/1.1", good),
        (f"GET http:x{page} HTTP/1.1", good),
        (f"GET {page[1:]} HTTP/1.1", good),
        (f"GET ?{page[1:]} HTTP/1.1", good),
        ("GET * HTTP/1.1", good),
    ):
        request = "\r\n".join((*lines, "Connection: close", "", "")).encode()
        answer = reply(served.raw(request))
        assert answer.status in {400, 403, 404}, lines
        assert "Ann" not in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_only_reading_is_possible(served: Served, method: str) -> None:
    answer = served.ask("/", method, Content_Length="0")
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD"


def test_a_head_is_the_answer_without_its_body(served: Served) -> None:
    whole, head = served.ask("/"), served.ask("/", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]


def test_a_missing_page_is_a_page_and_a_folder_leads_to_its_page(served: Served) -> None:
    missing = served.ask("/people/nobody/")
    assert missing.status == 404
    assert "Page not found" in missing.text
    assert served.ask("/people/ann").headers["location"] == f"{served.base}people/ann/"
    assert served.ask_outside(served.base.rstrip("/")).headers["location"] == served.base


def test_the_feed_is_a_calendar_with_a_strong_tag(served: Served) -> None:
    feed = served.ask("/check-ins.ics")
    assert feed.status == 200
    assert feed.headers["content-type"] == "text/calendar; charset=utf-8"
    assert re.fullmatch(r'"[0-9a-f]+"', feed.headers["etag"])
    again = served.ask("/check-ins.ics", If_None_Match=feed.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert served.ask("/check-ins.ics", If_None_Match='"another"').body == feed.body


def test_the_feed_says_what_is_in_a_list_of_tags_and_to_a_head(served: Served) -> None:
    feed = served.ask("/check-ins.ics")
    tag = feed.headers["etag"]
    for known in (f'"other", {tag}', f"W/{tag}", "*"):
        assert served.ask("/check-ins.ics", If_None_Match=known).status == 304
    head = served.ask("/check-ins.ics", "HEAD")
    assert (head.status, head.body, head.headers["etag"]) == (200, b"", tag)
    assert re.fullmatch(r"max-age=\d+", feed.headers["cache-control"])


def test_assets_are_sent_as_what_they_are(served: Served) -> None:
    found = re.search(r'href="([^"]+\.css)"', served.ask("/").text)
    assert found
    style = served.ask(found[1])
    assert (style.status, style.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert served.ask(found[1], If_None_Match=style.headers["etag"]).status == 304
    script = served.ask("/_intouch/reload.js")
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    for answer in (style, script, served.ask("/nowhere"), served.ask("/", "POST")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_half_a_request_keeps_nobody_waiting(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: ")
        assert served.ask("/").status == 200


def test_rubbish_is_refused(served: Served) -> None:
    assert b"400" in served.raw(b"\x16\x03\x01\x00rubbish\r\n\r\n").split(b"\r\n")[0]
    assert served.ask("/").status == 200
