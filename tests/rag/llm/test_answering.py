"""From an extractive answer to a written one."""

import pytest

import rag
from rag.conversation import Turn
from rag.llm import LlmError, OnText, Written, write_answer
from rag.llm.prompt import ABSTENTION
from rag.serialise import answer_to_json
from rag.types import Answer, Stance, WrittenSentence
from tests.rag.llm.scripted import last_request, writes
from tests.rag.samples import ALL, UNKNOWN, WHO_BRIDGE, WHO_MARKET

TEXTS = {document.doc_id: document.text for document in ALL}


class Fails:
    """A writer that has no model behind it."""

    name = "broken"
    destination = "nowhere"

    def write(self, question: str, passages: object, reader: object = None, on_text: OnText | None = None) -> Written:
        raise LlmError("the language model gave no answer: nowhere: no answer in time")

    def standalone(self, history: object, question: str) -> str:
        raise LlmError("no")


def number_of(answer: Answer, doc_id: str) -> int:
    """The number of the passage of a report, as the model is shown it."""
    return next(i for i, hit in enumerate(answer.passages, start=1) if hit.document.doc_id == doc_id)


def check_citations(answer: Answer) -> None:
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    for citation in answer.citations:
        assert citation.quote == TEXTS[citation.doc_id][citation.start : citation.end]
    numbers = {citation.number for citation in answer.citations}
    for cited in [*(claim.citations for claim in answer.claims), *(one.citations for one in answer.sentences)]:
        assert set(cited) <= numbers


def test_supported_sentences_are_the_answer(reports: rag.Reports) -> None:
    plain = reports.ask(WHO_BRIDGE)
    bridge, denial = number_of(plain, "bridge.txt"), number_of(plain, "denial.txt")
    text = (
        f"The Northern Brigade blew up the railway bridge on Thursday [{bridge}]. "
        f"The Brigade said it has no men near the river [{denial}]. "
        f"Smugglers blew up the railway bridge [{bridge}]."
    )
    answer = write_answer(plain, writes(text), reports.reader)
    assert answer.engine == "scripted"
    assert not answer.abstained
    assert answer.text == (
        "The Northern Brigade blew up the railway bridge on Thursday. [1] "
        "The Brigade said it has no men near the river. [4]"
    )
    assert answer.sentences == (
        WrittenSentence("The Northern Brigade blew up the railway bridge on Thursday.", (1,), True, None),
        WrittenSentence("The Brigade said it has no men near the river.", (4,), True, None),
        WrittenSentence(
            "Smugglers blew up the railway bridge.", (), False, f"[{bridge}]: “Smugglers” is not said there"
        ),
    )
    assert answer.notes[-1] == "1 sentence that the passages do not support is left out of the answer"
    # The evidence stays as it was, and what it says besides is cited after it.
    assert answer.claims == plain.claims
    assert answer.citations[:3] == plain.citations
    assert answer.citations[3].quote == "The Northern Brigade said it has no men near the river."
    assert answer.confidence == plain.confidence
    assert answer.timings_ms.total > plain.timings_ms.total
    check_citations(answer)


def test_an_accusation_is_not_written_as_a_fact(reports: rag.Reports) -> None:
    plain = reports.ask(WHO_MARKET)
    number = number_of(plain, "market.txt")
    answer = write_answer(plain, writes(f"نفذ لواء الصقور تفجير سوق ناردوم [{number}]."), reports.reader)
    assert answer.text == plain.text
    assert answer.engine == "extractive"
    assert answer.claims[0].stance is Stance.ACCUSED
    (sentence,) = answer.sentences
    assert not sentence.supported
    assert answer.notes[-1] == "scripted wrote an answer, but its sentence is not supported by the passages cited"


def test_a_failure_leaves_the_extractive_answer_and_says_so(reports: rag.Reports) -> None:
    plain = reports.ask(WHO_BRIDGE)
    answer = write_answer(plain, Fails())
    assert answer.notes == (
        "the language model gave no answer: nowhere: no answer in time; this answer is the extractive one",
    )
    assert (answer.text, answer.claims, answer.citations, answer.engine) == (
        plain.text, plain.claims, plain.citations, "extractive",
    )  # fmt: skip
    assert answer.sentences == ()


