"""Hand-made answers, and an engine that gives them: what the tests of the page show."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from index.errors import MustanadError
from index.store import Contents
from index.store.overview import Heading
from index.types import Document, ListScore, Passage, ScoredPassage
from rag.asking import OnFound
from rag.filters import Day
from rag.reading import Reader
from rag.types import Answer, Citation, Claim, Stance, Timings

ARABIC = Document(
    doc_id="khartoum.txt",
    text="الخرطوم، 16 أبريل.\nاتهم بيان للجيش قوات الدعم السريع بتنفيذ الهجوم على المطار.\nولم يصدر رد من القوات.",
    title="هجوم على مطار الخرطوم (Khartoum) يوم 16 أبريل",
    source="وكالة الأنباء",
    published=date(2023, 4, 16),
    url="https://example.org/ar/1",
    lang="ar",
)
ENGLISH = Document(
    doc_id="airport.txt",
    text="Residents woke to shelling. A resident, Amina Saleh, told the paper that mortars hit the airport at dawn. "
    "Nobody has claimed it.",
    title="Airport hit at dawn",
    source="The Daily Paper",
    published=date(2023, 4, 17),
    url="https://example.org/en/2",
    lang="en",
)
HOSTILE = Document(
    doc_id="hostile.html",
    text='Before <script>alert(1)</script> "the \u202eetisoppo\u202c" '
    "<img src=x onerror=alert(2)> & $x^2$ **bold** after.",
    title='<img src=x onerror="alert(3)">',
    source="'\"><svg onload=alert(4)>",
    url="javascript:alert(5)",
    lang='en" onclick="alert(6)',
)
HOSTILE_SOURCE = "</script><b>\u202e"
TIMINGS = Timings(retrieve=40.0, read=380.0, total=421.0)


def found(document: Document, rank: int = 1, start: int = 0, end: int | None = None) -> ScoredPassage:
    """A stretch of a document as a search result, by default the whole."""
    end = len(document.text) if end is None else end
    passage = Passage(f"{document.doc_id}#0", document.doc_id, start, end, document.text[start:end])
    return ScoredPassage(passage, document, rank, 1.0, ListScore(rank, 0.9), None)


def citation(document: Document, quote: str, number: int = 1) -> Citation:
    """A citation of the first place of a quote in a document."""
    start = document.text.index(quote)
    return Citation(
        number=number,
        doc_id=document.doc_id,
        passage_id=f"{document.doc_id}#0",
        start=start,
        end=start + len(quote),
        quote=quote,
        title=document.title,
        source=document.source,
        published=document.published,
        url=document.url,
        lang=document.lang,
    )


def answer(
    document: Document,
    quote: str,
    stance: Stance = Stance.REPORTED,
    speaker: str | None = None,
    confidence: float = 0.83,
) -> Answer:
    """An answer with one claim: a quote of a document."""
    return Answer(
        question="?",
        text=quote,
        abstained=False,
        confidence=confidence,
        engine="extractive",
        claims=(Claim(quote, stance, speaker, (1,), 1),),
        citations=(citation(document, quote),),
        passages=(found(document),),
        timings_ms=TIMINGS,
    )


TESTIMONY_QUOTE = "mortars hit the airport"
ACCUSATION = "اتهم بيان للجيش قوات الدعم السريع بتنفيذ الهجوم على المطار."
TESTIMONY = "A resident, Amina Saleh, told the paper that mortars hit the airport at dawn."


def conflicting() -> Answer:
    """Two reports, in two languages, that say different things."""
    first = answer(ARABIC, ACCUSATION, Stance.ACCUSED, "بيان للجيش")
    return replace(
        first,
        question="من نفذ الهجوم؟",
        claims=(*first.claims, Claim(TESTIMONY, Stance.REPORTED, "Amina Saleh", (2,), 2)),
        citations=(*first.citations, citation(ENGLISH, TESTIMONY, 2)),
        passages=(found(ARABIC), found(ENGLISH, 2)),
    )


def told() -> Citation:
    """Words of a report that somebody is quoted with."""
    first = ENGLISH.text.index("Amina Saleh")
    return replace(
        citation(ENGLISH, TESTIMONY_QUOTE),
        stance=Stance.REPORTED,
        speaker="Amina Saleh",
        speaker_start=first,
        speaker_end=first + len("Amina Saleh"),
        sentence_start=ENGLISH.text.index(TESTIMONY),
        sentence_end=ENGLISH.text.index(TESTIMONY) + len(TESTIMONY),
    )


def abstention() -> Answer:
    """No evidence; the nearest passage is a whole one."""
    return Answer(
        question="Who won the cup?",
        text=None,
        abstained=True,
        confidence=0.1,
        engine="extractive",
        claims=(),
        citations=(citation(ENGLISH, ENGLISH.text),),
        passages=(found(ENGLISH),),
        timings_ms=TIMINGS,
    )


class FakeEngine:
    """Answers by words of the question; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, object]] = []
        self.waits = threading.Event()
        self._meeting = threading.Barrier(2)

    @property
    def contents(self) -> Contents:
        """Four reports, one of them without a source."""
        sources = {"The Daily Paper": 1, "وكالة الأنباء": 1, "": 1, HOSTILE_SOURCE: 1}
        return Contents(4, 4, {"en": 3, "ar": 1}, sources, "2023-04-16", "2023-04-17")

    @property
    def reader(self) -> Reader:
        """None is needed: no sentence is checked in another language."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Nothing is ever added to it."""

    def documents(self) -> tuple[Document, ...]:
        """The reports."""
        return ARABIC, ENGLISH, HOSTILE

    def headings(self) -> tuple[Heading, ...]:
        """The reports without their text."""
        return tuple(Heading(one.doc_id, one.title, one.source, one.published, one.lang) for one in self.documents())

    def document(self, doc_id: str) -> Document:
        """A report by its id."""
        for document in self.documents():
            if document.doc_id == doc_id:
                return document
        raise ValueError(f"no report {doc_id!r}")

    def copies(self, doc_id: str) -> tuple[str, ...]:
        """None has any."""
        self.document(doc_id)
        return ()

    def search(
        self,
        question: str,
        k: int = 10,
        *,
        since: Day = None,
        until: Day = None,
        source: Sequence[str] = (),
        lang: Sequence[str] = (),
        doc: Sequence[str] = (),
        without: Sequence[str] = (),
        collapse: bool = False,
    ) -> list[ScoredPassage]:
        """Two passages, whatever is asked."""
        if "broken" in question:
            raise MustanadError("the index <b>is broken</b>: run mustanad verify")
        return [found(ARABIC), found(ENGLISH, 2)]

    def ask(
        self,
        question: str,
        *,
        since: Day = None,
        until: Day = None,
        source: Sequence[str] = (),
        lang: Sequence[str] = (),
        doc: Sequence[str] = (),
        without: Sequence[str] = (),
        on_found: OnFound | None = None,
    ) -> Answer:
        """Words of the question choose what happens."""
        self.asked.append(
            {"question": question, "since": since, "until": until, "source": source, "lang": lang, "doc": doc}
        )
        passages = self.search(question)
        if on_found:
            on_found(tuple(passages))
        if "crash" in question:
            raise RuntimeError("secret detail")
        if "meet" in question:
            self._meeting.wait(timeout=10)
        if "wait" in question:
            self.waits.wait(timeout=20)
        if "hostile" in question:
            return replace(answer(HOSTILE, '"the \u202eetisoppo\u202c"'), question=question, searched=question)
        if "cup" in question:
            return replace(abstention(), question=question, searched=question)
        return replace(conflicting(), question=question, searched=question)
