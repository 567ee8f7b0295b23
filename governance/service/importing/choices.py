"""What a cell may name: by id or label, in any case; and what to say of a cell that names nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from unicodedata import normalize

from governance.model import RequestError, Text
from governance.prose import label
from governance.rulebook import Rulebook
from governance.service.importing.templates import Template
from governance.service.words import among
from governance.values import Kind
from governance.vocabulary import RECORDED_KINDS, SCOPES

NAMED = ("kind", "body", "step", "organisation")
"""The nouns of columns that the rules name."""


def ids_of_noun(noun: str, book: Rulebook) -> Mapping[str, Text]:
    """The ids of what a column names, with their labels."""
    match noun:
        case "kind":
            kinds = [kind for process in book.processes for kind in process.kinds]
            return {kind.id: kind.label for kind in kinds if kind.id not in RECORDED_KINDS}
        case "body":
            return {body.id: body.label for body in book.bodies}
        case "step":
            steps = [step for process in book.processes for step in process.steps]
            return {step.id: step.label for step in reversed(steps)}
        case "status":
            return {each: label(book, each) for each in SCOPES["attendance"].facts["status"].options}
    return {each: Text(each, each) for each in book.organisation_by_id}


def examples(template: Template, book: Rulebook) -> Mapping[str, str]:
    """A cell for each column, as the example row has it: of what the rules name the first."""
    return {each.name: each.example or _first(each.reads, book) for each in template.columns}


def _first(noun: str, book: Rulebook) -> str:
    if noun not in NAMED:
        return ""
    if noun != "step":
        return next(iter(ids_of_noun(noun, book)), "")
    process = book.process_for(_first("kind", book))
    return process.steps[0].id if process is not None else ""


def by_label(ids: Mapping[str, Text]) -> Mapping[str, str]:
    """The ids by their own name and their labels, in small letters; none that is ambiguous."""
    found: dict[str, set[str]] = {}
    for id_, said in ids.items():
        for each in (id_, said.da, said.en):
            found.setdefault(each.casefold(), set()).add(id_)
    own = {id_.casefold(): id_ for id_ in ids}
    return {name: min(meant) for name, meant in found.items() if len(meant) == 1} | own


def option(kind: Kind, text: str, book: Rulebook) -> str:
    """Words among options, by id or label and in any case."""
    known = by_label({each: label(book, each) for each in kind.options})
    return "|".join(known.get(part.strip().casefold(), part.strip()) for part in text.split("|"))


def refuse_other(text: str, ids: Mapping[str, Text], noun: Text) -> None:
    """RequestError, with the labels that may have been meant, for a text that is none of the ids."""
    said = normalize("NFC", text.strip())
    if said not in ids:
        raise RequestError(
            Text(
                _not_among(said, [each.da for each in ids.values()], noun).da,
                _not_among(said, [each.en for each in ids.values()], noun).en,
            )
        )


def _not_among(said: str, labels: Iterable[str], noun: Text) -> Text:
    try:
        among(said, [each for each in labels if each != said], noun)
    except RequestError as error:
        return error.problems[0]
    return noun


def in_words_of_the_file(problem: Text, name: str, heading: str, kind: Kind | None, book: Rulebook) -> Text:
    """A sentence about a fact by the heading it stands under, and its options by their labels."""
    da, en = (each.replace(f"`{name}`", f"`{heading}`") for each in (problem.da, problem.en))
    if kind is not None and kind.options:
        labels = [label(book, each) for each in kind.options]
        offered = ", ".join(kind.options)
        da = da.replace(offered, ", ".join(each.da for each in labels))
        en = en.replace(offered, ", ".join(each.en for each in labels))
    return Text(da, en)
