"""Pictures that lie beside cards and notes: which there are, and what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from intouch.diagnostics import Code
from intouch.memo import digest
from intouch.pictures.attachment import Attachment
from intouch.reading.files import RefusedError, content_of, refuse_outside

LARGEST_PICTURE = 10 * 1024 * 1024
"""Bytes of the largest picture."""

MOST_TOGETHER = 200 * 1024 * 1024
"""Bytes of all pictures of a notebook; those after them, in the order of their names, are not looked at."""


def look_at(names: Iterable[str], root: Path) -> tuple[Attachment, ...]:
    """Look at the pictures of a notebook.

    Args:
        names: files, relative to the project, with `/`.
        root: the notebook.
    """
    return tuple(_looked_at(sorted(names), root))


def _looked_at(names: Iterable[str], root: Path) -> Iterator[Attachment]:
    left = MOST_TOGETHER
    for name in names:
        try:
            content = _content(root, name)
        except RefusedError as refused:
            yield Attachment(name, b"", refused.problem.message, _remedy(refused))
            continue
        left -= len(content)
        if left < 0:
            message = f"the notebook's pictures have more than {MOST_TOGETHER:,} bytes together"
            remedy = "Make some smaller, or keep those that no text shows elsewhere."
            yield Attachment(name, b"", message, remedy)
            continue
        yield Attachment(name, digest(content))


def _content(root: Path, name: str) -> bytes:
    refuse_outside(root / name, name, root)
    return content_of(root / name, name, LARGEST_PICTURE)


def _remedy(refused: RefusedError) -> str:
    return "Make it smaller." if refused.problem.code == Code.FILE_TOO_LARGE else refused.problem.remedy


def picture_file(root: Path, name: str) -> bytes:
    """The bytes of a picture that was looked at before; none where it has gone or grown since.

    Args:
        root: the notebook.
        name: the file, relative to the project, with `/`.
    """
    try:
        return _content(root, name)
    except RefusedError:
        return b""
