"""Encodings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import LoadError
from index.loading.encoding import clean_characters, decode

ARABIC = "قُتل وجُرح عدد من عناصر قوات النظام السوري جراء هجوم شنه عناصر يتبعون لتنظيم الدولة على مواقعهم في البادية."
RUSSIAN = "Министерство обороны заявило, что в результате нападения на город погибли два человека, сообщает агентство."
TURKISH = "Cumhurbaşkanlığı, saldırının ardından başkentte güvenlik önlemlerinin artırıldığını açıkladı."
FRENCH = "Les autorités ont annoncé jeudi qu'une attaque avait été menée près de la frontière ; deux blessés évacués."
POLISH = "Rzecznik rządu poinformował, że w wyniku ataku zginęły dwie osoby, a żołnierze opuścili miasto wczoraj."


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (ARABIC, "cp1256", "windows-1256"),
        (ARABIC.replace("ُ", ""), "iso8859_6", "iso8859-6"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (TURKISH, "cp1254", "windows-1254"),
        (FRENCH, "cp1252", "windows-1252"),
        (POLISH, "cp1250", "windows-1250"),
    ],
)
def test_legacy(text: str, encoding: str, name: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.notes == (f"not UTF-8: the legacy encoding {name} was assumed",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode(encoding: str) -> None:
    decoded = decode(ARABIC.encode(encoding))
    assert (decoded.text, decoded.notes) == (ARABIC, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_bom(encoding: str) -> None:
    decoded = decode(ARABIC.encode(encoding))
    assert (decoded.text, decoded.notes) == (ARABIC, ("no byte-order mark: UTF-16 was assumed",))


def test_declared_encoding_is_used_where_it_fits() -> None:
    assert decode("été".encode("cp1252"), declared="windows-1252").text == "été"
    assert decode(FRENCH.encode("cp1252"), declared="no-such").text == FRENCH


@given(st.text())
def test_cleaning_is_idempotent_and_encodable(text: str) -> None:
    cleaned = clean_characters(text).text
    cleaned.encode("utf-8")
    assert clean_characters(cleaned).text == cleaned
    assert not set(cleaned) & set("\r\x00\ufeff")


@given(st.binary())
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    try:
        assert isinstance(decode(data).text, str)
    except LoadError as error:
        assert str(error)
