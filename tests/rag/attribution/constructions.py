"""More constructions in several languages: who blames in a relative clause, fights between two sides, self-naming."""

CONSTRUCTIONS: dict[str, list[tuple[str, str, str, str | None]]] = {
    "en": [
        ("The bridge was blown up by the Falcons, who accused its guards of spying.", "the Falcons", "reported", None),
        (
            "The bridge was blown up by the Falcons, whom police accuse of other blasts.",
            "the Falcons",
            "accused",
            "police",
        ),
        ("The Falcons, which have accused the army of torture, burned the market.", "the army", "accused", None),
        (
            "TWO PEASANTS WERE KILLED IN KALVERA DURING HEAVY FIGHTING BETWEEN THE ARMY AND THE ZARFAN FRONT.",
            "THE ZARFAN FRONT",
            "suspected",
            None,
        ),
        ("In clashes between the army and the Falcons two teachers were wounded.", "the army", "suspected", None),
        (
            "Two teachers were killed by the Falcons after a truce between the two sides.",
            "the Falcons",
            "reported",
            None,
        ),
        (
            "The gunmen identified themselves as fighters of the Zarfan Front.",
            "the Zarfan Front",
            "claimed",
            "The gunmen",
        ),
        (
            "The gunmen did not identify themselves as fighters of the Zarfan Front.",
            "the Zarfan Front",
            "reported",
            None,
        ),
        (
            "The Zarfan Brigades said on Friday that they had carried out the attack.",
            "The Zarfan Brigades",
            "claimed",
            "The Zarfan Brigades",
        ),
        ("Police said on Friday that the Falcons had carried out the attack.", "the Falcons", "reported", "Police"),
        (
            "The Zarfan Front reported that its fighters had burned the mill.",
            "its fighters",
            "claimed",
            "The Zarfan Front",
        ),
        ("The police pointed to the Falcons as the authors of the blast.", "the Falcons", "accused", "The police"),
        (
            "The union charged today the shared responsibility of the Sixth Brigade in the deaths.",
            "the Sixth Brigade",
            "accused",
            "The union",
        ),
        (
            "Officers of the Sixth Brigade involved in the killing were arrested.",
            "the Sixth Brigade",
            "suspected",
            None,
        ),
        ("The Sixth Brigade was not involved in the killing.", "The Sixth Brigade", "denied", "The Sixth Brigade"),
    ],
    "fr": [
        ("Le pont a été détruit par les Faucons, qui accusent ses gardes.", "les Faucons", "reported", None),
        ("Deux paysans ont été tués dans des combats entre l’armée et les Faucons.", "les Faucons", "suspected", None),
        (
            "Les hommes armés se sont présentés comme des combattants du Front de Zarfan.",
            "Front de Zarfan",
            "claimed",
            "Les hommes armés",
        ),
    ],
    "es": [
        (
            "Dos campesinos murieron en enfrentamientos entre el ejército y los Halcones.",
            "los Halcones",
            "suspected",
            None,
        ),
        ("Dos campesinos murieron por disparos de los Halcones.", "los Halcones", "reported", None),
        (
            "Los pistoleros se identificaron como combatientes del Frente Zarfan.",
            "Frente Zarfan",
            "claimed",
            "Los pistoleros",
        ),
        ("Los pistoleros no se identificaron como combatientes del Frente Zarfan.", "Frente Zarfan", "reported", None),
    ],
    "de": [
        (
            "Bei Gefechten zwischen der Armee und den Falken wurden zwei Bauern getötet.",
            "den Falken",
            "suspected",
            None,
        ),
        ("Die Männer gaben sich als Kämpfer der Zarfan-Front aus.", "der Zarfan-Front", "claimed", "Die Männer"),
    ],
    "ru": [
        ("Двое крестьян погибли в боях между армией и «Соколами».", "«Соколами»", "suspected", None),
        ("Нападавшие назвались бойцами «Фронта Зарфан».", "«Фронта Зарфан»", "claimed", "Нападавшие"),
        ("Мост взорвали «Соколы», которые обвинили его охрану.", "«Соколы»", "reported", None),
    ],
    "ar": [
        ("قُتل مزارعان خلال اشتباكات عنيفة بين الجيش وكتائب زرفان.", "كتائب زرفان", "suspected", None),
        ("وعرّف المسلحون عن أنفسهم بأنهم من كتائب زرفان.", "كتائب زرفان", "claimed", None),
        ("وعرّفوا عن أنفسهم بأنهم من كتائب زرفان.", "كتائب زرفان", "claimed", None),
        ("لم يعرّفوا عن أنفسهم بأنهم من كتائب زرفان.", "كتائب زرفان", "reported", None),
    ],
    "fa": [
        ("در درگیری میان ارتش و گردان زرفان دو کشاورز کشته شدند.", "گردان زرفان", "suspected", None),
        ("مهاجمان خود را اعضای گردان زرفان معرفی کردند.", "گردان زرفان", "claimed", "مهاجمان"),
    ],
    "tr": [
        ("Ordu ile Zarfan Tugayı arasındaki çatışmada iki köylü öldü.", "Zarfan Tugayı", "suspected", None),
        ("Saldırganlar kendilerini Zarfan Tugayı üyesi olarak tanıttı.", "Zarfan Tugayı", "claimed", "Saldırganlar"),
        ("Pazarlarda saldırıyı Kara Grubu üstlendi.", "Kara Grubu", "claimed", "Kara Grubu"),
        (
            "Nardum'un eski pazarında bir kişinin ölümüne, yangına yol açan saldırıyı Zarfan Tugayları üstlendi.",
            "Zarfan Tugayları",
            "claimed",
            "Zarfan Tugayları",
        ),
    ],
}
