"""Every name a rulebook declares, so that what refers to one can be told apart from a slip."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from governance.parsing.entries import Entry
from governance.parsing.facts import fact_kinds
from governance.parsing.faultlist import Faults, Place, quoted
from governance.parsing.schemas import RULE_FILE, SECTIONS
from governance.values import Kind

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

SLIPS = frozenset({"unknown-key", "missing-key", "wrong-type"})


@dataclass(frozen=True, slots=True)
class Names:
    """What is declared, by noun and name, and what each fact of each kind of row holds.

    A noun in ``unsure`` has an entry whose own name cannot be read: nothing is said of names missing from it.
    A fact whose kind cannot be read holds None. ``meanings`` says what each reading is: a kind, the row a
    condition speaks of, or None; ``uses`` which readings each reading refers to.
    """

    faults: Faults
    declared: Mapping[str, Mapping[str, Entry]]
    unsure: frozenset[str]
    facts: Mapping[str, Mapping[str, Kind | None]]
    meanings: dict[str, Kind | str | None] = field(default_factory=dict)
    uses: dict[str, list[tuple[str, Place]]] = field(default_factory=dict)

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

    def clause(self, entry: Entry) -> str | None:
        """The clause behind an entry, or None for what is ours; notes when neither or both are said."""
        name = entry.get("clause")
        if isinstance(name, str):
            self.refer("clauses", name, entry.at("clause"))
            if entry.get("ours"):
                message = "`ours` kan ikke stå sammen med `clause`"
                self.faults.add("conflicting-keys", entry.at("ours"), message, "behold den, der er rigtig", key=True)
            return name
        if not entry.get("ours") and entry.place.path and not self._own_slips(entry.place):
            message = "her mangler enten `clause` eller `ours`"
            self.faults.add("missing-key", entry.place, message, "skriv `clause: ...` eller `ours: true`")
        return None

    def _own_slips(self, place: Place) -> bool:
        """Whether a key of this very mapping is already said to be wrong."""
        raw = self.faults.sources[place.file].keys
        deep = len(place.path) + 1
        own = (Place(place.file, path) for path in raw if len(path) == deep and path[:-1] == place.path)
        return any(self.faults.within(key, SLIPS) for key in own)


def names_in(sections: Mapping[str, Sequence[Entry]], faults: Faults) -> Names:
    """Gathers the names; notes each that stands twice."""
    processes = sections["processes"]
    lists = {noun: sections[noun] for noun in ("acts", "bodies", "clauses", "readings", "scales")}
    lists["kinds"] = [kind for process in processes for kind in process.many("kinds")]
    lists["steps"] = [step for process in processes for step in process.many("steps")]
    nested = [rule for step in lists["steps"] for rule in step.many("rules")]
    for listed in (*(lists[noun] for noun in lists if noun != "steps"), [*sections["rules"], *nested]):
        _unique(listed, faults)
    for noun in ("words", "processes", "silences", "tensions", "organisations"):
        _unique(sections[noun], faults)
    for process in processes:
        _unique(process.many("states"), faults)
    declared = {noun: _by_name(listed) for noun, listed in lists.items()}
    facts = fact_kinds(sections["facts"], declared["scales"], faults)
    names = Names(faults, declared, _unsure(sections, faults), facts)
    for fact in sections["facts"]:
        if isinstance(fact.get("scale"), str):
            names.refer("scales", fact.data["scale"], fact.at("scale"))
    return names


def _unique(listed: Iterable[Entry], faults: Faults) -> None:
    seen: set[str] = set()
    for entry in listed:
        name = entry.get("id")
        if name in seen:
            message = f"{quoted(name)} er navnet på to"
            faults.add("duplicate-id", entry.at("id"), message, "giv den ene et andet navn")
        elif name is not None:
            seen.add(name)


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
    processes = [process for data in files for process in data.get("processes") or () if isinstance(process, dict)]
    lost |= {noun for noun in ("kinds", "steps") if "processes" in lost}
    lost |= {"kinds" for process in processes if _ids_lost(process.get("kinds"))}
    lost |= {"steps" for process in processes if _ids_lost(process.get("steps"), "step")}
    return frozenset(lost)


def _ids_lost(listed: object, key: str = "id") -> bool:
    return not isinstance(listed, list) or any(
        not isinstance(one, dict) or not isinstance(one.get(key), str) for one in listed
    )
