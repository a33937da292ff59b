import dataclasses
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.embedding.protocol import Embedder, TokenEmbedder, TokenVectors
from index.fusion import share_of_bm25, with_late, z_scores
from index.pipeline import embedding_text
from index.search import HybridRetriever, SearchSettings
from index.store import Snapshot
from index.text.analysis import FoldingAnalyzer
from index.types import Bridged, Document, Filters, ScoredPassage
from tests.builders import commit, make_index, make_pipeline, make_reports, retriever
from tests.fakes import HashEmbedder, TokenHashEmbedder
from tests.index.conftest import Collection

TOKENS = make_pipeline(TokenHashEmbedder())
QUESTIONS = ["Who attacked the bridge near the river?", "من نفذ الهجوم على الجسر؟", "convoy الجيش 17", "zzzz qqqq"]
DEPTHS = [1, 6, 60]


@pytest.fixture(autouse=True)
def _no_list_of_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MUSTANAD_ALIASES", raising=False)


def searching(root: Path, settings: SearchSettings | None = None, embedder: Embedder | None = None) -> HybridRetriever:
    return HybridRetriever(
        Snapshot(root), embedder or TokenHashEmbedder(), FoldingAnalyzer(), settings or SearchSettings()
    )


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HybridRetriever]:
    """The sixty reports of ``collection``, with token codes; not to be changed."""
    found = searching(make_index(tmp_path_factory.mktemp("coded") / "index", make_reports(60), TOKENS))
    yield found
    found.snapshot.close()


def asked(found: HybridRetriever, question: str, k: int = 1000, **settings: object) -> list[ScoredPassage]:
    changed = dataclasses.replace(found.settings, **settings)  # type: ignore[arg-type]
    return dataclasses.replace(found, settings=changed).search(question, k)


def ids(hits: list[ScoredPassage]) -> list[str]:
    return [hit.passage.passage_id for hit in hits]


def test_the_fakes_with_and_without_token_vectors() -> None:
    embedder = TokenHashEmbedder(dim=16)
    assert isinstance(embedder, TokenEmbedder)
    assert not isinstance(HashEmbedder(), TokenEmbedder)
    assert embedder.fingerprint == HashEmbedder(dim=16).fingerprint
    text = "The convoy, THE الجسر"
    vector, tokens = embedder.embed_query_with_tokens(text)
    assert vector.tolist() == embedder.embed_queries([text])[0].tolist()
    assert [text[start:end] for start, end in tokens.offsets.tolist()] == ["The", "convoy", ",", "THE", "الجسر"]
    assert tokens.vectors.shape == (5, 16) and tokens.vectors.dtype == np.float32
    assert np.linalg.norm(tokens.vectors, axis=1) == pytest.approx(np.ones(5), abs=1e-5)
    assert tokens.vectors[0].tolist() == tokens.vectors[3].tolist() != tokens.vectors[1].tolist()
    vectors, of_each = embedder.embed_passages_with_tokens([text, ""])
    assert vectors.tolist() == embedder.embed_passages([text, ""]).tolist()
    assert of_each[0].vectors.tolist() == tokens.vectors.tolist()
    assert of_each[1].vectors.shape == (0, 16) and of_each[1].offsets.shape == (0, 2)


@pytest.mark.parametrize("late_depth", DEPTHS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_first_of_each_list_come_before_all_others_which_keep_their_order(
    coded: HybridRetriever, question: str, late_depth: int
) -> None:
    before = asked(coded, question, late=False)
    after = asked(coded, question, late_depth=late_depth)
    assert sorted(ids(after)) == sorted(ids(before))
    ranks = {hit.passage.passage_id: (hit.dense, hit.bm25) for hit in before}
    assert {hit.passage.passage_id: (hit.dense, hit.bm25) for hit in after} == ranks
    first = {
        passage
        for passage, lists in ranks.items()
        if any(one and one.rank is not None and one.rank <= late_depth for one in lists)
    }
    assert late_depth <= len(first) <= 2 * late_depth
    assert {hit.passage.passage_id for hit in after[: len(first)]} == first
    assert [hit.late is not None for hit in after] == [True] * len(first) + [False] * (len(after) - len(first))
    assert ids(after)[len(first) :] == [passage for passage in ids(before) if passage not in first]
    assert all(one.score >= other.score - 1e-9 for one, other in pairwise(after))
    assert [hit.rank for hit in after] == list(range(1, len(after) + 1))


@pytest.mark.parametrize("question", QUESTIONS)
def test_passages_are_ranked_by_late_scores_among_themselves(coded: HybridRetriever, question: str) -> None:
    hits = [hit for hit in asked(coded, question, late_depth=9) if hit.late]
    by_rank = sorted(hits, key=lambda hit: (hit.late and hit.late.rank) or 0)
    assert [hit.late and hit.late.rank for hit in by_rank] == list(range(1, len(hits) + 1))
    scores = [hit.late.score for hit in by_rank if hit.late]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1]
    alone = [hit for hit in asked(coded, question, late_depth=9, late_share=1, late_bm25_weight=0) if hit.late]
    assert [hit.late.score for hit in alone if hit.late] == pytest.approx(scores)


