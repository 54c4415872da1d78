"""The templates and the style sheet, as they lie in the package."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def style_sheet() -> str:
    """The whole visual language, to be written into a page."""
    return files(__package__).joinpath("needlepoint.css").read_text(encoding="utf-8")


@cache
def environment() -> "Environment":
    """The templates. Whatever a person or a record wrote is escaped; a name that a template misspells is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # the terminal needs none of it

    return Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, **words: object) -> str:
    """One self-contained HTML file: the style sheet is inside, and nothing is fetched from anywhere."""
    from markupsafe import Markup

    return environment().get_template(template).render(css=Markup(style_sheet()), **words)  # noqa: S704 - our own file
