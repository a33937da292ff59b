"""The questions that follow from the world, with their answers as the reports have them."""

from datetime import date
from random import Random

from eval.datasets.types import GoldSpan, Question
from eval.generated.drawing import pick
from eval.generated.reports import Report
from eval.generated.values import date_text, general_name, person
from eval.generated.vocabulary import LANGS, Kind, Name, sentences
from eval.generated.world import Incident, World
from eval.generated.writing import Mark, Phrase, fill


def ask(world: World, reports: tuple[Report, ...]) -> tuple[Question, ...]:
    """Every question of the world.

    Of each incident: who did it, in both languages; when, where or what the target was, and how many were killed, in
    one language each, as far as a question tells the incident apart and somebody was killed. Then, for each incident,
    a question on something of its kind that never happened.

    Args:
        world: What happened.
        reports: What was written about it.

    Returns:
        The questions.
    """
    rng = Random(f"questions of {world.seed}")  # noqa: S311 - drawing stories, not secrets
    questions: list[Question] = []
    for incident in world.incidents:
        about = tuple(report for report in reports if report.incident.number == incident.number)
        questions += _of_incident(rng, incident, about)
    for number, (kind, town) in enumerate(world.never, start=1):
        lang, aspect = LANGS[number % 2], pick(rng, ("who", "who", "when", "killed"))
        text = _text(rng, pick(rng, sentences(lang).questions[aspect]), lang, kind, town, None, Phrase(""))
        questions.append(
            Question(f"never-{number:02d}-{aspect}-{lang}", text, lang, answer_lang=lang, answerable=False)
        )
    return tuple(questions)


def _of_incident(rng: Random, incident: Incident, about: tuple[Report, ...]) -> list[Question]:
    place = "where" if incident.number % 2 else "target"
    langs = {aspect: LANGS[(incident.number + turn) // 2 % 2] for turn, aspect in enumerate(("when", place, "killed"))}
    dated = incident.recurs or incident.number % 3 == 0
    made = [_question(rng, incident, about, "who", lang, dated=dated) for lang in LANGS]
    if not incident.recurs:
        made.append(_question(rng, incident, about, "when", langs["when"], dated=False))
    made.append(_question(rng, incident, about, place, langs[place], dated=False))
    if incident.killed:
        made.append(_question(rng, incident, about, "killed", langs["killed"], dated=incident.recurs))
    return made


def _question(
    rng: Random, incident: Incident, about: tuple[Report, ...], aspect: str, lang: str, *, dated: bool
) -> Question:
    if aspect == "target":
        template = incident.kind.wordings[lang].asked
    else:
        template = pick(rng, sentences(lang).questions[f"{aspect}_dated" if dated else aspect])
    victim = person(incident.people.victim, lang)
    found = [(report, mark) for report in about for mark in report.marks if mark.label.split("/")[0] == aspect]
    spans = tuple(_span(report, mark) for report, mark in found)
    answers = dict.fromkeys(span.text for span in spans)
    if answers and aspect == "killed":
        answers |= {str(incident.killed): None}
    written_in = {report.document.lang for report in about}
    return Question(
        query_id=f"{incident.incident_id}-{aspect}-{lang}",
        text=_text(rng, template, lang, incident.kind, incident.town, incident.day, victim),
        lang=lang,
        relevant={report.document.doc_id: 1 for report in about},
        answers=tuple(answers),
        answer_lang=written_in.pop() if len(written_in) == 1 else lang,
        answerable=bool(spans),
        spans=spans,
        attribution=tuple(dict.fromkeys(mark.label.split("/")[1] for _, mark in found)) if aspect == "who" else (),
    )


def _span(report: Report, mark: Mark) -> GoldSpan:
    return GoldSpan(report.document.doc_id, mark.start, report.document.text[mark.start : mark.end])


def _text(rng: Random, template: str, lang: str, kind: Kind, town: Name, day: date | None, victim: Phrase) -> str:
    values = {"town": Phrase(town.in_lang(lang)), "general": general_name(kind, lang, victim)}
    if day is not None:
        values["date"] = Phrase(date_text(day, pick(rng, sentences(lang).months), year=True))
    return fill(template, values).text
