"""The health questions as a ready questionnaire: the same ids in every interface."""

from typing import Any

from needlepoint.screen import FactDefinition, FactKind, ScreenKnowledge
from needlepoint.screen.expression import Fact, Here, leaves
from needlepoint.screen.questions import LIST_QUESTIONS

#: In which order the parts are asked, and what heads them.
HEADINGS: dict[FactKind, str] = {
    FactKind.ANSWER: "Today",
    FactKind.CONDITION: "Your health",
    FactKind.PROCEDURE: "What was done to you",
    FactKind.IMPLANT: "What is in your body",
    FactKind.MEDICINE: "What you take",
    FactKind.ALLERGY: "What you react to",
}


def asked_facts(knowledge: ScreenKnowledge) -> tuple[FactDefinition, ...]:
    """Which facts are asked in plain words? Those that a rule needs, with a question of their own and no general one that asks first."""
    needed: set[str] = set()
    for rule in knowledge.rules:
        for expression in (rule.when, *((rule.eased.when,) if rule.eased else ())):
            for leaf in leaves(expression):
                if isinstance(leaf, Fact | Here):
                    needed.update((leaf.id, *knowledge.generals[leaf.id]))
    first = [
        fact
        for fact in knowledge.facts.values()
        if fact.id in needed
        and fact.question
        and not any(knowledge.facts[one].question for one in knowledge.generals[fact.id])
    ]
    order = list(HEADINGS)
    return tuple(sorted(first, key=lambda fact: (order.index(fact.kind), fact.id)))


def questionnaire(knowledge: ScreenKnowledge) -> dict[str, Any]:
    """The questions as plain JSON: parts with headings, questions with ids."""
    parts: dict[str, list[dict[str, str]]] = {heading: [] for heading in HEADINGS.values()}
    for fact in asked_facts(knowledge):
        parts[HEADINGS[fact.kind]].append({"id": fact.id, "text": fact.question or "", "type": "yes-no"})
    return {
        "title": "Before dry needling",
        "release": knowledge.release,
        "lists": [{"id": key, "text": text} for key, text in LIST_QUESTIONS.items()],
        "parts": [{"title": heading, "questions": asked} for heading, asked in parts.items() if asked],
    }


def questionnaire_text(knowledge: ScreenKnowledge) -> str:
    """The questions to read aloud or to print."""
    form = questionnaire(knowledge)
    lines = [str(form["title"]), ""]
    for part in form["parts"]:
        lines.append(part["title"])
        lines.extend(f"  [ ] yes [ ] no  {one['text']}  ({one['id']})" for one in part["questions"])
        lines.append("")
    return "\n".join(lines).rstrip()


def questionnaire_fhir(knowledge: ScreenKnowledge) -> dict[str, object]:
    """The questions as a FHIR R4 Questionnaire; ``linkId`` is the id of the question."""
    form = questionnaire(knowledge)
    return {
        "resourceType": "Questionnaire",
        "status": "active",
        "version": knowledge.release,
        "name": "NeedlepointScreen",
        "title": form["title"],
        "subjectType": ["Patient"],
        "item": [
            {
                "linkId": f"part-{n + 1}",
                "type": "group",
                "text": part["title"],
                "item": [{"linkId": one["id"], "type": "boolean", "text": one["text"]} for one in part["questions"]],
            }
            for n, part in enumerate(form["parts"])
        ],
    }
