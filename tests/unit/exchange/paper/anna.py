"""A small body, and Anna: a rower on a blood thinner who asks for needles at three places."""

from dataclasses import replace
from datetime import date

from needlepoint.body import Atlas, Place
from needlepoint.body.parts import Area, Region
from needlepoint.exchange.paper.page import ScreenPage
from needlepoint.exchange.paper.presenter import present
from needlepoint.screen import (
    Because,
    Clearance,
    Finding,
    Needle,
    NotUnderstood,
    OpenQuestion,
    Proposal,
    ScreenKnowledge,
    SetAside,
    SiteClearance,
)
from needlepoint.terms import Level, Read, Side, Source, Statement
from tests.small_knowledge import fact, small_knowledge

AREAS = ("head", "upper-back", "shoulder", "leg")
#: Region, title, area, paired.
REGIONS = (
    ("eye", "Eye", "head", True),
    ("umbilicus", "Navel", "head", False),
    ("interscapular", "Between spine and shoulder blade", "upper-back", True),
    ("top-of-shoulder", "Top of shoulder", "shoulder", True),
    ("calf", "Calf", "leg", True),
)
TWO_SOURCES = (
    Statement(
        Source("guide", "A society. A guideline on needling. 2020.", 2020, "guideline", "doi:10.1000/abc", Read.FULL),
        Read.FULL,
    ),
    Statement(
        Source("cohort", "An author et al. A cohort. A journal 2021.", 2021, "cohort", "pmid:123", Read.ABSTRACT),
        Read.ABSTRACT,
        "One in two hundred.",
    ),
)


def small_body() -> ScreenKnowledge:
    """A body of five regions, and three facts that can be asked about."""
    atlas = Atlas(
        areas={id_: Area(id_, id_.capitalize(), True, (), ()) for id_ in AREAS},
        structures={},
        regions={
            id_: Region(id_, title, paired, area, (), frozenset(), frozenset(), None, ())
            for id_, title, area, paired in REGIONS
        },
        muscles={},
        coarse={},
        points={},
    )
    return small_knowledge((), [fact(id_) for id_ in ("fever-today", "last-dose", "bruises-easily")], atlas)


def place(knowledge: ScreenKnowledge, region: str, side: Side | None) -> Place:
    return knowledge.atlas.place_of_region(region, side)


def finding(id_: str, level: Level, *, sites: tuple[int, ...] = (), scope: str = "person", **words: object) -> Finding:
    plain = Finding(
        id_,
        f"Title of {id_}",
        level,
        scope,
        sites,
        (Because(f"fact of {id_}", "conditions[0]"),),
        f"It says {id_}.",
        f"Do {id_}.",
        None,
        None,
        TWO_SOURCES,
    )
    return replace(plain, **words)  # type: ignore[arg-type]


def anna(knowledge: ScreenKnowledge) -> Clearance:
    """STOP between the shoulder blades, WEIGH at the calf, ADAPT at the shoulder; two questions and one word are open."""
    shoulder = Proposal(
        place(knowledge, "top-of-shoulder", Side.LEFT), "left shoulder", "proposed[0]", Needle(30, 0.25), "deep", "none"
    )
    back = Proposal(place(knowledge, "interscapular", Side.RIGHT), "interscapular right", "proposed[1]")
    calf = Proposal(place(knowledge, "calf", None), "calf", "proposed[2]")
    return Clearance(
        on=date(2026, 3, 2),
        clearance=Level.STOP,
        person=Level.ADAPT,
        complete=False,
        sites=(
            SiteClearance(shoulder, Level.ADAPT, Level.CLEAR, False, ()),
            SiteClearance(back, Level.STOP, Level.STOP, True, ("lung-beneath",)),
            SiteClearance(calf, Level.WEIGH, Level.WEIGH, False, ("deep-bleed",)),
        ),
        findings=(
            finding("lung-beneath", Level.STOP, sites=(1,), scope="site", disagreement="Some say weigh."),
            finding("deep-bleed", Level.WEIGH, sites=(2,), scope="site", choice="The level is our own."),
            finding(
                "blood-thinner",
                Level.ADAPT,
                sites=(0, 1, 2),
                because=(Because("apixaban, taken now", "medicines[0]", on=date(2026, 2, 1)),),
            ),
            finding("smoker", Level.CLEAR, sites=(0, 1, 2), sources=TWO_SOURCES[:1]),
        ),
        questions=(
            OpenQuestion("fever-today", "Do you have a fever today?", Level.ADAPT, Level.STOP),
            OpenQuestion("conditions", "Which illnesses do you have?", Level.ADAPT, Level.STOP),
            OpenQuestion("last-dose", "Was the last dose more than a day ago?", Level.WEIGH, Level.ADAPT),
        ),
        not_understood=(NotUnderstood("zorbitis", "conditions[1]", ("arthritis", "orchitis")),),
        set_aside=(SetAside("mother had a stroke", "conditions[2]", "said of the family, not of the person"),),
        release="test",
        sha256="ab" * 32,
    )


