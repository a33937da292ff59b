"""Answers written by a language model, through LlamaIndex, and checked sentence by sentence.

Nothing here is used, and nothing leaves the machine, unless a model was chosen (``--llm``, ``open_writer``).

- ``protocol``: the seam: ``Writer``, ``Written`` and what they are made of.
- ``opening``: ``open_writer`` and ``writer_of``; ``spec`` reads what names a model, ``providers`` makes LlamaIndex's
  object for it.
- ``prompt``, ``data_text``: what is sent; passages are fenced, and their text can neither end the fence nor hide.
- ``calling``, ``failures``: the request: streamed, tried again, over at a deadline; errors in one line without keys.
- ``writing``: ``LlmWriter``: prompt, request, check.
- ``sentences``, ``words``, ``matching``, ``support``, ``stances``, ``checking``: the check: which numbers a sentence
  cites, whether the passage has its words, and whether an accusation stayed one.
- ``answering``: ``write_answer``: from the extractive ``Answer`` to the written one.
"""

from rag.llm.answering import write_answer
from rag.llm.errors import LlmError, LlmSpecError
from rag.llm.opening import open_writer, writer_of
from rag.llm.protocol import CheckedSentence, OnText, Quote, Writer, Written
from rag.llm.spec import parse_spec

__all__ = [
    "CheckedSentence",
    "LlmError",
    "LlmSpecError",
    "OnText",
    "Quote",
    "Writer",
    "Written",
    "open_writer",
    "parse_spec",
    "write_answer",
    "writer_of",
]
