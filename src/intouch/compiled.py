"""Jinja templates as they were compiled before, each under its name, with a digest of its source."""

from __future__ import annotations

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from intouch.memo import Memo, digest


class Compiled(BytecodeCache):
    """What a memo knows of compiled templates."""

    def __init__(self, memo: Memo) -> None:
        self._shelf = memo.shelf("templates", tuple[str, bytes])

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what is known; Jinja itself sees whether that is of its version."""
        checksum, code = self._shelf.get(digest(bucket.key)) or ("", b"")
        if checksum == bucket.checksum:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._shelf.put(digest(bucket.key), (bucket.checksum, bucket.bytecode_to_string()))
