"""Packs of the reports of ``tests.rag.samples``."""

import copy
from collections.abc import Callable
from typing import Any

import rag
from rag.filters import make_filters
from rag.packs import Pack, PackedTurn, make_pack
from rag.packs.formatting import checksum, pack_to_json
from tests.rag.samples import UNKNOWN, WHO_BRIDGE, WHO_MARKET

Fields = dict[str, Any]


def turns(reports: rag.Reports) -> list[PackedTurn]:
    """An answer with a copy, an accusation asked for with filters, and an abstention."""
    arabic = make_filters("2023-01-01", None, (), ("ar",), (), ("copy.txt",))
    return [
        PackedTurn(reports.ask(WHO_BRIDGE)),
        PackedTurn(reports.ask(WHO_MARKET, since="2023-01-01", lang=["ar"], without=["copy.txt"]), arabic),
        PackedTurn(reports.ask(UNKNOWN)),
    ]


def pack_of(reports: rag.Reports) -> Pack:
    """A pack of the three."""
    return make_pack(reports, turns(reports))


def tampered(pack: Pack, change: Callable[[Fields], object]) -> Fields:
    """The JSON of a pack after a change, with a checksum that fits it."""
    fields = copy.deepcopy(pack_to_json(pack))
    change(fields)
    if "checksum" in fields:
        fields["checksum"] = checksum(fields)
    return fields
