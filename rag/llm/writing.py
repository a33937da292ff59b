"""The writer of answers: one language model, its prompt, and the check of what it writes."""

from collections.abc import Sequence
from dataclasses import dataclass

from llama_index.core.llms import ChatMessage, MessageRole

from index.types import ScoredPassage
from rag.conversation.types import Turn
from rag.llm.calling import Caller
from rag.llm.checking import check_sentence
from rag.llm.errors import LlmError
from rag.llm.prompt import ABSTENTION, Prompt, answering_prompt, language_of, standalone_prompt
from rag.llm.protocol import CheckedSentence, OnText, Written
from rag.llm.sentences import cited_sentences
from rag.reading.protocol import Reader

_LONGEST_QUESTION = 500  # characters; what is longer is no question
_QUOTES = "\"'«»“”„` "


@dataclass(frozen=True, slots=True)
class LlmWriter:
    """Writes with a LlamaIndex language model, and checks every sentence; a ``Writer``.

    Attributes:
        caller: Sends the requests.
        name: What answers show as their engine.
        max_passages: How many passages are sent at most, the best first.
    """

    caller: Caller
    name: str
    max_passages: int = 8

    @property
    def destination(self) -> str:
        """Where questions and passages are sent."""
        return self.caller.destination

    def write(
        self,
        question: str,
        passages: Sequence[ScoredPassage],
        reader: Reader | None = None,
        on_text: OnText | None = None,
    ) -> Written:
        """Answer a question from passages; see ``Writer.write``."""
        sent = passages[: self.max_passages]
        prompt = answering_prompt(question, sent)
        completion = self.caller.complete(_messages(prompt), on_text)
        said = completion.text.replace(ABSTENTION, " ")
        if ABSTENTION in completion.text and not any(letter.isalpha() for letter in said):
            return Written(completion.text, (), abstained=True)
        found = language_of(said, [prompt.lang, *(hit.document.lang for hit in sent)])
        lang = prompt.lang if found == "und" else found
        written = cited_sentences(said, lang)
        checked = [check_sentence(sentence, lang, question, sent, reader) for sentence in written]
        if completion.cut and checked:
            checked[-1] = _cut(checked[-1])
        return Written(completion.text, tuple(checked), abstained=False)

    def standalone(self, history: Sequence[Turn], question: str) -> str:
        """A question rewritten so that it can be understood alone; see ``Writer.standalone``."""
        if not history:
            return question
        completion = self.caller.complete(_messages(standalone_prompt(history, question)))
        lines = [line.strip(_QUOTES) for line in completion.text.splitlines() if line.strip(_QUOTES)]
        rewritten = lines[0].removeprefix("Question:").strip(_QUOTES) if lines else ""
        if not rewritten or len(rewritten) > _LONGEST_QUESTION or completion.cut:
            raise LlmError(f"the language model gave no question: {self.destination}: it wrote something else")
        return rewritten


def _messages(prompt: Prompt) -> list[ChatMessage]:
    return [
        ChatMessage(role=MessageRole.SYSTEM, content=prompt.system),
        ChatMessage(role=MessageRole.USER, content=prompt.user),
    ]


def _cut(sentence: CheckedSentence) -> CheckedSentence:
    return CheckedSentence(sentence.text, sentence.cites, False, "the model was cut off in it", ())
