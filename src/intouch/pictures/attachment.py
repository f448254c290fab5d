"""Attachments: files that lie beside cards and notes, and may be pictures."""

from __future__ import annotations

from dataclasses import dataclass

from intouch.memo import Key

ENDINGS = (".jpg", ".jpeg", ".png", ".gif", ".webp")
"""Names by which a file asks to be looked at; what it is, its content decides."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that may be a picture.

    Attributes:
        name: relative to the project, with `/`.
        key: a digest of its content; empty where it cannot be used.
        refused: why it cannot be used; empty where it can.
        remedy: what to do about that.
    """

    name: str
    key: Key
    refused: str = ""
    remedy: str = ""
