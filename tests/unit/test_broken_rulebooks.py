"""The shipped rulebook, broken many times in each way: each copy is refused with its code at its place."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from governance.faults import RuleError
from governance.files import folder_digest, parse_document
from governance.parsing import check_rulebooks, parse_rulebook
from governance.parsing.amounts import UNITS
from governance.parsing.forms import OPERATORS
from governance.rulebook import Rulebooks
from governance.values import day
from tests.unit.mutants import (
    EACH,
    STRANGE,
    Mutant,
    Spot,
    documents,
    inserted,
    keys,
    renamed,
    scalars,
    spread,
    text_of,
    values,
)

DIGEST = "0" * 64
CLAUSE = (
    "  - {{id: {id}, section: {{da: x, en: x}}, place: 1, force: must, text: {{da: x, en: x}}, words: 1, "
    'digest: "{digest}", check: enforced}}\n'
)
STATE = "      - {{id: {id}, {final}label: {{da: x, en: x}}}}\n"
STEP = (
    "      - step: {id}\n        label: {{da: x, en: x}}\n        act: {act}\n"
    "        by: {{body: {body}, ours: true}}\n        from: {{states: [{state}], ours: true}}\n"
    "        to: {to}\n"
)


def unknown_key() -> Iterator[Mutant]:
    special = (*OPERATORS, *UNITS)

    def plain(path):
        named = "facts" not in path[-2:-1] or path[0] != "organisations"
        return named and len(path) > 1 and path[-1] not in special

    for spot in spread(keys(plain)):
        yield spot.replaced(f"{spot.written}x", "unknown-key")


def duplicate_key() -> Iterator[Mutant]:
    first = [spot for spot in keys(lambda path: path[-1] in ("da", "id")) if spot.before.endswith("{")]
    for spot in spread(first):
        again = f"{spot.written}: x, "
        yield spot.preceded(again, "yaml-duplicate-key", ahead=len(again))


def tag() -> Iterator[Mutant]:
    for spot in spread(scalars("*")):
        yield spot.preceded("!!str ", "yaml-tag")


def anchor() -> Iterator[Mutant]:
    for spot in spread(scalars("*")):
        yield spot.preceded("&a ", "yaml-anchor")


def alias() -> Iterator[Mutant]:
    for spot in spread(scalars("id", "label.da", "clause", "da", "en")):
        yield spot.replaced("*a", "yaml-alias")


def too_large() -> Iterator[Mutant]:
    for number, document in zip(range(EACH), documents() * EACH, strict=False):
        padding = f"# {number:06}\n" * 20_000
        yield Mutant(document.name, (text_of(document.name) + padding).encode(), "yaml-too-large", 1, 1)


def not_utf_8() -> Iterator[Mutant]:
    for spot in spread(values("*")):
        content = spot.before.encode() + b"\xe6" + spot.after.encode()
        yield Mutant(spot.document.name, content, "yaml-not-utf-8", spot.line, spot.column)


def unknown_state() -> Iterator[Mutant]:
    return renamed(scalars("states.*", "initial", "steps.*.to"), "unknown-state")


def unknown_step() -> Iterator[Mutant]:
    spots = [spot for spot in scalars("step", "step.*") if spot.path[0] == "rules"]
    return renamed(spots, "unknown-step")


def unknown_body() -> Iterator[Mutant]:
    spots = scalars("by.body", "by.body.*", "excused_by.*", "by", "by.*")
    spots += [spot for spot in scalars("only.*") if spot.path[0] == "rules"]
    bodies = {body["id"] for document in documents() for body in document.data.get("bodies", ())}
    return renamed([spot for spot in spots if spot.value in bodies], "unknown-body")


def unknown_fact() -> Iterator[Mutant]:
    return renamed(scalars("fact", "covers.*", "distinct", "recorded"), "unknown-fact")


def unknown_reading() -> Iterator[Mutant]:
    return renamed(scalars("reading", "tolerance"), "unknown-reading")


def unknown_clause() -> Iterator[Mutant]:
    return renamed(
        scalars("by.clause", "from.clause", "readings.*.clause", "part_of", "clauses.*"), "unknown-clause"
    )


def clause_of_a_rule_that_does_not_exist() -> Iterator[Mutant]:
    return renamed(scalars("rules.*.clause"), "unknown-clause")


def wrong_type() -> Iterator[Mutant]:
    for spot in spread(
        scalars("place", "words", "new_round", "final", "required", "adds_up", "each_round", "part", "ours")
    ):
        yield spot.replaced("mange", "wrong-type")


def wrong_type_of_text() -> Iterator[Mutant]:
    for spot in spread(scalars("da", "en", "phrase", "clause", "act", "initial")):
        yield spot.replaced("{}", "wrong-type")


def wrong_unit() -> Iterator[Mutant]:
    return renamed(keys(lambda path: path[-1] in UNITS), "wrong-unit")


def decimal_number() -> Iterator[Mutant]:
    numbers = ("values.*.value", "inhabitants", "at_least", "at_most", "more_than", "less_than")
    for spot in spread([spot for spot in scalars(*numbers) if str(spot.value).replace("/", "").isdigit()]):
        yield spot.replaced("12.5", "wrong-unit")


def unreachable_state() -> Iterator[Mutant]:
    for spot, name in zip(spread(values("states.*.id")), STRANGE, strict=True):
        yield inserted(spot, STATE.format(id=name, final="final: true, "), "unreachable-state", name)


def dead_end() -> Iterator[Mutant]:
    for spot, name in zip(spread(values("states.*.id")), STRANGE, strict=True):
        mutant = inserted(spot, STATE.format(id=name, final=""), "dead-end-state", name)
        process = spot.document.data["processes"][spot.path[1]]
        first = process["steps"][0]
        body = first["by"]["body"]
        step = STEP.format(
            id="mod-muren",
            act=first["act"],
            body=body if isinstance(body, str) else body[0],
            state=process["initial"],
            to=name,
        )
        line = spot.document.values["processes", spot.path[1], "steps", 0][0] + 1
        lines = mutant.content.decode().split("\n")
        yield replace(
            mutant, content="\n".join([*lines[: line - 1], step.rstrip(), *lines[line - 1 :]]).encode()
        )


def _next(spot):
    return (spot.document.name, *spot.path[:-1], spot.path[-1] + 1)


def two_steps_of_one_id() -> Iterator[Mutant]:
    steps = [spot for spot in values("steps.*") if len(spot.path) == 4]
    follower = {(spot.document.name, *spot.path): spot for spot in steps}
    for spot in spread([spot for spot in steps if _next(spot) in follower]):
        below = follower[_next(spot)]
        step = spot.value
        state, body = step["from"]["states"][0], step["by"]["body"]
        copy = STEP.format(
            id=step["step"],
            act=step["act"],
            body=body if isinstance(body, str) else body[0],
            state=state,
            to=step.get("to", state),
        )
        yield inserted(below, copy, "duplicate-step", f"{step['step']}\n")


def clause_no_rule_names() -> Iterator[Mutant]:
    items = [spot for spot in values("clauses.*") if spot.path[0] == "clauses" and len(spot.path) == 2]
    for number, spot in enumerate(spread(items)):
        clause = CLAUSE.format(id=f"K9{number}", digest=DIGEST)
        yield inserted(spot, clause, "clause-unnamed", f"K9{number}")


def blank_translation() -> Iterator[Mutant]:
    for spot in spread(scalars("da", "en")):
        yield spot.replaced('""', "missing-translation")


def missing_translation() -> Iterator[Mutant]:
    for spot in spread([spot for spot in scalars("en") if spot.before.endswith(", en: ")]):
        text = Spot(spot.document, spot.path[:-1], *spot.document.values[spot.path[:-1]])
        head = spot.before.removesuffix(", en: ")
        content = head + spot.after[len(spot.written) :]
        yield Mutant(spot.document.name, content.encode(), "missing-translation", text.line, text.column)


BROKEN: tuple[Callable[[], Iterator[Mutant]], ...] = (
    unknown_key,
    duplicate_key,
    tag,
    anchor,
    alias,
    too_large,
    not_utf_8,
    unknown_state,
    unknown_step,
    unknown_body,
    unknown_fact,
    unknown_reading,
    unknown_clause,
    clause_of_a_rule_that_does_not_exist,
    wrong_type,
    wrong_type_of_text,
    wrong_unit,
    decimal_number,
    unreachable_state,
    dead_end,
    two_steps_of_one_id,
    clause_no_rule_names,
    blank_translation,
    missing_translation,
)


@cache
def mutants(broken: Callable[[], Iterator[Mutant]]) -> tuple[Mutant, ...]:
    return tuple(broken())


def parse(mutant: Mutant):
    read = [
        parse_document(mutant.file, mutant.content) if document.name == mutant.file else document
        for document in documents()
    ]
    return parse_rulebook(read, folder_digest(read))


def test_the_shipped_rulebook_is_in_order():
    assert parse_rulebook(documents(), folder_digest(documents())).rules


@pytest.mark.parametrize("number", range(EACH))
@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.__name__)
def test_a_broken_copy_is_refused_with_its_code_at_its_place_and_for_nothing_else(broken, number):
    mutant = mutants(broken)[number]
    with pytest.raises(RuleError) as refused:
        parse(mutant)
    found = [(fault.code, fault.file, fault.line, fault.column) for fault in refused.value.faults]
    assert found == [(mutant.code, mutant.file, mutant.line, mutant.column)], str(refused.value)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.__name__)
def test_no_two_copies_are_broken_alike(broken):
    assert len({mutant.content for mutant in mutants(broken)}) == EACH


@pytest.mark.parametrize("number", range(EACH))
def test_values_too_deep_are_refused_where_they_get_too_deep(number):
    spot = spread(scalars("*"))[number]
    with pytest.raises(RuleError) as refused:
        parse(spot.replaced("[" * 30 + "]" * 30, "yaml-too-deep"))
    (fault,) = refused.value.faults
    assert (fault.code, fault.file, fault.line) == ("yaml-too-deep", spot.document.name, spot.line)
    assert spot.column <= fault.column < spot.column + 30


@pytest.mark.parametrize("number", range(EACH))
def test_two_rulebooks_whose_dates_overlap_are_refused_where_the_later_one_begins(number):
    (spot,) = values("rulebook.in_force.from")
    first = parse_rulebook(documents(), folder_digest(documents()))
    first = replace(first, to=date(2100, 1, 1))
    begins = first.from_ + timedelta(days=1 + 37 * number)
    mutant = spot.replaced(begins.isoformat(), "rulebooks-overlap")
    document = parse_document(mutant.file, mutant.content)
    read = [document if document.name == other.name else other for other in documents()]
    second = parse_rulebook(read, folder_digest(read))
    with pytest.raises(RuleError) as refused:
        check_rulebooks([second, first], {second.digest: read})
    (fault,) = refused.value.faults
    assert (fault.code, fault.file, fault.line, fault.column) == (
        mutant.code,
        mutant.file,
        mutant.line,
        mutant.column,
    )


@pytest.mark.parametrize("number", range(EACH))
def test_a_date_no_rulebook_covers_is_refused(number):
    book = parse_rulebook(documents(), folder_digest(documents()))
    uncovered = date(2023, 12, 31) - timedelta(days=97 * number)
    with pytest.raises(RuleError) as refused:
        Rulebooks((book,)).on(day(uncovered))
    assert [fault.code for fault in refused.value.faults] == ["no-rulebook-on-date"]
    assert uncovered.isoformat() in refused.value.faults[0].message
