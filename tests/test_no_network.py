"""Indexing and asking with the default model open no connection."""

import json
import subprocess
import sys
from pathlib import Path

_SCRIPT = """
import json, socket, sys

def refuse(self, *args):
    raise AssertionError(f"a connection was opened: {args}")

for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, refuse)
socket.getaddrinfo = socket.create_connection = refuse

import rag
from index.types import Document

with rag.create(sys.argv[1]) as reports:
    reports.add_documents([Document("bridge.txt", sys.argv[2], lang="en")])
    answer = reports.ask("Who blew up the railway bridge?")
    nodes = reports.as_retriever(k=1).retrieve("bridge")
print(json.dumps([answer.text, answer.engine, nodes[0].node.start_char_idx]))
"""


def test_nothing_is_fetched(tmp_path: Path) -> None:
    text = "The Northern Brigade blew up the railway bridge. Rain fell all night."
    command = [sys.executable, "-c", _SCRIPT, str(tmp_path / "index"), text]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == ["The Northern Brigade", "extractive", 0]


def test_a_connection_would_be_seen() -> None:
    code = _SCRIPT.split("import rag")[0] + "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert "a connection was opened" in done.stderr
