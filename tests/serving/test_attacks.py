"""Attacks over real sockets: forged origins, methods, path tricks, links out, bodies, and slow clients."""

from __future__ import annotations

import re
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from server import PATIENCE, Reply, Served, reply, serving, started, write_notebook

NAMES = ("Ann", "Bell", "Ben", "Cho", "said by")
ELSEWHERE = ("http://evil.example", "https://evil.example", "null", "http://127.0.0.1", "http://localhost:1")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(write_notebook(tmp_path_factory.mktemp("served") / "network")) as running:
        assert "Ann Bell" in running.ask("/people/ann/").text
        yield running


def tells_nothing(answer: Reply) -> bool:
    text = answer.body.decode("utf-8", "replace")
    return not any(mark in text for mark in (*NAMES, "pytest-of", "root:", "Traceback", "site-packages"))


@pytest.mark.parametrize("path", ["people/ann/", "find.json", "check-ins.ics", "_intouch/trouble.json", ""])
@pytest.mark.parametrize(
    "headers",
    [
        *({"Origin": origin} for origin in ELSEWHERE),
        {"Origin": ""},
        {"Origin": "http://127.0.0.1:{port}.evil.example"},
        {"Origin": "http://127.0.0.1:{port}, http://evil.example"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Origin": "http://localhost:{port}"},
        *(
            {"Sec-Fetch-Site": site}
            for site in ("cross-site", "same-site", "Cross-Site", "", "same-origin, none")
        ),
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "object"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "document"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
    ],
    ids=str,
)
def test_a_foreign_page_gets_nothing_though_it_knows_the_address(
    served: Served, path: str, headers: dict[str, str]
) -> None:
    sent = {name.replace("-", "_"): value.format(port=served.port) for name, value in headers.items()}
    answer = served.ask(path, **sent)
    assert answer.status == 403
    assert tells_nothing(answer)


def test_a_link_from_elsewhere_opens_a_page_and_only_a_page(served: Served) -> None:
    follow = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    for path in ("/", "/people/ann/", "/people/ann/index.html", "/nowhere/", "/people/ann"):
        assert served.ask(path, **follow).status in {200, 307, 404}, path
    for path in ("/check-ins.ics", "/find.json", "/_intouch/events", "/_intouch/trouble.json", "/icon.svg"):
        assert served.ask(path, **follow).status == 403, path
    assert served.ask("/people/ann/", "HEAD", **follow).status == 403


def test_its_own_pages_and_typed_addresses_are_answered(served: Served) -> None:
    for headers in (
        {"Origin": f"http://127.0.0.1:{served.port}"},
        {"Sec_Fetch_Site": "same-origin", "Sec_Fetch_Mode": "cors", "Sec_Fetch_Dest": "empty"},
        {"Sec_Fetch_Site": "none", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"},
        {"Host": f"localhost:{served.port}", "Origin": f"http://localhost:{served.port}"},
    ):
        assert served.ask("/find.json", **headers).status == 200, headers


METHODS = (
    "POST",
    "PUT",
    "DELETE",
    "PATCH",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "get",
    "GETT",
    "QUERY",
)


@pytest.mark.parametrize("method", METHODS)
def test_only_reading_is_possible_and_outside_nothing(served: Served, method: str) -> None:
    answer = served.ask("/people/ann/", method)
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert tells_nothing(answer)
    assert served.ask_outside("/people/ann/", method).status == 404


def tricks() -> Iterator[str]:
    """Paths that servers have fallen for."""
    dots = (
        "..",
        "%2e%2e",
        "%2E.",
        ".%2e",
        "%252e%252e",
        "..;",
        "..%00",
        "%c0%ae%c0%ae",
        "%e0%80%ae%e0%80%ae",
        "%uff0e%uff0e",
        "．．",
        "․․",
        "...",
        "..%20",
        "..%09",
        "%2e%2e%2e",
        "..\\",
        "..%5c",
        "%2e%2e%5c",
    )
    slashes = (
        "/",
        "//",
        "%2f",
        "%252f",
        "\\",
        "%5c",
        "%c0%af",
        "%e0%80%af",
        "/./",
        "/%2e/",
        "⁄",
        "∕",
        "%00/",
    )
    targets = ("etc/passwd", "intouch.toml", "contacts/ann.md")
    for dot in dots:
        for slash in slashes:
            yield quote(f"people/{dot}{slash}{dot}{slash}intouch.toml", safe="/%\\;")
        for target in targets:
            yield quote(f"{dot}/" * 8 + target, safe="/%\\;")
    for target in targets:
        yield from (
            f"/{target}",
            f"//{target}",
            f"%2f{target}",
            f"file:///{target}",
            f"\\\\{target}".replace("\\", "%5c"),
        )
        yield from (f"C:/{target}", f"C:%5c{target}", f"{target}%00.html", f"{target}%00", f"{target}::$DATA")
        yield from (target, f"./{target}", f"people/%2e/{target}", f"~/{target}", f"%7eroot/{target}")
    yield from (".git/config", "people/.git/config", ".intouch-site", ".env", ".htaccess", "%2egit/config")
    yield from (
        "_intouch/",
        "_intouch",
        "_intouch/server.py",
        "_intouch/../reload.js",
        "_intouch/__init__.py",
    )
    yield from (
        "_intouch/reload.js/",
        "_intouch/overlay.css%00",
        "_intouch//reload.js",
        "_intouch/.reload.js",
    )
    yield from (
        "people//ann/",
        "people/./ann/",
        "people/ann/../ann/",
        "people/ann/%00",
        "people/%ff/",
        "a" * 4100,
    )
    yield from ("people/ann%2findex.html", "people%2fann/", "people/ANN/", "PEOPLE/ann/", "people/ann.html")
    yield from (
        "people/ann/index.html/",
        "people/ann/index.htm",
        "people/ann/%20",
        "people/ann/\u200b".encode().decode(),
    )
    yield from (
        "assets/",
        "assets",
        "people/ann/;jsessionid=1",
        "people/ann/index.html;x",
        "%",
        "%2",
        "%zz",
        "people/%",
    )
    yield from (
        "index.html%0d%0aX-Evil:%201",
        "people/%0aann/",
        "people/ann/%7f",
        "people/ann/%c2%85/",
        "*",
        "<script>",
    )


TRICKS = tuple(dict.fromkeys(quote(trick, safe="/%\\:;$*~") for trick in tricks()))


def test_there_are_three_hundred_tricks() -> None:
    assert len(TRICKS) >= 300


def test_no_trick_gets_anything_out(served: Served) -> None:
    nowhere = served.ask_outside("/")
    assert nowhere.status == 404
    for trick in TRICKS:
        inside = served.ask(f"/{trick}")
        assert inside.status in {400, 404}, trick
        assert tells_nothing(inside), trick
        assert "demo" not in inside.text.split("<main")[-1], trick
        assert "x-evil" not in inside.headers
        outside = served.ask_outside(f"/{trick}")
        assert (outside.status, outside.body) in {(404, nowhere.body), (400, outside.body)}, trick


def test_outside_the_secret_everything_is_the_same_plain_answer(served: Served) -> None:
    secret = served.base.strip("/")
    answers = {
        (answer.status, answer.body, answer.headers["content-type"])
        for path in (
            "/", "/people/ann/", "/check-ins.ics", "/favicon.ico", "/robots.txt", "/_intouch/reload.js",
            f"/{secret[:-1]}/", f"/{secret}x/", f"/{secret.upper()}/", f"/x/{secret}/", f"//{secret}/",
            f"/%{ord(secret[0]):02x}{secret[1:]}x/", f"/{secret}%2f", f"/?{secret}", f"/./{secret}/", "*",
            f"http://127.0.0.1:{served.port}/{secret}/", f"/{secret}.ics",
        )
        for answer in (served.ask_outside(path), served.ask_outside(path, Origin="http://evil.example"))
    }  # fmt: skip
    assert len(answers) == 1
    ((status, body, kind),) = answers
    assert (status, kind) == (404, "text/plain; charset=utf-8")
    assert secret.encode() not in body


def test_every_answer_is_guarded(served: Served) -> None:
    for answer in (
        served.ask("/"),
        served.ask("/nowhere"),
        served.ask("/people/ann"),
        served.ask("/find.json"),
        served.ask("/check-ins.ics"),
        served.ask("/icon.svg"),
        served.ask("/_intouch/reload.js"),
        served.ask("/", "POST"),
        served.ask("/", "HEAD"),
        served.ask("/_intouch/events", "HEAD"),
        served.ask("/", Host="evil.example"),
        served.ask_outside("/"),
    ):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["referrer-policy"] == "no-referrer"
        policy = answer.headers["content-security-policy"]
        for part in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"):
            assert part in policy
        assert "unsafe" not in policy
        assert not [name for name in answer.headers if name.startswith("access-control-")]
        assert "server" not in answer.headers


def test_the_policy_of_the_answer_is_no_weaker_than_that_of_the_page(served: Served) -> None:
    page = served.ask("/people/ann/")
    _, _, rest = page.text.partition('http-equiv="Content-Security-Policy" content="')
    own = set(rest.partition('"')[0].split("; "))
    assert own
    assert own | {"frame-ancestors 'none'"} == set(page.headers["content-security-policy"].split("; "))


def test_links_out_of_the_notebook_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("---\nname: Top Secret\n---\nthe crown jewels\n", encoding="utf-8")
    root = write_notebook(tmp_path / "network")
    (root / "site_templates" / "assets").mkdir(parents=True)
    (root / "contacts" / "cleo").mkdir()
    links: tuple[str, ...] = (
        "contacts/eve.md",
        "contacts/cleo/2026-11-02-call.md",
        "site_templates/404.html",
    )
    links += ("site_templates/assets/secret.txt", "site_templates/assets/style.css")
    for link in links:
        (root / link).symlink_to(secret)
    (root / "site_templates" / "assets" / "more").symlink_to(tmp_path)
    (root / "contacts" / "all").symlink_to(tmp_path)
    with serving(root) as running:
        found = [
            "/",
            "/people/",
            "/people/eve/",
            "/people/cleo/",
            "/nowhere",
            "/assets/secret.txt",
            "/assets/style.css",
        ]
        found += [
            "/assets/more/secret.txt",
            "/problems/",
            "/find.json",
            "/contacts/all/secret.txt",
            "/people/all/",
        ]
        found += [part for part in running.ask("/").text.split('"') if part.startswith("assets/")]
        for path in found:
            answer = running.ask(path)
            assert b"crown jewels" not in answer.body, path
            assert b"Top Secret" not in answer.body, path


def test_bodies_are_refused_and_the_connection_is_closed(served: Served) -> None:
    good = f"Host: 127.0.0.1:{served.port}\r\n"
    page = f"{served.base}people/ann/"
    for method, lines, body in (
        ("GET", "Content-Length: 5\r\n", b"hello"),
        ("GET", "Transfer-Encoding: chunked\r\n", b"5\r\nhello\r\n0\r\n\r\n"),
        ("GET", "Content-Length: 99999999\r\n", b"hello"),
        ("POST", "Content-Length: 5\r\n", b"hello"),
        ("POST", "Content-Length: 99999999\r\nExpect: 100-continue\r\n", b""),
        ("GET", "Content-Length: 5\r\nContent-Length: 6\r\n", b"hello!"),
        ("GET", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\nGET / HTTP/1.1\r\n\r\n"),
        ("GET", "Content-Length: -1\r\n", b""),
        ("GET", "Transfer-Encoding: gzip\r\n", b"hello"),
    ):
        answer = reply(served.raw(f"{method} {page} HTTP/1.1\r\n{good}{lines}\r\n".encode() + body))
        assert answer.status in {400, 405, 501}, lines
        assert tells_nothing(answer)
        assert b"HTTP/1.1" not in answer.body, "one request, one answer"


def test_huge_heads_are_refused(served: Served) -> None:
    good = f"Host: 127.0.0.1:{served.port}\r\n"
    for head in (
        f"GET {served.base}?{'a' * 100_000} HTTP/1.1\r\n{good}\r\n",
        f"GET {served.base} HTTP/1.1\r\n{good}Cookie: {'a' * 100_000}\r\n\r\n",
        f"GET {served.base} HTTP/1.1\r\n{good}" + "".join(f"X-{n}: y\r\n" for n in range(20_000)) + "\r\n",
        f"GET {served.base} HTTP/1.1\r\n{good}X: a\r\n b\x00c\r\n\r\n",
    ):
        with closing(socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE)) as sock:
            answer = b""
            try:
                sock.sendall(head.encode())
                while chunk := sock.recv(65536):
                    answer += chunk
            except ConnectionError:
                pass  # it was cut off before it had said all
        assert b" 200 " not in answer[:20]
        assert b"Ann" not in answer
    assert served.ask("/").status == 200


@pytest.mark.parametrize(
    "query",
    [
        "&" * 5000,
        "page=a&page=b",
        "page=%ff",
        "page=../../x",
        "page=" + "a" * 9000,
        "page",
        "=",
        "%",
        "page=%00",
    ],
)
def test_no_query_upsets_the_stream(served: Served, query: str) -> None:
    asked = served.listening("x").replace(b"page=x", query.encode())
    with closing(socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE)) as sock:
        sock.sendall(asked)
        heard = b""
        while b"data: " not in heard:
            heard += sock.recv(65536)
    assert b" 200 " in heard[:20]
    assert re.search(rb"data: [0-9a-f]{16} -\r?\n", heard)


def test_no_other_protocol_is_spoken(served: Served) -> None:
    for headers in (
        {
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec_WebSocket_Key": "x" * 22 + "==",
            "Sec_WebSocket_Version": "13",
        },
        {"Upgrade": "h2c", "Connection": "Upgrade, HTTP2-Settings", "HTTP2_Settings": "AAMAAABkAAQAAP__"},
    ):
        with closing(socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE)) as sock:
            told = {
                "Host": f"127.0.0.1:{served.port}",
                **{k.replace("_", "-"): v for k, v in headers.items()},
            }
            lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
            sock.sendall(f"GET {served.base} HTTP/1.1\r\n{lines}\r\n".encode())
            assert b" 101 " not in sock.recv(100)


