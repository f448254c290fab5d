"""What is being served: the last good site, its token, and who waits for the next."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from hashlib import blake2b


def token_of(site: Mapping[str, bytes]) -> str:
    """A short name of a site's content: the same bytes, the same token."""
    digest = blake2b(digest_size=8)
    for path in sorted(site):
        for part in (path.encode(), site[path]):
            digest.update(len(part).to_bytes(8))
            digest.update(part)
    return digest.hexdigest()


class Live:
    """The site in memory. Only the event loop's thread may call its methods."""

    def __init__(self, site: Mapping[str, bytes]) -> None:
        self.site = site
        self.token = token_of(site)
        self.closing = False
        self._changed = asyncio.Event()

    def show(self, site: Mapping[str, bytes]) -> bool:
        """Serve another site from now on; tells whether any byte differs."""
        token = token_of(site)
        if token == self.token:
            return False
        self.site, self.token = site, token
        self._wake()
        return True

    def close(self) -> None:
        """Let everybody who waits go."""
        self.closing = True
        self._wake()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait(self, longest: float) -> None:
        """Wait for the next change, or for so many seconds."""
        changed = self._changed
        try:
            async with asyncio.timeout(longest):
                await changed.wait()
        except TimeoutError:
            return
