"""Dialogues: a question, its answer where one matters, what is asked next, and what is to be searched then."""

DIALOGUES: dict[str, list[tuple[str, str | None, str, str]]] = {
    "ar": [
        ("من نفذ تفجير سوق ناردوم؟", None, "ومتى؟", "متى نفذ تفجير سوق ناردوم؟"),
        ("من نفذ تفجير سوق ناردوم؟", None, "وأين وقع؟", "أين وقع نفذ تفجير سوق ناردوم؟"),
        ("من نفذ تفجير سوق ناردوم؟", None, "وكم عدد القتلى؟", "كم عدد القتلى نفذ تفجير سوق ناردوم؟"),
        ("من نفذ تفجير سوق ناردوم؟", None, "لماذا؟", "لماذا نفذ تفجير سوق ناردوم؟"),
        ("من نفذ تفجير سوق ناردوم؟", None, "وماذا عن تفجير الجسر؟", "من نفذ تفجير الجسر؟"),
        ("من قصف السوق في ناردوم؟", None, "ماذا عن راسفينا؟", "من قصف السوق في راسفينا؟"),
        ("ماذا حدث في ناردوم؟", None, "ومن المسؤول؟", "من المسؤول ناردوم؟"),
        (
            "من نفذ تفجير سوق ناردوم؟",
            "كتائب زرفان",
            "هل أعلنوا مسؤوليتهم عنه؟",
            "هل أعلنوا مسؤوليتهم نفذ تفجير سوق ناردوم؟",
        ),
        ("من نفذ تفجير سوق ناردوم؟", "كتائب زرفان", "ومن هم؟", "من كتائب زرفان نفذ تفجير سوق ناردوم؟"),
        ("من نفذ تفجير سوق ناردوم؟", None, "من أيضًا؟", "من نفذ تفجير سوق ناردوم؟"),
    ],
    "en": [
        ("Who blew up the railway bridge?", None, "When?", "When blew railway bridge?"),
        (
            "Who blew up the railway bridge?",
            None,
            "And how many were killed?",
            "how many were killed blew railway bridge?",
        ),
        ("Who blew up the railway bridge?", None, "why?", "why blew railway bridge?"),
        ("Who blew up the railway bridge?", None, "Who else?", "Who blew railway bridge?"),
        ("Who shelled the market in Tolnara?", None, "What about Rasvina?", "Who shelled the market in Rasvina?"),
        ("Who shelled the market in Tolnara?", None, "And in Rasvina?", "Who shelled the market in Rasvina?"),
        ("What happened in Tolnara?", None, "and who is responsible?", "who is responsible Tolnara?"),
        (
            "Who blew up the bridge?",
            "The Northern Brigade",
            "Did they deny it?",
            "Did deny The Northern Brigade blew bridge?",
        ),
        (
            "Who blew up the bridge?",
            "The Northern Brigade",
            "Where are they based?",
            "Where are based The Northern Brigade blew bridge?",
        ),
        (
            "Who blew up the bridge?",
            None,
            "What did the ministry say about it?",
            "What did the ministry say about blew bridge?",
        ),
        ("Who killed Judge Halvuni?", None, "What was the motive?", "What was the motive killed Judge Halvuni?"),
    ],
    "tr": [
        ("Köprüyü kim havaya uçurdu?", None, "Peki ne zaman?", "ne zaman Köprüyü havaya uçurdu?"),
        ("Köprüyü kim havaya uçurdu?", None, "Neden?", "Neden Köprüyü havaya uçurdu?"),
        ("Tolnara'daki pazarı kim bombaladı?", None, "Ya Rasvina?", "Rasvina'daki pazarı kim bombaladı?"),
        ("Köprüyü kim havaya uçurdu?", None, "Kaç kişi öldü?", "Kaç kişi öldü Köprüyü havaya uçurdu?"),
    ],
    "ru": [
        ("Кто взорвал мост в Толнаре?", None, "А когда?", "когда взорвал мост Толнаре?"),
        ("Кто взорвал мост в Толнаре?", None, "Сколько погибло?", "Сколько погибло взорвал мост Толнаре?"),
        ("Кто взорвал мост в Толнаре?", None, "А что насчёт Расвины?", "Кто взорвал мост в Расвины?"),
        (
            "Кто взорвал мост?",
            "Северная бригада",
            "Почему они это сделали?",
            "Почему сделали Северная бригада взорвал мост?",
        ),
    ],
    "fr": [
        ("Qui a fait sauter le pont de Tolnara ?", None, "Et quand ?", "quand fait sauter pont Tolnara?"),
        ("Qui a fait sauter le pont de Tolnara ?", None, "Pourquoi ?", "Pourquoi fait sauter pont Tolnara?"),
        ("Qui a bombardé le marché de Tolnara ?", None, "Et pour Rasvina ?", "Qui a bombardé le marché de Rasvina ?"),
        ("Qui a fait sauter le pont ?", None, "Combien de morts ?", "Combien de morts fait sauter pont?"),
    ],
    "fa": [
        ("چه کسی پل را منفجر کرد؟", None, "و چرا؟", "چرا پل منفجر؟"),
        ("چه کسی پل را منفجر کرد؟", None, "چه زمانی؟", "چه زمانی پل منفجر؟"),
        ("چه کسی بازار را در تولنارا بمباران کرد؟", None, "در مورد راسوینا چطور؟", "چه کسی بازار را در راسوینا؟"),
        ("چه کسی پل را منفجر کرد؟", None, "چند نفر کشته شدند؟", "چند نفر کشته شدند پل منفجر؟"),
    ],
    "es": [
        ("¿Quién voló el puente de Tolnara?", None, "¿Y cuándo?", "cuándo voló puente Tolnara?"),
        ("¿Quién voló el puente de Tolnara?", None, "¿Por qué?", "Por qué voló puente Tolnara?"),
        (
            "¿Quién bombardeó el mercado de Tolnara?",
            None,
            "¿Y qué hay de Rasvina?",
            "¿Quién bombardeó el mercado de Rasvina?",
        ),
        ("¿Quién voló el puente?", None, "¿Y cuántos murieron?", "cuántos murieron voló puente?"),
    ],
    "de": [
        ("Wer hat die Brücke gesprengt?", None, "Und wann?", "wann Brücke gesprengt?"),
        ("Wer hat die Brücke gesprengt?", None, "Warum?", "Warum Brücke gesprengt?"),
        (
            "Wer hat den Markt in Tolnara beschossen?",
            None,
            "Und was ist mit Rasvina?",
            "Wer hat den Markt in Rasvina beschossen?",
        ),
        ("Wer hat die Brücke gesprengt?", None, "Und wie viele Tote gab es?", "wie viele Tote gab Brücke gesprengt?"),
    ],
}

ALONE: dict[str, list[str]] = {
    "ar": [
        "من نفذ تفجير سوق ناردوم؟",
        "ماذا حدث في راسفينا؟",
        "كم عدد قتلى انفجار مستودع ميرزولان؟",
        "ومن اغتال القاضية هالفوني؟",
    ],
    "en": [
        "Who blew up the bridge?",
        "What happened in Rasvina?",
        "And who blew up the bridge in Rasvina?",
        "Who blew up the bridge and its pier?",
        "How many died in Mirzolan?",
        "Did the army say that it shelled Tolnara?",
        "Railway bridge",
    ],
    "tr": ["Köprüyü kim havaya uçurdu?", "Tolnara'da ne oldu?"],
    "ru": ["Кто взорвал мост?", "Что произошло в Толнаре?"],
    "fr": ["Qui a fait sauter le pont ?", "Que s'est-il passé à Tolnara ?"],
    "fa": ["چه کسی پل تولنارا را منفجر کرد؟", "در تولنارا چه اتفاقی افتاد؟"],
    "es": ["¿Quién voló el puente?", "¿Qué pasó en Tolnara?"],
    "de": ["Wer hat die Brücke gesprengt?", "Was geschah in Tolnara?"],
}
