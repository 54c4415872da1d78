"""The page of roles says what the clinic does."""

import re

from needlepoint.clinic.access.rights import RIGHTS, Right
from needlepoint.clinic.records.organisation import Role


def test_every_role_has_on_the_page_the_rights_that_it_has() -> None:
    from manual.roles import roles_page

    text = roles_page()
    head, _line, *rows = text.split("## The table\n\n")[1].split("\n\n")[0].splitlines()
    roles = [one.strip() for one in head.strip("|").split("|")][1:]
    assert roles == list(Role.values)
    said = {}
    for row in rows:
        right, *cells = (one.strip() for one in row.strip("|").split("|"))
        said[right.lower()] = {role for role, cell in zip(roles, cells, strict=True) if cell == "yes"}
    assert said == {
        right.value: {role for role in roles if right in RIGHTS[role]}
        for right in Right
        if right not in (Right.ANYONE, Right.PATIENT)
    }


def test_every_role_is_explained() -> None:
    from manual.roles import roles_page

    section = roles_page().split("## The roles")[1].split("\n## ")[0]
    assert re.findall(r"^\| (\w+) \|", section, re.MULTILINE)[1:] == list(Role.values)
