"""The pages of git hosts: each kind of host has its own addresses, and no text leaves its place in one."""

from __future__ import annotations

import pytest

from intouch.git_host import edit_url, new_note_url

HOSTS = {
    "https://github.com/a/b": ("/new/main?filename=contacts/ann/n.md", "value", "/edit/main/"),
    "https://github.firm.example/a": ("/new/main?filename=contacts/ann/n.md", "value", "/edit/main/"),
    "https://gitlab.com/a/b": ("/-/new/main/contacts/ann?file_name=n.md", "content", "/-/edit/main/"),
    "https://gitlab.firm.example/a": ("/-/new/main/contacts/ann?file_name=n.md", "content", "/-/edit/main/"),
    "https://codeberg.org/a/b": ("/_new/main/contacts/ann?filename=n.md", "value", "/_edit/main/"),
    "https://git.firm.example/gitlab/b": ("/_new/main/contacts/ann?filename=n.md", "value", "/_edit/main/"),
}


@pytest.mark.parametrize(("repository", "pages"), HOSTS.items())
def test_every_git_host_has_its_pages(repository: str, pages: tuple[str, str, str]) -> None:
    new, key, edit = pages
    assert new_note_url(repository, "main", "ann", "n.md") == f"{repository}{new}"
    assert new_note_url(repository, "main", "ann", "n.md", "a&b\n") == f"{repository}{new}&{key}=a%26b%0A"
    assert edit_url(repository, "main", "contacts/ann.md") == f"{repository}{edit}contacts/ann.md"


def test_a_branch_and_a_name_cannot_leave_their_place() -> None:
    page = new_note_url("https://github.com/a/b", "my/x y?#", "ann", "a&b={c}.md")
    assert page == "https://github.com/a/b/new/my/x%20y%3F%23?filename=contacts/ann/a%26b%3D%7Bc%7D.md"
    page = edit_url("https://gitlab.com/a/{b}", "{file}", "contacts/ann?#.md")
    assert page == "https://gitlab.com/a/{b}/-/edit/%7Bfile%7D/contacts/ann%3F%23.md"
