"""A whole notebook, read: the story of this package on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType

from intouch.diagnostics import Diagnostic
from intouch.memo import Memo
from intouch.model import Book
from intouch.parallel import in_parallel
from intouch.pictures.attachment import Attachment
from intouch.progress import Progress, silent
from intouch.prose import Prose
from intouch.reading.book import make_book
from intouch.reading.files import FileKind, RawFile, decoded
from intouch.reading.record import Record
from intouch.reading.scan import Scanned, scan

_ENOUGH = 1_000
"""Files that are worth a second process."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a notebook holds, every problem found in it, and the texts, for excerpts.

    Attributes:
        texts: the file's name → its text.
        attachments: what lies beside the texts and may be a picture.
    """

    book: Book
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    attachments: tuple[Attachment, ...]


Found = tuple[Record | None, tuple[Diagnostic, ...]]
"""What a file holds, None where it cannot be read, and what is wrong with it."""


def read(root: Path, memo: Memo | None = None, progress: Progress = silent) -> Reading:
    """Read the notebook at `root`."""
    return understand(scan(root), memo, progress)


def understand(scanned: Scanned, memo: Memo | None = None, progress: Progress = silent) -> Reading:
    """Make out what the files of a notebook say.

    Nothing is raised for what a user wrote: a value that cannot be read is a diagnostic, and everything
    around it still stands.

    Args:
        scanned: the files.
        memo: what earlier readings found in the same files.
        progress: is told how far the reading has come.
    """
    shelf = (memo or Memo()).shelf("records", tuple[Record | None, tuple[Diagnostic, ...]])
    found = shelf.all_of(scanned.files, attrgetter("key"), partial(_read_all, progress))
    book, of_book = make_book(record for record, _ in found if record is not None)
    of_files = (problem for _, problems in found for problem in problems)
    prose = Prose(
        texts=MappingProxyType({f.name: r.text for f, (r, _) in zip(scanned.files, found, strict=True) if r}),
        digests=MappingProxyType({file.name: file.key for file in scanned.files}),
    )
    return Reading(
        book=replace(book, prose=prose),
        diagnostics=(*scanned.diagnostics, *of_files, *of_book),
        texts=_Texts(scanned.files),
        attachments=scanned.attachments,
    )


def _read_all(progress: Progress, files: Sequence[RawFile]) -> Iterable[Found]:
    return progress(in_parallel(_read, files, enough=_ENOUGH), total=len(files), what="Reading")


def _read(file: RawFile) -> Found:
    # Only where there is something new to read: YAML takes longer to import than all else that reads.
    from intouch.reading.records import read_card, read_note

    source, problems = decoded(file)
    if source is None:
        return None, problems
    record = read_card(source) if source.kind is FileKind.CARD else read_note(source)
    return record, record.diagnostics


class _Texts(Mapping[str, str]):
    """The texts of files by name, decoded when they are asked for: only those with a problem are."""

    def __init__(self, files: Iterable[RawFile]) -> None:
        self._files = {file.name: file for file in files}

    def __getitem__(self, name: str) -> str:
        source, _ = decoded(self._files[name])
        return "" if source is None else source.text

    def __contains__(self, name: object) -> bool:
        return name in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)
