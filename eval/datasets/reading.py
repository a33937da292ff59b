"""Reading the files of a dataset: text, lines, and one clear line for what is wrong in them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from eval.datasets.types import Corpus, DatasetError, Question

_HALF = "half_character"


class Loaded(NamedTuple):
    """What a file or folder holds.

    Attributes:
        questions: With ids that are unique.
        corpus: The reports they are asked of, or None where there are none.
    """

    questions: tuple[Question, ...]
    corpus: Corpus | None


class Record(BaseModel):
    """A JSON object whose values must be of the types declared; what is not declared is passed over."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


def _whole(text: str) -> str:
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise PydanticCustomError(_HALF, "holds half of a character (a lone surrogate); write it whole")
    return text


def _some(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "blank")
    return text


def _id_text(value: object) -> object:
    return str(value) if type(value) is int else value


Text = Annotated[str, AfterValidator(_whole)]
"""A text that can be written to a file."""
SomeText = Annotated[Text, AfterValidator(_some)]
"""Such a text with more than white space."""
Id = Annotated[SomeText, BeforeValidator(_id_text)]
"""An id: a text, or a whole number that stands for one."""


def read_text(path: Path, missing: str = "check the path") -> str:
    """The text of a file.

    Args:
        path: A file in UTF-8, with or without byte order mark.
        missing: What to do where it cannot be read.

    Returns:
        The text, never empty; line ends as they are in the file.

    Raises:
        DatasetError: The file is missing, empty or not UTF-8.
    """
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DatasetError(f"{path} cannot be read ({error.strerror}); {missing}") from error
    except UnicodeDecodeError as error:
        raise DatasetError(f"{path} is not UTF-8 text; save it as UTF-8") from error
    if not content.strip():
        raise DatasetError(f"{path} is empty; give a file with content")
    return content


def read_lines(path: Path, missing: str = "check the path") -> list[tuple[int, str]]:
    """The lines of a file that are not blank, with their numbers from 1.

    Args:
        path: As for ``read_text``.
        missing: Likewise.

    Raises:
        DatasetError: The file is missing, empty or not UTF-8.
    """
    lines = enumerate(read_text(path, missing).split("\n"), start=1)
    return [(number, line.removesuffix("\r")) for number, line in lines if line.strip()]


def explain(error: ValidationError, forms: Mapping[str, str]) -> str:
    """The first thing wrong in a record: where it is, and what must stand there.

    Args:
        error: What pydantic found.
        forms: What each field must be, by its name; "" for the record itself.

    Returns:
        Such as ``data[3].paragraphs[2].qas[1]: question must be a text``.
    """
    problem = error.errors(include_url=False)[0]
    location = problem["loc"]
    field = next((part for part in reversed(location) if isinstance(part, str)), "")
    wrong = problem["msg"] if problem["type"] == _HALF else f"must be {forms[field]}"
    place = place_of(location[:-1] if location and location[-1] == field else location)
    return ": ".join(part for part in (place, f"{field} {wrong}".strip()) if part)


def place_of(location: tuple[str | int, ...]) -> str:
    """A place in JSON as it is written.

    >>> place_of(("data", 3, "paragraphs", 2))
    'data[3].paragraphs[2]'
    """
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).removeprefix(".")
