"""From plain documents to the groups of questions that a person is asked, with the faults that leave a question to nobody."""

from needlepoint.library.build import Builder
from needlepoint.screen.facts import Asked
from needlepoint.screen.groups import GroupItem, QuestionGroup, ToldBy
from needlepoint.screen.knowledge import ScreenKnowledge


class GroupBuilder:
    """Builds the groups upon the knowledge of ``screen``; faults go onto the same shelves."""

    def __init__(self, builder: Builder, screen: ScreenKnowledge) -> None:
        self.builder, self.screen = builder, screen
        self.docs = builder.docs["group"]

    def groups(self) -> tuple[QuestionGroup, ...]:
        """All of them, in the order in which they are asked."""
        seen: dict[str, str] = {}
        places: dict[int, str] = {}
        for id_, doc in sorted(self.docs.items()):
            self._places(id_, doc["place"], places)
            if bool(doc["items"]) == bool(doc.get("asks")):
                self._fault(id_, ("items",), "a group has either items or a list that it `asks` for")
            for n, item in enumerate(doc["items"]):
                for m, fact in enumerate(item["facts"]):
                    self._fact(id_, ("items", n, "facts", m), fact, seen)
            self.builder.resolve("group", id_, ("measures",), doc["measures"], "measurement")
            for n, general in enumerate(doc["settles"]):
                self._settles(id_, n, general, [fact for one in doc["items"] for fact in one["facts"]])
        groups = (self._group(id_, doc) for id_, doc in self.docs.items())
        return tuple(sorted(groups, key=lambda one: one.place))

    def _fault(self, id_: str, path: tuple[str | int, ...], what: str) -> None:
        self.builder.shelves.fault("group", id_, path, what)

    def _places(self, id_: str, place: int, places: dict[int, str]) -> None:
        if place in places:
            self._fault(id_, ("place",), f"the place {place} is taken by '{places[place]}'")
        places[place] = id_

    def _fact(self, id_: str, path: tuple[str | int, ...], fact: str, seen: dict[str, str]) -> None:
        found = self.screen.facts.get(fact)
        if found is None:
            self._fault(id_, path, f"there is no fact '{fact}'")
        elif not found.question:
            self._fault(id_, path, f"the fact '{fact}' has no question of its own")
        elif not found.adverse and self.docs[id_]["told_by"] == ToldBy.PERSON:
            self._fault(id_, path, f"'{fact}' is good when it is so: none of these would be no relief")
        if fact in seen:
            self._fault(id_, path, f"'{fact}' is asked in '{seen[fact]}' already")
        seen[fact] = id_

    def _settles(self, id_: str, n: int, general: str, items: list[str]) -> None:
        specifics: frozenset[str] = frozenset(self.screen.specifics.get(general, ()))
        asked = {one for one in specifics if self.screen.facts[one].question}
        missing = sorted(one for one in asked if one not in items)
        if general not in self.screen.facts:
            self._fault(id_, ("settles", n), f"there is no fact '{general}'")
        elif missing or not asked:
            self._fault(
                id_, ("settles", n), f"'{general}' is not settled by these items: {', '.join(missing) or 'nothing more specific'} is missing"
            )  # fmt: skip

    def _group(self, id_: str, doc: dict[str, object]) -> QuestionGroup:
        items = tuple(GroupItem(tuple(one["facts"]), one["words"]) for one in doc["items"])  # type: ignore[attr-defined]
        asks, after = doc.get("asks"), doc.get("after")
        return QuestionGroup(
            id=id_,
            place=int(doc["place"]),  # type: ignore[call-overload]
            title=str(doc["title"]),
            question=str(doc["question"]),
            hint=str(doc["hint"]) if doc.get("hint") else None,
            none=str(doc["none"]) if doc.get("none") else None,
            told_by=ToldBy(str(doc["told_by"])),
            items=items,
            settles=tuple(doc["settles"]),  # type: ignore[arg-type]
            asks=Asked(str(asks)) if asks else None,
            after=Asked(str(after)) if after else None,
            measures=tuple(doc["measures"]),  # type: ignore[arg-type]
        )
