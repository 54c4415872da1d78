"""A rate with its denominator, and with the interval that so few events allow."""

from dataclasses import dataclass

#: Half of what lies outside a 95 % interval.
_TAIL = 0.025


@dataclass(frozen=True, slots=True)
class Rate:
    """Events per 1,000 with the exact (Clopper-Pearson) 95 % interval. Without a rate, ``declined`` says why."""

    events: int
    among: int
    unit: str
    per_1000: float | None
    low: float | None
    high: float | None
    declined: str | None = None

    @property
    def words(self) -> str:
        """The rate in words, never without what it was counted among."""
        of = f"{self.events:,} in {self.among:,} {self.unit}"
        if self.per_1000 is None:
            return f"{of}: {self.declined}"
        return f"{of}: {self.per_1000:.3g} per 1,000 (95 % interval {self.low:.3g} to {self.high:.3g})"


def rate(events: int, among: int, unit: str = "insertions") -> Rate:
    """How many events per 1,000 insertions (or sessions)? Declines where nothing was counted, or where one had several events."""
    if events < 0 or among < 0:
        raise ValueError(f"{events} of {among}: a count is never below 0")
    if among == 0:
        return Rate(events, among, unit, None, None, None, "nothing was counted yet, so there is no rate")
    if events > among:
        return Rate(
            events, among, unit, None, None, None, f"more events than {unit}, so it is no share and has no interval"
        )
    from scipy.special import betaincinv  # slow to import, and most of the program counts no events

    low = float(betaincinv(events, among - events + 1, _TAIL)) if events else 0.0
    high = float(betaincinv(events + 1, among - events, 1 - _TAIL)) if events < among else 1.0
    return Rate(events, among, unit, 1000 * events / among, 1000 * low, 1000 * high)
