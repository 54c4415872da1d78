"""The page of the Python names that other programs may use: everything in ``__all__``, from its docstring."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import needlepoint
from manual.markup import page

#: Packages whose names are the program's own affair, with all that lies below them. The clinic is used in a browser, not from Python.
_INNER = ("needlepoint.exchange.terminal", "needlepoint.clinic")


def packages() -> Iterator[ModuleType]:
    """Every package of Needlepoint that names what is public."""
    yield from _below(needlepoint)


def _below(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        if found.ispkg and found.name not in _INNER:
            module = importlib.import_module(found.name)
            if getattr(module, "__all__", None):
                yield module
            yield from _below(module)


def python_page() -> str:
    """All public names by package."""
    parts = [
        "What other Python programs may rely on. Everything below `terms`, `body`, `screen`, `locate`, `plan`, `treat` and `journey` is pure: "
        "values in, values out, no file, no clock.",
        "The example in [your first screening](../../tutorials/first-screening.md#the-same-from-python) puts them together.",
    ]
    for module in packages():
        parts += [f"## {module.__name__} {{ #{module.__name__} }}", _doc(module)]
        parts += [_name(module, name) for name in sorted(module.__all__, key=str.lower)]
    return page("Python names", *parts)


def _name(module: ModuleType, name: str) -> str:
    value = getattr(module, name)
    heading = f"### {name} {{ #{module.__name__}.{name} }}"
    if inspect.isclass(value) or inspect.isfunction(value):
        return f"{heading}\n\n{_signature(name, value)}\n\n{_doc(value)}"
    return f"{heading}\n\nA value: {type(value).__name__}."


def _signature(name: str, value: object) -> str:
    try:
        text = str(inspect.signature(value)) if callable(value) else ""
    except (TypeError, ValueError):
        text = ""
    short = text if len(text) <= 300 else "(…)"
    return f"```python\n{name}{short.replace('needlepoint.', '')}\n```"


def _doc(value: object) -> str:
    text = inspect.getdoc(value) or ""
    return text.replace("``", "`").replace(":func:", "").replace("<", "&lt;")
