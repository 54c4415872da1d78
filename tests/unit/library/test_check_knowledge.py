"""Every fault of the knowledge is found, all at once, with file and line."""

import shutil
from pathlib import Path

import pytest

from needlepoint.library import KnowledgeFaultsError, knowledge_root, load_knowledge
from needlepoint.library.check import check_knowledge
from needlepoint.library.shelves import load_shelves, read_shelves

SOURCES = 'id: a-book\ncitation: "A book."\nkind: textbook\nread: recall\n'
TAIL = "sources: [{id: a-book, read: recall}]\nreview: needed\nlook_again: 2027-11-23\n"
FILES = {
    "sources/a-book.yaml": SOURCES,
    "body/areas/chest.yaml": "id: chest\ntitle: Chest\npaired: yes\npart_of: [thorax]\n",
    "body/structures/pleura.yaml": f"id: pleura\ntitle: the lung\nharm: collapsed lung\nworst: life-threatening\n{TAIL}",
    "body/regions/anterior-chest.yaml": f"id: anterior-chest\ntitle: Front of chest\npaired: yes\narea: chest\nbeneath: [pleura]\n{TAIL}",
    "body/muscles/pec.yaml": f"id: pec\ntitle: Pec\nregions: [anterior-chest]\ndepth: superficial\nbeneath: [pleura]\n{TAIL}",
    "screen/facts/conditions/bleeds.yaml": f"id: bleeds\ntitle: Bleeds\nkind: condition\nquestion: Do you bleed?\nnames: [bleeds]\n{TAIL}",
    "screen/facts/answers/agrees.yaml": f"id: agrees\ntitle: Agrees\nkind: answer\nadverse: no\nquestion: Do you agree?\n{TAIL}",
    "screen/facts/medicines/thinner.yaml": f"id: thinner\ntitle: Thinner\nkind: medicine\nquestion: A thinner?\nmembers: [{{name: oldarin}}]\n{TAIL}",
    "screen/measurements/inr.yaml": f"id: inr\ntitle: INR\nunit: '1'\nkey: inr\nplausible: [0.5, 20]\nquestion: INR?\n{TAIL}",
    "screen/rules/bleeds.yaml": f"id: bleeds\ntitle: Bleeds\nscope: person\nlevel: stop\nwhen: {{fact: bleeds}}\nsays: So.\nadvice: Do.\n{TAIL}",
}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        put(tmp_path, name, text)
    return tmp_path


def put(root: Path, name: str, text: str) -> None:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def rule(when: str, **more: str) -> str:
    extra = "".join(f"{key}: {value}\n" for key, value in more.items() if key not in ("scope", "id"))
    return (
        f"id: {more.get('id', 'odd')}\ntitle: Odd\nscope: {more.get('scope', 'person')}\nlevel: stop\nwhen: {when}\nsays: So.\nadvice: Do.\n"
        f"{extra}{TAIL}"
    )


def test_sound_knowledge_has_no_fault(root: Path) -> None:
    assert check_knowledge(root) == ()


