"""Which file systems are shared with other computers, whose changes no event tells."""

from __future__ import annotations

import re
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_KINDS = """
9p afs ceph cifs drvfs glusterfs lustre nfs nfs4 prl_fs smb3 smbfs vboxsf virtiofs vmhgfs fuse.glusterfs
fuse.grpcfuse fuse.osxfs fuse.rclone fuse.s3fs fuse.sshfs fuse.vmhgfs-fuse
"""
_REMOTE = frozenset(_KINDS.split())
_ESCAPED = re.compile(r"\\([0-7]{3})")


def is_remote(folder: Path) -> bool:
    """Whether other computers may change a folder; False where the system does not tell."""
    try:
        table = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return kind_of(folder, table) in _REMOTE


def kind_of(folder: Path, table: str) -> str:
    """The kind of file system that a folder is on.

    Args:
        folder: absolute, without links.
        table: as Linux shows it in `/proc/self/mountinfo`, see proc(5).
    """
    found, deepest = "", -1
    for line in table.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:  # noqa: PLR2004 - the mount point is the fifth
            continue
        point = Path(_ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), fields[4]))
        # Of two mounts at one place the later one shows.
        if folder.is_relative_to(point) and len(point.parts) >= deepest:
            found, deepest = after.split(" ")[0], len(point.parts)
    return found
