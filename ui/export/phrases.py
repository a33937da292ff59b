"""What both forms of a pack say in words, as plain text."""

from index.types import Filters
from rag.types import Answer, Change, Citation, Stance
from ui.strings import Strings, language_name


def filters_words(filters: Filters, strings: Strings, day: str = "{}") -> list[str]:
    """Each filter in words; one phrase that there is none where there is none.

    Args:
        filters: The filters.
        strings: The catalogue.
        day: How a day is written, with a place for it: after Arabic letters its parts would change places.
    """
    words: list[str] = []
    if filters.since:
        words.append(strings.export_since.format(day=day.format(filters.since)))
    if filters.until:
        words.append(strings.export_until.format(day=day.format(filters.until)))
    for phrase, names in (
        (strings.export_sources, filters.sources),
        (strings.export_languages, [language_name(lang, strings) for lang in filters.langs]),
        (strings.export_documents, filters.doc_ids),
        (strings.export_without, filters.without),
    ):
        if names:
            words.append(phrase.format(names="; ".join(names)))
    return words or [strings.export_no_filters]


def confidence_words(answer: Answer, strings: Strings) -> str:
    """How sure the answer is, in words."""
    return next((words for least, words in strings.confidence_words if answer.confidence >= least), "")


def citation_facts(citation: Citation, strings: Strings) -> list[str]:
    """Source, day and language of a cited report."""
    day = citation.published.isoformat() if citation.published else strings.unknown_date
    return [citation.source or strings.unknown_source, day, language_name(citation.lang, strings)]


def heading(answer: Answer, strings: Strings) -> str:
    """That the reports contradict each other; "" where they do not."""
    if not answer.conflict:
        return ""
    return strings.conflict if len(answer.claims) > 1 else strings.conflict_denied


def told_of(numbers: tuple[int, ...], answer: Answer) -> list[Citation]:
    """Those of the citations that do not tell their words in the report's own voice."""
    return [
        one
        for one in answer.citations
        if one.number in numbers and one.stance is not None and (one.stance is not Stance.REPORTED or one.speaker)
    ]


def changed_days(change: Change) -> str:
    """From when to when a figure was reported."""
    return change.first.isoformat() if change.first == change.last else f"{change.first} – {change.last}"
