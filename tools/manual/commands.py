"""The page of the command line, from the commands themselves, and the page of everything it can say is wrong."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click

from manual.known import ROOT
from manual.markup import page, prose, table
from needlepoint.cli import needlepoint

EXIT_CODES = (
    ("0", "answered, whatever the answer: *stop* is an answer too"),
    (
        "1",
        "our own fault, or knowledge that has faults, and nothing was answered; or `clinic verify` found what is not as it was sealed",
    ),
    ("2", "the input cannot be used; standard error says what, where in the file, and how to mend it"),
    ("130", "stopped by you (Ctrl-C); nothing was written"),
)
SURROUNDINGS = (
    ("NEEDLEPOINT_KNOWLEDGE", "another knowledge folder than the one that ships"),
    ("NEEDLEPOINT_DEBUG", "set to 1, an error of our own shows where it happened"),
    ("XDG_CACHE_HOME", "where the parsed knowledge is kept between runs (a folder `needlepoint` in it)"),
    ("NO_COLOR", "set, the terminal gets no colours"),
)
#: Those of the clinic stand at the head of its settings, where whoever changes one sees them.
SETTINGS = ROOT / "src/needlepoint/clinic/settings.py"


def command_page() -> str:
    """Every command with its help, arguments and options."""
    parts = [
        "With `--format json`, standard output holds one JSON document and nothing else; notes and progress go to standard error. "
        "`CASE` is a case file (YAML or JSON), a FHIR R4 Bundle or Patient (JSON), or `-` for standard input.",
    ]
    for name, command in sorted(needlepoint.commands.items()):
        parts += list(_command(name, command))
    parts += [
        "## Exit codes",
        table(["code", "meaning"], EXIT_CODES),
        "Everything that the commands can say is wrong stands in [the messages](generated/messages.md).",
        "## The surroundings",
        table(["variable", "meaning"], [(f"`{name}`", meaning) for name, meaning in SURROUNDINGS]),
        "### Of the clinic { #surroundings-of-the-clinic }",
        table(["variable", "meaning"], [(f"`{name}`", meaning) for name, meaning in clinic_surroundings()]),
    ]
    return page("The command line", *parts)


def clinic_surroundings() -> list[tuple[str, str]]:
    """The variables that the clinic's settings name, with what they say of each."""
    said = ast.get_docstring(ast.parse(SETTINGS.read_text(encoding="utf-8"))) or ""
    found = re.findall(r"^``(\w[\w.]*)``\s+(.+)$", said, re.MULTILINE)
    return [(name.replace("...", "…"), meaning.replace("``", "`")) for name, meaning in found]


def _command(name: str, command: click.Command, heading: str = "##") -> Iterator[str]:
    context = click.Context(command, info_name=f"needlepoint {name}")
    yield f"{heading} needlepoint {name} {{ #{name.replace(' ', '-')} }}"
    yield "\n\n".join(prose(one) for one in inspect.cleandoc(command.help or "").split("\n\n"))
    if isinstance(command, click.Group):
        for under, one in sorted(command.commands.items()):
            yield from _command(f"{name} {under}", one, f"{heading}#")
        return
    yield f"```text\n{' '.join(command.get_usage(context).removeprefix('Usage:').split())}\n```"
    rows = []
    for one in command.params:
        if isinstance(one, click.Option):
            rows.append((f"`{', '.join(one.opts)}`", _holds(one), one.help or "", _default(one)))
        else:
            rows.append((f"`{one.human_readable_name}`", _holds(one), "", ""))
    if rows:
        yield table(["argument or option", "holds", "meaning", "default"], rows)


def _holds(one: click.Parameter) -> str:
    if isinstance(one.type, click.Choice):
        return " or ".join(f"`{choice}`" for choice in one.type.choices)
    if isinstance(one, click.Option) and one.is_flag:
        return "a flag"
    return _HOLDS.get(one.type.name, one.type.name)


_HOLDS = {
    "path": "a path",
    "file": "a path",
    "directory": "a folder",
    "text": "text",
    "date": "a day (2026-03-02)",
    "integer": "a whole number",
    "integer range": "a whole number",
    "uuid": "a long id",
}


def _default(one: click.Option) -> str:
    told = one.default
    return f"`{told}`" if isinstance(told, str | int | Path) and not isinstance(told, bool) and told != "" else ""


def messages_page() -> str:
    """Every message about input or knowledge that cannot be used, as the code holds it."""
    parts = [
        "Everything that Needlepoint says when input or knowledge cannot be used. Words in `{braces}` are filled in. "
        "Messages about input go with exit code 2, and nothing is written.",
        "## Input",
        table(["message", "said in"], input_messages()),
        "## Knowledge",
        "`needlepoint check-knowledge` names all of these at once, each with its file and line.",
        table(["message", "said in"], knowledge_messages()),
    ]
    return page("The messages", *parts)


def input_messages() -> list[tuple[str, str]]:
    """The templates of all messages about input, with the module that says them."""
    return [
        *_messages("exchange", "InputError", first=0),
        *_messages("cli", "InputError", first=0),
        *_messages("engines", "EngineError", first=0),
        *_messages("body", "PaintingError", first=0),
    ]


def knowledge_messages() -> list[tuple[str, str]]:
    """The templates of all faults of the knowledge, with the module that says them."""
    return _messages("library", "fault", first=1, last_only=True) + _messages("library", "Fault", first=2)


def _messages(where: str, called: str, *, first: int, last_only: bool = False) -> list[tuple[str, str]]:
    source = ROOT / "src/needlepoint" / where
    files = [source] if source.is_file() else sorted(source.rglob("*.py"))
    found: dict[tuple[str, str], None] = {}
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) == called:
                arguments = node.args[-1:] if last_only else node.args[first:]
                for argument in arguments:
                    words = _template(argument)
                    if words and " " in words:
                        found[f"`{words.replace('`', chr(39))}`", f"`{file.relative_to(ROOT / 'src').as_posix()}`"] = (
                            None
                        )
    return list(found)


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _template(node: ast.expr) -> str:
    """The text of a message with its gaps named; empty for what is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return " ".join(node.value.split())
    if isinstance(node, ast.JoinedStr):
        return "".join(_piece(part) for part in node.values)
    if isinstance(node, ast.BinOp):
        return _template(node.left) + _template(node.right)
    return ""


def _piece(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    if isinstance(part, ast.FormattedValue):
        inner = part.value
        return (
            "{"
            + (
                _name(inner)
                or next((_name(one) for one in ast.walk(inner) if isinstance(one, ast.Attribute | ast.Name)), "…")
            )
            + "}"
        )
    return ""
