"""The parts of which picture files are made, read with care: a file may say anything of its own lengths."""

from __future__ import annotations

from dataclasses import dataclass


class BadPictureError(Exception):
    """A picture that cannot be shown; the message says why, and the remedy what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


def damaged(what: str) -> BadPictureError:
    """A file that is not what its beginning says it is."""
    return BadPictureError(f"it is damaged: {what}", "Save the picture anew, or take the link out.")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to be published.

    Attributes:
        content: the whole file; the picture in it is as it was, bit by bit.
        ending: of the file's name, by what it is: `jpg`, `png`, `gif` or `webp`.
        width: in pixels, as it is looked at.
        height: likewise.
    """

    content: bytes
    ending: str
    width: int
    height: int


class Parts:
    """Reads a file from its beginning, and never past its end."""

    def __init__(self, content: bytes, at: int = 0) -> None:
        self._content = content
        self.at = at

    def take(self, size: int) -> bytes:
        """The next bytes.

        Raises:
            BadPictureError: where there are not that many.
        """
        taken = self._content[self.at : self.at + size]
        if len(taken) < size:
            raise damaged("it ends too early")
        self.at += size
        return taken

    def byte(self) -> int:
        """The next byte as a number."""
        return self.take(1)[0]

    def big(self, size: int) -> int:
        """The next bytes as a number, the highest first."""
        return int.from_bytes(self.take(size), "big")

    def little(self, size: int) -> int:
        """The next bytes as a number, the lowest first."""
        return int.from_bytes(self.take(size), "little")

    @property
    def done(self) -> bool:
        """Whether nothing is left."""
        return self.at >= len(self._content)
