"""From rule files to a rulebook, or every fault in them at once."""

from __future__ import annotations

from collections.abc import Sequence

from governance.parsing.clauses import check_clauses
from governance.parsing.dates import check_apart, check_order
from governance.parsing.entries import Entry, held_against_shapes
from governance.parsing.faultlist import Faults, Place, Source, quoted
from governance.parsing.graph import check_awaited, check_graph, check_steps_apart
from governance.parsing.meetings import counting_of, section_of
from governance.parsing.names import Names, names_in, scope_of_process, states_of
from governance.parsing.nouns import act, clause, fact_kind, named, reading, tension, text_of
from governance.parsing.readings import check_cycles, dated_meanings, find_meanings
from governance.parsing.rules import rule_of, step_of
from governance.parsing.scalars import value_in
from governance.rulebook import DatedReading, Organisation, Process, Remark, Rulebook
from governance.values import Kind
from governance.vocabulary import RECORDED_KINDS, STEPPED_KINDS

ORGANISATION = "organisation"


def parse_rulebook(documents: Sequence[Source], digest: str) -> Rulebook:
    """The rulebook the documents hold together; ``digest`` is what it is cited by.

    Raises RuleError with everything wrong with them, in the order of the documents.
    """
    faults = Faults(documents)
    sections = held_against_shapes(faults)
    book = _only_rulebook(sections["rulebook"], faults)
    in_force = book.one("in_force")
    check_order(in_force, faults)
    names = names_in(sections, faults)
    find_meanings(sections["readings"], names)
    meanings = [dated_meanings(entry, in_force, names) for entry in sections["readings"]]
    check_cycles(names)
    _check_acts(sections["acts"], names)
    processes = [_process(process, names) for process in sections["processes"]]
    rules = [rule_of(rule, names) for rule in sections["rules"]]
    organisations = [_organisation(entry, names) for entry in sections["organisations"]]
    agenda = [section_of(entry, sections["processes"], names) for entry in sections["agenda"]]
    counting = [counting_of(entry, names) for entry in sections["counting"]]
    check_clauses(sections, names)
    faults.raise_if_any()
    return Rulebook(
        id=book.data["id"],
        title=text_of(book, "title"),
        document=text_of(book, "document"),
        from_=in_force.data["from"],
        why_from=text_of(in_force, "why"),
        digest=digest,
        to=in_force.get("to"),
        bodies=tuple(map(named, sections["bodies"])),
        words=tuple(map(named, sections["words"])),
        facts=tuple(fact_kind(entry, names) for entry in sections["facts"]),
        acts=tuple(map(act, sections["acts"])),
        clauses=tuple(map(clause, sections["clauses"])),
        readings=tuple(map(reading, sections["readings"], meanings)),
        processes=tuple(process for process in processes if process is not None),
        rules=tuple(rule for rule in rules if rule is not None),
        silences=tuple(Remark(entry.data["id"], text_of(entry, "topic")) for entry in sections["silences"]),
        tensions=tuple(map(tension, sections["tensions"])),
        organisations=tuple(found for found in organisations if found is not None),
        agenda=tuple(section for section in agenda if section is not None),
        counting=tuple(each for each in counting if each is not None),
    )


def _only_rulebook(found: Sequence[Entry], faults: Faults) -> Entry:
    if not found and not any("rulebook" in source.data for source in faults.sources):
        help_ = "skriv det i en af dem: navn, titel, dokument og datoer"
        faults.add("missing-section", Place(0), "ingen af filerne har afsnittet `rulebook`", help_)
    for again in found[1:]:
        first = faults.sources[found[0].place.file].name
        message = "afsnittet `rulebook` står to gange"
        faults.add("twice-section", again.place, message, f"det står også i {quoted(first)}", key=True)
    return found[0] if found else Entry(Place(0), {})


def _check_acts(acts: Sequence[Entry], names: Names) -> None:
    for entry in acts:
        for fact, place in entry.names("covers"):
            names.refer_fact("item", fact, place)
        tolerance = entry.get("tolerance")
        if tolerance is None or not names.refer("readings", tolerance, entry.at("tolerance")):
            continue
        meaning = names.meanings.get(tolerance)
        if isinstance(meaning, str) or (isinstance(meaning, Kind) and meaning.name != "number"):
            message = f"læsningen {quoted(tolerance)} er ikke et tal"
            names.faults.add("kind-mismatch", entry.at("tolerance"), message, "vælg en, der er et tal")


def _process(entry: Entry, names: Names) -> Process | None:
    states = states_of(entry, names.faults)
    initial = entry.get("initial")
    if initial is not None and states is not None and initial not in states:
        names.faults.unknown("unknown-state", entry.at("initial"), initial, "en tilstand", states)
    _check_kinds(entry, names)
    scope = scope_of_process(entry)
    steps = [step_of(step, states, names, scope) for step in entry.many("steps")]
    check_steps_apart(entry, names.faults)
    check_awaited(entry, names.faults)
    check_graph(entry, names.faults)
    if names.faults:
        return None
    return Process(
        id=entry.data["id"],
        label=text_of(entry, "label"),
        kinds=tuple(map(named, entry.many("kinds"))),
        initial=entry.data["initial"],
        states=tuple(map(named, entry.many("states"))),
        steps=tuple(step for step in steps if step is not None),
    )


def _check_kinds(process: Entry, names: Names) -> None:
    """Notes kinds of the group that go through no process, and those that share one with other things."""
    kinds = process.many("kinds")
    listed = [kind.get("id") for kind in kinds]
    for kind, name in zip(kinds, listed, strict=True):
        if name in RECORDED_KINDS and name not in STEPPED_KINDS:
            may = ", ".join(f"`{each}`" for each in STEPPED_KINDS)
            message = f"{quoted(name)} går ikke gennem noget forløb"
            names.faults.add("unknown-kind", kind.at("id"), message, f"det gør sager og {may}")
        elif name in RECORDED_KINDS and len(listed) > 1:
            message = f"{quoted(name)} deler ikke forløb med andre"
            names.faults.add("unknown-kind", kind.at("id"), message, "giv den sit eget forløb")


def _organisation(entry: Entry, names: Names) -> Organisation | None:
    facts: dict[str, tuple[DatedReading, ...]] = {}
    for name, written in (entry.get("facts") or {}).items():
        kind = names.facts[ORGANISATION].get(name)
        known = names.refer_fact(ORGANISATION, name, entry.at("facts", name), key=True)
        if known and kind is not None and written is not None:
            facts[name] = _dated_values(written, kind, entry, name, names)
    if names.faults:
        return None
    return Organisation(entry.data["id"], entry.data["kind"], facts)


def _dated_values(
    written: object, kind: Kind, entry: Entry, name: str, names: Names
) -> tuple[DatedReading, ...]:
    place = entry.at("facts", name)
    if isinstance(written, str | int):
        value = value_in(written, kind, place, names)
        return () if value is None else (DatedReading(value),)
    spans = entry.one("facts").many(name)
    check_apart(spans, names.faults)
    found = []
    for span in spans:
        value = value_in(span.data["value"], kind, span.at("value"), names) if "value" in span.data else None
        if value is not None:
            found.append(DatedReading(value, span.get("from"), span.get("to")))
    return tuple(found)
