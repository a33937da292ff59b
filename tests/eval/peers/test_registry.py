import sys
from importlib.metadata import version

import pytest

from eval.peers import PEERS, find_peer
from eval.peers.registry import Peer, Requirement
from index.errors import MustanadError

EXTRA = "pip install 'mustanad[peers]'"


@pytest.mark.parametrize(
    ("name", "module", "line"),
    [
        ("txtai", "txtai", f"txtai is not installed: {EXTRA}"),
        (
            "llamaindex",
            "llama_index.vector_stores.faiss",
            f"llama-index-vector-stores-faiss is not installed: {EXTRA}",
        ),
        (
            "llamaindex",
            "llama_index.retrievers.bm25",
            "llama-index-retrievers-bm25 is not installed: pip install --no-deps llama-index-retrievers-bm25",
        ),
    ],
)
def test_a_missing_package_is_named_in_one_line(
    name: str, module: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if module.endswith("bm25"):
        pytest.importorskip("llama_index.vector_stores.faiss", reason="named first where it is missing too")
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MustanadError) as raised:
        find_peer(name).builder()
    assert str(raised.value) == line


def test_a_missing_parent_is_the_package_itself_and_another_module_is_named() -> None:
    absent = Peer("x", "x", "eval.peers.rank_bm25_plain", (Requirement("x-y", "absent_parent.child"),))
    with pytest.raises(MustanadError, match=r"^x-y is not installed: pip install"):
        absent.builder()


def test_a_module_that_a_package_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "rank_bm25", raising=False)
    monkeypatch.delitem(sys.modules, "eval.peers.rank_bm25_plain", raising=False)
    monkeypatch.setitem(sys.modules, "rank_bm25", None)
    broken = Peer("x", "x", "eval.peers.rank_bm25_plain", (Requirement("x-y", "eval.peers.rank_bm25_plain"),))
    with pytest.raises(MustanadError, match=r"^rank_bm25, which x-y needs, is not installed: pip install"):
        broken.builder()


def test_names_and_versions() -> None:
    assert list(PEERS) == ["llamaindex", "rank-bm25", "txtai"]
    assert find_peer("rank-bm25").version == version("rank-bm25")


def test_an_unknown_name_lists_those_there_are() -> None:
    with pytest.raises(MustanadError, match="'elastic'; choose from llamaindex, rank-bm25, txtai"):
        find_peer("elastic")
