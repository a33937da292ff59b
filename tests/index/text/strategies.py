"""Texts that a collection in any script may hold, for property tests."""

from hypothesis import strategies as st

_PIECES = [
    "الهجوم", "قُتِلَ", "أحمـــد", "د.", "مدرسةٍ", "؟", "؛", "۔", "٣٫١٤", "می‌خواهم", "ک", "گ",
    "attack", "Dr.", "U.S.", "3.14", "İstanbul", "naïve", "e\u0301", "l'armée", "O’Neil's", "...", "!?", '"', "(a)",
    "Москва", "ёлка", "г.", "т.е.", "и",
    "军队袭击了村庄", "。", "ニュース", "テロ", "한국어", "！",
    "हिन्दी", "।", "क्‍ष", "कि",
    "ประเทศไทย", "ຂ່າວ", "မြန်မာ",
    "😀", "👩‍👩‍👧", "🇸🇾", "𐤀𐤁", "𝒳", "\U0001e4f0", "\U00011f50",
    "\u200f", "\u200e", "\u202b", "\u202c", "\u200d", "\u200c", "\ufeff", "\u00ad", "\u0640", "\u06d6", "\u0301",
    "\x00", " ", "  ", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u3000", "\u2028", "\x1c", "\x85",
    ".", ",", "-", "،", "x" * 70, "ب" * 60, "中" * 50,
]  # fmt: skip

# Any character but lone surrogates, which are no text.
_CHARACTERS = st.characters(exclude_categories=["Cs"])

texts = st.one_of(
    st.lists(st.sampled_from(_PIECES), max_size=60).map(" ".join),
    st.lists(st.sampled_from(_PIECES), max_size=60).map("".join),
    st.lists(st.one_of(st.sampled_from(_PIECES), _CHARACTERS), max_size=60).map("".join),
    st.text(_CHARACTERS, max_size=80),
)
langs = st.sampled_from(["en", "ar", "fa", "ru", "zh", "hi", "th", "fr", "tr", "de", "ur", "ja", "und", "xx"])
