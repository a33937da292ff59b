from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.bridges.skeleton import skeleton
from index.bridges.sounds import Script
from index.embedding.protocol import Embedder, TokenVectors
from index.errors import IndexCorruptError
from index.late import fit_coder
from index.late.coder import MEAN
from index.late.token_codes import CODES, LENGTHS
from index.pipeline import embedding_text
from index.store import IndexWriter, Snapshot, compact, create_index, read_manifest, verify
from index.store.across import Skeletons, Terms, evenly, gather_codes
from index.store.layout import Layout
from index.store.staging import VectorStaging
from index.types import Document
from tests.builders import commit, make_index, make_manifest, make_pipeline, make_report, make_reports
from tests.fakes import HashEmbedder, TokenHashEmbedder

TOKENS = make_pipeline(TokenHashEmbedder())
PLAIN = make_pipeline(HashEmbedder())


class FailingEmbedder(TokenHashEmbedder):
    """Remembers the passages it embedded with their tokens, and fails once these are so many."""

    def __init__(self, fail_after: int | None = None) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.fail_after = fail_after

    def embed_passages_with_tokens(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], tuple[TokenVectors, ...]]:
        if self.fail_after is not None and len(self.texts) + len(texts) > self.fail_after:
            raise RuntimeError("the accelerator went away")
        self.texts.extend(texts)
        return super().embed_passages_with_tokens(texts)


def check_codes(root: Path) -> int:
    """Whether every live passage has the codes of what is embedded for it; how many passages there are."""
    snapshot = Snapshot(root)
    coder = snapshot.token_coder
    assert coder
    assert coder.mean.tolist() == fit_coder(TokenHashEmbedder()).mean.tolist()
    rows = np.flatnonzero(snapshot.live)
    texts = [embedding_text(*found) for found in snapshot.passages(rows.tolist())]
    expected = [coder.encode(one.vectors) for one in TokenHashEmbedder().embed_passages_with_tokens(texts)[1]]
    assert len({code.tobytes() for code in expected}) > len(rows) / 2
    codes, lengths = snapshot.token_codes(rows)
    assert lengths.tolist() == [len(code) for code in expected]
    assert codes.tolist() == np.concatenate(expected).tolist()
    backwards, counts = snapshot.token_codes(rows[::-1])
    assert counts.tolist() == lengths[::-1].tolist()
    assert backwards.tolist() == np.concatenate(expected[::-1]).tolist()
    snapshot.close()
    return len(rows)


def test_terms_of_any_segment_are_known(tmp_path: Path) -> None:
    root = make_index(tmp_path / "index", [Document(f"bridge-{n}", "bridge", lang="en") for n in range(9)])
    commit(root, [Document("b", "convoy", lang="en")])
    with_both = Snapshot(root)
    assert len(with_both.segments) == 2
    terms = Terms(with_both.segments)
    assert "bridg" in terms  # its stem
    assert "convoy" in terms
    assert "river" not in terms
    assert 3 not in terms
    assert "convoy" not in Terms(with_both.segments[:1])
    assert "convoy" not in Terms([])


def test_terms_that_sound_alike_are_found_once_in_all_segments(tmp_path: Path) -> None:
    root = make_index(tmp_path / "index", [Document(f"a-{n}", "نيوتن خاشقجي", lang="ar") for n in range(9)])
    commit(root, [Document("b", "نيوتن newton", lang="ar")])
    segments = Snapshot(root).segments
    assert len(segments) == 2
    form = skeleton("Newton")
    assert set(Skeletons(segments).terms_near(form)) == {"نيوتن", "newton"}
    assert Skeletons(segments).terms_near(form).count("نيوتن") == 1
    assert Skeletons(segments).terms_near(form, [Script.ARABIC]) == ("نيوتن",)
    assert Skeletons(segments[:1]).terms_near(form, [Script.LATIN]) == ()
    assert Skeletons([]).terms_near(form) == ()


def test_codes_come_in_the_order_asked_from_any_segment(tmp_path: Path) -> None:
    root = make_index(tmp_path / "index", make_reports(12), TOKENS)
    commit(root, make_reports(1, 40), pipeline=TOKENS)
    segments = Snapshot(root).segments
    assert len(segments) == 2
    asked = [(1, 0), (0, 5), (0, 2), (1, 0)]
    codes, lengths = gather_codes(
        segments, np.array([place for place, _ in asked]), np.array([number for _, number in asked])
    )
    expected = []
    for place, number in asked:
        kept = segments[place].token_codes
        assert kept
        expected.append(kept.of(number))
    assert lengths.tolist() == [len(one) for one in expected]
    assert codes.tolist() == np.concatenate(expected).tolist()
    assert expected[0].tolist() != expected[1].tolist()


