"""Every name a rulebook declares, so that what refers to one can be told apart from a slip."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from governance.parsing.entries import Entry
from governance.parsing.facts import fact_kinds
from governance.parsing.faultlist import Faults, Place, guess, quoted
from governance.parsing.schemas import SECTIONS
from governance.values import Kind
from governance.vocabulary import DERIVED, LINKS, MAY_LINK, SCOPES, scope_of

CODES = {
    "acts": ("unknown-act", "en handling"),
    "bodies": ("unknown-body", "et organ"),
    "clauses": ("unknown-clause", "en bestemmelse"),
    "kinds": ("unknown-kind", "en sagstype"),
    "readings": ("unknown-reading", "en læsning"),
    "scales": ("unknown-scale", "en skala"),
    "steps": ("unknown-step", "et trin"),
}
"""What refers to a noun that is not declared: the fault's code, and in Danish what it is not."""

UNSURE = "?"
"""The other thing a step is about when nobody can say which: nothing is said of its facts."""


@dataclass(frozen=True, slots=True)
class Names:
    """What is declared, by noun and name, and what each fact of each kind of row holds.

    A noun in ``unsure`` has an entry whose own name cannot be read, or is another's: nothing is said of
    names missing from it. A fact whose kind cannot be read holds None. ``meanings`` says what each reading
    is: a kind, the row a condition speaks of, or None; ``uses`` which readings each reading refers to.
    ``steps`` gives of each step the scope of what takes it, and that of the other thing it is about.
    """

    faults: Faults
    declared: Mapping[str, Mapping[str, Entry]]
    unsure: frozenset[str]
    facts: Mapping[str, Mapping[str, Kind | None]]
    meanings: dict[str, Kind | str | None] = field(default_factory=dict)
    uses: dict[str, list[tuple[str, Place]]] = field(default_factory=dict)
    steps: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def refer(self, noun: str, name: str, place: Place) -> bool:
        """Whether a name is declared; notes the fault when it certainly is not."""
        if name in self.declared[noun]:
            return True
        if noun not in self.unsure:
            code, what = CODES[noun]
            self.faults.unknown(code, place, name, what, self.declared[noun])
        return False

    def refer_all(self, noun: str, names: Iterable[tuple[str, Place]]) -> tuple[str, ...]:
        """The names, each looked up."""
        listed = tuple(names)
        for name, place in listed:
            self.refer(noun, name, place)
        return tuple(name for name, _ in listed)

    def refer_fact(self, scope: str, name: str, place: Place, *, key: bool = False) -> bool:
        """Whether a rule file declares a fact of a kind of row; notes the fault when certainly none does."""
        known = [fact for fact in self.facts[scope] if fact not in SCOPES[scope].facts]
        if name in known:
            return True
        if "facts" not in self.unsure:
            what = f"en oplysning, der er erklæret om {quoted(scope)}"
            self.faults.unknown("unknown-fact", place, name, what, known, key=key)
        return False

    def refer_input(self, scope: str, name: str, place: Place, *, beside: bool) -> bool:
        """Whether a step may ask for a fact of a kind of row; notes the fault when it certainly may not.

        ``beside``: the row is another thing the step is about, of which it may ask what it belongs to too.
        """
        known = [fact for fact in self.facts[scope] if fact not in DERIVED.get(scope, ())]
        if beside:
            known += [link for link in (*LINKS[scope], *MAY_LINK.get(scope, ())) if link not in known]
        if name in known:
            return True
        if "facts" not in self.unsure:
            what = f"en oplysning, der kan spørges om for {quoted(scope)}"
            self.faults.unknown("unknown-fact", place, name, what, known)
        return False

    def clause(self, entry: Entry) -> str | None:
        """The clause behind an entry, or None for what is ours; notes when neither or both are said."""
        name = entry.get("clause")
        if isinstance(name, str):
            self.refer("clauses", name, entry.at("clause"))
            if entry.get("ours"):
                message, help_ = "`ours` kan ikke stå sammen med `clause`", "behold den, der er rigtig"
                self.faults.add("conflicting-keys", entry.at("ours"), message, help_, key=True)
            return name
        raw = self.faults.raw(entry.place)
        slips = [str(key) for key in raw if key not in entry.data] if isinstance(raw, Mapping) else ["clause"]
        if "ours" not in entry.data and not any(guess(key, ("clause", "ours")) for key in slips):
            message = "her mangler enten `clause` eller `ours`"
            self.faults.add("missing-key", entry.place, message, "skriv `clause: ...` eller `ours: true`")
        return None


