"""Settings by name: values, files, and the combinations of a sweep."""

from pathlib import Path

import pytest

from eval.configuration import KEYS, Configuration, parse_value, read_values, show, variants
from index.errors import MustanadError
from index.search import SearchSettings
from index.text.chunking import Chunking


def test_every_setting_of_search_and_chunking_can_be_set() -> None:
    assert set(KEYS) == {*SearchSettings.__slots__, *Chunking.__slots__, "model", "engine", "rerank"}
    assert (KEYS["dense"], KEYS["bm25_weight"], KEYS["depth"], KEYS["fusion"]) == (bool, float, int, str)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("dense", "off", False),
        ("dense", "True", True),
        ("depth", "50", 50),
        ("bm25_weight", "1", 1.0),
        ("model", "x/y", "x/y"),
    ],
)
def test_values(name: str, text: str, value: object) -> None:
    parsed = parse_value(name, text)
    assert parsed == value
    assert type(parsed) is type(value)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("fuzion", "rrf", "there is no setting 'fuzion'; choose from aliases, bm25_weight, centred, dense, depth"),
        ("dense", "maybe", "dense=maybe is not a setting; dense is on or off"),
        ("depth", "many", "depth=many is not a setting; depth is a whole number"),
        ("bm25_weight", "half", "bm25_weight=half is not a setting; bm25_weight is a number"),
    ],
)
def test_wrong_values_are_one_line(name: str, text: str, message: str) -> None:
    with pytest.raises(MustanadError) as raised:
        parse_value(name, text)
    assert str(raised.value).startswith(message)
    assert "\n" not in str(raised.value)


def test_files_and_pairs_later_ones_win(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('bm25_weight = 1\nfusion = "rrf"\ndense = false\n', encoding="utf-8")
    values = read_values(["bm25_weight=0.2", str(path), "dense=on"])
    assert values == {"bm25_weight": 1.0, "fusion": "rrf", "dense": True}
    configuration = Configuration().with_values(values)
    assert configuration.search == SearchSettings(fusion="rrf", bm25_weight=1.0)
    assert configuration.chunking == Chunking()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("fusion = ", "is not TOML"),
        ('weight = "x"', "there is no setting 'weight'"),
        ("depth = 2.5", "depth is 2.5; it must be a int"),
        ("depth = true", "depth is True"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(MustanadError) as raised:
        read_values([str(path)])
    assert str(raised.value).startswith(str(path))
    assert message in str(raised.value)


def test_a_missing_file_says_what_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(
        MustanadError, match=r"cannot be read \(No such file or directory\); --config takes a TOML file or"
    ):
        read_values([str(tmp_path / "none.toml")])


def test_values_that_do_not_go_together() -> None:
    with pytest.raises(MustanadError, match="do not go together: dense and lexical search are both off"):
        Configuration().with_values({"dense": False, "lexical": "off"})
    with pytest.raises(MustanadError, match="do not go together: overlap_tokens is 99"):
        Configuration().with_values({"overlap_tokens": 99, "max_tokens": 64})


def test_a_sweep_is_every_combination_and_says_which_are_impossible() -> None:
    points = variants(Configuration(), ["fusion=rrf,convex", "lexical=bm25,off", "dense=on,off"])
    assert [point.name for point in points] == [
        f"fusion={fusion} lexical={lexical} dense={dense}"
        for fusion in ("rrf", "convex") for lexical in ("bm25", "off") for dense in ("on", "off")
    ]  # fmt: skip
    refused = [point for point in points if point.configuration is None]
    assert [point.name for point in refused] == [
        "fusion=rrf lexical=off dense=off",
        "fusion=convex lexical=off dense=off",
    ]
    assert "both off" in refused[0].refused
    kept = points[2].configuration
    assert kept is not None
    assert kept.search == SearchSettings(fusion="rrf", lexical="off")


def test_a_sweep_keeps_what_it_does_not_vary_and_each_value_once() -> None:
    base = Configuration(SearchSettings(bm25_weight=0.3))
    points = variants(base, ["max_tokens=128,128,256"])
    assert [point.values for point in points] == [{"max_tokens": 128}, {"max_tokens": 256}]
    assert all(point.configuration and point.configuration.search.bm25_weight == 0.3 for point in points)


@pytest.mark.parametrize("axis", ["fusion", "fusion=", "fusion=,"])
def test_an_axis_without_values_is_refused(axis: str) -> None:
    with pytest.raises(MustanadError, match="is no axis of a sweep; write one such as fusion=rrf,convex"):
        variants(Configuration(), [axis])


def test_an_axis_given_twice_is_refused() -> None:
    with pytest.raises(MustanadError, match="fusion is swept twice; list all its values once"):
        variants(Configuration(), ["fusion=rrf", "fusion=convex"])


def test_values_read_back_as_they_are_shown() -> None:
    for name, value in Configuration().values().items():
        if name not in ("model", "engine"):
            assert parse_value(name, show(value)) == value
