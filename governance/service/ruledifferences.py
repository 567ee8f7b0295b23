"""What one dated rulebook says otherwise than another, told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from governance.model import Text
from governance.prose import label, say_rule
from governance.prose.conditions import FORCES
from governance.prose.labels import both, fact_label, state_label
from governance.rulebook import Clause, Organisation, ReadingChoice, Rule, Rulebook, Step
from governance.rulebook.differences import SORTS, Difference, differences
from governance.rulebook.nouns import Noun
from governance.service.opening import Governance
from governance.service.rules import meaning_of, period_of
from governance.service.words import query_date

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
DIGEST_LETTERS = 12
NOTHING = Text("intet", "nothing")
OTHERWISE = Text("bygget op på en anden måde", "built in another way")
AS_BEFORE = Text("siges med de samme ord", "told in the same words")

SORT_NAMES = {
    "clause": Text("Punkter", "Clauses"),
    "rule": Text("Regler", "Rules"),
    "step": Text("Skridt", "Steps"),
    "reading": Text("Læsninger", "Readings"),
    "process": Text("Forløb", "Processes"),
    "state": Text("Tilstande", "States"),
    "body": Text("Organer", "Bodies"),
    "act": Text("Handlinger", "Acts"),
    "fact": Text("Oplysninger", "Facts"),
    "counting": Text("Optællinger", "Counting"),
    "section": Text("Dagsordenens overskrifter", "Headings of the agenda"),
    "organisation": Text("Organisationer", "Organisations"),
    "word": Text("Ord", "Words"),
    "tension": Text("Modsigelser", "Tensions"),
    "silence": Text("Tavshed", "Silences"),
}
HAS_PAGE = ("rule", "step")


@dataclass(frozen=True, slots=True)
class RulebookLine:
    """A dated rulebook: when it begins, and its last day if it has one or another takes over."""

    id: str
    title: Text
    from_: str
    to: str
    digest: str


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """Something added, removed or changed: what it is called, where it belongs, and part by part how.

    ``page`` is the id under which the newer rulebook has a page of it; empty when it has none.
    """

    id: str
    label: Text
    where: Text
    change: str
    parts: tuple[tuple[Text, Text, Text], ...]
    page: str


@dataclass(frozen=True, slots=True)
class DifferencesView:
    """All in which two rulebooks differ, sort by sort; ``books`` are all there are, the earliest first."""

    books: tuple[RulebookLine, ...]
    before: RulebookLine
    after: RulebookLine
    groups: tuple[tuple[Text, tuple[DifferenceView, ...]], ...]


def rulebook_lines(gov: Governance) -> tuple[RulebookLine, ...]:
    """Every rulebook there is, the earliest first."""
    books = sorted(gov.current_rulebooks().books, key=lambda book: book.from_)
    ends = {one.digest: other.from_ - timedelta(days=1) for one, other in pairwise(books)}
    return tuple(
        RulebookLine(
            book.id,
            book.title,
            book.from_.isoformat(),
            last.isoformat() if (last := book.to or ends.get(book.digest)) else "",
            book.digest,
        )
        for book in books
    )


def rule_differences(gov: Governance, *, from_: str = "", to: str = "") -> DifferencesView:
    """What the rulebook in force on the day ``to`` says otherwise than that on the day ``from_``.

    By default the newest is held against the one before it. RequestError when none covers a day.
    """
    lines = rulebook_lines(gov)
    newest = query_date(to or lines[-1].from_, gov.today)
    oldest = query_date(from_ or lines[max(len(lines) - 2, 0)].from_, gov.today)
    before, after = gov.rulebook(oldest), gov.rulebook(newest)
    by_digest = {line.digest: line for line in lines}
    found = [_view(each, before, after) for each in differences(before, after)]
    groups = [
        (SORT_NAMES[sort], tuple(view for kind, view in found if kind == sort))
        for sort in SORTS
        if any(kind == sort for kind, _ in found)
    ]
    return DifferencesView(lines, by_digest[before.digest], by_digest[after.digest], tuple(groups))


def _view(each: Difference, old: Rulebook, new: Rulebook) -> tuple[str, DifferenceView]:
    before = dict(_parts(each.before, each, old)) if each.before is not None else {}
    after = dict(_parts(each.after, each, new)) if each.after is not None else {}
    parts = [
        (name, before.get(name, NOTHING), after.get(name, NOTHING))
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name)
    ]
    change = ADDED if each.before is None else REMOVED if each.after is None else CHANGED
    if change == CHANGED and not parts:
        parts = [(OTHERWISE, AS_BEFORE, AS_BEFORE)]
    noun = each.after or each.before
    own = noun.id if each.sort in HAS_PAGE and each.after is not None and noun is not None else ""
    return each.sort, DifferenceView(
        "/".join(each.key),
        _called(noun, each.key[-1]),
        _where(each, new if each.after is not None else old),
        change,
        tuple(parts),
        own,
    )


def _called(noun: Noun | None, key: str) -> Text:
    named = getattr(noun, "label", None) or getattr(noun, "means", None) or getattr(noun, "text", None)
    return named if isinstance(named, Text) else Text(key, key)


def _where(each: Difference, book: Rulebook) -> Text:
    """The process, and of a rule its step, that it belongs to; nothing for what stands by itself."""
    if each.sort not in ("state", "step", "rule") or len(each.key) == 1:
        return Text("", "")
    process = next((one for one in book.processes if one.id == each.key[0]), None)
    if process is None:
        return Text("", "")
    step = next((one for one in process.steps if one.id == each.key[1]), None)
    if each.sort != "rule" or step is None:
        return process.label
    return both("{process}: {step}", "{process}: {step}", process=process.label, step=step.label)


Part = tuple[Text, Text]


def _parts(noun: Noun, each: Difference, book: Rulebook) -> Iterator[Part]:
    """What is said of a noun, part by part."""
    match noun:
        case Clause():
            yield from _clause(noun)
        case Rule():
            yield from _rule(noun, book)
        case Step():
            yield from _step(noun, each.key[0], book)
        case ReadingChoice():
            yield from _reading(noun, book)
        case Organisation():
            for fact, values in noun.facts.items():
                for value in values:
                    yield _dated(fact_label(book, fact), period_of(value)), meaning_of(book, value, "")
        case _:
            yield LABEL, _called(noun, each.key[-1])


LABEL, TEXT, FORCE = Text("Navn", "Name"), Text("Ordlyd", "Words"), Text("Styrke", "Force")
CLAUSE = Text("Punkt i kommissoriet", "Clause of the document")
CHECK_NAMES = {
    "enforced": Text("håndhæves", "enforced"),
    "warned": Text("advares om", "warned"),
    "reported": Text("rapporteres", "reported"),
    "unchecked": Text("kan ikke afgøres af en maskine", "not machine-checkable"),
}


def _dated(name: Text, when: Text) -> Text:
    return both("{name} ({when})", "{name} ({when})", name=name, when=when)


def _clause(noun: Clause) -> Iterator[Part]:
    yield TEXT, noun.text
    yield FORCE, FORCES[noun.force]
    yield Text("Afsnit", "Section"), noun.section
    yield Text("Plads i afsnittet", "Place in the section"), _same(str(noun.place))
    yield Text("Hvad værktøjet gør", "What the tool does"), CHECK_NAMES[noun.check]
    yield Text("Sætningens aftryk", "Digest of the sentence"), _same(noun.digest[:DIGEST_LETTERS])
    if noun.why is not None:
        yield Text("Hvorfor", "Why"), noun.why


def _rule(noun: Rule, book: Rulebook) -> Iterator[Part]:
    yield LABEL, noun.label
    yield TEXT, say_rule(noun, book)
    yield FORCE, FORCES[noun.force]
    yield CLAUSE, _by(noun.clause)
    if noun.from_ is not None or noun.to is not None:
        ends = (noun.from_.isoformat() if noun.from_ else "", noun.to.isoformat() if noun.to else "")
        yield Text("Gælder", "In force"), _same(" – ".join(ends))
    if noun.otherwise is not None:
        yield Text("Når den brydes", "When it is broken"), noun.otherwise


def _step(noun: Step, process: str, book: Rulebook) -> Iterator[Part]:
    def states(names: tuple[str, ...]) -> Text:
        return _listed([_state(book, process, name) for name in names])

    yield LABEL, noun.label
    yield Text("Handling", "Act"), label(book, noun.act)
    yield Text("Tages af", "Taken by"), _listed([label(book, body) for body in noun.by])
    yield Text("Punkt om hvem", "Clause on who"), _by(noun.by_clause)
    yield Text("Fra", "From"), states(noun.from_states)
    yield Text("Punkt om hvorfra", "Clause on where from"), _by(noun.from_clause)
    if noun.to is not None:
        yield Text("Fører til", "Leads to"), states((noun.to,))
    if noun.inputs:
        yield Text("Spørger om", "Asks for"), _listed([fact_label(book, each.fact) for each in noun.inputs])


def _state(book: Rulebook, process: str, name: str) -> Text:
    kinds = next((each.kinds for each in book.processes if each.id == process), ())
    return state_label(book, kinds[0].id, name) if kinds else _same(name)


def _reading(noun: ReadingChoice, book: Rulebook) -> Iterator[Part]:
    yield TEXT, noun.means
    for value in noun.values:
        yield _dated(Text("Betyder", "Means"), period_of(value)), meaning_of(book, value, noun.unit)
    yield CLAUSE, _by(noun.clause)
    yield Text("Valgt af", "Chosen by"), noun.chosen_by
    yield Text("Hvorfor", "Why"), noun.why


def _by(clause: str | None) -> Text:
    return Text("vores", "ours") if clause is None else _same(clause)


def _same(text: str) -> Text:
    return Text(text, text)


def _listed(texts: list[Text]) -> Text:
    return Text(", ".join(each.da for each in texts), ", ".join(each.en for each in texts))
