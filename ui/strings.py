"""Every string of the interface, in one catalogue per language: a new language is one more ``Strings``."""

from dataclasses import dataclass

from rag.types import Stance


@dataclass(frozen=True, slots=True)
class Strings:
    """The words of the interface in one language; phrases avoid plural forms, so that they translate.

    Attributes:
        stances: Badge of each stance. It must never read as a fact what a report only ascribes to somebody.
        stance_notes: What the badge means, in a sentence.
        confidence_words: (least confidence, words), highest first; the last one starts at 0.
        languages: Language names by ISO 639-1 code.
    """

    title: str
    invitation: str
    holds: str
    holds_between: str
    question_label: str
    question_placeholder: str
    ask: str
    clear: str
    filters: str
    since: str
    until: str
    day_placeholder: str
    sources: str
    sources_info: str
    languages_label: str
    evidence: str
    evidence_empty: str
    searching: str
    stances: dict[Stance, str]
    stance_notes: dict[Stance, str]
    several_claims: str
    read_stances: str
    says: str
    independent_sources: str
    confidence_words: tuple[tuple[float, str], ...]
    confidence_figure: str
    cited_in: str
    abstained: str
    nearest: str
    no_passages: str
    extractive_engine: str
    other_engine: str
    untitled: str
    unknown_source: str
    unknown_date: str
    open_report: str
    quote_alone: str
    copy_of: str
    copies: str
    problem: str
    unexpected: str
    bad_day: str
    days_reversed: str
    languages: dict[str, str]


ENGLISH = Strings(
    title="Mustanad",
    invitation="Ask a question of the reports. The answer comes in their own words, with the passages it rests on.",
    holds="Reports: {documents} · passages: {passages} · languages: {langs}",
    holds_between=" · published from {first} to {last}",
    question_label="Your question",
    question_placeholder="Who carried out the attack?   من نفذ الهجوم؟",
    ask="Ask",
    clear="New conversation",
    filters="Narrow the search",
    since="Published on or after",
    until="Published on or before",
    day_placeholder="YYYY-MM-DD",
    sources="Sources",
    sources_info="The {shown} with most reports are listed; any other can be typed in.",
    languages_label="Languages of the reports",
    evidence="Evidence",
    evidence_empty="The passages that an answer rests on appear here.",
    searching="Reading the reports …",
    stances={
        Stance.REPORTED: "Reported",
        Stance.CLAIMED: "Said of itself",
        Stance.ACCUSED: "Accusation",
        Stance.DENIED: "Denial",
        Stance.SUSPECTED: "Suspicion",
    },
    stance_notes={
        Stance.REPORTED: "The report states this, in its own voice or a source's.",
        Stance.CLAIMED: "Somebody says this of itself; the report does not confirm it.",
        Stance.ACCUSED: "Somebody is accused of this; the report does not establish it.",
        Stance.DENIED: "This is denied.",
        Stance.SUSPECTED: "This is thought or presumed; the report does not establish it.",
    },
    several_claims="The reports say {count} different things, best evidence first. They may contradict each other.",
    read_stances="Not everything here is established: see below what is reported, alleged or denied.",
    says="According to",
    independent_sources="Independent sources: {count}",
    confidence_words=(
        (0.85, "High confidence"),
        (0.6, "Fair confidence"),
        (0.35, "Low confidence"),
        (0.0, "Very low confidence"),
    ),
    confidence_figure="Estimated probability that the answer is right: {figure}",
    cited_in="Citation {number}",
    abstained="The reports hold no sufficient evidence to answer this question.",
    nearest="The nearest passages are listed as evidence; none of them is an answer.",
    no_passages="No passage comes near it.",
    extractive_engine="In the reports' own words, read on this machine in {seconds} s",
    other_engine="Written by the configured language model {engine}, which was given the question and the passages"
    " ({seconds} s)",
    untitled="Untitled report",
    unknown_source="Source unknown",
    unknown_date="Date unknown",
    open_report="Open the report",
    quote_alone="The quoted words alone; the passage around them was not read.",
    copy_of="A copy of {original}",
    copies="Copies of this report: {copies}",
    problem="This question could not be answered.",
    unexpected="Something went wrong inside Mustanad; its log on the server says what.",
    bad_day="“{label}” is not a day: {day}. Write it as YYYY-MM-DD, for example 2022-04-16.",
    days_reversed="The first day ({since}) lies after the last ({until}): swap them, or leave one empty.",
    languages={
        "am": "Amharic",
        "ar": "Arabic",
        "bn": "Bengali",
        "de": "German",
        "en": "English",
        "es": "Spanish",
        "fa": "Persian",
        "fr": "French",
        "ha": "Hausa",
        "he": "Hebrew",
        "hi": "Hindi",
        "id": "Indonesian",
        "it": "Italian",
        "ja": "Japanese",
        "ko": "Korean",
        "ku": "Kurdish",
        "nl": "Dutch",
        "pl": "Polish",
        "ps": "Pashto",
        "pt": "Portuguese",
        "ru": "Russian",
        "so": "Somali",
        "sw": "Swahili",
        "ta": "Tamil",
        "tr": "Turkish",
        "uk": "Ukrainian",
        "und": "Language unknown",
        "ur": "Urdu",
        "vi": "Vietnamese",
        "zh": "Chinese",
    },
)


def language_name(code: str, strings: Strings = ENGLISH) -> str:
    """The name of a language, or its code where the catalogue has none.

    >>> language_name("ar"), language_name("xx")
    ('Arabic', 'xx')
    """
    return strings.languages.get(code, code)
