"""What things are called: the rulebook's own labels, and the engine's words for its scopes and facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from governance.model import Text
from governance.prose.nouns import KINDS, SCOPES
from governance.prose.spoken import spoken
from governance.rulebook import Rulebook
from governance.vocabulary import scope_of

COLLECTIONS: Mapping[str, Text] = {
    "acts": Text("handlinger", "acts"),
    "tracks": Text("spor", "tracks"),
    "relations": Text("sammenhænge", "relations"),
    "seats": Text("pladser", "seats"),
    "members": Text("medlemmer", "members"),
    "participants": Text("faste deltagere", "participants"),
    "meetings": Text("møder", "meetings"),
    "terms": Text("perioder", "terms"),
    "others": Text("andre perioder på samme tid", "other terms at the same time"),
    "calls": Text("opslag", "calls"),
    "superusers": Text("superbrugere", "superusers"),
    "attendances": Text("fremmøder", "attendances"),
    "points": Text("dagsordenspunkter", "agenda points"),
    "ballots": Text("stemmesedler", "ballots"),
    "deputies": Text("stedfortrædere", "deputies"),
    "consultations": Text("høringer", "consultations"),
}

SINGLE: Mapping[str, Text] = {
    "acts": Text("en handling", "an act"),
    "tracks": Text("et spor", "a track"),
    "relations": Text("en sammenhæng", "a relation"),
    "seats": Text("en plads", "a seat"),
    "members": Text("et medlem", "a member"),
    "participants": Text("en fast deltager", "a regular participant"),
    "meetings": Text("et møde", "a meeting"),
    "terms": Text("en periode", "a term"),
    "others": Text("en anden periode på samme tid", "another term at the same time"),
    "calls": Text("et opslag", "a call"),
    "superusers": Text("en superbruger", "a superuser"),
    "attendances": Text("et fremmøde", "an attendance"),
    "points": Text("et dagsordenspunkt", "an agenda point"),
    "ballots": Text("en stemmeseddel", "a ballot"),
    "deputies": Text("en stedfortræder", "a deputy"),
    "consultations": Text("en høring", "a consultation"),
}
"""One of a collection."""

FACTS: Mapping[str, Text] = {
    "on": Text("datoen", "the date"),
    "body": Text("organet", "the body"),
    "person": Text("personen", "the person"),
    "recorder": Text("den, der registrerer", "the recorder"),
    "id": Text("betegnelsen", "the id"),
    "kind": Text("arten", "the kind"),
    "state": Text("tilstanden", "the state"),
    "to": Text("udløbet", "the end"),
    "from": Text("begyndelsen", "the start"),
    "last_day": Text("sidste dag", "the last day"),
    "municipality": Text("kommunen", "the municipality"),
    "place": Text("pladsen", "the place"),
    "places": Text("antallet af pladser", "the number of seats"),
    "occupied": Text("pladsens besættelse", "the occupancy of the seat"),
    "excuse": Text("begrundelsen", "the reason given"),
    "excused_by": Text("den, der gav begrundelsen", "who gave the reason"),
    "organisation": Text("organisationen", "the organisation"),
    "role": Text("rollen", "the role"),
    "status": Text("fremmødet", "the attendance"),
    "date": Text("mødedatoen", "the meeting date"),
    "next_release": Text("den næste frist for en version", "the next cut-off for a release"),
    "via": Text("opslagets sted", "the place of the call"),
    "current": Text("opslagets gyldighed for den nuværende ledighed", "the call being for this vacancy"),
    "point": Text("punktets nummer", "the number of the point"),
    "conclusion": Text("konklusionen", "the conclusion"),
    "about": Text("punktets sag", "the item of the point"),
    "score": Text("antallet af point", "the number of points"),
    "scores": Text("de givne point", "the points given"),
    "given": Text("pointene i alt", "the sum of the points"),
    "highest": Text("det højeste antal point til én sag", "the most points for one item"),
    "counts": Text("om sedlen tæller", "whether the ballot counts"),
    "seated": Text("om deltageren har en plads", "whether they hold a seat"),
    "counting": Text("optællingsmåden", "the way of counting"),
    "choices": Text("sagerne i runden", "the items of the round"),
    "closes": Text("lukkedagen", "the closing day"),
    "consecutive": Text("antallet af perioder i træk", "the number of terms in a row"),
    "asked_of": Text("den, der høres", "who is consulted"),
    "question": Text("spørgsmålet", "the question"),
    "asked": Text("dagen, der blev spurgt", "the day of asking"),
    "answer": Text("svaret", "the answer"),
    "answered": Text("dagen, der blev svaret", "the day of the answer"),
    "number": Text("årstallet", "the year"),
    "start": Text("årets første dag", "the first day of the year"),
    "end": Text("årets sidste dag", "the last day of the year"),
    "act": Text("handlingen", "the act"),
}

PLURALS: Mapping[str, Text] = {
    "municipality": Text("kommuner", "municipalities"),
    "organisation": Text("organisationer", "organisations"),
    "body": Text("organer", "bodies"),
    "person": Text("personer", "persons"),
}

WORDS: Mapping[str, Text] = {
    "ja": Text("ja", "yes"),
    "nej": Text("nej", "no"),
    "ventet": Text("ventet", "expected"),
    "til-stede": Text("til stede", "present"),
    "afbud": Text("afbud", "apology"),
}


def both(da: str, en: str, **parts: Text) -> Text:
    """A sentence in both languages with its parts put in."""
    return Text(
        da.format_map({name: part.da for name, part in parts.items()}),
        en.format_map({name: part.en for name, part in parts.items()}),
    )


def joined(texts: Iterable[Text], da: str, en: str) -> Text:
    """A list said in one breath: commas, and ``da`` or ``en`` before the last."""
    found = list(texts)

    def join(words: list[str], last: str) -> str:
        return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"

    if not found:
        return Text("intet", "nothing")
    return Text(join([text.da for text in found], da), join([text.en for text in found], en))


def either(texts: Iterable[Text]) -> Text:
    """a, b or c."""
    return joined(texts, "eller", "or")


def every(texts: Iterable[Text]) -> Text:
    """a, b and c."""
    return joined(texts, "og", "and")


def quoted(text: Text) -> Text:
    """A word or phrase in quotation marks."""
    return Text(f"»{text.da}«", f"“{text.en}”")


def sentence(text: Text) -> Text:
    """The text with a capital first letter."""
    return Text(text.da[:1].upper() + text.da[1:], text.en[:1].upper() + text.en[1:])


def label(rulebook: Rulebook, name: str) -> Text:
    """The label of a word, body, act, state, fact or organisation; an id without one stands for itself."""
    found = rulebook.label_by_id.get(name)
    if found is not None:
        return found
    return WORDS.get(name) or KINDS.get(name) or spoken(name)


def state_label(rulebook: Rulebook, kind: str, state: str) -> Text:
    """The label of a state in the process of items of a kind."""
    found = rulebook.state(kind, state)
    return found.label if found is not None else Text(state, state)


def thing_label(rulebook: Rulebook, step: str) -> Text:
    """What takes a step: the item, the seat, the meeting."""
    found = rulebook.step_by_id.get(step)
    return SCOPES[scope_of(found[0].kinds[0].id)] if found is not None else SCOPES["item"]


def thing_in(rulebook: Rulebook, state: str) -> Text:
    """What can be in a state: the item, the seat, the meeting."""
    for process in rulebook.processes:
        if process.state(state) is not None:
            return SCOPES[scope_of(process.kinds[0].id)]
    return SCOPES["item"]


def step_label(rulebook: Rulebook, name: str) -> Text:
    """The label of a step."""
    found = rulebook.step_by_id.get(name)
    return found[1].label if found is not None else Text(name, name)


def fact_label(rulebook: Rulebook, name: str) -> Text:
    """The label of a fact: the rulebook's, else the engine's."""
    found = rulebook.fact_by_id.get(name)
    return found.label if found is not None else FACTS.get(name) or Text(name, name)


def fact_plural(rulebook: Rulebook, name: str) -> Text:
    """Several values of a fact; one without a plural is named as it is."""
    plural = next(
        (fact.plural for fact in rulebook.facts if fact.id == name and fact.plural is not None), None
    )
    if plural is not None:
        return plural
    if name in PLURALS:
        return PLURALS[name]
    return both("værdier af »{fact}«", "values of “{fact}”", fact=fact_label(rulebook, name))