def late_by_brute_force(found: HybridRetriever, question: str) -> dict[str, float]:
    """Late scores of all passages from the signs of their tokens' numbers, one token after another."""
    snapshot, embedder = found.snapshot, found.embedder
    coder = snapshot.token_coder
    assert coder and isinstance(embedder, TokenEmbedder)
    tokens = embedder.embed_query_with_tokens(question)[1]
    words = [question[start:end] for start, end in tokens.offsets.tolist()]  # a token is a word or a punctuation mark
    langs = list(snapshot.contents.langs)
    terms = [found.analyzer.query_terms(word, langs) for word in words]
    rarity = [max(snapshot.term_weights(ones)) if ones else 0.0 for ones in terms]
    query = coder.queries(tokens.vectors)
    rows = snapshot.passages(range(len(snapshot)))
    plain = {}
    for document, passage in rows:
        vectors = embedder.embed_passages_with_tokens([embedding_text(document, passage)])[1][0].vectors
        signs = np.where(np.unpackbits(coder.encode(vectors), axis=1)[:, : coder.dim], 1.0, -1.0)
        best = [max(float(token @ sign) for sign in signs) / coder.dim**0.5 for token in query]
        plain[passage.passage_id] = sum(w * b for w, b in zip(rarity, best, strict=True)) / sum(rarity)
    means, counts = {}, Counter(languages := snapshot.row_languages.tolist())
    for place, sample in snapshot.language_samples.items():
        sampled = [plain[passage.passage_id] for _, passage in snapshot.passages(sample.tolist())]
        means[place] = sum(sampled) / len(sampled)
    overall = sum(means[place] * count for place, count in counts.items()) / counts.total()
    means = {place: (mean * counts[place] + overall * 3) / (counts[place] + 3) for place, mean in means.items()}
    return {
        passage.passage_id: plain[passage.passage_id] - means[language]
        for (_, passage), language in zip(rows, languages, strict=True)
    }


