"""Everything about an engine that an evaluation can set, by name: for ``--config`` and ``--sweep``."""

import dataclasses
import itertools
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eval.results import Value
from index.errors import MustanadError
from index.search import SearchSettings
from index.text.chunking import Chunking

_SEARCH = {entry.name: type(entry.default) for entry in dataclasses.fields(SearchSettings)}
_CHUNKING = {entry.name: type(entry.default) for entry in dataclasses.fields(Chunking)}
KEYS: Mapping[str, type] = {**_SEARCH, **_CHUNKING, "model": str, "engine": str, "rerank": bool}
"""The names that can be set, and the type of each."""

_SWITCH = {"on": True, "true": True, "yes": True, "off": False, "false": False, "no": False}


@dataclass(frozen=True, slots=True)
class Configuration:
    """How an index is built and searched.

    Attributes:
        search: How it is searched.
        chunking: How long passages are.
        model: Name or folder of a sentence-transformers model; None for the default model.
        engine: What runs the model, a key of ``index.embedding.ENGINES``; None for the first that can.
        rerank: Whether every search is ordered anew by what the reader finds.
    """

    search: SearchSettings = field(default_factory=SearchSettings)
    chunking: Chunking = field(default_factory=Chunking)
    model: str | None = None
    engine: str | None = None
    rerank: bool = False

    def with_values(self, values: Mapping[str, Value]) -> "Configuration":
        """The same with some values set.

        Raises:
            MustanadError: The values do not go together.
        """
        search: dict[str, Any] = {name: values[name] for name in values if name in _SEARCH}
        chunking: dict[str, Any] = {name: values[name] for name in values if name in _CHUNKING}
        try:
            return Configuration(
                dataclasses.replace(self.search, **search),
                dataclasses.replace(self.chunking, **chunking),
                str(values["model"]) if "model" in values else self.model,
                str(values["engine"]) if "engine" in values else self.engine,
                bool(values.get("rerank", self.rerank)),
            )
        except ValueError as error:
            raise MustanadError(f"these settings do not go together: {error}") from error

    def values(self) -> dict[str, Value]:
        """All values by name."""
        return {
            **dataclasses.asdict(self.search),
            **dataclasses.asdict(self.chunking),
            "model": self.model,
            "engine": self.engine,
            "rerank": self.rerank,
        }


def parse_value(name: str, text: str) -> Value:
    """The value that a text such as "on" or "0.4" gives a setting.

    Raises:
        MustanadError: There is no such setting, or the text is no value of its type.

    Examples:
        >>> parse_value("dense", "off"), parse_value("bm25_weight", "0.4"), parse_value("fusion", "rrf")
        (False, 0.4, 'rrf')
    """
    kind = KEYS.get(name)
    if kind is None:
        raise MustanadError(f"there is no setting {name!r}; choose from {', '.join(sorted(KEYS))}")
    try:
        if kind is bool:
            return _SWITCH[text.strip().casefold()]
        value: Value = kind(text.strip())
        return value
    except (KeyError, ValueError) as error:
        wanted = {bool: "on or off", int: "a whole number", float: "a number"}[kind]
        raise MustanadError(f"{name}={text} is not a setting; {name} is {wanted}") from error


def read_values(given: Sequence[str]) -> dict[str, Value]:
    """The values of ``--config``: each entry a ``KEY=VALUE`` or a TOML file of keys and values; later ones win.

    Raises:
        MustanadError: A file cannot be read, or a name or value is wrong.
    """
    values: dict[str, Value] = {}
    for entry in given:
        name, equals, text = entry.partition("=")
        if equals and not Path(entry).exists():
            values[name] = parse_value(name, text)
        else:
            values.update(_read_toml(Path(entry)))
    return values


def _read_toml(path: Path) -> dict[str, Value]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror}); --config takes a TOML file or KEY=VALUE"
        raise MustanadError(message) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MustanadError(f"{path} is not TOML ({error}); write lines such as bm25_weight = 0.4") from error
    values: dict[str, Value] = {}
    for name, value in content.items():
        kind = KEYS.get(name)
        if kind is None:
            raise MustanadError(f"{path}: there is no setting {name!r}; choose from {', '.join(sorted(KEYS))}")
        if type(value) is not kind and not (kind is float and type(value) is int):
            raise MustanadError(f"{path}: {name} is {value!r}; it must be a {kind.__name__}")
        values[name] = parse_value(name, str(value))
    return values


@dataclass(frozen=True, slots=True)
class Variant:
    """One point of a sweep.

    Attributes:
        values: What differs between the variants.
        configuration: With these values, or None where they do not go together.
        refused: Why they do not, or "".
    """

    values: Mapping[str, Value]
    configuration: Configuration | None
    refused: str = ""

    @property
    def name(self) -> str:
        """Such as "fusion=rrf dense=on"."""
        return " ".join(f"{name}={show(value)}" for name, value in self.values.items())


def variants(base: Configuration, axes: Iterable[str]) -> list[Variant]:
    """Every combination of the values of some axes, the last axis changing fastest.

    Args:
        base: Gives all that is not swept.
        axes: Such as ``fusion=rrf,convex``.

    Raises:
        MustanadError: An axis is not in this form, or a name or value is wrong.
    """
    choices: dict[str, list[Value]] = {}
    for axis in axes:
        name, equals, listed = axis.partition("=")
        if not equals or not listed.strip(","):
            raise MustanadError(f"{axis!r} is no axis of a sweep; write one such as fusion=rrf,convex")
        if name in choices:
            raise MustanadError(f"{name} is swept twice; list all its values once")
        choices[name] = list(dict.fromkeys(parse_value(name, text) for text in listed.split(",") if text.strip()))
    points = []
    for combination in itertools.product(*choices.values()):
        values = dict(zip(choices, combination, strict=True))
        try:
            points.append(Variant(values, base.with_values(values)))
        except MustanadError as error:
            points.append(Variant(values, None, str(error)))
    return points


def show(value: Value) -> str:
    """A value as it is written in a sweep.

    Examples:
        >>> show(True), show(0.4), show(None)
        ('on', '0.4', 'default')
    """
    if value is None:
        return "default"
    return {True: "on", False: "off"}[value] if isinstance(value, bool) else str(value)
