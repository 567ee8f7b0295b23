"""What is wrong with a row though each of its cells could be right."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from governance.model import Text
from governance.notation import read_when
from governance.rulebook import Rulebook
from governance.service.importing.templates import Template
from governance.values import Truth, compare

ENDS = ("to", "last_day")

Saying = tuple[str, Text]
"""A column, and what is wrong with its cell beside the others; no column for the row."""


def across(
    template: Template,
    cells: Mapping[str, str],
    facts: Collection[str],
    headings: Mapping[str, str],
    book: Rulebook,
) -> Iterator[Saying]:
    """Everything wrong among cells that can each be read."""
    if template.name == "events" and "on" in cells:
        yield from _not_asked_for(cells.get("step", ""), facts, book)
    if template.name == "terms" and "from" in cells:
        yield from _ends_first(cells, headings)


def _not_asked_for(step: str, facts: Collection[str], book: Rulebook) -> Iterator[Saying]:
    """Facts that a step takes in no state."""
    same = [each for process in book.processes for each in process.steps if each.id == step]
    asked = {each.fact for one in same for each in one.inputs}
    for fact in facts if same else ():
        if fact not in asked:
            yield (
                fact,
                Text(
                    f"skridtet `{step}` tager ikke oplysningen `{fact}`; indlæs den med skabelonen items",
                    f"the step `{step}` does not take the fact `{fact}`; take it in with the template items",
                ),
            )


def _ends_first(cells: Mapping[str, str], headings: Mapping[str, str]) -> Iterator[Saying]:
    """Ends of a term that certainly lie before it begins."""
    begins = read_when(cells["from"])
    for name in ENDS:
        if name in cells and compare(read_when(cells[name]), "before", begins) is Truth.TRUE:
            end, start = headings[name], headings["from"]
            yield (
                "",
                Text(
                    f"`{end}` ({cells[name]}) ligger før `{start}` ({cells['from']}); ret den ene",
                    f"`{end}` ({cells[name]}) is before `{start}` ({cells['from']}); put one of them right",
                ),
            )
