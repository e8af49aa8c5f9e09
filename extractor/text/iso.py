"""Dates that a user gives: a year, a month or a day."""

from __future__ import annotations

import re

from extractor.errors import DateError

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def checked_date(said: str) -> str:
    """``said`` itself where it is a date.

    Raises:
        DateError: it is none.

    >>> checked_date("2031-05"), checked_date("2031")
    ('2031-05', '2031')
    >>> checked_date("5/2031")
    Traceback (most recent call last):
    extractor.errors.DateError: 5/2031: is no date; write it as 2031, 2031-05 or 2031-05-01
    """
    if _DATE.fullmatch(said) is None:
        raise DateError(f"{said}: is no date; write it as 2031, 2031-05 or 2031-05-01")
    return said
