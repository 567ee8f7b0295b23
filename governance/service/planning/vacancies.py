"""Which seats are to be filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from governance.conditions.rows import Row
from governance.model import RequestError, Text
from governance.prose.values import say_day
from governance.service.words import Problems, among
from governance.values import Choice, Truth, day
from governance.world import holds_seat

SEAT = Text("pladsen", "seat")
VACANT = "nej"


@dataclass(frozen=True, slots=True)
class _Place:
    """A seat on a day, and the terms that hold it or may."""

    row: Row
    on: date

    @property
    def vacant(self) -> bool:
        """Whether it is certain that nobody has it."""
        occupied = self.row.facts.get("occupied")
        return isinstance(occupied, Choice) and occupied.word == VACANT

    @property
    def terms(self) -> list[Row]:
        """The terms that hold the seat, or may."""
        terms = self.row.lists["terms"].rows
        return [term for term in terms if holds_seat(term, day(self.on)) is not Truth.FALSE]

    @property
    def free(self) -> bool:
        """Whether somebody can be supposed to take it: it is vacant, or nothing is known of it."""
        return self.vacant or not self.terms


def seats_to_fill(body: Row, on: date, named: Sequence[str]) -> tuple[str, ...]:
    """The seats named, else those vacant on the day; RequestError for one that is held, and when none is."""
    places = {row.id: _Place(row, on) for row in body.lists["seats"].rows}
    if not named:
        vacant = tuple(id_ for id_, place in places.items() if place.vacant)
        if not vacant:
            raise RequestError(_nothing(places, on))
        return vacant
    problems = Problems()
    found = [problems.take(partial(_named, name, places), "") for name in named]
    problems.raise_if_any()
    return tuple(dict.fromkeys(found))


def _named(name: str, places: Mapping[str, _Place]) -> str:
    id_ = among(name, places, SEAT)
    place = places[id_]
    if place.free:
        return id_
    term = place.terms[0]
    holder, said = term.links["organisation"].id, say_day(place.on)
    if holds_seat(term, day(place.on)) is Truth.TRUE:
        raise RequestError(
            Text(
                f"pladsen `{id_}` har {holder} {said.da}; nævn en, der er ledig, eller en senere dag",
                f"the seat `{id_}` is held by {holder} on {said.en}; name a vacant one, or a later day",
            )
        )
    raise RequestError(
        Text(
            f"det er uafgjort, om {holder} har pladsen `{id_}` {said.da}; "
            f"skriv først den sidste dag (`last_day`) på perioden `{term.id}`",
            f"it is undecided whether {holder} holds the seat `{id_}` on {said.en}; "
            f"first record the last day (`last_day`) of the term `{term.id}`",
        )
    )


def _nothing(places: Mapping[str, _Place], on: date) -> Text:
    said = say_day(on)
    free = ", ".join(f"`{id_}`" for id_, place in places.items() if place.free)
    if not free:
        return Text(
            f"ingen plads er ledig {said.da}; vælg en dag, hvor en er det",
            f"no seat is vacant on {said.en}; choose a day when one is",
        )
    return Text(
        f"ingen plads er med sikkerhed ledig {said.da}; nævn med --seats en, intet vides om: {free}",
        f"no seat is vacant for certain on {said.en}; name by --seats one nothing is known of: {free}",
    )
