"""Why nothing was sealed, or nothing was opened."""

from __future__ import annotations


class SealError(Exception):
    """Something about keys, passphrases or envelopes is not as it must be; nothing was written.

    Attributes:
        message: what is wrong, one line; it shows no secret.
        remedy: what to do about it; may be empty.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
