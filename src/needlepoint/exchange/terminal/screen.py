"""The answer for one person, printed from top to bottom: what, where, why, and what to ask."""

from collections.abc import Iterable

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from needlepoint.exchange.paper.page import FindingGroup, FindingLine, ScreenPage, SiteLine

#: A word always stands beside the symbol. The second symbol is for terminals that know only ASCII.
SYMBOLS = {
    "stop": ("■", "#"),
    "weigh": ("▲", "!"),
    "adapt": ("◆", "~"),
    "clear": ("●", "+"),
    "note": ("·", "-"),
    "unknown": ("?", "?"),
}
COLOURS = {
    "stop": "bold red",
    "weigh": "bold yellow",
    "adapt": "bold cyan",
    "clear": "bold green",
    "note": "bold",
    "unknown": "bold magenta",
}
#: Longer lines are hard to read, however wide the terminal is.
WIDEST = 100


def print_screen(page: ScreenPage, console: Console) -> None:
    """Print the answer first and large, then the places, why, the questions, and what was not understood."""
    _Printer(console).print(page)


class _Printer:
    """Writes one page on one console. Whatever a person wrote is printed as it stands: no markup, no control characters."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.width = min(console.width, WIDEST)
        self.ascii = console.options.ascii_only

    def print(self, page: ScreenPage) -> None:
        self.out(self.text(f"Needlepoint screen: {page.label}, {page.day}"), "")
        self.out(self.answer(page))
        self.out(self.text(page.sentence, "bold"))
        self.heading(page.sites_heading)
        if page.sites:
            self.out(self.sites(page.sites))
        if page.sites_note:
            self.out(self.text(page.sites_note))
        if page.findings:
            self.heading("Why")
            self.out(*(part for group in page.findings for part in self.group(group)))
        if page.questions:
            self.heading("Questions to ask")
        for asked in page.questions:
            self.out(self.level(asked.level, asked.heading))
            self.out(*(self.numbered(self.text(f"{one.number}."), self.text(one.text)) for one in asked.questions))
        if page.not_understood:
            self.heading("Not understood")
            for one in page.not_understood:
                self.out(self.numbered(self.symbol("unknown"), self.text(f"“{one.text}” [{one.origin}]")))
                if one.nearest:
                    self.out(self.numbered(Text(" "), self.text(f"nearest known: {', '.join(one.nearest)}")))
        if page.set_aside:
            self.heading("Set aside")
            self.out(*(self.listed(f"“{one.text}” [{one.origin}]: {one.reason}") for one in page.set_aside))
        if page.notes:
            self.heading("Notes")
            self.out(*(self.listed(note) for note in page.notes))
        if page.sources:
            self.heading("Sources")
            self.out(
                *(
                    self.numbered(self.text(f"{one.number}."), self.text(_cited(one.citation, one.link)))
                    for one in page.sources
                )
            )
        self.out("", self.text(f"Knowledge release {page.release}"), self.text(f"SHA-256 {page.sha256}", "dim"))

    # Parts

    def answer(self, page: ScreenPage) -> RenderableType:
        lines = [self.level(page.level, f"{' '.join(page.answer)} ", "reverse")]
        if page.not_yet_cleared:
            lines.append(self.level("unknown", page.not_yet_cleared))
        style = COLOURS[page.level]
        return Panel(Group(*lines), box=box.HEAVY, border_style=style, padding=(1, 2), width=self.width)

    def sites(self, sites: Iterable[SiteLine]) -> RenderableType:
        table = Table(box=box.SIMPLE_HEAD, width=self.width, padding=(0, 1), show_edge=False, pad_edge=False)
        table.add_column("Place", ratio=4)
        table.add_column("Answer", width=9)
        table.add_column("Why", ratio=5)
        for site in sites:
            place = self.text(_named(site.places))
            if site.plan:
                place.append_text(self.text(f"\n{site.plan}", "dim"))
            answer = self.level(site.level, site.level.upper())
            if not site.complete:
                answer.append_text(self.text("\nnot yet\ncleared", COLOURS["unknown"]))
            table.add_row(place, answer, self.text("; ".join(site.why)))
            table.add_section()
        return table

    def group(self, group: FindingGroup) -> Iterable[RenderableType]:
        yield self.level(group.level, group.heading)
        for finding in group.findings:
            yield self.finding(finding)

    def finding(self, finding: FindingLine) -> RenderableType:
        lines = [
            self.text(finding.title, "bold").append_text(self.text(f" ({finding.where})", "not bold")),
            self.text(finding.says),
            self.text("Do: ", "bold").append_text(self.text(finding.advice, "bold")),
        ]
        if finding.because:
            because = "; ".join(f"{one.fact} [{one.origin}]" if one.origin else one.fact for one in finding.because)
            lines.append(self.text(f"Because: {because}"))
        if finding.disagreement:
            lines.append(self.text(f"Sources differ: {finding.disagreement}"))
        if finding.choice:
            lines.append(self.text(f"Our choice: {finding.choice}"))
        marks = ", ".join(f"{mark.number} {mark.read}" for mark in finding.sources)
        lines.append(self.text(f"Sources: {marks}", "dim"))
        return Padding(Group(*lines), (0, 0, 1, 2))

    # Words

    def heading(self, words: str) -> None:
        self.out("", self.text(words.upper(), "bold underline"))

    def level(self, level: str, words: str, manner: str = "") -> Text:
        return Text.assemble(self.symbol(level), self.text(f" {words}"), style=f"{COLOURS[level]} {manner}")

    def symbol(self, level: str) -> Text:
        return Text(SYMBOLS[level][self.ascii])

    def listed(self, words: str) -> RenderableType:
        return self.numbered(Text("-"), self.text(words))

    def numbered(self, mark: Text, text: Text) -> RenderableType:
        row = Table.grid(padding=(0, 1), expand=False)
        row.add_column(min_width=3, justify="right", no_wrap=True)
        row.add_column()
        row.add_row(mark, text)
        return row

    def text(self, words: str, style: str = "") -> Text:
        """These words and nothing else: what could steer a terminal is shown as a replacement mark."""
        shown = "".join(one if one.isprintable() or one == "\n" else "\N{REPLACEMENT CHARACTER}" for one in words)
        if self.ascii:
            shown = shown.replace("→", "->").encode("ascii", "replace").decode("ascii")
        return Text(shown, style=style)

    def out(self, *parts: RenderableType) -> None:
        for part in parts:
            self.console.print(part, width=self.width, markup=False, highlight=False, emoji=False, soft_wrap=False)


def _named(places: tuple[str, ...]) -> str:
    return places[0] if len(places) == 1 else f"{len(places)} regions: {'; '.join(places)}"


def _cited(citation: str, link: str | None) -> str:
    return f"{citation} {link}" if link else citation