def names_in(sections: Mapping[str, Sequence[Entry]], faults: Faults) -> Names:
    """Gathers the names; notes each that stands twice."""
    processes = sections["processes"]
    lists = {noun: sections[noun] for noun in ("acts", "bodies", "clauses", "readings", "scales")}
    lists["kinds"] = [kind for process in processes for kind in process.many("kinds")]
    lists["steps"] = [step for process in processes for step in process.many("steps")]
    doubled = {noun for noun, listed in lists.items() if noun != "steps" and not _unique(listed, faults)}
    nested = [rule for step in lists["steps"] for rule in step.many("rules")]
    _unique([*sections["rules"], *nested], faults)
    for noun in ("words", "processes", "silences", "tensions", "organisations", "agenda", "counting"):
        _unique(sections[noun], faults)
    declared = {noun: _by_name(listed) for noun, listed in lists.items()}
    facts = fact_kinds(sections["facts"], declared["scales"], faults)
    if any(faults.within(fact.at("id")) for fact in sections["facts"]):
        doubled.add("facts")
    steps = {
        step.data["step"]: (scope_of_process(process), _beside(step, faults))
        for process in reversed(processes)
        for step in reversed(process.many("steps"))
        if step.get("step")
    }
    names = Names(faults, declared, _unsure(sections, faults) | doubled, facts, steps=steps)
    for fact in sections["facts"]:
        if isinstance(fact.get("scale"), str):
            names.refer("scales", fact.data["scale"], fact.at("scale"))
    return names


def _beside(step: Entry, faults: Faults) -> str:
    """The kind of the other thing a step is about, if any; UNSURE when the key that says it is a slip."""
    raw = faults.raw(step.place)
    slips = [str(key) for key in raw if key not in step.data] if isinstance(raw, Mapping) else []
    if any(guess(key, ("adds", "ends")) for key in slips):
        return UNSURE
    return step.get("adds") or step.get("ends") or ""


def _unique(listed: Iterable[Entry], faults: Faults) -> bool:
    """Whether no two entries have one name; notes each that has the name of an earlier one."""
    seen: set[str] = set()
    unique = True
    for entry in listed:
        name = entry.get("id")
        if name in seen:
            unique = False
            message = f"{quoted(name)} er navnet på to"
            faults.add("duplicate-id", entry.at("id"), message, "giv den ene et andet navn")
        elif name is not None:
            seen.add(name)
    return unique


def scope_of_process(process: Entry) -> str:
    """The scope of the things that go through a process, by the first of its kinds."""
    kinds = [kind.get("id") for kind in process.many("kinds")]
    return scope_of(kinds[0]) if kinds and kinds[0] else "item"


def states_of(process: Entry, faults: Faults) -> Mapping[str, Entry] | None:
    """The states of a process by name, None when one may be lost to a slip; notes names given twice."""
    states = process.many("states")
    certain = _unique(states, faults) and not _ids_lost(faults.raw(process.at("states")))
    return _by_name(states) if certain else None


def _by_name(listed: Iterable[Entry]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in listed:
        name = entry.get("id") or entry.get("step")
        if name is not None:
            found.setdefault(name, entry)
    return found


def _unsure(sections: Mapping[str, Sequence[Entry]], faults: Faults) -> frozenset[str]:
    """The nouns of which a name may have been lost to a slip elsewhere."""
    files = [source.data for source in faults.sources]
    if any(key not in ("rulebook", *SECTIONS) for data in files for key in data):
        return frozenset({*CODES, "facts"})
    lost = {noun for noun in SECTIONS for data in files if noun in data and _ids_lost(data[noun])}
    if any("scope" not in fact.data for fact in sections["facts"]):
        lost.add("facts")
    processes = [
        process for data in files for process in data.get("processes") or () if isinstance(process, dict)
    ]
    lost |= {noun for noun in ("kinds", "steps") if "processes" in lost}
    lost |= {"kinds" for process in processes if _ids_lost(process.get("kinds"))}
    lost |= {"steps" for process in processes if _ids_lost(process.get("steps"), "step")}
    return frozenset(lost)


def _ids_lost(listed: object, key: str = "id") -> bool:
    return not isinstance(listed, list) or any(
        not isinstance(one, dict) or not isinstance(one.get(key), str) for one in listed
    )
