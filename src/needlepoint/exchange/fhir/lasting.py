"""How long a single event in a record still speaks for the day of the visit. All our own choice, on the safe side."""

from datetime import date, timedelta

#: A dose or a procedure counts as present for twelve weeks; later only what it leaves behind does.
EVENT = timedelta(weeks=12)
#: That something was looked for and not found counts as *no* for thirty days. Later it has to be asked again.
DENIAL = timedelta(days=30)
#: "Pregnant" counts for the length of a pregnancy.
PREGNANCY = timedelta(weeks=42)
#: All answers of a form count on the day that it was filled in and on the next day. Later only the worrying ones do.
FORM = timedelta(days=1)


def lasts(told: date | None, how_long: timedelta, on: date) -> bool:
    """Does what was told on that day still count? What has no date does not last."""
    return told is not None and on - told <= how_long