@pytest.mark.parametrize("said", [ABSTENTION, f" {ABSTENTION}.\n", f"**{ABSTENTION}** [1]"])
def test_an_abstention_is_noted(reports: rag.Reports, said: str) -> None:
    answer = write_answer(reports.ask(WHO_BRIDGE), writes(said))
    assert answer.notes[-1] == "scripted found no answer in the passages"
    assert answer.engine == "extractive"
    assert answer.sentences == ()


def test_where_the_reader_abstained_the_quotes_become_claims(reports: rag.Reports) -> None:
    plain = reports.ask(UNKNOWN)
    assert plain.abstained
    number = number_of(plain, "market.txt")
    answer = write_answer(plain, writes(f"The Interior Ministry accused a brigade of the Nardum bombing [{number}]."))
    assert not answer.abstained
    assert answer.withheld is None
    assert answer.text is not None
    (claim,) = answer.claims
    assert claim.stance is Stance.ACCUSED
    assert claim.speaker == "وزارة الداخلية"
    assert claim.citations == (1,)
    assert claim.answer == answer.citations[0].quote
    assert answer.confidence == plain.confidence
    check_citations(answer)


def test_without_support_an_abstention_stays_one(reports: rag.Reports) -> None:
    plain = reports.ask(UNKNOWN)
    answer = write_answer(plain, writes("Judge Halvuni was assassinated by smugglers [1]. He was 54 [2]."))
    assert answer.abstained
    assert answer.text is None
    assert answer.claims == ()
    assert answer.citations == plain.citations
    assert (
        answer.notes[-1] == "scripted wrote an answer, but none of its 2 sentences is supported by the passages cited"
    )
    assert [sentence.supported for sentence in answer.sentences] == [False, False]


def test_with_nothing_to_read_nothing_is_sent(reports: rag.Reports) -> None:
    writer = writes("x")
    answer = write_answer(reports.ask(WHO_BRIDGE, lang=["tr"]), writer)
    assert answer.notes[-1] == "there was nothing for the language model to read"
    with pytest.raises(IndexError):
        last_request(writer)


def test_the_text_comes_as_it_is_written_and_a_listener_can_end_it(reports: rag.Reports) -> None:
    pieces: list[str] = []
    text = "The Northern Brigade blew up the railway bridge on Thursday [1]."
    plain = reports.ask(WHO_BRIDGE)
    write_answer(plain, writes(text), on_text=pieces.append)
    assert len(pieces) > 3
    assert "".join(pieces) == text

    def stop(piece: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_answer(plain, writes(text), on_text=stop)


def test_only_the_best_passages_are_sent(reports: rag.Reports) -> None:
    import dataclasses

    writer = dataclasses.replace(writes("Rain [3]."), max_passages=2)
    answer = write_answer(reports.ask(WHO_BRIDGE), writer)
    _, user = last_request(writer)
    assert "\n[2] " in user
    assert "\n[3] " not in user
    assert answer.sentences[0].reason == "it cites [3], and there is no such passage"


def test_json_tells_of_sentences_only_where_there_are_some(reports: rag.Reports) -> None:
    plain = reports.ask(WHO_BRIDGE)
    assert "sentences" not in answer_to_json(plain)
    fields = answer_to_json(write_answer(plain, writes("Smugglers did it.")))
    assert fields["sentences"] == [
        {"text": "Smugglers did it.", "citations": [], "supported": False, "reason": "it cites no passage"}
    ]
    assert fields["notes"][-1].startswith("scripted wrote an answer, but")


def test_a_follow_up_is_rewritten() -> None:
    history = [Turn(WHO_BRIDGE, WHO_BRIDGE, "The Northern Brigade.")]
    writer = writes('Question: "When did the Northern Brigade blow up the bridge?"\nIt was on Thursday.')
    assert writer.standalone(history, "When?") == "When did the Northern Brigade blow up the bridge?"
    system, user = last_request(writer)
    assert "English" in system
    assert user.endswith("Last question: When?")


def test_without_a_conversation_nothing_is_sent() -> None:
    writer = writes("x")
    assert writer.standalone([], "When?") == "When?"
    with pytest.raises(IndexError):
        last_request(writer)


@pytest.mark.parametrize("said", ["word " * 200, '""'])
def test_what_is_no_question_is_refused(said: str) -> None:
    with pytest.raises(LlmError, match="gave no question"):
        writes(said).standalone([Turn("Who?", "Who?", "He.")], "When?")
