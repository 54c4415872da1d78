"""The table of facts that all engines read: one row a person, one column a fact, NULL for *not known*."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from needlepoint.screen import Answers, ScreenKnowledge
from needlepoint.screen.expression import Fact, Here, Quantity, leaves

PERSON = "person"
WORDS_MISSING = "words_missing"
EVIDENCE = "evidence"

#: Why a fact is so, as it travels beside a person: which fact, in words, from which resource, which code, on which day.
EVIDENCE_TYPE = pa.list_(
    pa.struct(
        [
            ("fact", pa.string()),
            ("said", pa.string()),
            ("origin", pa.string()),
            ("code", pa.string()),
            ("on", pa.date32()),
        ]
    )
)


def fact_column(fact: str) -> str:
    """The column that says whether this is so: true, false, or NULL."""
    return f"fact_{fact.replace('-', '_')}"


def place_column(fact: str) -> str:
    """The column that says where a located fact lies: bits of the atlas, or NULL when that is not known."""
    return f"at_{fact.replace('-', '_')}"


def quantity_column(measurement: str) -> str:
    """The column of a measurement, in its own unit, or NULL."""
    return f"num_{measurement.replace('-', '_')}"


@dataclass(frozen=True, slots=True)
class FactColumns:
    """Which facts, places and measurements the rules of a knowledge ask for, each in the order of the alphabet."""

    facts: tuple[str, ...]
    located: tuple[str, ...]
    quantities: tuple[str, ...]

    @classmethod
    def of(cls, knowledge: ScreenKnowledge) -> "FactColumns":
        """The columns that this knowledge's rules need."""
        facts: set[str] = set()
        located: set[str] = set()
        quantities: set[str] = set()
        for rule in knowledge.rules:
            for expression in (rule.when, *((rule.eased.when,) if rule.eased else ())):
                for leaf in leaves(expression):
                    match leaf:
                        case Fact(id=fact):
                            facts.add(fact)
                        case Here(id=fact):
                            facts.add(fact)
                            located.add(fact)
                        case Quantity(between=between):
                            quantities.add(between.id)
                        case _:
                            pass
        return cls(tuple(sorted(facts)), tuple(sorted(located)), tuple(sorted(quantities)))

    def union(self, other: "FactColumns") -> "FactColumns":
        """The columns of both: a table built with them can be screened with either knowledge."""
        return FactColumns(
            tuple(sorted({*self.facts, *other.facts})),
            tuple(sorted({*self.located, *other.located})),
            tuple(sorted({*self.quantities, *other.quantities})),
        )

    def schema(self) -> pa.Schema:
        """The Arrow schema of the table of facts."""
        return pa.schema(
            [
                pa.field(PERSON, pa.string(), nullable=False),
                *(pa.field(fact_column(fact), pa.bool_()) for fact in self.facts),
                *(pa.field(place_column(fact), pa.int64()) for fact in self.located),
                *(pa.field(quantity_column(one), pa.float64()) for one in self.quantities),
                pa.field(WORDS_MISSING, pa.int32(), nullable=False),
                pa.field(EVIDENCE, EVIDENCE_TYPE),
            ]
        )

    def row(self, person: str, answers: Answers) -> dict[str, object]:
        """One person's answers as a row of the table."""
        return {
            PERSON: person,
            **{fact_column(fact): answers.facts.get(fact) for fact in self.facts},
            **{place_column(fact): answers.places.get(fact) for fact in self.located},
            **{quantity_column(one): answers.quantities.get(one) for one in self.quantities},
            WORDS_MISSING: len(answers.not_understood),
            EVIDENCE: [
                {"fact": fact, "said": one.fact, "origin": one.origin, "code": one.code, "on": one.on}
                for fact, reasons in sorted(answers.because.items())
                for one in reasons
                if answers.facts.get(fact) is True or fact in answers.quantities
            ],
        }

    def answers(self, row: Mapping[str, object]) -> Answers:
        """A row of the table as answers again: what an engine that works person by person reads.

        A value that is not a number (NaN) was not measured: it counts as not known.
        """
        facts = {fact: row[fact_column(fact)] for fact in self.facts if row[fact_column(fact)] is not None}
        places = {fact: row[place_column(fact)] for fact in self.located if row[place_column(fact)] is not None}
        values = {one: row[quantity_column(one)] for one in self.quantities}
        quantities = {one: value for one, value in values.items() if value is not None and value == value}  # noqa: PLR0124
        return Answers(facts=facts, places=places, quantities=quantities)  # type: ignore[arg-type]
