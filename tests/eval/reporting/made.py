"""Results made by hand: few enough to compute every figure on paper, hostile enough to try what shows them."""

from collections.abc import Mapping

from eval.comparing_types import Comparison, DatasetComparison, MeasureComparison
from eval.datasets.types import Question
from eval.measures.types import Figure, Part
from eval.results import Environment, Report, Results, Value
from eval.running.rows import AnswerRow, ClaimRow, FoundDocument, FoundPassage, JudgedCitation, Row
from rag.types import Stance

HOSTILE = '<script>alert("x")</script><img src=http://evil.example/x onerror=alert(1)> \u202eesrever\u202c & done'
HOSTILE_ID = '"><svg onload=alert(2)>.html'
HOSTILE_SPEAKER = "<a href='javascript:alert(3)'>Office</a>"

RR = {"q1": 1.0, "q2": 0.0, "q3": 0.5, "q4": 1.0, "q6": 0.5}
F1 = {"q1": 1.0, "q2": 0.0, "q3": 0.0, "q4": 1.0, "q6": 0.8}


def figure(
    part: Part, name: str, value: float, n: int, *, spread: float = 0.1, lower: bool = False, top: float = 1.0
) -> Figure:
    """A figure with an interval of ``value ± spread``, within 0 and ``top``."""
    low, high = max(0.0, value - spread), min(top, value + spread)
    return Figure(part, name, value, low, high, n, higher_is_better=not lower)


def mean(part: Part, name: str, per_query: Mapping[str, float], *, lower: bool = False) -> Figure:
    """A figure that is a mean over questions."""
    value = sum(per_query.values()) / len(per_query)
    low, high = max(0.0, value - 0.11), min(1.0, value + 0.09)
    return Figure(part, name, value, low, high, len(per_query), not lower, per_query)


def passage(number: int, doc_id: str, excerpt: str, *, covers: bool = False) -> FoundPassage:
    """A passage in a result list."""
    return FoundPassage(f"{doc_id}#{number}", doc_id, 0, len(excerpt), 0.9 - number / 10, covers, excerpt)


def answer(
    text: str | None,
    confidence: float,
    *,
    doc_id: str = "d1",
    stance: Stance = Stance.REPORTED,
    speaker: str | None = None,
    withheld: str | None = None,
    ms: float = 400.0,
    verbatim: bool = True,
    supported: bool = True,
) -> AnswerRow:
    """An answer with one claim and one citation, or an abstention."""
    if text is None:
        return AnswerRow(None, withheld, confidence, (), (), ms / 4, ms * 0.7, ms)
    citation = JudgedCitation(1, doc_id, f"{doc_id}#0", 10, 10 + len(text), text, verbatim, supported, supported)
    claim = ClaimRow(text, stance, speaker, (1,))
    return AnswerRow(text, None, confidence, (claim,), (citation,), ms / 4, ms * 0.7, ms)


QUESTIONS = (
    Question(
        "q1", "من أعلن مسؤوليته عن هجوم الميناء؟", "ar", {"d1": 1}, ("كتيبة الساحل",), "ar", True, (), ("claimed",)
    ),
    Question(
        "q2",
        "كم عدد القتلى في انفجار السوق عام 2014؟",
        "ar",
        {"d2": 1},
        ("سبعة عشر قتيلا",),
        "ar",
        True,
        (),
        ("possible",),
    ),
    Question("q3", "Who denied any part in the kidnapping?", "en", {"d3": 2, "d9": 0}, ("the Free Youth",), "en", True),
    Question("q4", "Where was the convoy attacked?", "en", {"d4": 1}, ("near Karsa",), "en", True),
    Question("q5", "Köprüyü kim havaya uçurdu?", "tr", {}, (), "tr", False),
    Question("q6", "Saldırı hangi gün oldu?", "tr", {"d6": 1}, ("12 Mart",), "tr", True, (), ("suspected or accused",)),
)

ROWS = (
    Row(
        "q1",
        (FoundDocument("d1", 0.9),),
        (
            passage(
                0, "d1", "أعلنت كتيبة الساحل، في بيان نشر يوم الأحد، مسؤوليتها عن الهجوم على الميناء.", covers=True
            ),
            passage(1, "d7", "The port was closed for two days, the harbour master (ميناء الشرق) told reporters."),
        ),
        1,
        31.0,
        answer("كتيبة الساحل", 0.88, stance=Stance.CLAIMED, speaker="كتيبة الساحل", ms=380),
    ),
    Row(
        "q2",
        (FoundDocument(HOSTILE_ID, 0.8), FoundDocument("d9", 0.4)),
        (
            passage(0, HOSTILE_ID, HOSTILE),
            passage(1, "d9", "وقال شهود عيان إن عدد القتلى بلغ 17 قتيلا على الأقل، بحسب وكالة Reuters."),
        ),
        1,
        44.0,
        answer(
            HOSTILE,
            0.91,
            doc_id=HOSTILE_ID,
            stance=Stance.ACCUSED,
            speaker=HOSTILE_SPEAKER,
            ms=520,
            verbatim=False,
            supported=False,
        ),
    ),
    Row(
        "q3",
        (FoundDocument("d9", 0.7), FoundDocument("d3", 0.6)),
        (
            passage(0, "d9", "Police said that four people were taken from the bus on the coastal road."),
            passage(1, "d3", "In a letter to the paper the Free Youth denied any part in the kidnapping.", covers=True),
        ),
        1,
        52.0,
        answer(None, 0.22, withheld="the Free Youth", ms=610),
    ),
    Row(
        "q4",
        (FoundDocument("d4", 0.95),),
        (passage(0, "d4", "The convoy was attacked near Karsa shortly after dawn.", covers=True),),
        1,
        29.0,
        answer("near Karsa", 0.95, doc_id="d4", ms=300),
    ),
    Row(
        "q5",
        (FoundDocument("d6", 0.3),),
        (passage(0, "d6", "Köprü geçen yıl onarım için kapatılmıştı."),),
        0,
        35.0,
        answer("onarım", 0.64, doc_id="d6", stance=Stance.SUSPECTED, ms=450, supported=False),
    ),
    Row(
        "q6",
        (FoundDocument("d8", 0.5), FoundDocument("d6", 0.45)),
        (
            passage(0, "d8", "Saldırıdan sonra okullar tatil edildi."),
            passage(1, "d6", "Saldırı 12 Mart günü akşam saatlerinde oldu.", covers=True),
        ),
        1,
        61.0,
        answer("12 Mart", 0.71, doc_id="d6", stance=Stance.SUSPECTED, ms=700),
    ),
)

