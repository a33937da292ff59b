"""A pack as JSON: an object with the format's name, its version, and a checksum over all the rest."""

import dataclasses
import hashlib
import json
import re
from datetime import date
from typing import Any

from rag.packs.types import FORMAT, VERSION, Pack
from rag.serialise import Json, answer_to_json

_SURROGATE = re.compile("[\ud800-\udfff]")


def pack_to_json(pack: Pack) -> Json:
    """The pack as a JSON object; ``checksum`` tells damage, and is no signature."""
    fields: Json = {"format": FORMAT, "version": VERSION}
    for field in dataclasses.fields(pack):
        if field.name != "turns":
            fields[field.name] = _plain(getattr(pack, field.name))
    fields["turns"] = [
        {
            "question": turn.answer.question,
            "searched": turn.answer.searched,
            "filters": _plain(turn.filters),
            "answer": answer_to_json(turn.answer),
            "passages": _plain(turn.passages),
            "sentences": _plain(turn.sentences),
        }
        for turn in pack.turns
    ]
    return {**fields, "checksum": checksum(fields)}


def pack_text(pack: Pack) -> str:
    """The pack's JSON as a file holds it."""
    text = json.dumps(pack_to_json(pack), ensure_ascii=False, indent=1)
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def checksum(fields: Json) -> str:
    """SHA-256 (hex) of JSON fields but ``checksum``, however they are laid out.

    >>> checksum({"a": 1, "checksum": "x"}) == checksum({"a": 1})
    True
    """
    rest = {name: value for name, value in fields.items() if name != "checksum"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode("ascii")).hexdigest()


def _plain(value: object) -> Any:  # noqa: ANN401 - any JSON value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value
