"""What a deed was done with."""

import pytest

from rag.reading.spans.means import names_means


@pytest.mark.parametrize(
    "answer",
    [
        "a tanker lorry", "Drones loaded with explosives", "a suicide car bomb", "سيارة مفخخة", "طائرات مسيّرة",
        "عبوة ناسفة", "bombalı araç", "bir kamyon", "заминированный автомобиль", "une voiture piégée",
        "un coche bomba", "eine Autobombe", "خودرو", "artillery", "a hail of bullets", "لوابل", "مادة الزرنيخ",
        "Fire crews", "فرق الإطفاء", "пожарные", "les pompiers",
    ],
)  # fmt: skip
def test_things_are_nobody(answer: str) -> None:
    assert names_means(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "gunmen in a pickup truck", "Russian missiles", "army drones", "the Bomb Disposal Brigade", "Carlos",
        "Mina Surfak", "", "مسلحون على دراجة نارية", "طائرات الجيش", "صواريخ روسية", "боевики", "les rebelles",
        "hombres armados", "der Nordbund", "the Zarfan Fire Brigade",
    ],
)  # fmt: skip
def test_who_has_a_name_or_uses_things_is_somebody(answer: str) -> None:
    assert not names_means(answer)
