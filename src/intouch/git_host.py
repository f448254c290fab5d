"""Addresses of a git host's pages for the notebook: a new note, already filled in, and editing a file."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from intouch.card_folder import FOLDER


@dataclass(frozen=True, slots=True)
class _Host:
    """A kind of git host, by the addresses of its pages, below that of a repository.

    Attributes:
        new: the page on which it makes a file.
        content: by which key that page is told what the file begins with.
        edit: the page on which it changes one.
    """

    new: str
    content: str
    edit: str


_GITLAB = _Host("/-/new/{branch}/{folder}?file_name={name}", "content", "/-/edit/{branch}/{file}")
# In a folder that is not there yet GitHub drops the last part of the path, so the name holds it all.
_GITHUB = _Host("/new/{branch}?filename={folder}/{name}", "value", "/edit/{branch}/{file}")
_GITEA = _Host("/_new/{branch}/{folder}?filename={name}", "value", "/_edit/{branch}/{file}")
"""Forgejo is of this kind, too, and hosts of either are called anything."""


def _host_of(repository: str) -> _Host:
    """What kind of host a repository is at; GitLab and GitHub have their name in their address."""
    name = urlsplit(repository).hostname or ""
    return _GITLAB if "gitlab" in name else _GITHUB if "github" in name else _GITEA


def new_note_url(repository: str, branch: str, slug: str, name: str, content: str = "") -> str:
    """The page on which the host makes a new note.

    Args:
        repository: the notebook's address on GitHub, GitLab, Gitea or Forgejo, without a final slash.
        branch: the branch to write to.
        slug: whose folder; it need not be there yet.
        name: the file's name, such as `2026-11-23-check-in.md`.
        content: what the note begins with. GitLab takes it, but shows an empty editor all the same.
    """
    host = _host_of(repository)
    page = host.new.format(branch=quote(branch), folder=quote(f"{FOLDER}/{slug}"), name=quote(name))
    filled = f"&{host.content}={quote(content, safe='', errors='replace')}" if content else ""
    return f"{repository}{page}{filled}"


def edit_url(repository: str, branch: str, file: str) -> str:
    """The page on which the host edits a file.

    Args:
        repository: the notebook's address, as for `new_note_url`.
        branch: the branch to write to.
        file: its path in the notebook, such as `contacts/priya-nair.md`.
    """
    page = _host_of(repository).edit.format(branch=quote(branch), file=quote(file))
    return f"{repository}{page}"
