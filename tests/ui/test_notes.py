import pytest
from lxml import html

from rag.kinds.reader import WHOLE_SENTENCE
from rag.kinds.sentences import BEARING, NO_CAUSE
from ui.notes import known_note, note_html, sentence_case
from ui.strings import ARABIC as ARABIC_WORDS
from ui.strings import CATALOGUES, ENGLISH


@pytest.mark.parametrize("lang", CATALOGUES)
def test_what_the_engine_always_says_is_said_in_each_language(lang: str) -> None:
    strings = CATALOGUES[lang]
    assert {known_note(note, strings) for note in (BEARING, NO_CAUSE, WHOLE_SENTENCE)} == {
        *strings.engine_notes.values()
    }
    assert note_html(BEARING, strings) == strings.engine_notes["bearing"]


def test_other_notes_stand_in_a_sentence_and_keep_their_direction() -> None:
    told = html.fragment_fromstring(note_html("the model <b>was</b> cut off: timeout", ARABIC_WORDS), create_parent="p")
    (words,) = told.xpath("bdi")
    assert words.text_content() == "The model <b>was</b> cut off: timeout"
    assert (words.get("dir"), words.get("lang")) == ("ltr", "en")
    assert told.text_content() == ARABIC_WORDS.engine_note.format(note=words.text_content())


@pytest.mark.parametrize("words", ["index/0 is gone", "mistral-7b found no answer", "", "Already so", "1 sentence"])
def test_what_is_no_common_word_keeps_its_letters(words: str) -> None:
    assert sentence_case(words) == words


def test_english_notes_are_sentences() -> None:
    assert all(words[0].isupper() and words.endswith(".") for words in ENGLISH.engine_notes.values())