FIGURES = (
    mean(Part.DOCUMENTS, "RR@10", RR),
    figure(Part.DOCUMENTS, "R@100", 0.8123, 5),
    mean(Part.PASSAGES, "RR@10", {name: value * 0.9 for name, value in RR.items()}),
    mean(Part.ANSWERS, "F1", F1),
    mean(Part.ANSWERS, "holds", {name: float(value > 0.5) for name, value in F1.items()}),
    figure(Part.ANSWERS, "words", 11.26, 5, spread=2.0, top=99.0),
    figure(Part.ABSTENTION, "AUROC", 0.7777, 6),
    mean(Part.ABSTENTION, "coverage", {"q1": 1.0, "q2": 1.0, "q3": 0.0, "q4": 1.0, "q6": 1.0}),
    figure(Part.ABSTENTION, "false-answers", 1.0, 1, lower=True),
    figure(Part.ATTRIBUTION, "stance-F1", 0.6543, 4),
    figure(Part.CITATIONS, "precision", 0.6, 5),
    figure(Part.LATENCY, "search p50 ms", 39.5, 6, spread=8.2, top=1e6, lower=True),
    figure(Part.LATENCY, "ask p50 ms", 485.4, 6, spread=100, top=1e6, lower=True),
)

ENVIRONMENT = Environment({"python": "3.11.9", "mustanad": "0.1.0"}, "Linux x86_64", "A processor", 2, 7.8)


def report(dataset: str = "made", **changes: object) -> Report:
    """The report over the six questions."""
    values: dict[str, object] = {
        "dataset": dataset,
        "dataset_fingerprint": "f" * 64,
        "engine": {"engine": "mustanad", "model": "m <e5>", "rerank": True, "bm25_weight": 0.4, "reranker": None},
        "questions": QUESTIONS,
        "rows": ROWS,
        "figures": FIGURES,
        "notes": ("2 gold spans did not match <b>the text</b>",),
        "seconds": 75.0,
    }
    return Report(**{**values, **changes})  # type: ignore[arg-type]  # each has the type of its field


def results(*reports: Report) -> Results:
    """Results of one run, over the report above where none is given."""
    configuration: dict[str, Value] = {"datasets": "made", "without": False}
    return Results("made run", "2025-03-04T05:06:07Z", configuration, ENVIRONMENT, reports or (report(),))


def searched_only() -> Report:
    """A report of a search without answers, in one language."""
    questions = tuple(question for question in QUESTIONS if question.lang == "ar")
    rows = tuple(Row(row.query_id, row.documents, row.passages, row.units, row.search_ms) for row in ROWS[:2])
    figures = (mean(Part.DOCUMENTS, "RR@10", {"q1": 1.0, "q2": 0.0}),)
    return report("بحث", questions=questions, rows=rows, figures=figures, notes=())


def comparison() -> Comparison:
    """A comparison of the run above with one that searches better and answers slower."""
    measures = (
        MeasureComparison("RR@10", 0.6, 0.7, 0.1, 0.02, 0.19, 0.004, 0.012, ("q2", "q3"), (), 3, 5, True),
        MeasureComparison("F1", 0.56, 0.54, -0.02, -0.1, 0.05, 0.6, 0.8, ("q2",), ("q6", "q1"), 2, 5, True),
        MeasureComparison("abstention false-answers", 0.2, 0.4, 0.2, 0.1, 0.3, 0.01, 0.02, (), ("q5",), 0, 1, False),
        MeasureComparison("abstention AUROC", 0.77, 0.78, 0.01, -0.02, 0.04, None, None, (), (), 0, 6, True),
        MeasureComparison("latency ask p50 ms", 485.4, 620.0, 134.6, 90.0, 180.0, None, None, (), (), 0, 6, False),
    )
    texts = {question.query_id: question.text for question in QUESTIONS}
    return Comparison("made run", "made <run> 2", (DatasetComparison("made", measures, texts, ("a & b differ",)),))