IMPATIENT = """
from intouch.serving import patience
patience.REQUEST, patience.READING, patience.CONNECTIONS = 0.6, 0.6, 30
import sys
from datetime import date
from pathlib import Path
from intouch.serving import Secrets, Shown, serve
say = lambda line: print(line, flush=True)
big = b"<html><head></head>" + b"x" * 30_000_000 + b"</html>"
site = {"index.html": b"<html><head></head>here</html>", "big.html": big}
serve(lambda _: Shown(site, date.max), root=Path(sys.argv[1]), secrets=Secrets("a" * 26, "b" * 26), port=0,
      today=lambda: date.max, say=say, ready=lambda where: say(f"Serving {where.pages}"))
"""


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with started(
        write_notebook(tmp_path_factory.mktemp("impatient") / "network"), "-c", IMPATIENT
    ) as running:
        yield running


def connected(running: Served, buffer: int = 0) -> socket.socket:
    sock = socket.socket()
    if buffer:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    sock.settimeout(PATIENCE)
    sock.connect(("127.0.0.1", running.port))
    return sock


def is_cut_off(sock: socket.socket) -> bool:
    """Whether the server ends the connection, whatever it sends before."""
    try:
        while sock.recv(65536):
            pass
    except ConnectionError:
        return True
    return True


