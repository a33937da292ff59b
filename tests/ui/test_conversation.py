from dataclasses import replace

import pytest
from lxml import html

from rag.types import Stance
from tests.ui.samples import ENGLISH as SAMPLE
from tests.ui.samples import TESTIMONY, TESTIMONY_QUOTE, abstention, conflicting, told
from ui.conversation import announcement, conversation_html, evidence_panel_html
from ui.strings import ENGLISH, language_name
from ui.turns import Narrowing, Phase, Turn

DONE = Phase.DONE


def test_a_conversation_keeps_its_order_and_its_links_apart() -> None:
    turns = [
        Turn("first?", phase=DONE, answer=conflicting()),
        Turn("second?", phase=DONE, answer=abstention()),
        Turn("third <i>?"),
    ]
    shown = html.fragment_fromstring(conversation_html(turns), create_parent=True)
    assert [q.text_content() for q in shown.xpath("//h2[@class='m-question']")] == ["first?", "second?", "third <i>?"]
    panel = html.fragment_fromstring(evidence_panel_html(turns), create_parent=True)
    assert panel.xpath("//details[@class='m-fold']/summary/h3/text()") == ["second?", "first?"]
    assert [fold.get("open") is not None for fold in panel.xpath("//details[@class='m-fold']")] == [True, False]
    targets = {link.removeprefix("#") for link in shown.xpath("//a[@class='m-link']/@href")}
    cards = set(panel.xpath("//article/@id"))
    assert targets and targets <= cards and {card.split("-")[1] for card in cards} == {"turn1", "turn2"}
    assert "Reading the reports" in shown.text_content()


def test_every_form_of_the_evidence_is_there_once() -> None:
    panel = html.fragment_fromstring(evidence_panel_html([Turn("?", phase=DONE, answer=conflicting())]))
    shown = [name for part in panel.xpath("//div/@class") for name in part.split() if name.startswith("m-shown-")]
    assert shown == ["m-shown-cards", "m-shown-timeline", "m-shown-date", "m-shown-source", "m-shown-claim"]


def test_passages_are_evidence_before_there_is_an_answer() -> None:
    turn = Turn("?", phase=Phase.READING, found=abstention())
    assert "m-card" in evidence_panel_html([turn])
    shown = conversation_html([turn])
    assert "Passages found: 1" in shown and ENGLISH.abstained not in shown


@pytest.mark.parametrize(
    ("turn", "shown", "said"),
    [
        (Turn("?"), "Reading the reports", ENGLISH.searching),
        (Turn("?", phase=Phase.WRITING, answer=conflicting(), written="A <b>draft"), "A &lt;b&gt;draft", "Reading"),
        (Turn("?", phase=Phase.STOPPED), "Stopped before there was an answer", ENGLISH.stopped),
        (Turn("?", phase=Phase.STOPPED, answer=conflicting()), "m-claim", ENGLISH.stopped),
        (Turn("?", phase=DONE, problem="it <broke>"), "it &lt;broke&gt;", ENGLISH.problem),
        (Turn("?", phase=DONE, answer=abstention()), ENGLISH.abstained, "Nearest passages: 1"),
        (Turn("?", phase=DONE, answer=conflicting()), "m-claim", "Citations: 2"),
    ],
)
def test_each_phase_says_how_far_it_is(turn: Turn, shown: str, said: str) -> None:
    page = conversation_html([turn])
    assert shown in page
    assert said in announcement(turn)
    assert ("m-waiting" in page) is (turn.phase not in (DONE, Phase.STOPPED))


def test_a_copy_that_was_not_read_is_shown_in_its_sentence_everywhere() -> None:
    quoted = replace(conflicting(), citations=(told(),), claims=(), passages=())
    unread = Turn("?", phase=DONE, answer=quoted, unread=(SAMPLE,))
    panel = html.fragment_fromstring(evidence_panel_html([unread]))
    for form in ("cards", "timeline", "date"):
        assert TESTIMONY in panel.xpath(f"string(.//div[contains(@class, 'm-shown-{form}')])"), form
    assert panel.xpath("string(.//article//mark[contains(@class, 'm-quote')])") == TESTIMONY_QUOTE


def test_the_filters_of_a_turn_are_told() -> None:
    narrowed = replace(Turn("?"), narrowing=Narrowing("2024-01-01", "", ("<A>",), ("ar",)))
    shown = html.fragment_fromstring(conversation_html([narrowed]))
    assert shown.xpath("string(//p[@class='m-within'])") == "Only published on or after 2024-01-01 · <A> · Arabic"
    assert ENGLISH.within not in html.fragment_fromstring(conversation_html([Turn("?")])).text_content()


def test_an_empty_conversation_invites() -> None:
    assert ENGLISH.invitation in conversation_html(())
    assert conversation_html((), ENGLISH, "<p>else</p>") == "<p>else</p>"
    assert ENGLISH.evidence_empty in evidence_panel_html(())


def test_the_catalogue_is_complete() -> None:
    assert set(ENGLISH.stances) == set(ENGLISH.stance_notes) == set(Stance)
    assert ENGLISH.confidence_words[-1][0] == 0.0
    assert language_name("ar", ENGLISH) == "Arabic"
