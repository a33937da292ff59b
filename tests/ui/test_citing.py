import hashlib
from dataclasses import replace

import pytest

from index.types import Document
from rag.types import Stance
from tests.ui.samples import ACCUSATION, ARABIC, ENGLISH, HOSTILE, TESTIMONY, citation, told
from ui.citing import citation_text, context_address, document_hash
from ui.strings import ARABIC as ARABIC_WORDS

FSI, PDI = "\u2068", "\u2069"


def test_a_citation_reads_well_and_can_be_checked() -> None:
    start = ENGLISH.text.index("mortars")
    accused = replace(told(), stance=Stance.ACCUSED)
    assert citation_text(accused, ENGLISH).replace(FSI, "").replace(PDI, "").splitlines() == [
        "Accusation · According to Amina Saleh:",
        "“mortars hit the airport”",
        "In the sentence:",
        TESTIMONY,
        "Report: Airport hit at dawn",
        "Source: The Daily Paper",
        "Published: 2023-04-17",
        "Address: https://example.org/en/2",
        f"Place: airport.txt, characters {start} to {start + 23}",
        "SHA-256 of the report's text: " + hashlib.sha256(ENGLISH.text.encode()).hexdigest(),
    ]


def test_a_plain_word_of_the_report_has_no_line_about_who_says_so() -> None:
    plain = replace(citation(ENGLISH, TESTIMONY), stance=Stance.REPORTED)
    lines = citation_text(plain, ENGLISH).splitlines()
    assert lines[0] == f"“{TESTIMONY}”"
    assert "In the sentence:" not in lines


def test_without_the_report_there_is_no_hash_and_no_sentence() -> None:
    shown = citation_text(told(), None)
    assert "SHA-256" not in shown and "In the sentence" not in shown and "mortars hit the airport" in shown


def test_names_of_another_direction_are_isolated() -> None:
    shown = citation_text(citation(ARABIC, ACCUSATION), ARABIC)
    assert f"Report: {FSI}{ARABIC.title}{PDI}" in shown
    assert f"Source: {FSI}وكالة الأنباء{PDI}" in shown
    # The words stand on a line of their own, which takes their direction.
    assert shown.splitlines()[0] == f"“{ACCUSATION}”"
    assert citation_text(citation(ARABIC, ACCUSATION), ARABIC, ARABIC_WORDS).startswith(f"«{ACCUSATION}»\n")


def test_isolates_are_closed_on_their_line_whatever_a_report_holds() -> None:
    title = "one\u2069\u202e\u2067\ntwo\u2028three"
    hostile = replace(
        citation(HOSTILE, '"the \u202eetisoppo\u202c"'), title=title, source="\u2068\u2068", doc_id="a\u2066"
    )
    shown = citation_text(hostile, HOSTILE)
    for line in shown.splitlines():
        assert line.count(FSI) == line.count(PDI)
        assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067")
    assert f"Report: {FSI}one[PDI][RLO][RLI] two three{PDI}" in shown
    assert '“"the [RLO]etisoppo[PDF]"”' in shown
    assert "javascript" not in shown


def test_marks_of_direction_that_arabic_is_typed_with_stay() -> None:
    document = replace(ARABIC, text="قال 3\u200f-4 أشخاص", doc_id="m")
    assert "قال 3\u200f-4 أشخاص" in citation_text(citation(document, document.text), document)


def test_a_quote_of_several_lines_keeps_them() -> None:
    document = Document("d", "one\n\ntwo")
    assert citation_text(citation(document, document.text), document).splitlines()[:2] == ["“one", "two”"]


def test_the_hash_is_of_the_text_alone() -> None:
    assert document_hash(replace(ENGLISH, title="other")) == document_hash(ENGLISH)
    assert document_hash(replace(ENGLISH, text=ENGLISH.text + " ")) != document_hash(ENGLISH)
    assert len(document_hash(Document("x", "half \ud800"))) == 64


@pytest.mark.parametrize("doc_id", ["a&marks=0-1", 'x"><script>', "ملف ١.txt", "\udcff.txt"])
def test_an_address_holds_any_id(doc_id: str) -> None:
    cited = replace(citation(ENGLISH, "shelling"), doc_id=doc_id)
    address = context_address(cited, (cited,), "demo", "ar")
    assert address.isascii() and not set(address) & set("\"<> '")
    assert address.count("&marks=") == 1 and address.endswith("&speakers=&lang=ar")
