"""Who did it, or who somebody is."""

import pytest

from rag.reading.asks_deed import asks_who_did_it


@pytest.mark.parametrize(
    "question",
    [
        "Who carried out the attack in Nardum?", "Who made the attack that the UN condemned?",
        "Who is behind the attack?", "Who was responsible for the fire?",
        "Who is the killer of the judge?", "Who was the mayor killed by?", "Which group is linked to the bombing?",
        "Which group has been named over the blast in Nardum?", "Who is suspected of the murder?",
        "من نفذ الهجوم؟", "من هو منفذ الهجوم؟", "من هم المسؤولون عن التفجير؟", "من يقف وراء الحريق؟",
        "ما الجهة المرتبطة باقتحام المستودع؟", "من كان وراء الاغتيال؟",
        "Wer ist für den Anschlag verantwortlich?", "Wer ist der Täter?", "Wer verübte den Anschlag?",
        "Qui est l'auteur de l'attentat ?", "Qui a commis l'attentat ?", "¿Quién fue el autor del atentado?",
        "¿Quién cometió el atentado?", "Кто взорвал рынок?", "Кто был исполнителем нападения?",
        "Who is shelling the village?", "Who was it that shot the judge?",
        "من هو الذي فجّر السوق؟",
        "من هم الذين هاجموا القرية؟",
        "Qui sont ceux qui ont tiré ?", "¿Quién fue el que atacó el mercado?", "Pazarı bombalayan kim?",
        "Pazarı kim bombaladı?", "چه کسی در بازار بمب گذاشت؟",
    ],
)  # fmt: skip
def test_who_did_it_is_asked(question: str) -> None:
    assert asks_who_did_it(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who is the lieutenant of Byblos?", "Who is the authority on bridges?", "Who is the king?",
        "Who is the mayor of Nardum?", "Who was the judge that was killed in Nardum?", "Who is Lina Surfak?",
        "Who blamed the army?", "Who condemned the fire?", "من أدان التفجير؟", "Wer verurteilte den Anschlag?",
        "Who was killed in the attack?", "When did it happen?",
        "من هو الرئيس الكوستاريكي الذي ارتاد هارفارد؟", "من هي القاضية التي قُتلت؟", "من اتهم الجيش؟",
        "Wer ist die Bürgermeisterin?", "Qui est le maire de Nardoum ?", "¿Quién es la alcaldesa?",
        "Кто такой Халвони?", "Nardum belediye başkanı kimdir?", "شهردار ناردوم کیست؟",
    ],
)  # fmt: skip
def test_something_else_is_asked(question: str) -> None:
    assert not asks_who_did_it(question)
