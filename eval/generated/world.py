"""The invented world: what happened, who is said to have done it, and who reports it.

Towns, kinds and groups recur, some kinds even in the same town on another day, so that an incident is told apart only
by all of what a question says of it. Every place and name is invented.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from eval.generated.drawing import between, chance, pick, shuffled
from eval.generated.vocabulary import Group, Kind, Name, Source, kinds, names

FIRST_DAY = date(2023, 1, 5)
DAYS = 716
MOST_INCIDENTS = 60
N_AUTHORITIES = 4

# What is known of the perpetrator, and how often out of twenty.
SCENARIOS = (
    *["unknown"] * 5,
    *["claimed"] * 3,
    *["accused"] * 3,
    *["denied"] * 3,
    *["suspected"] * 2,
    *["reported"] * 2,
    *["conflict"] * 2,
)

# In which languages the reports on an incident are written, and how often out of eight.
MIXES = (*[("ar",)] * 3, *[("en",)] * 2, *[("ar", "en")] * 3)


@dataclass(frozen=True, slots=True)
class Person:
    """A person.

    Attributes:
        name: In both scripts.
        feminine: Whether she is a woman.
    """

    name: Name
    feminine: bool


@dataclass(frozen=True, slots=True)
class People:
    """Who is quoted on an incident, and its victim where it has a named one."""

    official: Person
    doctor: Person
    leader: Person
    witness: Person
    victim: Person


@dataclass(frozen=True, slots=True)
class Statement:
    """What one report says of the perpetrator.

    Attributes:
        stance: A stance's name.
        group: Of whom.
    """

    stance: str
    group: Group


@dataclass(frozen=True, slots=True)
class Plan:
    """A report to be written.

    Attributes:
        lang: Its language.
        source: Who publishes it.
        published: When.
        statements: What it says of the perpetrator; empty where it names none.
    """

    lang: str
    source: Source
    published: date
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that happened in the invented world.

    Attributes:
        number: From 1, in order of time.
        kind: What it was.
        town: Where.
        district: Where in the town.
        day: When.
        target: Which of the kind's targets.
        weapon: Which of the kind's weapons.
        killed: How many were killed.
        wounded: How many were injured: 0, or 3 and more.
        people: Who is quoted.
        authority: Which of the offices speaks.
        role: A number that chooses the titles of official and witness.
        plans: Its reports, in order of publication.
        recurs: Whether the same kind of incident befell the same town on another day.
    """

    number: int
    kind: Kind
    town: Name
    district: Name
    day: date
    target: int
    weapon: int
    killed: int
    wounded: int
    people: People
    authority: int
    role: int
    plans: tuple[Plan, ...]
    recurs: bool

    @property
    def incident_id(self) -> str:
        """As in ``inc-07``."""
        return f"inc-{self.number:02d}"


@dataclass(frozen=True, slots=True)
class Past:
    """An incident of earlier years that reports mention in passing; no question is asked of it.

    Attributes:
        kind: What it was; never of this kind in this town among the incidents.
        town: Where.
        year: When.
        group: Who is named for it.
        claimed: Whether the group claimed it; else it was accused.
        killed: How many were killed.
    """

    kind: Kind
    town: Name
    year: int
    group: Group
    claimed: bool
    killed: int


@dataclass(frozen=True, slots=True)
class World:
    """Everything that happened.

    Attributes:
        seed: What it was drawn from.
        incidents: In order of time.
        past: Incidents of earlier years.
        never: Kinds and towns that never met, one for each incident and of its kind.
    """

    seed: int
    incidents: tuple[Incident, ...]
    past: tuple[Past, ...]
    never: tuple[tuple[Kind, Name], ...]


