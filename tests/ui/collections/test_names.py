import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.collections.names import collection_name, is_collection_name, numbered, safe_file_name


@pytest.mark.parametrize("name", ["Sudan 2023", "تقارير السودان", "گزارش‌ها", "Отчёты", "報告", "a.b", "x" * 60])
def test_names_in_any_script_are_allowed(name: str) -> None:
    assert is_collection_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        ".",
        "..",
        "../x",
        "a/b",
        "a\\b",
        ".trash",
        "~x",
        "a\x00b",
        "a\nb",
        "x.",
        "a:b",
        "CON",
        "nul.txt",
        "x" * 61,
        "a\u202eb",
        "a\ud800",
        " x",
        "ا" * 100,
        "e\u0301",
    ],
)
def test_names_that_could_do_harm_are_not(name: str) -> None:
    assert not is_collection_name(name)


def test_a_typed_name_is_composed_and_trimmed() -> None:
    assert collection_name(" cafe\u0301\u00a0 x ") == "café x"


@given(st.text(max_size=400))
def test_every_file_name_becomes_one_entry_of_a_folder(name: str) -> None:
    safe = safe_file_name(name)
    assert safe and len(safe.encode("utf-8")) <= 180
    assert not set(safe) & set('/\\<>:"|?*\x00\n\u202e') and not safe.startswith((".", "~"))
    assert safe_file_name(safe) == safe


@given(st.from_regex(r"[a-zء-ي0-9_-]{1,40}\.(txt|pdf|html)", fullmatch=True))
def test_harmless_names_stay_as_they_are(name: str) -> None:
    if name.split(".")[0] not in ("con", "nul", "aux", "prn") and not name.startswith(("com", "lpt")):
        assert safe_file_name(name) == name


def test_a_long_name_keeps_its_suffix() -> None:
    safe = safe_file_name("تقرير" * 100 + ".html")
    assert safe.startswith("تقرير") and safe.endswith(".html")
    assert numbered(safe, 12).endswith(" (12).html")