@pytest.mark.parametrize("weight", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("question", QUESTIONS)
def test_late_and_fused_scores_are_those_of_brute_force(coded: HybridRetriever, question: str, weight: float) -> None:
    hits = asked(coded, question, late_bm25_weight=weight, late_full_match=0, late_share=0.6, centred=False)
    first = [hit for hit in hits if hit.late]
    assert len(first) > 50
    assert len({hit.document.lang for hit in first}) == 2
    expected = late_by_brute_force(coded, question)
    late = np.array([expected[hit.passage.passage_id] for hit in first])
    assert [hit.late.score for hit in first if hit.late] == pytest.approx(late.tolist(), abs=1e-5)
    dense = np.array([hit.dense.score for hit in first if hit.dense])
    bm25 = np.array([hit.bm25.score for hit in first if hit.bm25])
    score = (1 - weight) * (0.6 * z_scores(late) + 0.4 * z_scores(dense)) + weight * z_scores(bm25)
    assert [hit.score for hit in first] == pytest.approx(score.tolist(), abs=1e-3)


@pytest.mark.parametrize("fusion", ["convex", "rrf"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_without_late_interaction_the_result_is_that_of_two_lists(
    collection: Collection, coded: HybridRetriever, question: str, fusion: str
) -> None:
    two = asked(collection.retriever, question, fusion=fusion)
    assert all(hit.late is None for hit in two)
    assert asked(coded, question, fusion=fusion, late=False) == two
    assert asked(coded, question, fusion=fusion) != two


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_index_or_a_model_without_tokens_still_searches(
    collection: Collection, coded: HybridRetriever, question: str
) -> None:
    two = asked(collection.retriever, question)
    assert collection.retriever.snapshot.token_coder is None
    assert len(two) == len(collection.retriever.snapshot)
    assert searching(collection.root).search(question, 1000) == two
    assert dataclasses.replace(coded, embedder=HashEmbedder()).search(question, 1000) == two


def test_a_later_commit_without_codes_turns_it_off(tmp_path: Path) -> None:
    root = make_index(tmp_path / "index", make_reports(8), TOKENS)
    assert all(hit.late for hit in searching(root).search("bridge attack", 5))
    commit(root, make_reports(2, 30))
    hits = searching(root).search("bridge attack", 5)
    assert hits
    assert all(hit.late is None for hit in hits)
    assert hits == retriever(root).search("bridge attack", 5)


class Speechless(TokenHashEmbedder):
    """Finds no token in a question."""

    def embed_query_with_tokens(self, text: str) -> tuple[NDArray[np.float32], TokenVectors]:
        vector, tokens = super().embed_query_with_tokens(text)
        return vector, TokenVectors(tokens.vectors[:0], tokens.offsets[:0])


def test_a_question_without_tokens_is_ranked_by_the_two_lists(coded: HybridRetriever) -> None:
    hits = dataclasses.replace(coded, embedder=Speechless()).search("bridge attack", 30)
    assert hits == asked(coded, "bridge attack", k=30, late=False)


@pytest.mark.parametrize("settings", [{"dense": False}, {"lexical": "off"}])
def test_late_interaction_needs_vectors_but_not_bm25(coded: HybridRetriever, settings: dict[str, object]) -> None:
    hits = asked(coded, "bridge attack", 1000, **settings)
    assert hits
    assert all((hit.late is None) == ("dense" in settings) for hit in hits[:60])
    if "lexical" in settings:
        late_only = asked(coded, "bridge attack", lexical="off", late_share=1)
        assert [hit.late.rank for hit in late_only if hit.late] == list(range(1, 61))


def test_a_passage_that_holds_the_rare_word_itself_is_ranked_first(tmp_path: Path) -> None:
    """All passages are alike to the vector but for one word; its token counts for more than the common ones."""
    crowd = [Document(f"d{n}", f"the army attacked the village of {name}", lang="en")
             for n, name in enumerate(["Apope", "Apopi", "Apopa", "Apopo", "Papopa", "Apopax"])]  # fmt: skip
    found = searching(make_index(tmp_path / "index", crowd, TOKENS), SearchSettings(lexical="off", late_share=1))
    first, second, *_ = found.search("who attacked Apopa", 6)
    assert first.document.doc_id == "d2"
    assert first.late and second.late
    assert first.late.score > second.late.score + 0.1


def test_filters_hold_for_the_late_stage(coded: HybridRetriever) -> None:
    wanted = ("report-3", "report-57")
    hits = coded.search("bridge", 50, Filters(doc_ids=wanted))
    assert {hit.document.doc_id for hit in hits} == set(wanted)
    assert all(hit.late for hit in hits)
    assert coded.search("bridge", 50, Filters(doc_ids=("nowhere",))) == []


def test_removed_passages_are_not_found_and_do_not_count(tmp_path: Path) -> None:
    """An index from which reports were removed finds what one without them finds, at the same late scores."""
    reports = [Document(f"r{n}", f"bridge attack word{n}", lang=("en", "ar")[n % 2]) for n in range(12)]
    gone = [f"r{n}" for n in range(3)]
    root = make_index(tmp_path / "index", reports, TOKENS)
    commit(root, removed=gone, pipeline=TOKENS)
    other = make_index(tmp_path / "other", reports[3:], TOKENS)
    one, same = (searching(path).search("bridge word5", 20) for path in (root, other))
    assert ids(one) == ids(same)
    assert {hit.document.doc_id for hit in one}.isdisjoint(gone)
    assert len(one) == 9
    scores, expected = ([hit.late.score for hit in hits if hit.late] for hits in (one, same))
    assert scores == pytest.approx(expected, abs=1e-6)
    assert scores[0] > scores[-1] + 0.1


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    assert searching(make_index(tmp_path / "index", pipeline=TOKENS)).search("attack", 5) == []


ARABIC = [
    Document("aleppo", "قصفت المدفعية حلب ليلا", lang="ar"),
    Document("newton", "زار نيوتن القرية صباحا", lang="ar"),
    Document("truce", "أعلنت الإذاعة هدنة", lang="ar"),
]


@pytest.fixture
def arabic(tmp_path: Path) -> HybridRetriever:
    return searching(make_index(tmp_path / "index", ARABIC, TOKENS), SearchSettings(dense=False))


@pytest.mark.parametrize(
    ("question", "doc_id", "switch", "bridged"),
    [
        ("Who shelled Aleppo?", "aleppo", "aliases", ("Aleppo", "حلب", "alias")),
        ("Кто обстрелял Алеппо?", "aleppo", "aliases", ("Алеппо", "حلب", "alias")),
        ("Where did Newton go?", "newton", "transliteration", ("Newton", "نيوتن", "transliteration")),
        ("Куда поехал Ньютон?", "newton", "transliteration", ("Ньютон", "نيوتن", "transliteration")),
    ],
)
def test_a_question_in_another_language_finds_a_passage_by_its_names(
    arabic: HybridRetriever, question: str, doc_id: str, switch: str, bridged: tuple[str, str, str]
) -> None:
    words, other, kind = bridged
    both_off = {"aliases": False, "transliteration": False}
    assert asked(arabic, question, 10, **both_off) == []
    (hit,) = asked(arabic, question, 10, **{**both_off, switch: True})
    assert hit.document.doc_id == doc_id
    (used,) = hit.bridged
    assert (used.words, used.kind) == (words, kind)
    assert other in used.matched
    (again,) = asked(arabic, question)  # both are on unless told otherwise
    assert again.document.doc_id == doc_id


def test_the_list_of_the_user_is_read_from_the_folder_of_the_index(arabic: HybridRetriever) -> None:
    assert asked(arabic, "Where is the Sahil Wire armistice?") == []
    (arabic.snapshot.root / "aliases.txt").write_text("Sahil Wire\nالإذاعة\n", encoding="utf-8")
    (hit,) = asked(arabic, "Where is the Sahil Wire armistice?")
    assert hit.document.doc_id == "truce"
    assert hit.bridged == (Bridged("Sahil Wire", ("الإذاعة",), "alias"),)


def test_nothing_is_said_to_be_bridged_where_nothing_was(coded: HybridRetriever, arabic: HybridRetriever) -> None:
    assert {hit.bridged for hit in coded.search("bridge attack", 50)} == {()}
    assert {hit.bridged for hit in asked(arabic, "هدنة")} == {()}
    assert {hit.bridged for hit in asked(arabic, "Who shelled Aleppo?", lexical="off", dense=True)} == {()}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"late_depth": 0}, "late_depth is 0"),
        ({"late_share": 1.5}, "late_share is 1.5"),
        ({"late_bm25_weight": -0.1}, "late_bm25_weight is -0.1"),
        ({"late_full_match": 2}, "late_full_match is 2"),
        ({"late_no_match": 0.4}, "late_no_match is 0.4; it must be from 0 to below late_full_match"),
        ({"no_match": 0.25}, "no_match is 0.25; it must be from 0 to below full_match"),
    ],
)
def test_settings_that_make_no_sense_are_refused(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        SearchSettings(**arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("strength", "no_match", "full_match", "share"),
    [(0.0, 0.2, 0.6, 0), (0.2, 0.2, 0.6, 0), (0.3, 0.2, 0.6, 0.25), (0.5, 0.2, 0.6, 0.75), (0.6, 0.2, 0.6, 1),
     (1.0, 0.2, 0.6, 1), (0.0, 0.0, 0.5, 0), (0.1, 0.0, 0.5, 0.2), (0.0, 0.0, 0.0, 1), (0.1, 0.3, 0.0, 1)],
)  # fmt: skip
def test_the_share_of_bm25_grows_between_no_match_and_full_match(
    strength: float, no_match: float, full_match: float, share: float
) -> None:
    assert share_of_bm25(strength, no_match, full_match) == pytest.approx(share)


def test_three_lists_by_hand() -> None:
    """z-scores of two numbers are 1 and -1."""
    late, dense, bm25 = np.array([3.0, 1.0]), np.array([0.2, 0.9]), np.array([0.0, 7.0])
    assert with_late(late, dense, None, 0.75, 0.4).tolist() == pytest.approx([0.5, -0.5])
    assert with_late(late, dense, bm25, 0.75, 0.4).tolist() == pytest.approx([0.6 * 0.5 - 0.4, -0.6 * 0.5 + 0.4])
    assert with_late(late, dense, bm25, 1, 0).tolist() == pytest.approx([1, -1])
    assert with_late(late, dense, bm25, 0, 1).tolist() == pytest.approx([-1, 1])
    assert with_late(np.array([2.0, 2.0]), dense, None, 0.75, 0.4).tolist() == pytest.approx([-0.25, 0.25])


@given(
    scores=st.lists(st.tuples(*[st.floats(-9, 9).map(lambda score: round(score, 3))] * 3), min_size=1, max_size=9),
    late_share=st.floats(0, 1),
    weight=st.floats(0, 1),
)
def test_three_lists_do_not_change_with_their_scales(
    scores: list[tuple[float, ...]], late_share: float, weight: float
) -> None:
    late, dense, bm25 = np.array(scores, dtype=np.float64).T
    fused = with_late(late, dense, bm25, late_share, weight)
    assert fused.mean() == pytest.approx(0, abs=1e-6)
    moved = with_late(5 * late + 2, 0.5 * dense - 1, 3 * bm25, late_share, weight)
    assert moved == pytest.approx(fused, abs=1e-6)
