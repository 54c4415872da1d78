"""The ranking for one person, printed from top to bottom: dangers, muscles with their reasons, what else, what to ask and palpate."""

from collections.abc import Sequence

from rich import box
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from needlepoint.exchange.terminal.screen import COLOURS, SYMBOLS, WIDEST
from needlepoint.locate import Candidate, Candidates, Explanation, Factor, PlaceFit

#: So many candidates are printed with their reasons; the rest in one line each.
_WITH_REASONS = 5
_PRINTED = 12
_CELLS = 10
_DRAWN = {"main": "fits", "spill": "fits a little", "near": "beside it", "outside": "does not fit"}


def print_locate(found: Candidates, label: str, console: Console) -> None:
    """Print dangers first, then the muscles, what else it could be, and what to do next."""
    printer = Printer(console)
    printer.out(printer.text(f"Needlepoint locate: {label}"), "")
    for flag in found.red_flags:
        level = "stop" if flag.stops else "weigh"
        lines = [printer.text(f"{printer.symbol(level)} {flag.title}", COLOURS[level]), printer.text(flag.says)]
        lines.append(printer.text(f"Do: {flag.action}", "bold"))
        if flag.because:
            lines.append(printer.text(f"Because: {'; '.join(flag.because)}"))
        printer.out(Panel(Group(*lines), box=box.HEAVY, border_style=COLOURS[level], width=printer.width))
    if found.stopped:
        printer.out(printer.text("No muscles are ranked until this is settled.", "bold"))
    if found.wide:
        says = f"The drawing is wide: the order says little (evidence counts {found.certainty:.0%})."
        printer.out(printer.text(says, "bold"))
    if not found.candidates and not found.stopped:
        printer.out(printer.text("Nothing was marked, so no muscle is guessed.", "bold"))
    if found.candidates:
        printer.heading("Muscles that could explain it")
        printer.out(
            printer.text(
                "Each figure is the chance that the muscle contributes, not a diagnosis; they need not add up to one.",
                "dim",
            )
        )
        for n, one in enumerate(found.candidates[:_PRINTED]):
            printer.candidate(one, n + 1, reasons=n < _WITH_REASONS)
    printer.lines("Palpate next", [
        f"{one.title}, {one.side}: now {one.now:.0%}; {one.if_recognised:.0%} if it brings the known pain, {one.if_not:.0%} if not"
        for one in found.palpate_next
    ])  # fmt: skip
    printer.lines("What else hurts there", [
        f"{one.title} ({one.kind}): {one.why}" + (f" Told: {'; '.join(one.raised_by)}." if one.raised_by else "")
        for one in found.look_alikes
    ])  # fmt: skip
    printer.lines("Questions to ask", [f"{one.text} ({one.why})" for one in found.questions])
    printer.lines("Not understood", [
        f"“{one.text}” [{one.origin}]" + (f"; nearest known: {', '.join(one.nearest)}" if one.nearest else "")
        for one in found.not_understood
    ])  # fmt: skip
    printer.out("", printer.text(f"Knowledge release {found.release}"), printer.text(f"SHA-256 {found.sha256}", "dim"))


def print_explanation(explained: Sequence[Explanation], console: Console) -> None:
    """Print how well each muscle would explain the pain."""
    printer = Printer(console)
    for one in explained:
        printer.candidate(one.candidate, one.rank, reasons=True)


class Printer:
    """Writes on one console. Whatever a person wrote is printed as it stands: no markup, no control characters."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.width = min(console.width, WIDEST)
        self.ascii = console.options.ascii_only

    def candidate(self, one: Candidate, rank: int, *, reasons: bool) -> None:
        """One muscle with its chance, and its reasons when they are wanted."""
        filled = round(one.probability * _CELLS)
        bar = ("#" if self.ascii else "█") * filled + ("." if self.ascii else "░") * (_CELLS - filled)
        title = self.text(f"{rank:>2}. {bar} {one.probability:>4.0%}  {one.title}, {one.side}", "bold")
        if one.note:
            title.append_text(self.text(f"  ({one.note})", "not bold dim"))
        self.out(title)
        if reasons:
            self.out(*(self.listed(line) for line in (*map(_place, one.because), *map(_factor, one.factors))))
            cited = "; ".join(f"{source.source.citation} [{source.read}]" for source in one.sources)
            self.out(self.listed(f"zone after: {cited}", "dim"))

    def lines(self, heading: str, lines: Sequence[str]) -> None:
        """A heading with its lines; nothing when there are none."""
        if lines:
            self.heading(heading)
            self.out(*(self.listed(line) for line in lines))

    def heading(self, words: str) -> None:
        """A heading."""
        self.out("", self.text(words.upper(), "bold underline"))

    def symbol(self, level: str) -> str:
        """The symbol of a level, as far as the terminal can show it."""
        return SYMBOLS[level][self.ascii]

    def listed(self, words: str, style: str = "") -> RenderableType:
        """One line of a list."""
        row = Table.grid(padding=(0, 1), expand=False)
        row.add_column(min_width=5, justify="right", no_wrap=True)
        row.add_column()
        row.add_row(Text("-"), self.text(words, style))
        return row

    def text(self, words: str, style: str = "") -> Text:
        """Words as they stand, without control characters."""
        shown = "".join(one if one.isprintable() or one == "\n" else "\N{REPLACEMENT CHARACTER}" for one in words)
        if self.ascii:
            shown = shown.replace("×", "x").encode("ascii", "replace").decode("ascii")
        return Text(shown, style=style)

    def out(self, *parts: RenderableType) -> None:
        """Print these parts."""
        for part in parts:
            self.console.print(part, width=self.width, markup=False, highlight=False, emoji=False, soft_wrap=False)


def _place(one: PlaceFit) -> str:
    if not one.drawn:
        return f"not marked: {one.region.lower()}, {one.side} (main zone)"
    return f"{_DRAWN[one.zone]}: {one.region}"


def _factor(one: Factor) -> str:
    cited = (
        "; ".join(f"{source.source.citation} [{source.read}]" for source in one.sources) if one.kind == "prior" else ""
    )
    says = f"×{one.factor:.2g} {one.says}" if one.kind != "width" else one.says
    return f"{says} ({cited})" if cited else says
