from dataclasses import replace

import pytest

from needlepoint.exchange.paper.page import ScreenPage
from needlepoint.exchange.paper.presenter import present
from needlepoint.screen import Because, Clearance, NotUnderstood, OpenQuestion, Proposal, ScreenKnowledge, SiteClearance
from needlepoint.terms import Level, Read, Side


def test_the_answer_is_the_worst_level_and_says_where(page: ScreenPage) -> None:
    assert page.answer == "STOP"
    assert (
        page.sentence
        == "Do not needle here: Between spine and shoulder blade, right. The other 2 places are weigh at worst."
    )


def test_a_person_with_open_questions_is_not_yet_cleared(page: ScreenPage) -> None:
    assert page.not_yet_cleared == "NOT YET CLEARED: 2 questions open, 1 entry not understood"
    assert page.title == "STOP, not yet cleared: anna.yaml, 2 March 2026"


def test_a_place_that_was_not_understood_is_counted_once(anna: Clearance, knowledge: ScreenKnowledge) -> None:
    nowhere = replace(anna.sites[0], proposal=Proposal(None, "flurb corner", "proposed[0]"))
    lost = replace(anna, sites=(nowhere,), findings=(), questions=(), not_understood=())
    assert present(lost, knowledge, "anna").not_yet_cleared == "NOT YET CLEARED: 1 place not understood"
    said_twice = replace(lost, not_understood=(NotUnderstood("flurb corner", "proposed[0].site"),))
    assert present(said_twice, knowledge, "anna").not_yet_cleared == "NOT YET CLEARED: 1 entry not understood"
    assert present(lost, knowledge, "anna").sites[0].places == ("“flurb corner”",)


@pytest.mark.parametrize("level", list(Level))
def test_whatever_the_level_an_incomplete_answer_says_so(
    anna: Clearance, knowledge: ScreenKnowledge, level: Level
) -> None:
    page = present(replace(anna, clearance=level, person=level, questions=(), not_understood=()), knowledge, "anna")
    assert page.not_yet_cleared == "NOT YET CLEARED: not everything is known"
    assert (
        present(replace(anna, clearance=level, person=level, complete=True), knowledge, "anna").not_yet_cleared is None
    )


def test_a_person_who_only_has_open_questions_is_told_to_ask_first(anna: Clearance, knowledge: ScreenKnowledge) -> None:
    adapt = replace(
        anna, clearance=Level.ADAPT, findings=tuple(one for one in anna.findings if one.level is Level.CLEAR)
    )
    assert "Ask the open questions before the first needle." in present(adapt, knowledge, "anna").sentence


def test_a_stop_of_the_whole_person_names_its_reason(anna: Clearance, knowledge: ScreenKnowledge) -> None:
    fever = replace(anna.findings[2], title="Fever today", level=Level.STOP)
    page = present(replace(anna, person=Level.STOP, findings=(fever,)), knowledge, "anna")
    assert page.sentence == "Do not needle. Fever today."


def test_a_cleared_person_is_told_no_more_than_what_is_known(anna: Clearance, knowledge: ScreenKnowledge) -> None:
    cleared = replace(
        anna, clearance=Level.CLEAR, person=Level.CLEAR, complete=True, findings=(), questions=(), not_understood=()
    )
    assert present(cleared, knowledge, "anna").sentence == "Nothing that was told speaks against needling."


def test_each_proposed_place_has_its_own_line_in_the_order_of_the_proposals(page: ScreenPage) -> None:
    assert [(site.places, site.level, site.complete) for site in page.sites] == [
        (("Top of shoulder, left",), "adapt", False),
        (("Between spine and shoulder blade, right",), "stop", True),
        (("Calf, side not stated",), "weigh", False),
    ]
    assert page.sites[0].plan == "deep, needle 30 mm long and 0.25 mm thick, no stimulation"
    assert page.sites[1].plan is None


def test_a_place_says_why_in_the_titles_that_decide_it(page: ScreenPage) -> None:
    assert [site.why for site in page.sites] == [
        ("Title of blood-thinner",),
        ("Title of lung-beneath",),
        ("Title of deep-bleed",),
    ]


def test_findings_stand_under_their_level_with_the_facts_and_where_they_came_from(page: ScreenPage) -> None:
    assert [group.level for group in page.findings] == ["stop", "weigh", "adapt", "note"]
    thinner = page.findings[2].findings[0]
    assert thinner.where == "The whole person"
    assert [(one.fact, one.origin) for one in thinner.because] == [
        ("apixaban, taken now, 1 February 2026", "medicines[0]")
    ]
    assert page.findings[0].findings[0].where == "Between spine and shoulder blade, right"


def test_sources_are_numbered_once_and_each_mark_says_how_far_it_was_read(page: ScreenPage) -> None:
    assert [(one.number, one.read) for one in page.findings[0].findings[0].sources] == [(1, "full"), (2, "abstract")]
    assert [(one.number, one.link) for one in page.sources] == [
        (1, "https://doi.org/10.1000/abc"),
        (2, "https://pubmed.ncbi.nlm.nih.gov/123/"),
    ]
    assert page.sources[1].gists == ("One in two hundred.",)


