"""Sentences that say that nobody claimed it, or that it is not known who did it. All events are invented."""

import pytest

from rag.attribution import LANGUAGES, names_nobody
from rag.attribution.lexicon import load_lexicon

SILENT = {
    "ar": [
        "ليس لدى المحققين حتى الآن أي خيط يقود إلى من أمر بقصف قرية النبع.",
        "ولا يُعرف من يقف وراء قصف قرية النبع.",
        "لا يزال منفذو الاعتداء على قافلة الحبوب مجهولين.",
        "لم تتضح هوية المهاجمين.",
        "لم تُعرف بعد الجهة التي تقف وراء التفجير.",
        "«من المبكر توجيه الاتهام إلى أحد»، قال وزير الأمن.",
    ],
    "en": [
        "No group has claimed responsibility for the attack.",
        "It is not known who was behind the artillery attack on the village of Mills.",
        "Investigators have no lead as to who ordered the attack.",
        "Those who carried out the sabotage of the railway bridge remain unidentified.",
        "The identity of the attackers is unknown.",
        "The provincial police named no suspects.",
    ],
    "tr": ["Saldırıyı kimin yaptığı bilinmiyor.", "Polisin elinde faillere dair bir ipucu yok."],
    "ru": [
        "Следствие не знает, кто взорвал мост.",
        "Личности нападавших не установлены.",
        "У следователей нет зацепок.",
    ],
    "fr": ["On ignore qui a attaqué le marché.", "Les enquêteurs n'ont aucune piste."],
    "es": ["No se sabe quién atacó el mercado.", "Los investigadores no tienen ninguna pista."],
    "de": [
        "Es ist unklar, wer den Markt angriff.",
        "Wer den Markt angriff, ist noch unklar.",
        "Die Ermittler haben keine Spur von den Tätern.",
    ],
    "fa": ["مشخص نیست چه کسی به بازار حمله کرد.", "ماموران هیچ سرنخی از عاملان ندارند."],
}
TELLING = {
    "ar": [
        "هاجم مسلحون مجهولون السوق.",
        "لا يزال الجيش يقصف المدينة.",
        "لا يُعرف من يقف وراء التفجير، لكن الجيش اتهم لواء الشمال.",
    ],
    "en": [
        "It is not known who was behind it, but the army blamed the Brigade.",
        "No evidence was found, but the Brigade claimed responsibility.",
        "Unknown gunmen attacked the market.",
        "The army knows who did it.",
        "The identity of the attackers is known.",
    ],
    "tr": ["Kimliği belirsiz kişiler pazara saldırdı."],
    "ru": ["Неизвестные взорвали мост."],
    "fr": ["Des inconnus ont attaqué le marché."],
    "es": ["Desconocidos atacaron el mercado."],
    "de": ["Unbekannte griffen den Markt an."],
    "fa": ["افراد ناشناس به بازار حمله کردند."],
}


@pytest.mark.parametrize(("lang", "sentence"), [(lang, one) for lang, ones in SILENT.items() for one in ones])
def test_it_is_told_that_nobody_is_known(lang: str, sentence: str) -> None:
    assert names_nobody(sentence, lang)


@pytest.mark.parametrize(("lang", "sentence"), [(lang, one) for lang, ones in TELLING.items() for one in ones])
def test_somebody_is_named_or_unknown_people_are(lang: str, sentence: str) -> None:
    assert not names_nobody(sentence, lang)


def test_every_language_can_say_it() -> None:
    assert set(SILENT) == set(TELLING) == set(LANGUAGES)
    assert all(load_lexicon(lang).unknown.pattern != r"(?!)" for lang in LANGUAGES)
