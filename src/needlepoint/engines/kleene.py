"""What is left to ask of a person, as a column of true, false or NULL.

NULL in SQL is *not known*: AND, OR and NOT agree with ``terms.truth``. Where they would not, CASE decides: a fact that is not known
stays not known wherever it lies.
"""

from functools import reduce
from operator import and_, or_
from typing import Any

import ibis

from needlepoint.engines.bits import whole
from needlepoint.engines.columns import fact_column, place_column, quantity_column
from needlepoint.screen.expression import Fact, Quantity
from needlepoint.screen.facts import Between
from needlepoint.screen.residue import AnyOf, Every, NotSo, Open, Residue, Sure, Touches

Value = Any


def truth(residue: Residue, table: Value) -> Value:
    """This residue over the table of facts: true, false or NULL for each person."""
    match residue:
        case bool():
            return ibis.literal(residue)
        case Fact(id=fact):
            return table[fact_column(fact)]
        case Touches(fact=fact, areas=areas):
            so = table[fact_column(fact)]
            return ibis.cases((so, (table[place_column(fact)] & whole(areas)) != whole(0)), else_=so)
        case Quantity(between=between):
            return _within(between, table[quantity_column(between.id)])
        case Open():
            return ibis.null("boolean")
        case Every(parts=parts):
            return reduce(and_, (truth(part, table) for part in parts))
        case AnyOf(parts=parts):
            return reduce(or_, (truth(part, table) for part in parts))
        case NotSo(part=part):
            return ~truth(part, table)
        case Sure(part=part):
            return truth(part, table).fill_null(False)
    raise TypeError(f"{residue!r} is no residue")


def _within(between: Between, value: Value) -> Value:
    ends = []
    if between.low is not None:
        low = ibis.literal(float(between.low), "float64")
        ends.append(value >= low if between.low_in else value > low)
    if between.high is not None:
        high = ibis.literal(float(between.high), "float64")
        ends.append(value <= high if between.high_in else value < high)
    return reduce(and_, ends) if ends else ibis.cases((value.notnull(), True), else_=ibis.null("boolean"))
