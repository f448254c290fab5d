"""Addresses of a git host's pages for the notebook: a new note, already filled in, and editing a file."""

from __future__ import annotations

from urllib.parse import quote, urlsplit


def new_note_url(repository: str, branch: str, slug: str, name: str, content: str = "") -> str:
    """The page on which the host makes a new note.

    Args:
        repository: the notebook's address on GitHub, GitLab, Gitea or Forgejo, without a final slash.
        branch: the branch to write to.
        slug: whose folder; it need not be there yet.
        name: the file's name, such as `2026-11-23-check-in.md`.
        content: what the note begins with. GitLab takes it, but shows an empty editor all the same.
    """
    on = quote(branch, safe="/")
    folder = f"contacts/{quote(slug)}"
    host = urlsplit(repository).hostname or ""
    if "gitlab" in host:
        return f"{repository}/-/new/{on}/{folder}?file_name={quote(name)}{_filled('content', content)}"
    if "github" in host:
        # In a folder that is not there yet GitHub drops the last part of the path, so the name holds it all.
        return f"{repository}/new/{on}?filename={folder}/{quote(name)}{_filled('value', content)}"
    return f"{repository}/_new/{on}/{folder}?filename={quote(name)}{_filled('value', content)}"


def _filled(key: str, content: str) -> str:
    return f"&{key}={quote(content, safe='', errors='replace')}" if content else ""


def edit_url(repository: str, branch: str, file: str) -> str:
    """The page on which the host edits a file.

    Args:
        repository: the notebook's address, as for `new_note_url`.
        branch: the branch to write to.
        file: its path in the notebook, such as `contacts/priya-nair.md`.
    """
    on, path = quote(branch, safe="/"), quote(file)
    host = urlsplit(repository).hostname or ""
    if "gitlab" in host:
        return f"{repository}/-/edit/{on}/{path}"
    if "github" in host:
        return f"{repository}/edit/{on}/{path}"
    return f"{repository}/_edit/{on}/{path}"
