"""The part of a dataset that a reader was not trained on."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from eval.datasets.types import Dataset, DatasetError
from index.types import Document

Groups = Mapping[str, frozenset[str]]


def read_set_aside(path: Path, *, unfitted: bool = False) -> Groups:
    """What is set aside, by family of datasets ("xquad", "arcd", "muc4").

    Args:
        path: JSON with the groups under "test": titles of articles, or ids of questions.
        unfitted: Leave out the half of the groups that ``rag.training.reader.calibrate`` fits the confidence on: those
            whose name's SHA-256 begins with an even byte.

    Raises:
        DatasetError: The file cannot be read, or holds no such lists.
    """
    try:
        test = json.loads(path.read_text(encoding="utf-8"))["test"]
        listed = {
            family: frozenset(_key(name) for name in names if not unfitted or _is_unfitted(name))
            for family, names in test.items()
        }
    except OSError as error:
        raise DatasetError(
            f"{path} cannot be read ({error.strerror}); give the list that the training wrote"
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DatasetError(
            f'{path} lists nothing that is set aside; it must hold {{"test": {{"xquad": […]}}}}'
        ) from error
    return listed


def only_set_aside(dataset: Dataset, groups: Groups) -> Dataset:
    """The questions of a dataset that are set aside: by their own id, or by the title of a relevant document.

    The reports stay whole, so that what is not set aside can be found, too.

    Args:
        dataset: Its family is the longest name in ``groups`` that its own begins with ("xquad" for "xquad-en-over-ar").
        groups: From ``read_set_aside``. Titles are compared without case, "_" being a space.

    Raises:
        DatasetError: Nothing is set aside of this family, or none of these questions.
    """
    family = max((name for name in groups if f"{dataset.name}-".startswith(f"{name}-")), key=len, default=None)
    if family is None:
        raise DatasetError(f"{dataset.name}: nothing is set aside of it, only of {', '.join(groups)}; leave it out")
    chosen = groups[family]
    documents = dataset.corpus.documents() if dataset.corpus else ()
    held = {each.doc_id for each in documents if isinstance(each, Document) and _key(each.title) in chosen}
    questions = tuple(
        question
        for question in dataset.questions
        if _key(question.query_id) in chosen or not held.isdisjoint(question.relevant_docs)
    )
    if not questions:
        raise DatasetError(f"{dataset.name}: none of its questions is among the {len(chosen)} set aside of {family}")
    content = json.dumps([dataset.fingerprint, sorted(question.query_id for question in questions)])
    fingerprint = hashlib.sha256(content.encode("utf-8")).hexdigest()
    return dataclasses.replace(dataset, questions=questions, fingerprint=fingerprint)


def _key(name: str) -> str:
    """A title or id as it is compared.

    >>> _key("Martin_Luther") == _key("martin luther")
    True
    """
    return " ".join(name.replace("_", " ").casefold().split())


def _is_unfitted(name: str) -> bool:
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 1