def make_world(seed: int, incidents: int) -> World:
    """Draw a world.

    Args:
        seed: The same seed gives the same world everywhere.
        incidents: How many, from 1 to 60.

    Returns:
        The world.

    Raises:
        ValueError: If there are too many incidents to keep them apart.
    """
    if not 1 <= incidents <= MOST_INCIDENTS:
        raise ValueError(f"{incidents} incidents cannot be told apart; ask for 1 to {MOST_INCIDENTS}")
    rng = Random(seed)  # noqa: S311 - drawing stories, not secrets
    free = {kind.kind_id: list(shuffled(rng, names().towns)) for kind in kinds()}
    again = incidents // 10
    order = (shuffled(rng, kinds()) * MOST_INCIDENTS)[: incidents - again]
    events = [(kind, free[kind.kind_id].pop()) for kind in order]
    events += events[:again]
    past = tuple(_past(rng, kind, free[kind.kind_id].pop()) for kind in kinds() * 2 if kind.killed[1])
    days = sorted(shuffled(rng, range(DAYS))[:incidents])
    mixes = [mix for _ in range(0, incidents, len(MIXES)) for mix in shuffled(rng, MIXES)]
    scenarios = [scenario for _ in range(0, incidents, len(SCENARIOS)) for scenario in shuffled(rng, SCENARIOS)]
    happened = shuffled(rng, events)
    made: list[Incident] = []
    for index in range(incidents):
        kind, town = happened[index]
        day = FIRST_DAY + timedelta(days=days[index])
        plans = _plans(rng, day, scenarios[index], mixes[index])
        made.append(_incident(rng, index + 1, kind, town, day, plans, recurs=events.count((kind, town)) > 1))
    never = tuple((incident.kind, free[incident.kind.kind_id].pop()) for incident in made)
    return World(seed, tuple(made), past, never)


def _past(rng: Random, kind: Kind, town: Name) -> Past:
    killed = between(rng, max(1, kind.killed[0]), kind.killed[1])
    return Past(kind, town, between(rng, 2016, 2021), pick(rng, names().groups), chance(rng, 0.5), killed)


def _incident(
    rng: Random, number: int, kind: Kind, town: Name, day: date, plans: tuple[Plan, ...], *, recurs: bool
) -> Incident:
    killed = between(rng, *kind.killed)
    wounded = between(rng, *kind.wounded) if killed or chance(rng, 0.5) else 0
    return Incident(
        number=number,
        kind=kind,
        town=town,
        district=pick(rng, names().districts),
        day=day,
        target=between(rng, 0, len(kind.wordings["ar"].targets) - 1),
        weapon=between(rng, 0, len(kind.wordings["ar"].weapons) - 1),
        killed=killed,
        wounded=wounded,
        people=_people(rng),
        authority=between(rng, 0, N_AUTHORITIES - 1),
        role=between(rng, 0, 99),
        plans=plans,
        recurs=recurs,
    )


def _people(rng: Random) -> People:
    surnames = shuffled(rng, names().surnames)
    given = shuffled(rng, names().given_names)
    persons = [
        Person(Name(f"{first.name.ar} {last.ar}", f"{first.name.en} {last.en}"), first.feminine)
        for first, last in zip(given[:5], surnames[:5], strict=True)
    ]
    return People(*persons)


def _plans(rng: Random, day: date, scenario: str, mix: Sequence[str]) -> tuple[Plan, ...]:
    n_reports = pick(rng, (2, 3, 3, 3, 4))
    langs = (*mix, *(pick(rng, mix) for _ in range(n_reports)))[:n_reports]
    statements = _statements(rng, scenario, n_reports)
    published = day
    plans: list[Plan] = []
    sources = list(shuffled(rng, names().sources))
    for lang, said in zip(shuffled(rng, langs), statements, strict=True):
        published += timedelta(days=between(rng, 1 if published == day else 0, 2))
        source = next(source for source in sources if source.name.in_lang(lang))
        sources.remove(source)
        plans.append(Plan(lang, source, published, said))
    return tuple(plans)


def _statements(rng: Random, scenario: str, n_reports: int) -> list[tuple[Statement, ...]]:
    """What each report says of the perpetrator, in order of publication."""
    first, second = shuffled(rng, names().groups)[:2]
    accused, denied = Statement("accused", first), Statement("denied", first)
    if scenario == "unknown":
        return [()] * n_reports
    if scenario == "denied":
        return [(accused,), (denied,), (accused, denied), (denied,)][:n_reports]
    if scenario == "conflict":
        claimed = Statement("claimed", second)
        return [(accused,), (claimed,), (claimed, accused), (accused,)][:n_reports]
    told = (Statement(scenario, first),)
    early = () if chance(rng, 0.35) else told
    late = (*told, accused) if scenario == "claimed" and chance(rng, 0.3) else told
    return [early, *[told] * (n_reports - 2), late]
