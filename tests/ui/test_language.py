import pytest

from ui.language import preferred_language


@pytest.mark.parametrize(
    ("accept", "lang"),
    [
        ("ar", "ar"),
        ("ar-EG,ar;q=0.9,en;q=0.8", "ar"),
        ("en-GB,ar;q=0.9", "en"),
        ("fr,de;q=0.9", "en"),
        ("ar;q=0,en;q=0.1", "en"),
        ("*", "en"),
        (";;,=;q", "en"),
    ],
)
def test_the_browsers_favourite_of_our_languages_is_taken(accept: str, lang: str) -> None:
    assert preferred_language(accept, ("en", "ar")) == lang
