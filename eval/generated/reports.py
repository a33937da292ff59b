"""Writing the reports, and where in them the answers come to stand.

A dateline says where a report was filed, not where something happened, so its town and day are no answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from eval.generated.composing import Sentence, compose
from eval.generated.drawing import chance, pick
from eval.generated.values import (
    Style,
    draw_numbers,
    draw_style,
    group_name,
    named_again,
    number_values,
    report_values,
    titled,
)
from eval.generated.vocabulary import sentences
from eval.generated.world import Incident, Plan, World
from eval.generated.writing import Mark, Phrase, fill, join
from index.types import Document

_INDIC = {ord("0") + digit: 0x0660 + digit for digit in range(10)}
_BARE = {ord(letter): "ا" for letter in "أإآ"}


@dataclass(frozen=True, slots=True)
class Report:
    """A written report.

    Attributes:
        incident: What it is about.
        document: The report itself.
        marks: Where answers stand in ``document.text``.
    """

    incident: Incident
    document: Document
    marks: tuple[Mark, ...]


def write_reports(world: World) -> tuple[Report, ...]:
    """Every report of the world, by incident and then by day of publication."""
    rng = Random(f"reports of {world.seed}")  # noqa: S311 - drawing stories, not secrets
    reports: list[Report] = []
    for incident in world.incidents:
        numbers = draw_numbers(rng)
        reports += [_write(rng, world, incident, plan, numbers) for plan in incident.plans]
    return tuple(reports)


def _write(rng: Random, world: World, incident: Incident, plan: Plan, numbers: Mapping[str, int]) -> Report:
    style = draw_style(rng, plan.lang, incident.town)
    values = report_values(incident, plan, style)
    paragraphs = compose(rng, world, incident, plan, style)
    body = _body(rng, paragraphs, values | titled(incident, plan.lang), incident, plan, style, numbers)
    dateline = fill(pick(rng, sentences(plan.lang).sentences["dateline"]), values)
    text = join([join([dateline, body[0]], ""), *body[1:]], "\n\n")
    document = Document(
        doc_id=f"{incident.incident_id}/{plan.published}-{plan.source.slug}-{plan.lang}",
        text=_typeset(text.text, style),
        title=_typeset(_title(rng, plan, values, style), style),
        source=plan.source.name.in_lang(plan.lang),
        published=plan.published,
        lang=plan.lang,
    )
    return Report(incident, document, text.marks)


def _typeset(text: str, style: Style) -> str:
    """The text in the report's digits and letters, each in its place."""
    text = text.translate(_INDIC) if style.indic else text
    return text.translate(_BARE) if style.bare else text


def _title(rng: Random, plan: Plan, values: Mapping[str, Phrase], style: Style) -> str:
    stance = "open"
    if plan.statements:
        stance = plan.statements[0].stance
        values = {**values, "who": group_name(plan.statements[0].group, plan.lang, "title")}
    title = fill(pick(rng, sentences(plan.lang).titles[stance]), values).text
    return title.upper() if style.capitals else title


def _body(
    rng: Random,
    paragraphs: list[list[Sentence]],
    values: dict[str, Phrase],
    incident: Incident,
    plan: Plan,
    style: Style,
    numbers: Mapping[str, int],
) -> list[Phrase]:
    """The paragraphs, written in order, so that a person's title stands with the first mention only."""
    wording, when = incident.kind.wordings[plan.lang], sentences(plan.lang).when
    again = named_again(incident, plan.lang)
    written: list[Phrase] = []
    for paragraph in paragraphs:
        phrases: list[Phrase] = []
        for sentence in paragraph:
            counted = number_values(numbers if sentence.detail else draw_numbers(rng), plan.lang, style.months)
            fresh = values | counted | dict(sentence.extra)
            fresh["act"] = fill(pick(rng, wording.acts), fresh)
            fresh["when"] = fill(pick(rng, when), fresh)
            phrase = fill(sentence.template, fresh)
            if plan.lang == "ar" and written + phrases:
                phrase = _with_and(rng, phrase, first=not phrases)
            phrases.append(phrase)
            values |= {slot: name for slot, name in again.items() if f"{{{slot}}}" in sentence.template.lower()}
        written.append(join(phrases, " "))
    return written


def _with_and(rng: Random, phrase: Phrase, *, first: bool) -> Phrase:
    """An Arabic sentence that goes on from the one before it, which it mostly does with و."""
    if phrase.text.startswith("«") or not chance(rng, 0.4 if first else 0.8):
        return phrase
    return join([Phrase("و"), phrase], "")
