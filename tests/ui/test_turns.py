from datetime import date

import pytest

from ui.turns import read_days


@pytest.mark.parametrize("typed", ["2022-04-16", " 2022-04-16 ", "٢٠٢٢-٠٤-١٦", "۲۰۲۲-۰۴-۱۶"])
def test_days_are_read_in_any_digits(typed: str) -> None:
    assert read_days(typed, "") == (date(2022, 4, 16), None)


def test_what_is_no_period_is_told() -> None:
    with pytest.raises(ValueError, match="is not a day: soon"):
        read_days("soon", "")
    with pytest.raises(ValueError, match=r"\(2023-02-01\) lies after the last \(2023-01-01\)"):
        read_days("2023-02-01", "2023-01-01")
