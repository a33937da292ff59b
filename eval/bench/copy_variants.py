"""Made-up variants of reports: some are copies and some are not, and which is known."""

from collections.abc import Callable, Mapping, Sequence
from random import Random

import regex

from eval.generated.drawing import between, pick, shuffled
from index.types import Document

Variant = Callable[[Random, Document, Sequence[Document]], str | None]
_WORD = regex.compile(r"[\p{L}\p{M}]{4,}")
_NUMBER = regex.compile(r"\p{Nd}+")
_ARABIC_MARK = regex.compile(r"[\u064B-\u0652]")
_SENTENCE_END = regex.compile(r"(?<=[.!?؟。])\s*(?=\S)")
_DATELINES = (
    "TOLNARA, March 3 (Sahil Press) — ",
    "Exclusive to our readers\nFrom our correspondent: ",
    "ناردوم (وكالة الساحل) - ",
    "By Staff Writers and Agencies\n\n",
    "(SP) - ",
)
_QUOTES = str.maketrans(
    {"«": "“", "»": "”", "“": '"', "”": '"', '"': "'", "—": "-", "–": "-", "’": "'", "،": ",", "،": ","}
)
_PLACES = ("Kadran", "Olmeth", "Serrow", "Vantir", "Dunmarra", "Pelzig", "Ashkun", "Tarvel")
_PLACES_AR = ("كدران", "أولميث", "سيرو", "فنتير", "دنمارة", "بلزيغ", "أشكون", "ترفيل")
_PLACES_ZH = ("卡德兰", "奥尔梅", "瑟罗城", "万蒂尔", "敦马拉", "佩尔齐", "阿什昆", "塔维尔")
_PLACES_TH = ("กาดราน", "โอลเมท", "เซอร์โรว์", "วันทีร์", "ดันมารา", "เพลซิก", "อัชคุน", "ทาร์เวล")
_COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
_COUNTS_AR = ("ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة")
_COUNTS_ZH = ("两", "三", "四", "五", "六", "七", "八", "九")
# Bulletins of one office: {place}, {count} (in words) and {number} (in digits) differ, the rest never does.
BULLETINS: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "en, in digits": (
        "The Joint Monitoring Office recorded {number} violations of the ceasefire in {place} district over the past 24 "
        "hours. {number} civilians were injured and {number} houses were damaged by shelling. Monitors were refused "
        "access to {place} twice. The Office reminds the parties of their obligation under the agreement to let its "
        "patrols pass at any time, and repeats its call for restraint. The next bulletin will be issued tomorrow.",
        _PLACES, _COUNTS,
    ),
    "en, in words": (
        "The Joint Monitoring Office recorded {count} violations of the ceasefire in {place} district over the past day. "
        "{count} civilians were injured and {count} houses were damaged by shelling. Monitors were refused access to "
        "{place} twice. The Office reminds the parties of their obligation under the agreement to let its patrols pass "
        "at any time, and repeats its call for restraint. The next bulletin will be issued tomorrow.",
        _PLACES, _COUNTS,
    ),
    "en, short": (
        "Civil Defence: {number} killed and {number} wounded in a strike on {place} this morning, rescue work goes on.",
        _PLACES, _COUNTS,
    ),
    "en, long": (
        "The members of the Council condemned in the strongest terms the attack in {place} on {number} March, which killed "
        "{number} people. They expressed their deepest sympathy and condolences to the families of the victims and wished "
        "a speedy and full recovery to those who were injured. They reaffirmed that violence against civilians in all its "
        "forms is one of the gravest threats to peace. They underlined the need to hold perpetrators, organisers, "
        "financiers and sponsors of these acts accountable and bring them to justice, and urged all parties, in "
        "accordance with their obligations, to cooperate actively in this regard. They reiterated that any such act is "
        "criminal and unjustifiable, regardless of its motivation, wherever, whenever and by whomsoever committed.",
        _PLACES, _COUNTS,
    ),
    "ar, in digits": (
        "وثّق مكتب الرصد المشترك {number} انتهاكات لوقف إطلاق النار في منطقة {place} خلال الساعات الأربع والعشرين الماضية. "
        "وأصيب {number} مدنيين بجروح وتضرر {number} منزلاً جراء القصف، ومُنع المراقبون من دخول {place} مرتين. ويذكّر المكتب "
        "الأطراف بالتزامها بموجب الاتفاق بالسماح لدورياته بالمرور في أي وقت، ويجدد دعوته إلى ضبط النفس.",
        _PLACES_AR, _COUNTS_AR,
    ),
    "ar, in words": (
        "وثّق مكتب الرصد المشترك {count} انتهاكات لوقف إطلاق النار في منطقة {place} خلال الساعات الأربع والعشرين الماضية. "
        "وأصيب {count} مدنيين بجروح وتضررت {count} منازل جراء القصف، ومُنع المراقبون من دخول {place} مرتين. ويذكّر المكتب "
        "الأطراف بالتزامها بموجب الاتفاق بالسماح لدورياته بالمرور في أي وقت، ويجدد دعوته إلى ضبط النفس.",
        _PLACES_AR, _COUNTS_AR,
    ),
    "zh": (
        "联合监测办公室过去二十四小时在{place}地区记录到{number}起违反停火协议的事件。{number}名平民受伤，{count}栋房屋因炮击受损。"
        "监测人员两次被拒绝进入{place}。办公室提醒各方履行协议规定的义务，允许巡逻队随时通行，并再次呼吁保持克制。",
        _PLACES_ZH, _COUNTS_ZH,
    ),
    "th": (
        "สำนักงานเฝ้าระวังร่วมบันทึกการละเมิดข้อตกลงหยุดยิง {number} ครั้งในเขต{place}ในรอบยี่สิบสี่ชั่วโมงที่ผ่านมา "
        "มีพลเรือนบาดเจ็บ {number} คน และบ้านเรือนเสียหาย {number} หลังจากการยิงปืนใหญ่ "
        "ผู้สังเกตการณ์ถูกปฏิเสธไม่ให้เข้า{place}สองครั้ง สำนักงานขอเตือนทุกฝ่ายถึงพันธกรณีตามข้อตกลง",
        _PLACES_TH, _COUNTS,
    ),
}  # fmt: skip


