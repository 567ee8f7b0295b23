"""An empty table to fill in: the headings of a template with a row that shows what belongs under them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from governance.model import Text
from governance.rulebook import Rulebook
from governance.service.facts import fact_names
from governance.service.importing.choices import examples
from governance.service.importing.run import template_named
from governance.service.importing.templates import EVENTS, Template
from governance.service.opening import Governance
from governance.tables import write_table


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A template: its columns with an example each, those that must be there, and the facts it may hold."""

    name: str
    label: Text
    columns: tuple[Text, ...]
    needed: tuple[Text, ...]
    example: Mapping[str, str]
    facts: tuple[str, ...]


def template_view(gov: Governance, template: str) -> TemplateView:
    """A template by name; RequestError with what may have been meant."""
    found = template_named(template)
    own = {column.name for column in found.columns}
    book = gov.current_rulebooks().books[-1]
    facts = [name for name in _facts(book, found) if name not in own]
    return TemplateView(
        found.name,
        found.label,
        tuple(Text(column.danish[0], column.name) for column in found.columns),
        tuple(Text(column.danish[0], column.name) for column in found.columns if column.needed),
        examples(found, book),
        tuple(facts),
    )


def _facts(book: Rulebook, template: Template) -> Collection[str]:
    """The facts that may stand in a template: of past events those that a step asks for."""
    if template.name == EVENTS.name:
        steps = [step for process in book.processes for step in process.steps]
        return dict.fromkeys(each.fact for step in steps for each in step.inputs)
    return fact_names(book, template.facts) if template.facts else ()


def write_template(view: TemplateView, target: Path | BinaryIO, language: str = "da") -> None:
    """Write a template with its example row, in the format the file's name ends in; CSV to a stream."""
    columns = [column.in_language(language) for column in view.columns]
    example = {column.in_language(language): view.example[column.en] for column in view.columns}
    write_table(target, columns, [example])
