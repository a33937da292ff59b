"""What happens to a document on its way into the index: passages, terms, and the text that is embedded."""

from dataclasses import dataclass

import regex

from index.embedding.protocol import Embedder
from index.text.analysis import Analyzer
from index.text.chunking import Chunking, chunk
from index.text.spoken_dates import spoken_date
from index.types import Document, Passage

_MAX_TITLE = 160
_CASED = regex.compile(r"[\p{Lu}\p{Ll}]")
_UPPER = regex.compile(r"\p{Lu}")


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The parts a document passes through, in order.

    Attributes:
        embedder: The embedding model; its tokens are what passages are measured in.
        analyzer: Gives the terms of BM25.
        chunking: How long passages are.
    """

    embedder: Embedder
    analyzer: Analyzer
    chunking: Chunking

    def passages(self, document: Document) -> list[Passage]:
        """The passages of a document, in order."""
        return chunk(document, self.chunking, self.embedder.token_offsets)

    def terms(self, document: Document, passage: Passage) -> list[str]:
        """The terms of a passage: of its text, of the report's title and of its day of publication."""
        day = spoken_date(document.published, document.lang) if document.published else ""
        return self.analyzer.terms(f"{document.title}\n{day}\n{passage.text}", document.lang)


def embedding_text(document: Document, passage: Passage) -> str:
    r"""What is embedded for a passage: title and date ride along, text in capitals is put in lower case.

    Small models read capitals badly, and telex and scanned reports are full of them.

    Args:
        document: The report.
        passage: A passage of it.

    Returns:
        Text for the embedding model only; offsets always refer to the document.

    Examples:
        >>> from datetime import date
        >>> report = Document("a", "THE BRIDGE WAS ATTACKED", title="Attack", published=date(2024, 3, 14))
        >>> embedding_text(report, Passage("a#0", "a", 0, 23, report.text))
        'Attack (2024-03-14)\nthe bridge was attacked'
    """
    title = "" if passage.text.startswith(document.title) else document.title[:_MAX_TITLE]
    day = f"({document.published.isoformat()})" if document.published else ""
    header = " ".join(part for part in (title, day) if part)
    body = passage.text.lower() if _in_capitals(passage.text) else passage.text
    return f"{header}\n{body}" if header else body


def _in_capitals(text: str) -> bool:
    """Whether most letters that have a case are capitals."""
    cased = len(_CASED.findall(text))
    return cased >= 20 and len(_UPPER.findall(text)) > 0.7 * cased
