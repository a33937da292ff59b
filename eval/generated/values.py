"""What fills the slots of a report's sentences: names, dates and numbers in the report's own style."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from eval.generated.counting import PERSON, ArabicNoun, count_arabic, count_english, words_english
from eval.generated.drawing import between, chance, pick
from eval.generated.vocabulary import Group, Kind, Name, sentences
from eval.generated.world import Incident, Past, Person, Plan
from eval.generated.writing import Phrase, fill, marked

CAPITAL = Name("تولنارا", "Tolnara")
DEAD = ArabicNoun("قتيل", "قتلى")

# Slot: fewest and most, the Arabic noun, the English one and its plural. Never 1 or 2, which Arabic inflects by case.
_COUNTED = (
    ("hours", 3, 12, ArabicNoun("ساعة", "ساعات"), "hour", "hours"),
    ("days", 3, 10, ArabicNoun("يوم", "أيام"), "day", "days"),
    ("months", 3, 11, ArabicNoun("شهر", "أشهر"), "month", "months"),
    ("minutes", 4, 25, ArabicNoun("دقيقة", "دقائق"), "minute", "minutes"),
    ("metres", 30, 300, ArabicNoun("متر", "أمتار"), "metre", "metres"),
    ("kilometres", 3, 40, ArabicNoun("كيلومتر", "كيلومترات"), "kilometre", "kilometres"),
    ("houses", 4, 30, ArabicNoun("منزل", "منازل"), "house", "houses"),
    ("shops", 3, 25, ArabicNoun("متجر", "متاجر"), "shop", "shops"),
    ("shells", 6, 40, ArabicNoun("قذيفة", "قذائف"), "shell", "shells"),
    ("explosions", 3, 14, ArabicNoun("انفجار", "انفجارات"), "explosion", "explosions"),
    ("holes", 11, 70, ArabicNoun("ثقب", "ثقوب"), "hole", "holes"),
    ("lorries", 3, 9, ArabicNoun("شاحنة", "شاحنات"), "lorry", "lorries"),
    ("suspects", 3, 9, PERSON, "person", "people"),
)


@dataclass(frozen=True, slots=True)
class Style:
    """How a report is set.

    Attributes:
        months: Its names of the months.
        year: Whether it gives the year with the day of the incident.
        vocalised: Whether it sets vowel signs on the names of groups.
        indic: Whether it uses Arabic-Indic digits.
        bare: Whether it writes alef without hamza, as many typists do.
        capitals: Whether its headline is in capitals.
        filed: The town it was filed from.
    """

    months: tuple[str, ...]
    year: bool
    vocalised: bool
    indic: bool
    bare: bool
    capitals: bool
    filed: Name


def draw_style(rng: Random, lang: str, town: Name) -> Style:
    """A style for a report in a language."""
    arabic = lang == "ar"
    return Style(
        months=pick(rng, sentences(lang).months),
        year=chance(rng, 0.6),
        vocalised=arabic and chance(rng, 0.2),
        indic=arabic and chance(rng, 0.3),
        bare=arabic and chance(rng, 0.12),
        capitals=not arabic and chance(rng, 0.25),
        filed=town if chance(rng, 0.6) else CAPITAL,
    )


def date_text(day: date, months: tuple[str, ...], *, year: bool) -> str:
    """The day as a report writes it.

    >>> date_text(date(2024, 2, 1), ("يناير", "فبراير"), year=True)
    '1 فبراير 2024'
    """
    return f"{day.day} {months[day.month - 1]}" + (f" {day.year}" if year else "")


def report_values(incident: Incident, plan: Plan, style: Style) -> dict[str, Phrase]:
    """What fills the slots that mean the same in every sentence of a report."""
    lang = plan.lang
    words = sentences(lang)
    wording = incident.kind.wordings[lang]
    authority = words.authorities[incident.authority]
    district = ("حي " if lang == "ar" else "") + incident.district.in_lang(lang)
    values = {
        "town": Phrase(incident.town.in_lang(lang)),
        "place": marked(incident.town.in_lang(lang), "where"),
        "district": marked(district, "where"),
        "date": marked(date_text(incident.day, style.months, year=style.year), "when"),
        "weekday": Phrase(words.weekdays[incident.day.weekday()]),
        "published": Phrase(date_text(plan.published, style.months, year=True)),
        "pubday": Phrase(words.weekdays[plan.published.weekday()]),
        "filed": Phrase(style.filed.in_lang(lang)),
        "source": Phrase(plan.source.name.in_lang(lang)),
        "weapon": Phrase(wording.weapons[incident.weapon]),
        "harm": Phrase(wording.harm),
        "authority": Phrase(authority.name, second=authority.second),
        "victim": person(incident.people.victim, lang),
    }
    target = fill(wording.targets[incident.target], values)
    values["target"] = marked(target.text, "target")
    values["general"] = fill(wording.general, values)
    values["headline"] = Phrase(values["general"].text.removeprefix("the "))
    values["object"] = fill(wording.object, values)
    values["doing"] = fill(wording.doing, values)
    values["did"] = Phrase(wording.did)
    values["done"] = Phrase(wording.done)
    values["did_f"], values["did_pl"] = Phrase(wording.did + "ت"), Phrase(wording.did + "وا")
    return values | _toll(incident, lang)


def _toll(incident: Incident, lang: str) -> dict[str, Phrase]:
    killed, wounded = incident.killed, incident.wounded
    values: dict[str, Phrase] = {}
    if wounded:
        text = count_arabic(wounded, PERSON) if lang == "ar" else count_english(wounded, "person", "people")
        values["wounded"] = Phrase(text, second=True)
        values["wounded_words"] = Phrase(f"{words_english(wounded)} people", second=True)
    if killed and lang == "ar":
        values["killed"] = marked(count_arabic(killed, PERSON), "killed")
        values["killed_oblique"] = marked(count_arabic(killed, PERSON, "genitive"), "killed")
        values["dead"] = marked(count_arabic(killed, DEAD, "accusative"), "killed")
    elif killed:
        several = killed > 1
        people = count_english(killed, "person", "people")
        values["killed"] = marked(people, "killed", second=several)
        values["killed_words"] = marked(
            f"{words_english(killed)} {'people' if several else 'person'}", "killed", second=several
        )
        values["killed_n"] = marked(count_english(killed, "", "").strip(), "killed", second=several)
    return values


def person(who: Person, lang: str) -> Phrase:
    """A person's name."""
    return Phrase(who.name.in_lang(lang), second=who.feminine)