def bulletins(rng: Random, template: str, each: int = 8) -> list[str]:
    """Different bulletins of one template: no two have a place in common, nor all their numbers."""
    text, places, counts = BULLETINS[template]
    made = []
    for place in shuffled(rng, places)[:each]:
        filled = text.replace("{place}", place)
        while "{number}" in filled:
            filled = filled.replace("{number}", str(between(rng, 3, 99)), 1)
        while "{count}" in filled:
            filled = filled.replace("{count}", pick(rng, counts), 1)
        made.append(filled)
    return made


def other_head(rng: Random, report: Document, others: Sequence[Document]) -> str:
    """Another headline and dateline before the same text."""
    return f"{pick(rng, others).title}\n\n{pick(rng, _DATELINES)}{report.text}"


def cut_end(rng: Random, report: Document, others: Sequence[Document]) -> str:
    """The last third cut off."""
    found = _parts(report.text)
    return "".join(found[: max(1, round(len(found) * 2 / 3))])


def cut_half(rng: Random, report: Document, others: Sequence[Document]) -> str:
    """The second half cut off."""
    found = _parts(report.text)
    return "".join(found[: max(1, round(len(found) / 2))])


def house_style(rng: Random, report: Document, others: Sequence[Document]) -> str:
    """Other quotation marks, no Arabic vowel marks, capitals, and one word in thirty replaced."""
    text = _ARABIC_MARK.sub("", report.text.translate(_QUOTES))
    words = _WORD.findall(" ".join(other.text for other in others[:3]))
    return _WORD.sub(lambda match: pick(rng, words) if rng.random() < 1 / 30 else match.group(), text).upper()


def reprint(rng: Random, report: Document, others: Sequence[Document]) -> str:
    """Another head, house style, the end cut, a line of the paper's own below: all at once."""
    cut = Document("", cut_end(rng, report, others))
    styled = Document("", house_style(rng, cut, others))
    return other_head(rng, styled, others) + "\n\nAdditional reporting by our correspondents. All rights reserved."


def background_added(rng: Random, report: Document, others: Sequence[Document]) -> str:
    """A third more text, from another report: an update that changes no figure."""
    added = _parts(pick(rng, others).text)
    return report.text + "\n\n" + "".join(added[: max(1, len(added) // 3)])


def other_numbers(rng: Random, report: Document, others: Sequence[Document]) -> str | None:
    """The same text with other numbers: an update, or another report from the same template."""
    text = _NUMBER.sub(lambda match: str(int(match.group()) + between(rng, 1, 9)), report.text)
    return text if len(_NUMBER.findall(report.text)) > 1 else None


def follow_up(rng: Random, report: Document, others: Sequence[Document]) -> str:
    """Another report that quotes a third of this one."""
    return pick(rng, others).text + "\n\n" + "".join(_parts(report.text)[: max(1, len(_parts(report.text)) // 3)])


def digest(rng: Random, report: Document, others: Sequence[Document]) -> str:
    """The report with three others in one."""
    return "\n\n".join([report.text, *(other.text for other in shuffled(rng, others)[:3])])


COPIES: Mapping[str, Variant] = {
    "another headline and dateline": other_head,
    "the last third cut": cut_end,
    "the second half cut": cut_half,
    "house style, 1 word in 30 replaced": house_style,
    "all of these": reprint,
    "a third more text, no figure changed": background_added,
}
NOT_COPIES: Mapping[str, Variant] = {
    "other numbers": other_numbers,
    "a follow-up that quotes a third": follow_up,
    "a digest of four reports": digest,
}


def _parts(text: str) -> list[str]:
    """The sentences of a text with the space after each; joined they are the text."""
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    return [text[start:end] for start, end in zip(cuts, cuts[1:], strict=False) if end > start]
