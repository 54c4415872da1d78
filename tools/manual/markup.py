"""Small pieces of Markdown."""

from collections.abc import Iterable, Sequence

from needlepoint.library.shelves import Doc

MADE = "<!-- Made by tools/generate_docs.py. Do not edit; change what it is made from. -->"
LEVELS = ("stop", "weigh", "adapt", "note")
READ_WORDS = {
    "full": "read in full",
    "abstract": "abstract or part seen",
    "secondary": "seen at second hand",
    "recall": "from memory, not seen",
}


def cell(text: object) -> str:
    """A text that can stand in a table."""
    return " ".join(str(text).replace("|", "\\|").replace("<", "&lt;").split())


def prose(text: object) -> str:
    """A text of the knowledge as a paragraph."""
    return " ".join(str(text).replace("<", "&lt;").split())


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; every cell is made safe."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(cell(one) for one in row) + " |" for row in rows]
    return "\n".join(lines)


def bullets(lines: Iterable[str]) -> str:
    """A list."""
    return "\n".join(f"- {one}" for one in lines)


def page(title: str, *parts: str) -> str:
    """A whole page."""
    return "\n\n".join([MADE, f"# {title}", *(part.strip("\n") for part in parts if part.strip())]) + "\n"


def level_mark(level: str) -> str:
    """A level as it is shown: the word, with a class for its colour."""
    return f'<span class="level {level}">{level}</span>'


def review_words(doc: Doc) -> str:
    """Who looked at it, and when somebody has to look again."""
    reviewed = doc.get("reviewed")
    state = f"reviewed by a {reviewed['by']} on {reviewed['on']}" if reviewed else "not yet reviewed by a clinician"
    again = doc.get("look_again")
    return f"{state}; to be looked at again by {again}" if again else state


def sources_list(doc: Doc, to_sources: str) -> str:
    """The sources of a statement with how far each was read for it; ``to_sources`` is the way to the bibliography."""
    lines = []
    for one in doc.get("sources", []):
        gist = f": {prose(one['gist']).rstrip('.')}" if one.get("gist") else ""
        lines.append(f"[{one['id']}]({to_sources}#{one['id']}) ({READ_WORDS[one['read']]}){gist}.")
    return bullets(lines)