def titled(incident: Incident, lang: str) -> dict[str, Phrase]:
    """The persons who are quoted, with their titles, as a report names them at first."""
    people, roles = incident.people, sentences(lang).roles
    town = Phrase(incident.town.in_lang(lang))
    spoken = (
        ("official", "officials", people.official),
        ("doctor", "doctors", people.doctor),
        ("leader", "leaders", people.leader),
        ("witness", "witnesses", people.witness),
    )
    values: dict[str, Phrase] = {}
    for slot, role, who in spoken:
        template = roles[role][incident.role % len(roles[role])]
        title = fill(template, {"person": person(who, lang), "town": town})
        values[slot] = Phrase(title.text, second=who.feminine)
    return values


def group_name(group: Group, lang: str, label: str, *, vocalised: bool = False) -> Phrase:
    """A group's name, marked."""
    text = group.vocalised if vocalised and lang == "ar" else group.name.in_lang(lang)
    return marked(text, label, second=group.second(lang))


def draw_numbers(rng: Random) -> dict[str, int]:
    """Numbers that matter to no question, by slot."""
    numbers = {slot: between(rng, low, high) for slot, low, high, *_ in _COUNTED}
    return numbers | {"money": 10 * between(rng, 9, 95), "percent": between(rng, 11, 98), "month": between(rng, 1, 12)}


def number_values(numbers: Mapping[str, int], lang: str, months: tuple[str, ...]) -> dict[str, Phrase]:
    """The numbers as a report writes them."""
    values: dict[str, Phrase] = {}
    for slot, _, _, noun, singular, plural in _COUNTED:
        number = numbers[slot]
        values[slot] = Phrase(count_arabic(number, noun) if lang == "ar" else count_english(number, singular, plural))
    thousands, (ones, tenths) = numbers["money"], divmod(numbers["percent"], 10)
    values["money"] = Phrase(f"{thousands} ألف زولان" if lang == "ar" else f"{thousands},000 zolan")
    values["percent"] = Phrase(f"{ones}.{tenths}")
    values["month"] = Phrase(months[numbers["month"] - 1])
    return values


def general_name(kind: Kind, lang: str, victim: Phrase) -> Phrase:
    """What an incident of a kind is called in passing; ``victim`` decides the gender of its victim's office."""
    return fill(kind.wordings[lang].general, {"victim": victim})


def past_values(past: Past, lang: str) -> dict[str, Phrase]:
    """What fills the slots of a sentence on an incident of earlier years."""
    killed = count_arabic(past.killed, PERSON) if lang == "ar" else count_english(past.killed, "person", "people")
    return {
        "past_who": group_name(past.group, lang, "aside"),
        "past_act": general_name(past.kind, lang, Phrase("")),
        "past_town": Phrase(past.town.in_lang(lang)),
        "past_year": Phrase(str(past.year)),
        "past_killed": Phrase(killed),
    }


def named_again(incident: Incident, lang: str) -> dict[str, Phrase]:
    """The persons who are quoted, as a report names them after the first time: English by surname, Arabic in full."""
    people = incident.people
    return {
        slot: Phrase(who.name.ar if lang == "ar" else who.name.en.split()[-1], second=who.feminine)
        for slot, who in (
            ("official", people.official),
            ("doctor", people.doctor),
            ("leader", people.leader),
            ("witness", people.witness),
        )
    }
