"""What is documented is public, and what is public is documented."""

import inspect
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
import pytest

from needlepoint.cli import needlepoint
from needlepoint.exchange.answers.schema import SCHEMAS
from needlepoint.screen.assess import BUILT_IN

if TYPE_CHECKING:
    from manual.known import Known


def test_every_public_name_says_what_it_is() -> None:
    from manual.python_names import packages

    silent = [
        f"{module.__name__}.{name}"
        for module in packages()
        for name in module.__all__
        if (inspect.isclass(value := getattr(module, name)) or inspect.isfunction(value)) and not own_words(value)
    ]
    assert silent == []


def own_words(value: object) -> str:
    """The docstring, unless a dataclass wrote it for itself."""
    text = inspect.getdoc(value) or ""
    return "" if text.startswith(f"{getattr(value, '__name__', '')}(") else text


def test_every_public_name_has_its_entry(made: dict[str, str]) -> None:
    from manual.python_names import packages

    page = made["reference/generated/python.md"]
    missing = [
        f"{m.__name__}.{name}" for m in packages() for name in m.__all__ if f"{{ #{m.__name__}.{name} }}" not in page
    ]
    assert missing == []


def all_commands(under: click.Group = needlepoint, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command, with those of a group below it."""
    for name, command in under.commands.items():
        yield f"{before}{name}", command
        if isinstance(command, click.Group):
            yield from all_commands(command, f"{before}{name} ")


def test_every_command_and_option_stands_on_the_page_of_the_command_line(made: dict[str, str]) -> None:
    page = made["reference/command-line.md"]
    for name, command in all_commands():
        section = page.split(f"{{ #{name.replace(' ', '-')} }}")[1].split("\n##")[0]
        assert command.help, f"{name} has no help"
        for one in command.params:
            words = one.opts if isinstance(one, click.Option) else [one.human_readable_name]
            assert all(word in section for word in words), f"{name} {one.name} is not on the page"


def test_every_option_says_what_it_is_for_unless_its_choices_do() -> None:
    silent = [
        f"{name} {one.opts[0]}"
        for name, command in all_commands()
        for one in command.params
        if isinstance(one, click.Option) and not one.help and not isinstance(one.type, click.Choice)
    ]
    assert silent == []


def test_every_exit_code_is_explained(made: dict[str, str]) -> None:
    codes = made["reference/command-line.md"].split("## Exit codes")[1]
    assert all(f"| {code} |" in codes for code in (0, 1, 2))


def test_every_rule_has_its_entry_with_its_sources(made: dict[str, str], known: "Known") -> None:
    pages = {path: text for path, text in made.items() if path.startswith("reference/generated/rules/")}
    overview = made["reference/rules.md"]
    for rule in known.knowledge.rules:
        holding = [text for text in pages.values() if f"{{ #{rule.id} }}" in text]
        assert len(holding) == 1, f"{rule.id} stands on {len(holding)} pages"
        entry = holding[0].split(f"{{ #{rule.id} }}")[1].split("\n## ")[0]
        assert f"`{rule.id}`" in overview
        assert all(f"sources.md#{one.source.id}" in entry for one in rule.sources)


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        ("fact", "reference/generated/facts.md"),
        ("measurement", "reference/generated/measurements.md"),
        ("region", "reference/generated/atlas/regions.md"),
        ("structure", "reference/generated/atlas/structures.md"),
        ("source", "reference/generated/sources.md"),
        ("red_flag", "reference/generated/locate/red-flags.md"),
        ("look_alike", "reference/generated/locate/look-alikes.md"),
        ("problem", "reference/generated/locate/problems.md"),
        ("symptom", "reference/generated/locate/symptoms.md"),
        ("weight", "reference/generated/locate/weights.md"),
        ("number", "reference/generated/plan/numbers.md"),
        ("risk", "reference/generated/plan/risks.md"),
        ("watch", "reference/generated/plan/warning-signs.md"),
        ("grade", "reference/generated/treat/grades.md"),
        ("reaction", "reference/generated/treat/reactions.md"),
        ("event", "reference/generated/treat/events.md"),
        ("advice", "reference/generated/treat/advice.md"),
        ("bound", "reference/generated/treat/bounds.md"),
    ],
)
def test_every_file_of_the_knowledge_has_its_entry(kind: str, page: str, made: dict[str, str], known: "Known") -> None:
    assert [id_ for id_ in known.docs(kind) if f"{{ #{id_} }}" not in made[page]] == []


def test_every_muscle_has_its_page_with_its_hazards(made: dict[str, str], known: "Known") -> None:
    for id_, doc in known.docs("muscle").items():
        page = made[f"reference/generated/atlas/muscles/{id_}.md"]
        assert all(f"structures.md#{one}" in page for one in doc["beneath"])
        assert not doc.get("barred") or "Not to be needled" in page


def test_every_muscle_has_its_picture_its_zone_its_symptoms_and_its_trigger_points(
    made: dict[str, str], known: "Known"
) -> None:
    for id_, doc in known.docs("muscle").items():
        page = made[f"reference/generated/atlas/muscles/{id_}.md"]
        assert '<svg xmlns="http://www.w3.org/2000/svg" class="np-body" role="img"' in page, id_
        assert f"{doc['title']}, left, seen from" in page, id_
        for zone in doc["referral"]["zones"]:
            assert f"| {known.place(zone['region'])} | {zone['zone']} |" in page, f"{id_}: {zone['region']}"
        assert all(f"locate/symptoms.md#{one}" in page for one in doc["symptoms"]), id_
        assert all(f"- {one['name']}" in page for one in doc["trigger_points"]), id_


def test_a_muscle_and_its_symptoms_name_each_other(made: dict[str, str], known: "Known") -> None:
    page = made["reference/generated/locate/symptoms.md"]
    for id_, doc in known.docs("muscle").items():
        for symptom in doc["symptoms"]:
            entry = page.split(f"{{ #{symptom} }}")[1].split("\n## ")[0]
            assert f"atlas/muscles/{id_}.md" in entry, f"{symptom} does not name {id_}"


def test_every_quality_and_every_customary_first_look_has_its_line(made: dict[str, str], known: "Known") -> None:
    symptoms, looks = made["reference/generated/locate/symptoms.md"], made["reference/generated/locate/first-looks.md"]
    assert [id_ for id_, doc in known.docs("quality").items() if f"| {doc['title']} | " not in symptoms] == []
    for id_, doc in known.docs("customary").items():
        line = looks.split(f"| {doc['title']} | ")[1].split("\n")[0]
        assert [one for one in doc["muscles"] if f"muscles/{one}.md" not in line] == [], id_


def test_every_red_flag_says_what_to_do_and_whether_it_stops(made: dict[str, str], known: "Known") -> None:
    page = made["reference/generated/locate/red-flags.md"]
    for id_, doc in known.docs("red_flag").items():
        entry = page.split(f"{{ #{id_} }}")[1].split("\n## ")[0]
        assert f"it {'stops' if doc['stops'] else 'warns'}" in entry
        assert doc["action"] in entry
        assert all(f"sources.md#{one['id']}" in entry for one in doc["sources"])


def test_every_study_of_a_problem_says_how_many_people_it_had(made: dict[str, str], known: "Known") -> None:
    page = made["reference/generated/locate/problems.md"]
    for id_, doc in known.docs("problem").items():
        entry = page.split(f"{{ #{id_} }}")[1].split("\n## ")[0]
        for study in doc["studies"]:
            assert f"of {study['people']} |" in entry, id_
            assert all(f"atlas/muscles/{one['muscle']}.md" in entry for one in study["active"]), id_


def test_every_schema_has_its_page(made: dict[str, str]) -> None:
    assert all(f"reference/{name}.md" in made for name in SCHEMAS)


def test_every_message_about_unusable_input_is_listed(made: dict[str, str]) -> None:
    from manual.commands import input_messages, knowledge_messages

    page = made["reference/generated/messages.md"]
    assert len(input_messages()) > 10
    assert len(knowledge_messages()) > 20
    assert all(message in page for message, _ in (*input_messages(), *knowledge_messages()))


def test_every_question_has_its_entry_and_its_grade(made: dict[str, str], known: "Known") -> None:
    from manual.questions import all_questions, grade

    page = made["reference/questions.md"]
    for id_, text in all_questions(known).items():
        assert f"| `{id_}` | {grade(text):.1f} |" in page


def test_every_choice_stands_on_the_page_of_choices_the_weightiest_first(made: dict[str, str], known: "Known") -> None:
    page = made["safety/choices.md"]
    chosen = [
        id_
        for kind in (
            *("rule", "fact", "muscle", "region", "structure"),
            *("red_flag", "weight", "problem", "symptom", "quality", "customary", "look_alike"),
            *("depth", "approach", "number", "risk", "watch", "stock"),
            *("grade", "reaction", "event", "advice", "bound"),
        )
        for id_, doc in known.docs(kind).items()
        if doc.get("choice")
    ]
    assert [id_ for id_ in chosen if f"`{id_}`" not in page] == []
    levels = re.findall(r"^### (stop|weigh|adapt|note)$", page, re.MULTILINE)
    assert levels == sorted(levels, key=["stop", "weigh", "adapt", "note"].index)


def test_every_built_in_finding_stands_on_the_page_of_choices(made: dict[str, str], known: "Known") -> None:
    from manual.choices import built_in_findings

    assert {one.id for one in built_in_findings(known)} == set(BUILT_IN)
    assert all(f"`{id_}`" in made["safety/choices.md"] for id_ in BUILT_IN)


def test_every_red_flag_and_every_number_of_the_ranking_stands_on_the_page_of_choices(
    made: dict[str, str], known: "Known"
) -> None:
    page = made["safety/choices.md"]
    flags, numbers = page.split("## Red flags")[1].split("## The plan")[0].split("## The ranking of muscles")
    for id_, doc in known.docs("red_flag").items():
        assert f"(`{id_}`) | {'stops' if doc['stops'] else 'warns'} |" in flags
    for id_, doc in known.docs("weight").items():
        assert f"{doc['title']} (`{id_}`) | {doc['value']:g} |" in numbers


def test_every_depth_and_every_approach_has_its_page(made: dict[str, str], known: "Known") -> None:
    for kind, folder in (("depth", "depths"), ("approach", "approaches")):
        for id_, doc in known.docs(kind).items():
            page = made[f"reference/generated/plan/{folder}/{id_}.md"]
            assert all(f"#{one['id']}" in page for one in doc["sources"]), id_


def test_every_number_of_the_plan_stands_on_the_page_of_choices(made: dict[str, str], known: "Known") -> None:
    plan = made["safety/choices.md"].split("## The plan\n")[1]
    for id_, doc in known.docs("number").items():
        assert f"{doc['title']} (`{id_}`) | {doc['value']:g} {doc['unit']} |" in plan


def test_every_event_says_what_to_do_now_and_what_must_be_answered(made: dict[str, str], known: "Known") -> None:
    page = made["reference/generated/treat/events.md"]
    for id_, doc in known.docs("event").items():
        entry = page.split(f"{{ #{id_} }}")[1].split("\n## ")[0]
        assert all(" ".join(one["words"].split()) in entry for one in doc["now"]), id_
        assert entry.count("| from ") == sum("must_from" in one for one in doc["now"]), id_
        assert all(f"sources.md#{each['id']}" in entry for one in doc["now"] for each in one["sources"]), id_


def test_every_kind_of_entry_stands_on_the_page_of_the_session(manual: dict[str, str]) -> None:
    from dataclasses import fields

    from needlepoint.exchange.treating import KINDS

    page = manual["reference/session.md"]
    for kind, what in KINDS.items():
        line = page.split(f"| `{kind}` |")[1].split("\n")[0]
        assert [one.name for one in fields(what) if f"`{one.name}`" not in line] == [], kind


def test_every_measurement_says_how_long_it_holds(made: dict[str, str], known: "Known") -> None:
    rows = made["safety/choices.md"].split("## Measurements")[1]
    for id_, doc in known.docs("measurement").items():
        days = str(doc["valid_days"]) if doc.get("valid_days") else "does not age"
        assert f"{doc['title']} (`{id_}`) | {days} |" in rows


def test_everything_that_keeps_a_note_open_stands_on_the_page_of_the_session(manual: dict[str, str]) -> None:
    import inspect

    from needlepoint.treat import missing

    source = inspect.getsource(inspect.getmodule(missing))
    said = set(re.findall(r'(?:Missing|lacks)\(\s*f?"([a-z-]+?)(?:-\{when\})?"', source)) | {
        "pain-before",
        "pain-after",
    }
    said.discard("pain")
    page = manual["reference/session.md"].split("## What keeps a note open")[1]
    assert len(said) > 15
    assert sorted(one for one in said if f"`{one}`" not in page) == []
