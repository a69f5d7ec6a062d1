"""Calls to other servers: the web's authorities are read once a process, by nobody anew."""

import ast
from pathlib import Path

import httpx

from edem.config.env import ROOT
from edem.foundation.calling import web_authorities


def clients_in(path: Path) -> list[tuple[int, set[str | None]]]:
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    makers = {"httpx.Client", "httpx.AsyncClient", "httpx.get", "httpx.post", "httpx.request"}
    return [(each.lineno, {key.arg for key in each.keywords}) for each in calls if ast.unparse(each.func) in makers]


def test_reading_them_is_done_once(monkeypatch):
    web_authorities.cache_clear()
    read = []
    real = httpx.create_ssl_context
    monkeypatch.setattr(httpx, "create_ssl_context", lambda: read.append(1) or real())
    assert web_authorities() is web_authorities()
    assert read == [1]


def test_every_client_of_ours_uses_them():
    sources = [path for path in (ROOT / "src/edem").rglob("*.py") if "tests" not in path.parts]
    found = {f"{path.relative_to(ROOT)}:{line}": given for path in sources for line, given in clients_in(path)}
    assert len(found) > 5, "they are looked for in the right place"
    assert [place for place, given in found.items() if "verify" not in given] == []
