"""Which sentences a report is made of, and in what order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from eval.generated.drawing import chance, pick, shuffled
from eval.generated.values import Style, general_name, group_name, past_values, person
from eval.generated.vocabulary import names, sentences
from eval.generated.world import Incident, Plan, World
from eval.generated.writing import Phrase


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to be written.

    Attributes:
        template: Its template.
        extra: What fills the slots that only it has.
        detail: Whether its numbers belong to the incident and are the same in every report.
    """

    template: str
    extra: Mapping[str, Phrase] = field(default_factory=dict)
    detail: bool = False


def compose(rng: Random, world: World, incident: Incident, plan: Plan, style: Style) -> list[list[Sentence]]:
    """The paragraphs of a report; no template is used twice.

    Args:
        rng: Chooses the sentences.
        world: What else happened, for the background.
        incident: What the report is about.
        plan: What the report says of the perpetrator, in which language.
        style: How the report is set.

    Returns:
        Sentences by paragraph. The first says when and where, and in an incident's first report also what was attacked.
    """
    wording = incident.kind.wordings[plan.lang]
    pools = {name: list(shuffled(rng, templates)) for name, templates in sentences(plan.lang).sentences.items()}
    pools["reaction"] = list(shuffled(rng, [*pools["reaction"], *(pools["grief"] if incident.killed else ())]))
    details = [Sentence(template, detail=True) for template in shuffled(rng, wording.details)]

    def take(pool: str, extra: Mapping[str, Phrase] | None = None) -> Sentence:
        return Sentence(pools[pool].pop(), extra or {})

    said = [
        (said.stance, {"who": group_name(said.group, plan.lang, f"who/{said.stance}", vocalised=style.vocalised)})
        for said in plan.statements
    ]
    if said and plan != incident.plans[0] and chance(rng, 0.5):
        opening = [take(*said[0]), take("recap")]
    else:
        opening = [Sentence(pick(rng, wording.leads))]
    opening.append(take("toll_dead" if incident.killed else "toll_hurt" if incident.wounded else "toll_none"))
    attribution: list[Sentence] = []
    for stance, who in said:
        attribution.append(take(stance, who))
        if len(said) == 1 or stance != "accused":  # what follows an accusation may say that the group keeps silent
            attribution.append(take(f"after_{stance}"))
    if not said:
        attribution = [take("open"), take("after_open"), take("open")]
    scene = [details[0], take("scene"), details[1], *([take("scene")] if plan.lang == "ar" else [])]
    middle = [scene, attribution, _background(rng, world, incident, plan, pools)]
    if chance(rng, 0.7):
        middle.append([take("reaction"), take("reaction")])
    filler = [take("filler"), take("filler")]
    if chance(rng, 0.6):
        named = [statement.group for statement in plan.statements]
        other = pick(rng, [group for group in names().groups if group not in named])
        filler.append(take("politics", {"other": group_name(other, plan.lang, "aside")}))
    return [opening, *shuffled(rng, middle), list(shuffled(rng, filler))]


def _background(
    rng: Random, world: World, incident: Incident, plan: Plan, pools: Mapping[str, list[str]]
) -> list[Sentence]:
    """What happened elsewhere: years ago, with a group named for it, and lately, without a word that answers anything.

    What is most easily taken for the incident comes up first: the same kind elsewhere, or something else in the town.
    """
    alike = [past for past in world.past if past.kind == incident.kind or past.town == incident.town]
    told = [pick(rng, alike or world.past)]
    if chance(rng, 0.4):
        told += [pick(rng, [past for past in world.past if past not in told])]
    background = [
        Sentence(pools["past_claimed" if past.claimed else "past_accused"].pop(), past_values(past, plan.lang))
        for past in told
    ]
    before = [
        other
        for other in world.incidents
        if other.day < incident.day and (other.kind, other.town) != (incident.kind, incident.town)
    ]
    if before:
        near = pick(rng, [other for other in before if other.kind == incident.kind] or before)
        victim = person(near.people.victim, plan.lang)
        extra = {
            "near_act": general_name(near.kind, plan.lang, victim),
            "near_town": Phrase(near.town.in_lang(plan.lang)),
        }
        background.append(Sentence(pools["near"].pop(), extra))
    return list(shuffled(rng, background))
