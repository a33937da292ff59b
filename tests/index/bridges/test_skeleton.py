import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bridges.skeleton import CLASSES, LONGEST, key, near, skeleton
from index.bridges.sounds import Script

skeletons = st.text(CLASSES, min_size=1, max_size=LONGEST)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Newton نيوتن Ньютон Νεύτων", None),
        ("Khartoum خرطوم Хартум", "KRTM"),
        ("Qaddafi Kadhafi Gaddafi قذافي Каддафи", "KTF"),
        ("Chopin شوبان Шопен", "XPN"),
        ("Jacksonville جاكسونفيل Джэксонвилл", "XKSNFL"),
        ("Gandhi غاندي Ганди गांधी", "KNT"),
        ("Peshawar پشاور بيشاور Пешавар", None),
        ("Netanya نتانيا נתניה Нетания", "NTN"),
    ],
)
def test_spellings_of_a_name_have_equal_or_near_skeletons(words: str, expected: str | None) -> None:
    forms = [skeleton(word) for word in words.split()]
    if expected is not None:
        assert forms == [expected] * len(forms)
    assert all(form in near(forms[0]) or form == forms[0] for form in forms)


def test_other_names_have_other_skeletons() -> None:
    names = ["London", "Newton", "Baghdad", "Warsaw", "Luther", "Kassala"]
    assert len({skeleton(name) for name in names}) == len(names)


@given(skeletons, skeletons, st.booleans())
def test_nearness_goes_both_ways(one: str, other: str, wide: bool) -> None:
    if min(len(one), len(other)) > 2:
        assert (one in near(other, wide)) == (other in near(one, wide))


def test_what_is_near_to_three_classes() -> None:
    # Itself; S for T; without T; each of K, F and S at four places; T at four, of which two give the same.
    assert len(near("NTN")) == 1 + 1 + 1 + 3 * 4 + 3
    assert {"NTN", "NSN", "NN", "NTNK", "FNTN"} <= near("NTN")
    assert near("NTN", wide=False) == {"NTN", "NSN"}


def test_one_consonant_says_nothing() -> None:
    assert near("N") == near("") == frozenset()


@given(skeletons, st.sampled_from(Script), skeletons, st.sampled_from(Script))
def test_keys_tell_skeletons_and_scripts_apart(one: str, script: Script, other: str, another: Script) -> None:
    assert 0 <= key(one, script) < 2**64
    assert (key(one, script) == key(other, another)) == ((one, script) == (other, another))
