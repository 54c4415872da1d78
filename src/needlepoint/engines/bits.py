"""Sets as words of bits: in Python one whole number, in a database as many columns of 62 bits as it takes.

62 bits, so that a word stays positive in every database.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

import ibis

from needlepoint.terms import Level

BITS = 62

Value = Any


def words_for(bits: int) -> int:
    """How many words hold so many bits; there is always one."""
    return max(1, -(-bits // BITS))


def word(name: str, n: int) -> str:
    """The column of the n-th word."""
    return f"{name}_{n}"


def whole(bits: int) -> Value:
    """One word, or any whole number, as a database writes it."""
    return ibis.literal(bits, "int64")


def whole_level(level: Level) -> Value:
    """A level as a small number."""
    return ibis.literal(int(level), "int8")


def bit_set(places: Iterable[int]) -> int:
    """The set of these places."""
    return reduce(or_, (1 << n for n in places), 0)


def nth_word(bits: int, n: int) -> int:
    """The n-th word of a set."""
    return bits >> n * BITS & (1 << BITS) - 1


def union(words: Sequence[Value]) -> Value:
    """The sets joined, as a tree: a long chain would be too deep for some parsers."""
    joined = list(words) or [whole(0)]
    while len(joined) > 1:
        joined = [reduce(or_, joined[n : n + 2]) for n in range(0, len(joined), 2)]
    return joined[0]


def hits(table: Value, name: str, mask: int) -> list[Value]:
    """Which of these bits are set in the words of this name?"""
    words = range(-(-mask.bit_length() // BITS))
    return [table[word(name, n)] & whole(part) for n in words if (part := nth_word(mask, n))]


def any_set(words: Sequence[Value]) -> Value:
    """Is any bit set in any of these words? One comparison: joining many comparisons by OR would cost much more."""
    return union(words) != whole(0)


def bits_if(condition: Value, bits: Value) -> Value:
    """These bits if the condition is true, none if it is false or NULL."""
    return condition.ifelse(bits, whole(0))


def word_columns(name: str, conditions: Sequence[Value | None]) -> dict[str, Value]:
    """Words in which the n-th bit says that the n-th condition is true; ``None`` leaves a bit empty."""
    columns = {}
    for n in range(words_for(len(conditions))):
        terms = [
            bits_if(condition, whole(1 << at))
            for at, condition in enumerate(conditions[n * BITS : (n + 1) * BITS])
            if condition is not None
        ]
        columns[word(name, n)] = union(terms)
    return columns