def test_a_segment_without_codes_and_no_passage_at_all_are_errors(tmp_path: Path) -> None:
    segments = Snapshot(make_index(tmp_path / "index", make_reports(2))).segments
    with pytest.raises(ValueError, match="keeps no token codes"):
        gather_codes(segments, np.array([0]), np.array([0]))
    with pytest.raises(ValueError, match="at least one array"):
        gather_codes(segments, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


@given(rows=st.lists(st.integers(0, 10**9), max_size=60, unique=True), count=st.integers(1, 40))
def test_rows_are_spread_evenly(rows: list[int], count: int) -> None:
    chosen = evenly(np.array(sorted(rows), dtype=np.int64), count).tolist()
    assert len(chosen) == len(set(chosen)) == min(len(rows), count)
    assert set(chosen) <= set(rows)
    assert chosen == sorted(chosen)
    if count > 1 and rows:
        assert (chosen[0], chosen[-1]) == (min(rows), max(rows))
        places = [sorted(rows).index(row) for row in chosen]
        gaps = np.diff(places)
        assert len(gaps) == 0 or gaps.max() - gaps.min() <= 1


def test_the_sample_of_a_language_holds_its_live_passages_alone(tmp_path: Path) -> None:
    reports = [Document(f"{lang}-{n}", f"word{n} {lang}", lang=lang) for n in range(50) for lang in ("en", "ar")]
    root = make_index(tmp_path / "index", [*reports, Document("fr", "mot", lang="fr")])
    commit(root, removed=["en-0", "en-49"])
    snapshot = Snapshot(root)
    samples = {snapshot.languages[place]: rows for place, rows in snapshot.language_samples.items()}
    assert {language: len(rows) for language, rows in samples.items()} == {"en": 32, "ar": 32, "fr": 1}
    for language, rows in samples.items():
        found = snapshot.passages(rows.tolist())
        assert {document.lang for document, _ in found} == {language}
        assert {document.doc_id for document, _ in found}.isdisjoint({"en-0", "en-49"})


def test_codes_follow_commits_updates_removals_merges_and_compaction(tmp_path: Path) -> None:
    root = make_index(tmp_path / "index", make_reports(5), TOKENS)
    assert check_codes(root) >= 5
    commits = 1
    for number in range(5, 14):
        commit(root, [make_report(number), make_report(number - 4, version=1)], [f"report-{number - 5}"], TOKENS)
        commits += 1
        check_codes(root)
    assert len(read_manifest(root).segments) < commits  # some were merged
    commit(root, [make_report(30)], pipeline=TOKENS)
    live = check_codes(root)
    compact(root)
    assert len(read_manifest(root).segments) == 1
    assert check_codes(root) == live
    assert verify(root) == []


def test_documents_without_passages_do_not_matter(tmp_path: Path) -> None:
    root = make_index(tmp_path / "index", [Document("empty", "")], TOKENS)
    snapshot = Snapshot(root)
    assert snapshot.token_coder is None  # there is nothing to rank
    commit(root, make_reports(3), pipeline=PLAIN)
    assert Snapshot(root).token_coder is None
    other = make_index(tmp_path / "other", [Document("empty", "")], TOKENS)
    commit(other, make_reports(3), pipeline=TOKENS)
    check_codes(other)
    compact(other)
    check_codes(other)


@pytest.mark.parametrize("order", [(TOKENS, PLAIN), (PLAIN, TOKENS), (PLAIN, PLAIN)])
def test_one_commit_without_codes_leaves_the_index_without(tmp_path: Path, order: tuple[object, object]) -> None:
    first, second = order
    root = make_index(tmp_path / "index", make_reports(12), first)  # type: ignore[arg-type]
    commit(root, make_reports(1, 50), pipeline=second)  # type: ignore[arg-type]
    assert len(read_manifest(root).segments) == 2
    assert Snapshot(root).token_coder is None
    commit(root, make_reports(12, 60), pipeline=TOKENS)  # merges them
    assert len(read_manifest(root).segments) == 1
    assert Snapshot(root).token_coder is None
    compact(root)
    assert Snapshot(root).token_coder is None
    assert verify(root) == []


def test_an_index_that_is_to_keep_no_codes_keeps_none(tmp_path: Path) -> None:
    root = tmp_path / "index"
    create_index(root, replace(make_manifest(TOKENS), token_codes=False))
    commit(root, make_reports(3), pipeline=TOKENS)
    snapshot = Snapshot(root)
    assert snapshot.token_coder is None
    assert len(snapshot) > 0
    assert [segment.token_codes for segment in snapshot.segments] == [None]


@pytest.mark.parametrize("name", [MEAN, CODES, LENGTHS])
def test_a_missing_file_of_codes_is_one_clear_error(tmp_path: Path, name: str) -> None:
    root = make_index(tmp_path / "index", make_reports(3), TOKENS)
    (segment,) = read_manifest(root).segments
    assert name in {file.name for file in segment.files}
    (Layout(root).segment(segment.name) / name).unlink()
    with pytest.raises(IndexCorruptError, match=r"^[^\n]*damaged[^\n]*$"):
        Snapshot(root)


@pytest.mark.parametrize("name", [MEAN, CODES, LENGTHS])
@pytest.mark.parametrize("cut", [0, 8, 200])
def test_a_file_of_codes_cut_short_is_one_clear_error(tmp_path: Path, name: str, cut: int) -> None:
    root = make_index(tmp_path / "index", make_reports(60), TOKENS)
    (segment,) = read_manifest(root).segments
    path = Layout(root).segment(segment.name) / name
    assert path.stat().st_size > cut
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(IndexCorruptError, match=r"^[^\n]*damaged[^\n]*$"):
        Snapshot(root)


def test_staged_codes_are_the_models_and_not_computed_twice(tmp_path: Path) -> None:
    path, texts = tmp_path / "staging" / "vectors.sqlite", ["one bridge", "", "الهجوم على الجسر", "one bridge"]
    coder, embedder = fit_coder(TokenHashEmbedder()), FailingEmbedder()
    first = VectorStaging(path, embedder, coder)
    vectors, codes = first.embed(texts)
    first.close()
    assert codes
    assert vectors.tolist() == HashEmbedder().embed_passages(texts).tolist()
    expected = [coder.encode(one.vectors) for one in TokenHashEmbedder().embed_passages_with_tokens(texts)[1]]
    assert [code.shape for code in codes] == [(2, 8), (0, 8), (3, 8), (2, 8)]
    assert [code.tolist() for code in codes] == [code.tolist() for code in expected]
    asked = len(embedder.texts)
    again = VectorStaging(path, embedder, coder)
    vectors, codes = again.embed([*texts[::-1], "three"])
    again.close()
    assert codes
    assert embedder.texts[asked:] == ["three"]
    assert [code.tolist() for code in codes[:4]] == [code.tolist() for code in expected[::-1]]
    assert codes[4].shape == (1, 8)


def test_vectors_staged_without_codes_do_not_stand_in_for_those_with(tmp_path: Path) -> None:
    path, embedder = tmp_path / "vectors.sqlite", FailingEmbedder()
    without = VectorStaging(path, embedder)
    assert without.embed(["one bridge"])[1] is None
    without.close()
    staging = VectorStaging(path, embedder, fit_coder(TokenHashEmbedder()))
    codes = staging.embed(["one bridge"])[1]
    staging.close()
    assert codes
    assert [code.shape for code in codes] == [(2, 8)]


def long_reports(count: int) -> list[Document]:
    """Reports of many passages, so that they are embedded in more than one batch."""
    return [Document(f"long-{n}", " ".join(f"word{n}x{word}." for word in range(900)), lang="en") for n in range(count)]


def test_the_next_run_takes_up_the_codes_of_one_that_failed(tmp_path: Path) -> None:
    root = make_index(tmp_path / "index", make_reports(3), TOKENS)
    failing = FailingEmbedder(fail_after=70)
    with pytest.raises(RuntimeError, match="accelerator"), IndexWriter(root, make_pipeline(failing)) as writer:
        for report in long_reports(2):
            writer.add(report)
        writer.commit()
    assert len(failing.texts) == 64  # two whole batches
    check_codes(root)
    working: Embedder = FailingEmbedder()
    commit(root, long_reports(2), pipeline=make_pipeline(working))
    assert isinstance(working, FailingEmbedder)
    assert working.texts
    assert set(working.texts).isdisjoint(failing.texts)
    check_codes(root)
    assert not Layout(root).staging.exists()


def test_the_same_commit_goes_on_with_its_codes_after_the_model_failed(tmp_path: Path) -> None:
    root = make_index(tmp_path / "index", make_reports(3), TOKENS)
    embedder = FailingEmbedder(fail_after=70)
    with IndexWriter(root, make_pipeline(embedder)) as writer:
        for report in long_reports(2):
            writer.add(report)
        with pytest.raises(RuntimeError, match="accelerator"):
            writer.commit()
        embedder.fail_after = None
        writer.commit()
    assert len(embedder.texts) == len(set(embedder.texts))
    check_codes(root)
    assert verify(root) == []
