"""Systems that people would otherwise pick, over the same passages and vectors, measured beside Mustanad."""

from eval.peers.collection import Collection, collection_of
from eval.peers.comparing import compare_peers
from eval.peers.protocol import Builder, SearchEngine
from eval.peers.registry import PEERS, Peer, find_peer
from eval.peers.table import PeerFigures, PeersTable, peers_rows, peers_table
from eval.peers.timing import Speed

__all__ = [
    "PEERS",
    "Builder",
    "Collection",
    "Peer",
    "PeerFigures",
    "PeersTable",
    "SearchEngine",
    "Speed",
    "collection_of",
    "compare_peers",
    "find_peer",
    "peers_rows",
    "peers_table",
]
