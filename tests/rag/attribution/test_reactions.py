"""Who condemns, mourns or investigates what others did. All events are invented."""

import pytest

from rag.attribution import reactors


def named(text: str, lang: str) -> list[str]:
    return [text[slice(*span)].strip() for span in reactors(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("en", "Mayor Lina Surfak condemned the bombing of the Nardum market on Tuesday.", ["Mayor Lina Surfak"]),
        ("en", "The Northern Brigade bombed the market, and the mayor condemned it.", ["the mayor"]),
        ("en", "The bombing was condemned by the United Nations.", ["the United Nations"]),
        ("en", "Police are investigating the bombing.", ["Police"]),
        ("en", "The UN strongly deplored the attack that the Northern Brigade carried out.", ["The UN"]),
        ("en", "The Northern Brigade did not condemn the attack.", []),
        ("en", "The Northern Brigade blew up the bridge.", []),
        ("ar", "أدانت الأمم المتحدة تفجير سوق ناردوم الذي نفذه لواء الشمال.", ["الأمم المتحدة"]),
        ("ar", "وندد رئيس البلدية سلمى دشتوران بتفجير سوق ناردوم.", ["رئيس البلدية سلمى دشتوران"]),
        ("ar", "نفذ لواء الشمال تفجير السوق، وأدانت الحكومة الهجوم.", ["الحكومة"]),
        ("ar", "قُتل الناشط الذي دعا إلى التظاهر على يد لواء الشمال.", []),
        ("ar", "ذكرت وكالة الأنباء أن لواء الشمال فجر السوق.", []),
        ("tr", "Cumhurbaşkanı, Nardum pazarının bombalanmasını kınadı.", ["Cumhurbaşkanı"]),
        ("de", "Lina Surfak verurteilte den Anschlag auf den Markt von Nardum.", ["Lina Surfak"]),
        ("fr", "Le président a condamné l'attentat contre le marché.", ["Le président"]),
        ("fr", "L'attentat a été condamné par les Nations unies.", ["les Nations unies"]),
        ("es", "El atentado fue condenado por la ONU.", ["la ONU"]),
        ("es", "La alcaldesa condenó el atentado contra el mercado.", ["La alcaldesa"]),
        ("ru", "Президент осудил взрыв на рынке в Надруме.", ["Президент"]),
        ("fa", "رئیس جمهور، بمب‌گذاری در بازار را محکوم کرد.", ["رئیس جمهور"]),
    ],
)
def test_who_reacts_is_named(lang: str, text: str, names: list[str]) -> None:
    assert named(text, lang) == names


def test_where_the_name_is_not_clear_its_side_of_the_clause_is_taken() -> None:
    text = "Der Anschlag wurde von den Vereinten Nationen verurteilt, die Nordbrigade schwieg."
    (found,) = named(text, "de")
    assert "Nationen" in found and "Nordbrigade" not in found
