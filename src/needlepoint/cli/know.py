"""The commands about the knowledge itself: its faults, its shapes, its questions, its atlas."""

from __future__ import annotations

from pathlib import Path

import click

from needlepoint.cli.group import needlepoint, print_json


@needlepoint.command("check-knowledge")
@click.option("--knowledge", type=click.Path(path_type=Path), help="Another knowledge folder than the one that ships.")
@click.option(
    "--cases", type=click.Path(path_type=Path), help="The folder of worked cases, to name rules that none covers."
)
def check_knowledge(knowledge: Path | None, cases: Path | None) -> None:
    """Name every fault of the knowledge, all at once."""
    from needlepoint.library import knowledge_root
    from needlepoint.library.check import check_knowledge as check

    root = knowledge or knowledge_root()
    beside = root.parent / "cases"
    faults = check(root, cases or (beside if beside.is_dir() else None))
    for fault in faults:
        click.echo(str(fault))
    if faults:
        click.echo(f"{len(faults)} faults in {root}", err=True)
        raise SystemExit(2)
    click.echo(f"no faults in {root}", err=True)


@needlepoint.command()
@click.argument("name", metavar="NAME")
def schema(name: str) -> None:
    """Print the JSON Schema of a shape: case, screen, locate, plan, assess."""
    from needlepoint.exchange.answers.schema import SCHEMAS
    from needlepoint.exchange.answers.schema import schema as of
    from needlepoint.exchange.told import InputError

    if name not in SCHEMAS:
        raise InputError(f"there is no schema '{name}'; there are: {', '.join(sorted(SCHEMAS))}")
    print_json(of(name))


@needlepoint.command()
@click.option("--format", "form", type=click.Choice(["text", "json", "fhir"]), default="text", show_default=True)
def questions(form: str) -> None:
    """The health questions to ask a person, in plain words; as text, JSON, or a FHIR Questionnaire."""
    from needlepoint.exchange.answers.questionnaire import questionnaire, questionnaire_fhir, questionnaire_text
    from needlepoint.library import load_knowledge

    knowledge = load_knowledge()
    if form == "text":
        click.echo(questionnaire_text(knowledge))
    else:
        print_json(questionnaire(knowledge) if form == "json" else questionnaire_fhir(knowledge))


@needlepoint.command()
@click.argument("what", type=click.Choice(["list", "show", "draw"]))
@click.argument("place", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="For draw: the picture, as .png or .svg.")
@click.option(
    "--figure", default="neutral", show_default=True, help="For draw: neutral, or for example female-slim, male-heavy."
)
@click.option("--side", type=click.Choice(["left", "right"]), default="left", show_default=True, help="For draw.")
@click.option("--view", help="For draw: front, back, left, right or sole. Default: where it is best seen.")
def atlas(what: str, place: str | None, form: str, out: Path | None, figure: str, side: str, view: str | None) -> None:
    """What is known about the body: list all muscles and regions, show one in words, or draw a muscle with its zone."""
    from needlepoint.exchange.answers.atlas import atlas_list, atlas_show, atlas_text
    from needlepoint.exchange.told import InputError
    from needlepoint.library import load_knowledge

    if what != "list" and not place:
        raise InputError(f'say which place: needlepoint atlas {what} "upper trapezius"')
    knowledge = load_knowledge()
    if what == "draw":
        from needlepoint.exchange.pictures.write import draw_muscle

        if out is None:
            raise InputError("say where the picture goes: --out muscle.png")
        for written in draw_muscle(place or "", out, figure=figure, side=side, view=view):
            click.echo(f"wrote {written}", err=True)
        return
    answer = atlas_list(knowledge) if what == "list" else atlas_show(place or "", knowledge)
    if form == "json":
        print_json(answer)
    else:
        click.echo(atlas_text(answer))
