"""JSON values to frozen dataclasses, by their annotations: exactly the fields, exactly the types."""

import dataclasses
import math
import types
from datetime import date
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from rag.serialise import Json
from rag.types import Answer

Made = TypeVar("Made")


def decoded(kind: type[Made], value: object, where: str) -> Made:
    """A dataclass of an object with its fields.

    Args:
        kind: The dataclass.
        value: What JSON gave.
        where: Its place in the file, for messages.

    Raises:
        ValueError: A field is missing, unknown, or not of its type; says which.
    """
    hints = get_type_hints(kind)
    fields = exactly(value, hints.keys(), where)
    try:
        return kind(**{name: _value(hint, fields[name], f"{where}.{name}") for name, hint in hints.items()})
    except (TypeError, ValueError) as error:
        message = str(error)
        raise ValueError(message if message.startswith(where) else f"{where}: {message}") from error


def exactly(value: object, names: Any, where: str) -> Json:  # noqa: ANN401 - any set of names
    """An object with these fields and no others.

    >>> exactly({"a": 1}, {"a", "b"}, "pack")
    Traceback (most recent call last):
    ValueError: pack has no "b"

    Raises:
        ValueError: It is no object, or has other fields.
    """
    if not isinstance(value, dict):
        raise ValueError(f"{where} is no object")
    if missing := sorted(set(names) - value.keys()):
        raise ValueError(f'{where} has no "{missing[0]}"')
    if unknown := sorted(value.keys() - set(names)):
        raise ValueError(f"{where} has an unknown field {unknown[0]!a}")
    return value


def answer_from_json(value: object, where: str) -> Answer:
    """The answer that ``answer_to_json`` wrote, without its passages.

    Raises:
        ValueError: It is not such an object.
    """
    if not isinstance(value, dict):
        raise ValueError(f"{where} is no object")
    fields = {"sentences": [], **value}
    if "text" in fields or "passages" in fields or "withheld" in fields:
        raise ValueError(f"{where} has a field that answers do not have")
    if "answer" in fields:
        fields["text"] = fields.pop("answer")
    return decoded(Answer, {**fields, "passages": [], "withheld": None}, where)


def _value(hint: Any, value: Any, where: str) -> Any:  # noqa: ANN401 - one branch a type
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        (inner,) = (one for one in get_args(hint) if one is not type(None))
        return _value(inner, value, where)
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError(f"{where} is no list")
        return tuple(_value(get_args(hint)[0], one, f"{where}[{place}]") for place, one in enumerate(value))
    if dataclasses.is_dataclass(hint):
        return decoded(hint, value, where)  # type: ignore[arg-type]  # a class, not an instance
    if hint is float and type(value) in (int, float):
        number = float(value) if abs(value) < 1e300 else math.inf
        if math.isfinite(number):
            return number
    elif issubclass(hint, date | Enum) and isinstance(value, str):
        try:
            return date.fromisoformat(value) if hint is date else hint(value)
        except ValueError as error:
            raise ValueError(f"{where} is {value!a}, no {hint.__name__.lower()}") from error
    elif type(value) is hint:
        return value
    raise ValueError(f"{where} is not of the type {hint.__name__}")
