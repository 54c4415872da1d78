"""Words that all steps share: yes, no and not known; levels; sides; codes; sources; how a text is read as words."""

from needlepoint.terms.code import Code, CodeBook, CodeRange
from needlepoint.terms.level import Level
from needlepoint.terms.not_understood import NotUnderstood
from needlepoint.terms.side import Side
from needlepoint.terms.source import Read, Source, Statement
from needlepoint.terms.truth import Truth, all_of, any_of, negate
from needlepoint.terms.words import Word, plain, words_of

__all__ = [
    "Code",
    "CodeBook",
    "CodeRange",
    "Level",
    "NotUnderstood",
    "Read",
    "Side",
    "Source",
    "Statement",
    "Truth",
    "Word",
    "all_of",
    "any_of",
    "negate",
    "plain",
    "words_of",
]
