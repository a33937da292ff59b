"""Evidence packs: an answer, or a conversation, with all it rests on, to be kept, checked and asked again."""

from rag.packs.formatting import pack_text, pack_to_json
from rag.packs.making import PackedTurn, make_pack
from rag.packs.reading import pack_from_text, read_pack
from rag.packs.replaying import replay
from rag.packs.replays import PassageChange, QuoteCheck, Replay, ReplayedTurn, Verdict, replay_lines, replay_to_json
from rag.packs.saving import PACK_WRITERS, save_pack
from rag.packs.types import (
    FORMAT,
    VERSION,
    IndexRecord,
    Pack,
    PackDocument,
    PackPassage,
    PackSentence,
    PackTurn,
    ReaderRecord,
)

__all__ = [
    "FORMAT",
    "PACK_WRITERS",
    "VERSION",
    "IndexRecord",
    "Pack",
    "PackDocument",
    "PackPassage",
    "PackSentence",
    "PackTurn",
    "PackedTurn",
    "PassageChange",
    "QuoteCheck",
    "ReaderRecord",
    "Replay",
    "ReplayedTurn",
    "Verdict",
    "make_pack",
    "pack_from_text",
    "pack_text",
    "pack_to_json",
    "read_pack",
    "replay",
    "replay_lines",
    "replay_to_json",
    "save_pack",
]