@pytest.mark.parametrize(
    ("file", "text", "line", "said"),
    [
        ("screen/rules/odd.yaml", rule("{fact: bleeds}", colour="red"), 8, "not known here"),
        ("screen/rules/odd.yaml", rule("{fact: unicorn}"), 5, "no fact that is known"),
        ("screen/rules/odd.yaml", rule("{fact: bleeds}").replace(TAIL, ""), 0, "sources: this key is missing"),
        ("screen/rules/odd.yaml", rule("{fact: bleeds}").replace("a-book", "no-book"), 8, "no source 'no-book'"),
        ("screen/rules/odd.yaml", rule("{quantity: {id: inr, above: 300}}"), 5, "is the unit right?"),
        ("screen/rules/odd.yaml", rule("{quantity: {id: inr}}"), 5, "compares with nothing"),
        ("screen/rules/odd.yaml", rule("{quantity: {id: inr, above: 4, below: 2}}"), 5, "no value lies in this range"),
        ("screen/rules/odd.yaml", rule("{all: []}"), 5, "may not be empty"),
        ("screen/rules/odd.yaml", rule("{here: bleeds}", scope="site"), 5, "is not located"),
        ("screen/rules/odd.yaml", rule("{beneath: pleura}"), 5, "can never fire"),
        ("screen/rules/odd.yaml", rule("{muscle: pec}", scope="site").replace("muscle: pec", "feature: intimate"), 5, "can never fire"),
        ("screen/rules/odd.yaml", rule("{not: {fact: bleeds}}"), 5, "harmless direction"),
        ("screen/rules/odd.yaml", rule("{fact: agrees}"), 5, "harmless direction"),
        ("screen/rules/odd.yaml", rule("{fact: bleeds}", eased_by="{when: {fact: thinner}, to: adapt}"), 8, "cannot lower a level"),
        ("screen/rules/odd.yaml", rule("{fact: bleeds}", eased_by="{when: {fact: agrees}, to: stop}"), 8, "does not lower"),
        ("screen/rules/not-everything-is-known.yaml", rule("{fact: bleeds}", id="not-everything-is-known"), 1, "built in"),
        ("screen/rules/odd.yaml", rule("{fact: bleeds}") + "level: adapt\n", 11, "stands here twice"),
        ("screen/rules/odd.yaml", "id: [odd\n", 2, "not readable as YAML"),
        ("screen/rules/odd.yaml", "", 1, "empty"),
        ("screen/facts/conditions/odd.yaml", FILES["screen/facts/conditions/bleeds.yaml"].replace("id: bleeds", "id: odd").replace("names:", "codes: {icd10: ['']}\nnames:"), 5, "may not be empty"),
        ("screen/facts/conditions/odd.yaml", FILES["screen/facts/conditions/bleeds.yaml"].replace("id: bleeds", "id: odd").replace("names:", "codes: {icd10: [A00-Z99]}\nnames:"), 5, "too wide"),
        ("screen/facts/conditions/odd.yaml", FILES["screen/facts/conditions/bleeds.yaml"].replace("id: bleeds", "id: odd").replace("names:", "codes: {icd10: [D6]}\nnames:"), 5, "match almost everything"),
        ("screen/facts/conditions/odd.yaml", FILES["screen/facts/conditions/bleeds.yaml"].replace("id: bleeds", "id: odd").replace("names:", "implies: [unicorn]\nnames:"), 5, "no fact 'unicorn'"),
        ("screen/facts/medicines/odd.yaml", FILES["screen/facts/medicines/thinner.yaml"].replace("id: thinner", "id: odd").replace("members", "excludes: [thinner]\nmembers"), 6, "exclude each other"),
        ("screen/facts/conditions/other-name.yaml", FILES["screen/facts/conditions/bleeds.yaml"].replace("id: bleeds", "id: odd"), 1, "the file is called other-name"),
        ("surprise/odd.yaml", "id: odd\n", 0, "folder holds nothing that is known"),
        ("body/regions/odd.yaml", FILES["body/regions/anterior-chest.yaml"].replace("anterior-chest", "odd").replace("[pleura]", "[moon]"), 5, "no structure 'moon'"),
    ],
)  # fmt: skip
def test_each_kind_of_fault_is_named_with_its_place(root: Path, file: str, text: str, line: int, said: str) -> None:
    put(root, file, text)
    faults = [fault for fault in check_knowledge(root) if fault.file == file]
    assert any(said in fault.what for fault in faults), faults
    assert any(fault.line == line for fault in faults if said in fault.what), faults


def test_a_rule_that_no_case_covers_is_named(root: Path, tmp_path: Path) -> None:
    cases = tmp_path / "cases"
    cases.mkdir()
    assert any("no case" in fault.what for fault in check_knowledge(root, cases))
    put(cases, "one.yaml", "about: A bleeder.\ncase: {conditions: [bleeds]}\nexpect: {findings: [bleeds]}\n")
    assert not any("no case" in fault.what for fault in check_knowledge(root, cases))
    put(cases, "two.yaml", "about: A rider.\ncase: {}\nexpect: {findings: [unicorn]}\n")
    assert any("which is no rule" in fault.what for fault in check_knowledge(root, cases))


def test_all_faults_come_at_once(root: Path) -> None:
    put(root, "screen/rules/one.yaml", rule("{fact: unicorn}", id="one"))
    put(root, "screen/rules/two.yaml", rule("{fact: dragon}", id="two"))
    assert len(check_knowledge(root)) == 2


def test_faulty_knowledge_answers_nobody(root: Path) -> None:
    put(root, "screen/rules/odd.yaml", rule("{fact: unicorn}"))
    with pytest.raises(KnowledgeFaultsError) as caught:
        load_knowledge(root)
    assert "unicorn" in str(caught.value)


def test_a_folder_without_knowledge_says_so(tmp_path: Path) -> None:
    assert "no knowledge here" in check_knowledge(tmp_path)[0].what


def test_a_kept_copy_says_the_same_and_is_dropped_when_a_file_changes(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "kept"))
    first, second = load_shelves(root), load_shelves(root)
    assert first.docs == second.docs
    shutil.rmtree(root / "screen/rules")
    assert load_shelves(root).docs["rule"] == {}


def test_the_knowledge_that_ships_has_no_fault_and_every_rule_a_case() -> None:
    root = knowledge_root()
    assert check_knowledge(root, root.parent / "cases") == ()
    assert len(read_shelves(root).docs["rule"]) > 150
