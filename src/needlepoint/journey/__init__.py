"""The thread: one course of care, visit after visit. What was written, by whom, and what it adds up to.

A visit is never overwritten. Each thing that somebody writes is an entry, and the state of the visit is what its entries add up to, in whatever
order they arrived and however often they were sent.
"""

from needlepoint.journey.carried import carried, may_be_carried
from needlepoint.journey.case import case_of
from needlepoint.journey.written import Value, Written, Wrote, written

__all__ = ["Value", "Written", "Wrote", "carried", "case_of", "may_be_carried", "written"]
