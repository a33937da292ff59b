from index.bridges.aliases import Aliases, parse
from index.bridges.expansion import ALIAS_WEIGHT, Alternative, Expansion, Name, expand
from index.bridges.skeleton_index import SkeletonIndex
from index.text.analysis import FoldingAnalyzer
from index.types import Bridged

ALIASES = Aliases(parse("ISIS\nIslamic State\nداعش\nتنظيم الدولة\n\nAleppo\nحلب\nАлеппо\n").groups)
ANALYZER = FoldingAnalyzer()


def vocabulary(*texts: tuple[str, str]) -> set[str]:
    return {term for text, lang in texts for term in ANALYZER.terms(text, lang)}


def test_without_bridges_the_terms_are_the_analyzers() -> None:
    question = "Who attacked the market?"
    expansion = expand(question, ANALYZER, ["en"], vocabulary(("market", "en")))
    assert expansion == Expansion(tuple(ANALYZER.query_terms(question, ["en"])))
    assert expansion.terms == expansion.plain


def test_an_alias_stands_for_its_other_names_in_the_collection() -> None:
    known = vocabulary(("هاجم تنظيم الدولة وداعش السوق", "ar"), ("The Islamic State attacked", "en"))
    expansion = expand("Did ISIS attack?", ANALYZER, ["ar", "en"], known, ALIASES)
    assert expansion.plain == ("did", "attack")
    (name,) = expansion.names
    assert name.own == ("isi",)
    assert set(name.alternatives) == {
        Alternative(("islam", "state"), ALIAS_WEIGHT),
        Alternative(("داعش",), ALIAS_WEIGHT),
        Alternative(("تنظيم", "دول"), ALIAS_WEIGHT),
    }
    assert expansion.used == (Bridged("ISIS", ("Islamic State", "داعش", "تنظيم الدولة"), "alias"),)
    assert set(expansion.terms) == {"did", "attack", "isi", "islam", "state", "داعش", "تنظيم", "دول"}


def test_a_name_of_which_the_collection_lacks_a_term_is_left_out() -> None:
    expansion = expand("Did ISIS attack?", ANALYZER, ["en"], vocabulary(("The state attacked", "en")), ALIASES)
    assert expansion.names == () and expansion.used == ()
    assert "isi" in expansion.plain


def test_the_terms_of_a_name_in_every_stemming_of_the_collection() -> None:
    aliases = Aliases(parse("UNHCR\nNations unies\n").groups)
    known = vocabulary(("les Nations unies", "fr"), ("nations unies", "tr"))
    (name,) = expand("UNHCR", ANALYZER, ["fr", "tr"], known, aliases).names
    assert {alternative.terms for alternative in name.alternatives} == {("nation", "uni"), ("nations", "unies")}


def test_articles_and_particles_of_a_name_are_not_asked_for() -> None:
    aliases = Aliases(parse("AQ\u0041\nAl-Qaeda in the Levant\n").groups)
    (name,) = expand("AQA", ANALYZER, ["en"], vocabulary(("al qaeda in the levant", "en")), aliases).names
    assert [alternative.terms for alternative in name.alternatives] == [("qaeda", "levant")]


def test_a_preposition_may_be_written_onto_an_arabic_name() -> None:
    (name,) = expand("ISIS", ANALYZER, ["ar"], vocabulary(("انتماؤه لداعش", "ar")), ALIASES).names
    assert name.alternatives == (Alternative(("لداعش",), ALIAS_WEIGHT),)


def test_a_name_among_the_aliases_is_not_compared_by_sound() -> None:
    known = vocabulary(("حلب البو نيوتن", "ar"))
    expansion = expand("Did Newton see Aleppo?", ANALYZER, ["ar"], known, ALIASES, SkeletonIndex.build(known))
    assert [(used.words, used.matched, used.kind) for used in expansion.used] == [
        ("Aleppo", ("حلب",), "alias"),
        ("Newton", ("نيوتن",), "transliteration"),
    ]
    assert expansion.plain == ("did", "see")


def test_a_term_of_two_names_is_claimed_once() -> None:
    aliases = Aliases(parse("Islamic State\nداعش\n\nState of Nardum\nناردوم\n").groups)
    known = vocabulary(("داعش ناردوم", "ar"))
    expansion = expand("Islamic State and State of Nardum", ANALYZER, ["ar"], known, aliases)
    assert [name.own for name in expansion.names] == [("islam", "state"), ("of", "nardum")]
    assert isinstance(expansion.names[0], Name)


def test_a_name_that_the_analyzer_makes_the_same_is_no_alternative() -> None:
    aliases = Aliases(parse("Iran\nIrán\nИран\n").groups)
    expansion = expand("Iran", ANALYZER, ["en", "es"], {"iran"}, aliases)
    assert expansion == Expansion(("iran",))


def test_an_alias_that_the_collection_lacks_leaves_its_words_to_their_sound() -> None:
    known = {"एलेप्पो"}
    expansion = expand("Was Aleppo hit?", ANALYZER, ["hi"], known, ALIASES, SkeletonIndex.build(known))
    assert [(used.words, used.kind) for used in expansion.used] == [("Aleppo", "transliteration")]
