"""The peers by name. Their packages are imported when one is asked for, and a missing one is named."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version

from eval.peers.protocol import Builder
from index.errors import MustanadError

_EXTRA = "pip install 'mustanad[peers]'"


@dataclass(frozen=True, slots=True)
class Requirement:
    """A package that a peer needs beyond those of Mustanad.

    Attributes:
        distribution: Its name on the package index.
        module: What is imported of it.
        install: The command that installs it.
    """

    distribution: str
    module: str
    install: str = _EXTRA


@dataclass(frozen=True, slots=True)
class Peer:
    """A system that is measured beside ours.

    Attributes:
        name: As it is asked for.
        distribution: The package whose version says which peer this is.
        adapter: The module whose ``build`` is the builder.
        requirements: What must be installed.
    """

    name: str
    distribution: str
    adapter: str
    requirements: tuple[Requirement, ...] = ()

    @property
    def version(self) -> str:
        """The version of its package."""
        return version(self.distribution)

    def builder(self) -> Builder:
        """What builds it; imports its packages.

        Raises:
            MustanadError: A package is not installed; the message is the command that installs it.
        """
        for requirement in self.requirements:
            try:
                import_module(requirement.module)
            except ModuleNotFoundError as error:
                outer = requirement.module == error.name or requirement.module.startswith(f"{error.name}.")
                missing = (
                    requirement.distribution if outer else f"{error.name}, which {requirement.distribution} needs,"
                )
                raise MustanadError(f"{missing} is not installed: {requirement.install}") from error
        build: Builder = import_module(self.adapter).build
        return build


_ALL = (
    Peer(
        "llamaindex",
        "llama-index-core",
        "eval.peers.llamaindex_stock",
        (
            Requirement("llama-index-vector-stores-faiss", "llama_index.vector_stores.faiss"),
            # Not in the extra: it asks for an older PyStemmer than the index is built with, and works with this one.
            Requirement(
                "llama-index-retrievers-bm25",
                "llama_index.retrievers.bm25",
                "pip install --no-deps llama-index-retrievers-bm25",
            ),
        ),
    ),
    Peer("rank-bm25", "rank-bm25", "eval.peers.rank_bm25_plain"),
    Peer("txtai", "txtai", "eval.peers.txtai_hybrid", (Requirement("txtai", "txtai"),)),
)
PEERS: Mapping[str, Peer] = {peer.name: peer for peer in _ALL}


def find_peer(name: str) -> Peer:
    """The peer of a name.

    Raises:
        MustanadError: There is none.
    """
    if name not in PEERS:
        raise MustanadError(f"unknown peer {name!r}; choose from {', '.join(PEERS)}")
    return PEERS[name]
