"""The plan of one person, printed from top to bottom: the session, each place line by line, warning signs."""

from rich import box
from rich.console import Console, Group, RenderableType
from rich.panel import Panel

from needlepoint.exchange.planning import Planned
from needlepoint.exchange.terminal.locate import Printer
from needlepoint.exchange.terminal.screen import COLOURS
from needlepoint.plan import NeedlePlan, PlanKnowledge, SitePlan
from needlepoint.plan.consent import consent

KINDS = {
    "measured": "measured on this person",
    "published": "published",
    "conservative": "our cautious choice",
}


def print_plan(planned: Planned, knowledge: PlanKnowledge, label: str, console: Console) -> None:
    """Print the session first, then every place with its reasons, then what to watch for."""
    printer, plan = _Printer(console), planned.plan
    printer.out(printer.text(f"Needlepoint plan: {label}"), "")
    for flag in planned.assessment.located.red_flags:
        level = "stop" if flag.stops else "weigh"
        printer.out(printer.text(f"{printer.symbol(level)} {flag.title}. {flag.action}", COLOURS[level]))
    if planned.suggested and plan.sites:
        printer.out(
            printer.text("No place was proposed: these are the muscles that could best explain the pain.", "bold")
        )
    if not plan.sites:
        printer.out(printer.text("No place was proposed and no muscle is ranked, so there is nothing to plan.", "bold"))
    printer.session(planned)
    for n, site in enumerate(plan.sites):
        printer.site(n, site)
    for signs in plan.session.signs:
        printer.lines(f"Watch for: {signs.title}, {signs.from_hours:g} to {signs.to_hours:g} hours", [
            *signs.clinician, f"Then: {signs.act_clinician}", f"Tell the person: {'; '.join(signs.patient)}. {signs.act_patient}",
        ])  # fmt: skip
    asked = consent(plan, knowledge)
    if asked:
        printer.lines(
            "Consent for these places",
            [
                asked.about,
                asked.helps,
                *(f"{one.words} {one.rate}{f' {one.uncertain}' if one.uncertain else ''}" for one in asked.risks),
                asked.otherwise,
                asked.unsure,
                asked.ask,
                f"Hash of wording and places: {asked.sha256}",
            ],
        )
    printer.out("", printer.text(f"Knowledge release {plan.release}"), printer.text(f"SHA-256 {plan.sha256}", "dim"))


class _Printer(Printer):
    """Prints the parts of a plan."""

    def session(self, planned: Planned) -> None:
        session, sites = planned.plan.session, planned.plan.sites
        lines = [f"{one.position}: {', '.join(_name(sites[n]) for n in one.sites)}" for one in session.steps]
        lines += [f"another day: {_name(sites[one.site])} ({one.reason})" for one in session.later]
        if session.stay_minutes:
            lines.append(f"stays {session.stay_minutes:g} minutes to be watched")
        self.lines("The session", [*lines, *session.warnings])

    def site(self, n: int, site: SitePlan) -> None:
        self.heading(f"{n + 1}. {_name(site)}")
        if site.unreviewed:
            self.out(self.text("Not reviewed by a clinician yet.", "dim"))
        if site.declined is not None:
            lines: list[RenderableType] = [self.text(site.declined.reason, COLOURS["stop"])]
            lines += [self.text(f"Would change it: {one}") for one in site.declined.would_change]
            if site.declined.instead:
                lines.append(self.text(f"Instead: {site.declined.instead}"))
            if site.elsewhere:
                names = ", ".join(f"{muscle.replace('-', ' ')} ({side})" for muscle, side in site.elsewhere)
                lines.append(self.text(f"For the same pain: {names}"))
            self.out(Panel(Group(self.text("No needle here", "bold"), *lines), box=box.HEAVY, width=self.width))
        if site.needle is not None:
            self.needle(site, site.needle)
        for warning in site.warnings:
            self.out(self.text(f"{self.symbol('weigh')} {warning}", COLOURS["weigh"]))
        for hazard in site.hazards:
            limit = f" Kept from it: {hazard.depth.text}." if hazard.depth else ""
            path = "" if hazard.in_path else " (not in the path)"
            self.out(self.listed(f"{hazard.title}{path}: {hazard.why} {hazard.avoid_by}{limit}"))
        for one in site.disagreements:
            self.out(self.listed(f"Sources differ: {one}"))

    def needle(self, site: SitePlan, needle: NeedlePlan) -> None:
        way, chosen = needle.way, needle.chosen
        size = f"{chosen.needle.length_mm:g} x {chosen.needle.diameter_mm:g} mm"
        self.out(
            self.text(f"Needle {size}, stop at {needle.stop_depth_mm:g} mm", "bold"),
            self.text(
                f"{chosen.shaft_out_mm:g} mm of the shaft stay out; the tip then comes {chosen.reach_mm:.1f} mm deep at the most "
                f"(at the hub {chosen.to_hub_mm:.1f} mm)."
            ),
            self.text(
                f"Stop depth: {KINDS[needle.basis.kind]}. {needle.basis.text} People: {needle.basis.population}."
            ),
        )
        if needle.basis.outside:
            self.out(self.text(f"This person is {'; '.join(needle.basis.outside)}.", "bold"))
        if site.lies:
            self.out(
                self.text(f"The muscle lies from {site.lies.starts:g} to {site.lies.ends:g} mm in an ordinary build.")
            )
        self.out(
            self.text(f"{way.name} ({way.technique}). {way.position} {way.hands} {way.direction}"),
            self.text(f"At most {needle.insertions_max} insertions, {needle.dwell_minutes:g} minutes."),
        )
        if needle.safer_than:
            self.out(self.text(f"Chosen instead of: {needle.safer_than}."))
        if site.asked:
            verdict = "stays within the stop depth" if site.asked.within else "could pass the stop depth"
            self.out(
                self.text(
                    f"Asked for {site.asked.length_mm:g} mm: it could come {site.asked.reach_mm:.1f} mm deep, "
                    f"{site.asked.to_hub_mm:.1f} mm at the hub; it {verdict}.",
                    "bold",
                )
            )


def _name(site: SitePlan) -> str:
    if site.muscle is None:
        return site.text
    side = f", {site.side}" if site.side else ""
    return f"{site.muscle.replace('-', ' ')}{side}"
