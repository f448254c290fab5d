"""The site: its files by path, of which those that are as they were are made only when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from intouch.memo import Key, digest
from intouch.parallel import in_parallel

_MANY = 400
"""Files that are worth a second process."""


class Website(Mapping[str, bytes]):
    """Files by path, with `/`. Two sites with the same digests are the same to the byte."""

    def __init__(
        self,
        files: Mapping[str, bytes],
        makers: Mapping[str, Callable[[], bytes]] | None = None,
        digests: Mapping[str, Key] | None = None,
    ) -> None:
        """Put a site together.

        Args:
            files: what is there already.
            makers: how the others are made, by path; each gives the same bytes whenever it is called.
            digests: of files that are known without their bytes.
        """
        self._files = files
        self._makers = makers or {}
        self._digests = digests or {}
        self._paths = tuple(sorted({*files, *self._makers}))

    def __getitem__(self, path: str) -> bytes:
        content = self._files.get(path)
        return self._makers[path]() if content is None else content

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def some(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Files by path, those that are many and must be made on every core."""
        there = [path for path in paths if path in self._files]
        yield from ((path, self._files[path]) for path in there)
        absent = [path for path in paths if path not in self._files]
        yield from zip(absent, in_parallel(self.__getitem__, absent, enough=_MANY), strict=True)

    def digest_of(self, path: str) -> Key:
        """A digest of a file, without making it where that is known."""
        known = self._digests.get(path)
        return digest(self[path]) if known is None else known

    def with_files(self, files: Mapping[str, bytes]) -> Website:
        """The same site with more files, or with others in the place of some."""
        return self.without(files.keys()).with_site(Website(files))

    def with_site(self, other: Website) -> Website:
        """The same site, and beside it all of another one."""
        return Website(
            {**self._files, **other._files},
            {**self._makers, **other._makers},
            {**self._digests, **other._digests},
        )

    def without(self, paths: Collection[str]) -> Website:
        """The same site without some files."""
        files = {name: content for name, content in self._files.items() if name not in paths}
        makers = {name: make for name, make in self._makers.items() if name not in paths}
        digests = {name: key for name, key in self._digests.items() if name not in paths}
        return Website(files, makers, digests)
