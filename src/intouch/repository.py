"""Addresses of a git host's pages for the notebook: a new note, already named, and editing a file."""

from __future__ import annotations

from urllib.parse import quote, urlsplit


def new_note_url(repository: str, branch: str, slug: str, name: str) -> str:
    """The page on which the host makes a new note.

    An empty file whose name holds date and kind is a valid note, so saving it is all that logging takes.

    Args:
        repository: the notebook's address on GitHub, GitLab, Gitea or Forgejo, without a final slash.
        branch: the branch to write to.
        slug: whose folder.
        name: the file's name, such as `2026-11-23-check-in.md`.
    """
    folder = f"contacts/{quote(slug)}"
    on = quote(branch, safe="/")
    host = urlsplit(repository).hostname or ""
    if host == "github.com":
        return f"{repository}/new/{on}/{folder}?filename={quote(name)}"
    if "gitlab" in host:
        return f"{repository}/-/new/{on}/{folder}?file_name={quote(name)}"
    return f"{repository}/_new/{on}/{folder}/{quote(name)}"


def edit_url(repository: str, branch: str, file: str) -> str:
    """The page on which the host edits a file.

    Args:
        repository: the notebook's address, as for `new_note_url`.
        branch: the branch to write to.
        file: its path in the notebook, such as `contacts/priya-nair.md`.
    """
    on, path = quote(branch, safe="/"), quote(file)
    host = urlsplit(repository).hostname or ""
    if host == "github.com":
        return f"{repository}/edit/{on}/{path}"
    if "gitlab" in host:
        return f"{repository}/-/edit/{on}/{path}"
    return f"{repository}/_edit/{on}/{path}"
