"""Make a plan of successors."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from governance.conditions.rows import Row
from governance.model import RequestError, Text
from governance.record import Record, fold
from governance.roster.plan import Bench, Candidate, plan
from governance.rulebook import Rulebook
from governance.service.naming import named
from governance.service.opening import Governance
from governance.service.planning.candidates import of_the_same_kind, read_candidates, sets_named
from governance.service.planning.telling import tell_plan
from governance.service.planning.vacancies import seats_to_fill
from governance.service.planning.views import PlanView
from governance.service.reading import the_group
from governance.service.seats import body_asked
from governance.service.words import Problems, query_day
from governance.values import day
from governance.world import World, body_row

Found = tuple[list[Candidate], tuple[Text, ...]]
"""Candidates, and how the table they are from was understood."""
NO_SEATS: tuple[str, ...] = ()
NOBODY: Found = ([], ())


@named
def plan_seats(
    gov: Governance,
    body: str = "",
    *,
    on: str = "",
    seats: Sequence[str] = (),
    candidates: Path | bytes | None = None,
    sets: Sequence[str] = (),
) -> PlanView:
    """The best sets of successors for the seats of a body on a day, by default those vacant then.

    Candidates come from a table, a file or the content of one in CSV, else they are every organisation of
    the rulebook of the kind that sits. Each of ``sets`` is "A, B, C": a set to hold against the best. Nothing
    is stored. RequestError with all that is wrong with the seats, the file and the sets, and when the
    candidates are too many to be reckoned exactly.
    """
    at = query_day(on, gov.today)
    book = gov.rulebook(day(at))
    record = fold(the_group(gov, None).events, by=at)
    name = body_asked(book, record, body)
    row = body_row(name, World(record, book, day(at)))
    problems = Problems()
    wanted = problems.take(partial(seats_to_fill, row, at, seats), NO_SEATS)
    found, notes = problems.take(partial(_candidates, candidates, book, record, row), NOBODY)
    chosen: list[list[str]] = []
    if found and wanted:
        problems.take(partial(_refuse_too_few, len(found), len(wanted)), None)
        names = [each.organisation for each in found]
        chosen = problems.take(partial(sets_named, sets, names, len(wanted)), chosen)
    problems.raise_if_any()
    bench = Bench(record, book, name, at, wanted)
    return tell_plan(bench, plan(bench, found, chosen), len(found), notes)


def _candidates(given: Path | bytes | None, book: Rulebook, record: Record, body: Row) -> Found:
    return (of_the_same_kind(book, body), ()) if given is None else read_candidates(given, book, record)


def _refuse_too_few(candidates: int, seats: int) -> None:
    if candidates < seats:
        raise RequestError(
            Text(
                f"der er {seats} pladser og kun {candidates} kandidater; nævn flere, eller færre pladser",
                f"there are {seats} seats and only {candidates} candidates; name more, or fewer seats",
            )
        )
