"""Many people in the terminal: how many came out how, what was found most, and which regions are most restricted."""

from rich.console import Console
from rich.table import Table

from needlepoint.engines import Summary
from needlepoint.engines.compare import Changes
from needlepoint.engines.touched import Touched
from needlepoint.screen import ScreenKnowledge

#: How each level is shown without colour.
SYMBOLS = {"clear": "●", "adapt": "◆", "weigh": "▲", "stop": "■"}


def print_summary(summary: Summary, knowledge: ScreenKnowledge, resources: int, console: Console) -> None:
    """Print the summary of many people."""
    titles = {rule.id: rule.title for rule in knowledge.rules}
    table = Table(title="May they be needled?", title_justify="left", box=None, pad_edge=False)
    for heading, justify in (("Answer", "left"), ("People", "right"), ("Share", "right")):
        table.add_column(heading, justify=justify)  # type: ignore[arg-type]
    for word, people in reversed(summary.by_clearance):
        share = f"{100 * people / summary.people:.1f} %" if summary.people else ""
        table.add_row(f"{SYMBOLS[word]} {word.upper()}", f"{people:,}", share)
    console.print(table)
    console.print(f"Nothing left to ask: {summary.complete:,} of {summary.people:,}", highlight=False)
    _print_counts(
        "Found most", [(titles.get(id_, id_), f"{people:,}") for id_, people in summary.top_findings], console
    )
    _print_counts(
        "Regions most restricted",
        [(one.region, f"stop {one.stop:,}, weigh {one.weigh:,}") for one in summary.most_restricted],
        console,
    )
    console.print(
        f"\n{summary.people:,} people, {resources:,} resources, {summary.engine}: {summary.seconds:.1f} s. "
        f"Knowledge {summary.release}, {summary.sha256[:12]}",
        highlight=False,
    )


def _print_counts(title: str, rows: list[tuple[str, str]], console: Console) -> None:
    if not rows:
        return
    table = Table(title=f"\n{title}", title_justify="left", box=None, pad_edge=False, show_header=False)
    table.add_column(overflow="fold")
    table.add_column(justify="right")
    for name, count in rows:
        table.add_row(name, count)
    console.print(table)


#: So many people are named on the screen; JSON names them all.
MOST_NAMED = 40


def print_changes(changes: Changes, console: Console) -> None:
    """Print who would be treated differently, and why."""
    console.print(f"{changes.changed:,} of {changes.people:,} people would be treated differently.", highlight=False)
    _print_counts(
        "Answers that change",
        [(f"{before} → {after}", f"{people:,}") for before, after, people in changes.moves],
        console,
    )
    _print_counts(
        "Rules that would hold for more people", [(id_, f"{people:,}") for id_, people in changes.gained], console
    )
    _print_counts(
        "Rules that would hold for fewer people", [(id_, f"{people:,}") for id_, people in changes.lost], console
    )
    _print_counts(
        "Regions that change", [(region, f"{people:,}") for region, people in changes.regions[:MOST_NAMED]], console
    )
    named = [(one.person, f"{one.before} → {one.after}") for one in changes.changes[:MOST_NAMED]]
    _print_counts("Who", named, console)
    if changes.changed > MOST_NAMED:
        console.print(f"and {changes.changed - MOST_NAMED:,} more; --format json names them", highlight=False)


def print_touched(people: tuple[Touched, ...], id_: str, console: Console) -> None:
    """Print everyone who is touched, with the evidence."""
    who = "1 person is" if len(people) == 1 else f"{len(people):,} people are"
    console.print(f"{who} touched by {id_}.", highlight=False)
    for one in people[:MOST_NAMED]:
        where = "" if one.of_person or not one.at_region else " (at some region)"
        console.print(f"\n{SYMBOLS[one.clearance]} {one.clearance.upper():<6}{one.person}{where}", highlight=False)
        for evidence in one.evidence[:3]:
            code = f", {evidence.code}" if evidence.code else ""
            console.print(f"    {evidence.said} ({evidence.origin}{code})", highlight=False, markup=False)
    if len(people) > MOST_NAMED:
        console.print(f"\nand {len(people) - MOST_NAMED:,} more; --format json names them", highlight=False)
