"""The page of roles and rights, read from the table that the clinic itself goes by.

The table is read as text and not imported: a manual is made without a clinic and its settings.
"""

import ast
import textwrap
from dataclasses import dataclass

from manual.known import ROOT
from manual.markup import page, prose, table

SOURCE = ROOT / "src/needlepoint/clinic/access/rights.py"
#: For pages without a member; they are nobody's right in particular.
_NOBODY = ("ANYONE", "PATIENT")


@dataclass(frozen=True, slots=True)
class Rights:
    """The words of each right, which of them each role has, in the order of the table, and the fields that only who treats writes."""

    words: dict[str, str]
    of: dict[str, frozenset[str]]
    reason: str
    treated: list[str]


def rights() -> Rights:
    """Read the table. A shape that is not understood is an error: a page must not say less than the code."""
    text = SOURCE.read_text(encoding="utf-8")
    body = ast.parse(text).body
    words = _members(next(one for one in body if isinstance(one, ast.ClassDef) and one.name == "Right"))
    listed = next(
        one.value
        for one in body
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and one.target.id == "RIGHTS"
    )
    assert isinstance(listed, ast.Dict)
    of = {
        _last(role): _set(told, frozenset(words))
        for role, told in zip(listed.keys, listed.values, strict=True)
        if role is not None
    }
    reason = text.split("\nRIGHTS:")[0].rsplit("\n#: ", 1)[1]
    treated = next(
        one.value
        for one in body
        if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name) and one.targets[0].id == "TREATED"
    )
    assert isinstance(treated, ast.Call)
    return Rights(words, of, textwrap.shorten(reason, 500), sorted(ast.literal_eval(treated.args[0])))


def roles_page() -> str:
    """Who may do what, as one table."""
    found = rights()
    shown = {name: words for name, words in found.words.items() if name not in _NOBODY}
    rows = [
        (prose(words).capitalize(), *("yes" if name in has else "–" for has in found.of.values()))
        for name, words in shown.items()
    ]
    titles = [role.lower() for role in found.of]
    return page(
        "Roles and rights",
        "A member of an organisation has one role, and the role says what they may do there. It is one table in the program, "
        "`access/rights.py`, from which this page is made. A new role holds from the next request. Whatever the role, nobody sees anything of "
        "another organisation.",
        "## The table",
        table(["may", *titles], rows),
        prose(found.reason),
        "## The roles",
        table(["role", "who that is"], _ROLES),
        "An assistant reads and does not write what who treats has found, means to do and answers for: in a visit the fields "
        f"{_and([f'`{one}.…`' for one in found.treated])}, and the answers that only a clinician "
        "can give, such as that the person agrees. The reasons that a note gives lift what keeps it from being signed. Whether "
        "a page shows such a field to write in, and whether an entry is kept, is asked of the same function, `field_needs`.",
        "An owner gives roles under *Settings*, *Members*. The last owner cannot lose the role. Who left is kept by name in what they wrote, "
        "and can no longer sign in.",
        "## The patient",
        "A patient is no member and has no role. Who comes in by [a private link](../how-to/send-a-patient-link.md) reaches the own pages "
        "of one visit: questions, pain, consent, check-ins. They write what a patient tells, and read only that.",
        "## Without signing in",
        "The sign-in, a private link before the date of birth, the set-up page of the first run, and the addresses that tell whether the "
        "server lives. "
        "Nothing about anybody is on them.",
        "A test walks every address with every role of two organisations: `tests/clinic/access/test_matrix.py`.",
    )


_ROLES = (
    ("owner", "Keeps the practice. Everything, with members, stock and lawful deletion."),
    ("clinician", "Treats and signs. Sees what was done and what went wrong; recalls a lot; hands out a record."),
    (
        "assistant",
        "Prepares a visit: people, answers, drawing, private links. Chooses no place, records no needle, writes no note and signs nothing.",
    ),
    ("reader", "Reads people and visits, and writes nothing."),
    ("auditor", "Counts what was done and sees who saw what, and reads no record."),
)


def _and(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _members(enum: ast.ClassDef) -> dict[str, str]:
    found = {}
    for one in enum.body:
        if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name) and isinstance(one.value, ast.Constant):
            found[one.targets[0].id] = str(one.value.value)
    return found


def _set(node: ast.expr, everything: frozenset[str]) -> frozenset[str]:
    match node:
        case ast.Call(func=ast.Name(id="frozenset"), args=[ast.Name(id="Right")]):
            return everything
        case ast.Call(func=ast.Name(id="frozenset"), args=[ast.Set(elts=elts)]):
            return frozenset(map(_last, elts))
        case ast.Set(elts=elts):
            return frozenset(map(_last, elts))
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return _set(left, everything) - _set(right, everything)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _set(left, everything) | _set(right, everything)
    raise ValueError(
        f"{SOURCE}: line {node.lineno}: a set of rights that the manual cannot read; write it as the others"
    )


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    raise ValueError(f"{SOURCE}: line {node.lineno}: expected a name such as Right.SEE")
