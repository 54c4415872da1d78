"""Yes, no, and not known: Kleene's three-valued logic.

``True`` is yes, ``False`` is no, ``None`` is not known. *Not known* is not *no*: it stays unless the other
side decides alone. This is the algebra of NULL in SQL, which is why one rule can run in both.
"""

from collections.abc import Iterable

Truth = bool | None


def all_of(truths: Iterable[Truth]) -> Truth:
    """Is everything so? One *no* decides; otherwise one *not known* leaves it open."""
    answer: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            answer = None
    return answer


def any_of(truths: Iterable[Truth]) -> Truth:
    """Is anything so? One *yes* decides; otherwise one *not known* leaves it open."""
    answer: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            answer = None
    return answer


def negate(truth: Truth) -> Truth:
    """Is it not so? What is not known stays not known."""
    return None if truth is None else not truth
