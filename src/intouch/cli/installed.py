"""What is installed here, as pip would ask for it elsewhere."""

from __future__ import annotations

import json
from importlib import metadata
from urllib.parse import urlsplit


def requirement() -> str:
    """The requirement that installs this very program on another computer; empty where none can.

    From an index it is the version, from a git host the commit. A folder of this computer is nowhere else.
    """
    distribution = metadata.distribution("intouch")
    return requirement_of(distribution.version, distribution.read_text("direct_url.json"))


def requirement_of(version: str, origin: str | None) -> str:
    """The requirement for a version that came from somewhere.

    Args:
        version: of the program.
        origin: the record that PEP 610 lets an installer leave; None where it came from an index.
    """
    if origin is None:
        return f"intouch=={version}"
    told = json.loads(origin)
    url = urlsplit(str(told.get("url", "")))
    commit = told.get("vcs_info", {}).get("commit_id", "")
    if url.scheme != "https" or not (commit or "archive_info" in told):
        return ""
    # A name or a token before the host is nobody else's.
    where = url._replace(netloc=url.netloc.rpartition("@")[2], fragment="").geturl()
    return f"intouch @ git+{where}@{commit}" if commit else f"intouch @ {where}"