def test_who_sends_too_slowly_is_cut_off(impatient: Served) -> None:
    good = f"GET {impatient.base} HTTP/1.1\r\nHost: 127.0.0.1:{impatient.port}\r\n".encode()
    with ExitStack() as stack:
        silent, half, second = (stack.enter_context(closing(connected(impatient))) for _ in range(3))
        half.sendall(good)
        second.sendall(good + b"\r\n")
        heard = b""
        while b"here" not in heard:
            heard += second.recv(65536)
        second.sendall(good)
        for sock in (silent, half, second):
            assert is_cut_off(sock)


def test_who_drips_is_cut_off(impatient: Served) -> None:
    with closing(connected(impatient)) as sock:
        deadline = time.monotonic() + PATIENCE
        sock.sendall(b"GET / HTTP/1.1\r\n")
        with suppress(ConnectionError):
            while time.monotonic() < deadline:
                sock.sendall(b"X-a: b\r\n")
                time.sleep(0.05)
        assert time.monotonic() < deadline


def test_who_does_not_read_is_cut_off(impatient: Served) -> None:
    asked = f"GET {impatient.base}big.html HTTP/1.1\r\nHost: 127.0.0.1:{impatient.port}\r\n\r\n".encode()
    with closing(connected(impatient, buffer=4096)) as deaf:
        deaf.sendall(asked)
        time.sleep(2)
        taken = 0
        with suppress(ConnectionError):
            while chunk := deaf.recv(1 << 20):
                taken += len(chunk)
        assert taken < 30_000_000
    with closing(connected(impatient)) as reader:
        reader.sendall(asked.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        taken = 0
        while chunk := reader.recv(1 << 20):
            taken += len(chunk)
        assert taken > 30_000_000


def test_an_open_page_may_listen_for_as_long_as_it_likes(impatient: Served) -> None:
    with closing(connected(impatient)) as page:
        page.sendall(impatient.listening("index.html"))
        heard = b""
        while b"data: " not in heard:
            heard += page.recv(65536)
        time.sleep(1.5)
        page.settimeout(0.2)
        with pytest.raises(TimeoutError):
            page.recv(1)


def test_too_many_connections_are_not_taken_and_others_are_served_again(impatient: Served) -> None:
    with ExitStack() as stack:
        crowd = [stack.enter_context(closing(connected(impatient))) for _ in range(60)]
        assert is_cut_off(crowd[-1])
    assert impatient.until("/", lambda answer: answer.status == 200).status == 200


def test_many_requests_at_once_are_answered_in_turn(served: Served) -> None:
    asked = f"GET {served.base} HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n"
    answer = served.raw(f"{asked}\r\n".encode() * 19 + f"{asked}Connection: close\r\n\r\n".encode())
    assert answer.count(b"HTTP/1.1 200 OK") == 20


@pytest.mark.skipif(sys.platform == "win32", reason="127.0.0.2 is this computer's without asking elsewhere")
def test_both_loopbacks_answer_and_no_other_address_does(served: Served) -> None:
    with socket.create_connection(("::1", served.port), timeout=PATIENCE) as sock:
        sock.sendall(
            f"GET {served.base} HTTP/1.1\r\nHost: [::1]:{served.port}\r\nConnection: close\r\n\r\n".encode()
        )
        assert b" 200 " in sock.recv(20)
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.2", served.port), timeout=5)
