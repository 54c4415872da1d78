"""The pages of the rules: one overview, and one page for each group."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from manual.english import english
from manual.groups import GROUPS, group_of
from manual.known import Known
from manual.markup import LEVELS, bullets, level_mark, page, prose, review_words, sources_list, table
from needlepoint.screen.rule import Rule

LEVEL_MEANS = {
    "stop": "do not needle: this person, or this place, today",
    "weigh": "somebody has to decide, and say why",
    "adapt": "needle, but differently",
    "note": "good to know; it changes no level",
}


def rule_pages(known: Known) -> Iterator[tuple[str, str]]:
    """Each page with its path below docs/."""
    by_group: dict[str, list[Rule]] = defaultdict(list)
    for rule in known.knowledge.rules:
        by_group[group_of(rule, known.knowledge)].append(rule)
    yield "reference/rules.md", _overview(by_group)
    for group, (title, about) in GROUPS.items():
        rules = sorted(by_group[group], key=lambda one: (-one.level, one.title))
        yield f"reference/generated/rules/{group}.md", page(title, about, *(_rule(rule, known) for rule in rules))


def _overview(by_group: dict[str, list[Rule]]) -> str:
    rules = [rule for group in by_group.values() for rule in group]
    levels = Counter(rule.level.finding_word for rule in rules)
    scopes = Counter(rule.scope.value for rule in rules)
    parts = [
        f"There are {len(rules)} rules: {scopes['person']} speak of the person, {scopes['site']} of a place. "
        "Each name leads to the whole rule: when it holds, what it says and advises, its sources and the cases that prove it.",
        table(
            ["level", "rules", "what it asks of you"], [(level, levels[level], LEVEL_MEANS[level]) for level in LEVELS]
        ),
        "Two more findings are built in and are no rules: `not-everything-is-known` (*adapt*) while a question is open or a word was not "
        "understood, and `place-not-understood` (*weigh*) where a proposed place is no place we know. "
        "Their reasons stand in [the choices](../safety/choices.md).",
        "How a rule file is written stands in [the knowledge](knowledge.md); how to change one, in [correct a rule](../how-to/correct-a-rule.md).",
    ]
    for group, (title, about) in GROUPS.items():
        ordered = sorted(by_group[group], key=lambda one: (-one.level, one.title))
        rows = [
            (
                f"[{rule.title}](generated/rules/{group}.md#{rule.id})",
                f"`{rule.id}`",
                rule.level.finding_word,
                rule.scope.value,
            )
            for rule in ordered
        ]
        parts += [f"## {title}", about, table(["rule", "id", "level", "speaks of"], rows)]
    return page("The rules", *parts)


def _rule(rule: Rule, known: Known) -> str:
    doc = known.shelves.docs["rule"][rule.id]
    when = english(rule.when, known.knowledge)
    where = "the person" if rule.scope.value == "person" else "the place"
    parts = [
        f"## {rule.title} {{ #{rule.id} }}",
        f"{level_mark(rule.level.finding_word)} for {where} · `{rule.id}`",
        prose(rule.says),
        f"**What to do.** {prose(rule.advice)}",
        f"**When.** {when[0].upper()}{when[1:]}.",
    ]
    if rule.eased:
        parts.append(
            f"**Lowered to {rule.eased.to.finding_word}** when it is known for sure: {english(rule.eased.when, known.knowledge)}. "
            "Not known never lowers it."
        )
    if rule.disagreement:
        parts.append(f"**Sources differ.** {prose(rule.disagreement)}")
    if rule.choice:
        parts.append(f"**Our choice.** {prose(rule.choice)}")
    parts += [
        "**Sources**",
        sources_list(doc, "../sources.md"),
        f"**Review.** {review_words(doc)[0].upper()}{review_words(doc)[1:]}.",
    ]
    parts += ["**Cases**", _cases(rule.id, known)]
    return "\n\n".join(parts)


def _cases(rule: str, known: Known) -> str:
    lines = [f"{prose(known.cases.cases[name].about)} (`{name}`)" for name in known.cases_of.get(rule, ())]
    lines += [
        f"It stays silent: {prose(known.cases.cases[name].about)} (`{name}`)"
        for name in known.not_cases_of.get(rule, ())
    ]
    return bullets(lines) if lines else "No case expects this rule yet."
