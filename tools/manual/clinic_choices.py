"""The clinic's own choices: each with its value as it stands in the code, read without running it."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src/needlepoint"
#: File, name, what it is, why it is our choice.
NUMBERS = (
    ("clinic/pages/lead/rates.py", "FEWEST", "insertions or sessions below which no rate is told", "An exact interval is shown above it; below, one event more or less turns the rate over."),
    ("clinic/pages/today/day.py", "DAYS_TO_SIGN", "days after a visit until its unsigned note is overdue", "The next day is still remembered."),
    ("clinic/access/links.py", "DAYS", "days that a patient's private link works", "A visit is prepared within a week, and both check-ins come within the next."),
    ("clinic/access/links.py", "MOST_WRONG", "wrong dates of birth that lock a private link", "Two are slips of a hand, five are guesses."),
    ("clinic/records/room.py", "MOST_BY_LINK", "entries that one private link may write into its visit", "All questions answered ten times over are fewer; a link that was passed on cannot fill the record."),
    ("clinic/records/room.py", "MOST_LETTERS_BY_LINK", "letters in them, all together", "A hundred drawings are fewer."),
    ("clinic/pages/people/alike.py", "ALIKE", "of 100: likeness of names, with the same date of birth, at which we ask whether somebody is there already", "Asking too often costs a tap; two records of one person cost a missed warning."),
    ("clinic/pages/lead/present_stock.py", "FEW", "needles of a lot at which few are left", "A day's work of one clinician."),
)  # fmt: skip
WORDS = (
    ("What may be carried over from the last visit", "Lists, lasting health answers, reactions to needles, stature; never what belongs to the day or the place. Nothing carried counts until somebody says that it is still so. The list stands in `journey/carried.py`."),
    ("Who may witness a consent", "Whoever may write into a visit, an assistant too."),
    ("Who may choose places, write what the fingers found, and write into the note", "Only owner and clinician, who record needles and sign: the reasons in a note lift what keeps it from being signed."),
    ("A needle without a signed consent, or against the plan", "Not forbidden after the fact: the note cannot be signed until it is explained in words."),
    ("A signed *no*", "It is not turned into an answer of the screen, since no words would be left to agree to later; it keeps the note open when a needle went in."),
    ("Two answers that contradict each other", "Neither counts: the question is open until somebody who saw both answers it."),
)  # fmt: skip


def number_rows() -> Iterator[tuple[str, str, str]]:
    """What, how much, why."""
    for file, name, what, why in NUMBERS:
        yield f"{what} (`{name}`)", _value(SOURCE / file, name), why


def _value(path: Path, name: str) -> str:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and any(isinstance(one, ast.Name) and one.id == name for one in node.targets):
            return f"{ast.literal_eval(node.value):,}".removesuffix(".0")
    raise SystemExit(f"{path}: has no {name} any more; mend tools/manual/clinic_choices.py")
