"""The YAML language server, as an editor runs it: over its standard streams, with a workspace's settings."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from needs import needs_node_package, needs_program


class LanguageServer:
    """A running server and the documents that are open in it."""

    def __init__(self, process: subprocess.Popen[bytes], root: Path, settings: dict[str, Any]) -> None:
        self._process = process
        self._root = root
        self._settings = settings
        self._asked = 0
        folders = [{"uri": root.as_uri(), "name": root.name}]
        able = {"workspace": {"configuration": True, "workspaceFolders": True}}
        self.ask(
            "initialize",
            {"processId": None, "rootUri": root.as_uri(), "workspaceFolders": folders, "capabilities": able},
        )
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": settings})

    def problems(self, name: str, text: str) -> list[tuple[int, str]]:
        """Open a document and wait for its problems: line and message, from the top."""
        document = {"uri": self._uri(name), "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        while True:
            message = self._next()
            told = message.get("params") or {}
            if message.get("method") == "textDocument/publishDiagnostics" and told["uri"] == document["uri"]:
                found = [(d["range"]["start"]["line"] + 1, d["message"]) for d in told["diagnostics"]]
                return sorted(found)

    def at(self, what: str, name: str, line: int, column: int) -> Any:
        """Ask for `hover` or `completion` at a place of an open document; counted from 1."""
        place = {"line": line - 1, "character": column - 1}
        return self.ask(f"textDocument/{what}", {"textDocument": {"uri": self._uri(name)}, "position": place})

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        """Send a request and wait for its answer."""
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == self._asked and "method" not in message:
                return message["result"]

    def _uri(self, name: str) -> str:
        return (self._root / name).as_uri()

    def _tell(self, method: str, params: dict[str, Any]) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _next(self) -> dict[str, Any]:
        """The next message; what the server asks of the editor is answered on the way."""
        assert self._process.stdout is not None
        length = 0
        while (line := self._process.stdout.readline().strip()) or not length:
            assert self._process.poll() is None, "the server has ended"
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        if "id" in message and "method" in message:
            sections = [item.get("section") for item in (message.get("params") or {}).get("items", [])]
            self._send({"id": message["id"], "result": [self._settings.get(name) for name in sections]})
        return message


@contextmanager
def yaml_language_server(root: Path, settings: dict[str, Any]) -> Iterator[LanguageServer]:
    """Run the server in a workspace; without node or the package the test is skipped, or fails in CI."""
    node = needs_program("node")
    script = needs_node_package("yaml-language-server") / "bin" / "yaml-language-server"
    with subprocess.Popen(
        [node, script, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        try:
            yield LanguageServer(process, root, settings)
        finally:
            process.kill()