def test_a_source_that_was_read_differently_far_counts_as_the_less_far(
    anna: Clearance, knowledge: ScreenKnowledge
) -> None:
    full = anna.findings[0].sources[0]
    twice = replace(anna.findings[0], sources=(full, replace(full, read=Read.RECALL), full))
    marks = present(replace(anna, findings=(twice,)), knowledge, "anna").findings[0].findings[0].sources
    assert [(one.number, one.read) for one in marks] == [(1, "recall")]


def test_a_locator_that_is_no_plain_identifier_becomes_no_link(anna: Clearance, knowledge: ScreenKnowledge) -> None:
    for locator in ("doi:javascript:alert(1)", "chapter 3", 'doi:10.1000/a"b', "pmid:1 2"):
        said = anna.findings[0].sources[0]
        odd = replace(anna.findings[0], sources=(replace(said, source=replace(said.source, locator=locator)),))
        assert present(replace(anna, findings=(odd,)), knowledge, "anna").sources[0].link is None


def test_questions_that_could_worsen_come_first_and_numbers_go_on(page: ScreenPage) -> None:
    assert [(group.heading, [one.number for one in group.questions]) for group in page.questions] == [
        ("Could make it STOP", [1, 2]),
        ("A good answer could ease WEIGH to ADAPT", [3]),
    ]
    assert [one.reply for one in page.questions[0].questions] == ["yes-or-no", "words"]
    assert page.questions[0].questions[0].could_change == "adapt → stop"


def test_a_question_that_could_do_both_is_asked_once(anna: Clearance, knowledge: ScreenKnowledge) -> None:
    both = (*anna.questions, OpenQuestion("fever-today", "Do you have a fever today?", Level.WEIGH, Level.ADAPT))
    page = present(replace(anna, questions=both), knowledge, "anna")
    ids = [one.id for group in page.questions for one in group.questions]
    assert sorted(ids) == sorted(set(ids))


def test_what_was_not_understood_and_set_aside_comes_back(page: ScreenPage) -> None:
    assert (page.not_understood[0].text, page.not_understood[0].nearest) == ("zorbitis", ("arthritis", "orchitis"))
    assert page.set_aside[0].reason == "said of the family, not of the person"
    assert page.notes == ("The file names no doctor.",)


def test_without_proposed_places_both_sides_stand_together(
    nobody_proposed: Clearance, knowledge: ScreenKnowledge
) -> None:
    page = present(nobody_proposed, knowledge, "anna")
    assert [(line.places, line.level) for line in page.sites] == [
        (("Eye", "Navel"), "stop"),
        (("Calf (left only)",), "weigh"),
    ]
    assert page.sentence.startswith("Nothing that was told speaks against needling.")
    assert "Some regions need more care" in page.sentence


def test_without_proposed_places_what_holds_for_everybody_is_only_named(
    nobody_proposed: Clearance, knowledge: ScreenKnowledge
) -> None:
    barred, clot = nobody_proposed.findings
    anatomy = replace(barred, because=(Because("eye beneath left eye", ""),))
    page = present(replace(nobody_proposed, findings=(anatomy, clot)), knowledge, "anna")
    assert [one.id for group in page.findings for one in group.findings] == ["clot-here"]
    assert page.sites[0].why == ("Title of barred",)
    assert "only named in this table" in (page.sites_note or "")


def test_without_proposed_places_lesser_findings_of_barred_regions_are_left_out(
    nobody_proposed: Clearance, knowledge: ScreenKnowledge
) -> None:
    lesser = replace(nobody_proposed.findings[1], id="near-the-eye", sites=(0, 1))
    page = present(replace(nobody_proposed, findings=(*nobody_proposed.findings, lesser)), knowledge, "anna")
    assert "near-the-eye" not in {one.id for group in page.findings for one in group.findings}


def test_a_level_with_many_reasons_is_one_line_that_counts_them(
    nobody_proposed: Clearance, knowledge: ScreenKnowledge
) -> None:
    regions = [
        knowledge.atlas.place_of_region(region, Side.LEFT)
        for region in ("eye", "interscapular", "top-of-shoulder", "calf")
    ]
    regions.append(knowledge.atlas.place_of_region("umbilicus", None))
    weigh = nobody_proposed.findings[1]
    findings = [replace(weigh, id="all", title="All of them", sites=tuple(range(5)))]
    findings += [replace(weigh, id=f"only-{n}", title=f"Only {n}", sites=(n,)) for n in range(5)]
    sites = tuple(
        SiteClearance(Proposal(place, place.label, ""), Level.WEIGH, Level.WEIGH, True, ("all", f"only-{n}"))
        for n, place in enumerate(regions)
    )
    page = present(replace(nobody_proposed, sites=sites, findings=tuple(findings)), knowledge, "anna")
    assert len(page.sites) == 1
    assert page.sites[0].why[:2] == ("All of them (5)", "Only 0 (1)")
    assert len(page.sites[0].places) == 5
