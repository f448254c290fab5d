"""What is installed here, as pip would ask for it elsewhere."""

from __future__ import annotations

import json
from typing import Any

import pytest

from intouch.cli.installed import requirement_of

COMMIT = "0123456789abcdef0123456789abcdef01234567"
GIT = {"vcs": "git", "commit_id": COMMIT, "requested_revision": "main"}


def test_from_an_index_it_is_the_version() -> None:
    assert requirement_of("1.2.3", None) == "intouch==1.2.3"


@pytest.mark.parametrize(
    ("origin", "requirement"),
    [
        (
            {"url": "https://git.example/me/intouch.git", "vcs_info": GIT},
            f"intouch @ git+https://git.example/me/intouch.git@{COMMIT}",
        ),
        (
            {"url": "https://me:token@git.example:8443/me/intouch", "vcs_info": GIT},
            f"intouch @ git+https://git.example:8443/me/intouch@{COMMIT}",
        ),
        (
            {"url": "https://files.example/intouch.whl", "archive_info": {"hash": "sha256=00"}},
            "intouch @ https://files.example/intouch.whl",
        ),
        ({"url": "file:///home/me/intouch", "dir_info": {"editable": True}}, ""),
        ({"url": "file:///home/me/intouch.whl", "archive_info": {}}, ""),
        ({"url": "ssh://git@git.example/me/intouch", "vcs_info": GIT}, ""),
    ],
)
def test_from_elsewhere_it_is_the_address_and_no_secret_of_it(
    origin: dict[str, Any], requirement: str
) -> None:
    assert requirement_of("1.2.3", json.dumps(origin)) == requirement
