"""Texts made up for the tests."""

from collections.abc import Sequence
from itertools import product

import numpy as np

from index.copies import CopyTableWriter, find_pairs, outline
from index.copies.finding import Collection

WIRE = (
    "KADRAN, March 14, 2024 (Sahil Press) - Gunmen attacked a convoy of the provincial council near the Olmeth bridge "
    "on Thursday, killing 7 people and wounding 12, the governor's office said. The convoy was carrying ballots from "
    "three villages to the counting centre in Kadran. Witnesses spoke of two white vehicles without number plates that "
    "fled towards the hills. No group has claimed responsibility for the attack. Schools in the district stay closed "
    "until Sunday, and the council has asked the army to escort the remaining ballots to the capital."
)
REPRINT = (
    "Seven feared dead at bridge\n\nOLMETH, March 15, 2024 (The Courier) — Gunmen attacked a convoy of the provincial "
    "council near the Olmeth bridge on Thursday, killing 7 people and wounding 12, the governor's office said. The "
    "convoy was carrying ballots from three villages to the counting center in Kadran. Witnesses spoke of two white "
    "vehicles without number plates that fled towards the hills. No group has claimed responsibility for the attack."
)
UPDATE = WIRE.replace("7 people", "9 people").replace("wounding 12", "wounding 15")
OTHER = (
    "The water board of Serrow will ration supplies from Monday after the driest spring in forty years. Households get "
    "water for six hours a day, the board's director told reporters, and farms in the lower valley only at night. He "
    "blamed leaking mains and said that 40 kilometres of pipe would be replaced before the autumn rains."
)
ARABIC = (
    "كدران، 14 مارس 2024 (وكالة الساحل) - هاجم مسلحون موكباً لمجلس المحافظة قرب جسر أولميث يوم الخميس، ما أدى إلى "
    "مقتل 7 أشخاص وإصابة 12 آخرين، بحسب مكتب المحافظ. وكان الموكب ينقل صناديق الاقتراع من ثلاث قرى إلى مركز الفرز في "
    "كدران. وتحدث شهود عن سيارتين بيضاوين بلا لوحات فرّتا باتجاه التلال، ولم تعلن أي جهة مسؤوليتها عن الهجوم."
)
ARABIC_VOWELLED = ARABIC.replace("مسلحون", "مُسَلَّحُونَ").replace("الموكب", "المَوْكِبُ").replace("7", "٧").replace("12", "١٢")
CHINESE = (
    "星期四，武装分子在奥尔梅大桥附近袭击了省议会的车队，造成7人死亡、12人受伤，省长办公室表示。车队当时正把三个村庄的选票运往"
    "卡德兰的计票中心。目击者说有两辆没有车牌的白色汽车朝山区逃走。目前没有任何组织宣称对袭击负责。"
)
THAI = (
    "คนร้ายโจมตีขบวนรถของสภาจังหวัดใกล้สะพานโอลเมทเมื่อวันพฤหัสบดี ทำให้มีผู้เสียชีวิต 7 คน และบาดเจ็บ 12 คน สำนักงานผู้ว่าการกล่าว "
    "ขบวนรถกำลังขนหีบบัตรเลือกตั้งจากสามหมู่บ้านไปยังศูนย์นับคะแนนในกาดราน พยานเห็นรถสีขาวสองคันไม่มีป้ายทะเบียนหลบหนีไปทางภูเขา"
)
WORDS = np.asarray(["".join(letters) for letters in product("bdgklmnrst", "aeiou", "bdgklmnrst")])


def made_up(seed: int, words: int = 200) -> str:
    """A text of random words."""
    return " ".join(np.random.default_rng(seed).choice(WORDS, words))


def collection(texts: Sequence[str], deleted: Sequence[int] = ()) -> Collection:
    """Texts as a segment has them."""
    writer = CopyTableWriter()
    for text in texts:
        writer.add(outline(text))
    return Collection(writer.build(), texts.__getitem__, frozenset(deleted))


def pairs(new: Collection, *older: Collection) -> set[frozenset[int]]:
    """The pairs that are found, without order."""
    return {frozenset(pair) for pair in find_pairs(new, older)}