def anna_page(knowledge: ScreenKnowledge) -> ScreenPage:
    """Anna's page."""
    return present(anna(knowledge), knowledge, "anna.yaml", ("The file names no doctor.",))


def nobody_proposed(knowledge: ScreenKnowledge) -> Clearance:
    """No place was proposed: both eyes and the navel are barred, and one calf holds a clot."""
    barred = [
        SiteClearance(Proposal(one, one.label, ""), Level.STOP, Level.STOP, True, ("barred",))
        for one in (
            place(knowledge, "eye", Side.LEFT),
            place(knowledge, "eye", Side.RIGHT),
            place(knowledge, "umbilicus", Side.MIDLINE),
        )
    ]
    clot = place(knowledge, "calf", Side.LEFT)
    return Clearance(
        on=date(2026, 3, 2),
        clearance=Level.CLEAR,
        person=Level.CLEAR,
        complete=True,
        sites=(*barred, SiteClearance(Proposal(clot, clot.label, ""), Level.WEIGH, Level.WEIGH, True, ("clot-here",))),
        findings=(
            finding("barred", Level.STOP, sites=(0, 1, 2), scope="site"),
            finding("clot-here", Level.WEIGH, sites=(3,), scope="site"),
        ),
        questions=(),
        not_understood=(),
        set_aside=(),
        release="test",
        sha256="ab" * 32,
    )


def typical_page(knowledge: ScreenKnowledge) -> ScreenPage:
    """A page of ordinary length: three places, six findings of four lines with nine sources, six questions, a word not understood."""
    says = "A bleed in a deep muscle is not seen from outside and is hard to press on."
    advice = "Begin with superficial muscles and see how they bleed; thin needle, few passes."
    works = [
        Statement(
            Source(
                f"work-{n}",
                f"Author A, Author B, Author C. A study of needles and of bleeding, part {n}. A Journal 2021;12(3):{n}-99.",
                2021,
                "cohort",
                f"doi:10.1000/{n}",
                Read.FULL,
            ),
            Read.ABSTRACT,
        )
        for n in range(9)
    ]
    findings = tuple(
        finding(
            f"finding-{n}", (Level.STOP, Level.WEIGH, Level.ADAPT)[n // 2], sites=(n // 2,), scope="site", title="Blood thinner, deep",
            says=says, advice=advice, choice="The level is our own choice." if n % 2 else None, sources=(works[n], works[n + 3]),
        )
        for n in range(6)
    )  # fmt: skip
    questions = tuple(
        OpenQuestion(id_, "Have you had numbness or weakness that stayed after any needling?", Level.ADAPT, level)
        for id_, level in (
            ("fever-today", Level.STOP), ("conditions", Level.STOP), ("medicines", Level.STOP),
            ("last-dose", Level.WEIGH), ("bruises-easily", Level.WEIGH), ("inr", Level.WEIGH),
        )
    )  # fmt: skip
    usual = anna(knowledge)
    sites = tuple(replace(site, findings=(f"finding-{2 * n}",)) for n, site in enumerate(usual.sites))
    return present(replace(usual, findings=findings, questions=questions, sites=sites), knowledge, "anna.yaml")
