"""What must be done in the days ahead, and by whom: from the rules, the rounds and where things stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from sqlalchemy import Connection

from governance.service.items import BODY
from governance.service.listings import MOST_PER_PAGE
from governance.service.naming import named
from governance.service.opening import Governance, looking
from governance.service.reading import known_on, said_day, the_record
from governance.service.recording import in_one_moment
from governance.service.shelves import Past, Present
from governance.service.showing import said
from governance.service.tasks import Ahead, Task, first_tasks, steps_awaited
from governance.service.views import Said
from governance.service.words import among, query_day
from governance.store.listed import Place, Sought
from governance.values import day

WEEK = 7
AT_A_TIME = 50
"""How many items are read at once where it is not known how many of them are wanted."""


@dataclass(frozen=True, slots=True)
class TodoView:
    """What must be done within so many days of a day: what is late first, then by day, then the rest.

    Last, by number, come the items that wait for a step, a page at a time: ``total`` wait in all, on
    ``pages`` of ``per_page`` (0: all on one), and ``more`` after this page. The rest stands on the first one.
    With a ``body``, one of ``bodies``, only what waits for it; how many those items are is not counted.
    """

    on: str
    days: int
    tasks: tuple[Task, ...]
    known: str = ""
    body: Said | None = None
    bodies: tuple[Said, ...] = ()
    total: int | None = 0
    page: int = 1
    pages: int | None = 1
    per_page: int = 0
    more: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """Some of the items that wait, by their tasks: which page that came to be, and whether more wait after.

    ``total`` and ``pages`` are None where it would take looking at all of them to tell.
    """

    tasks: tuple[Task, ...]
    page: int
    more: bool
    total: int | None = None
    pages: int | None = None


@named
@in_one_moment
def todo(
    gov: Governance,
    *,
    on: str = "",
    days: int = WEEK,
    known: str = "",
    body: str = "",
    page: int = 1,
    per_page: int = 0,
) -> TodoView:
    """What must be done within ``days`` of a day, by whom, and what waits without a day.

    A duty of which the record does not say whether it is met is told until as many days after its last day.
    Of the items that wait for a step, ``per_page`` are read and decided, by default all. A page past the last
    gives the last; of those of a ``body``, for which the items before the page are decided too, it gives
    none. RequestError for a body there is none of.
    """
    size = min(max(per_page, 0), MOST_PER_PAGE)
    with looking(gov) as connection:
        ahead = look_ahead(gov, connection, on, days, known)
        bodies = tuple(said(ahead.book, each.id) for each in ahead.book.bodies)
        asked_for = among(body, [each.id for each in bodies], BODY) if body.strip() else ""
        own = frozenset({asked_for}) if asked_for else None
        found = waiting_items(ahead, own, page, size)
        first = tasks_of(first_tasks(ahead), own) if found.page == 1 else ()
    return TodoView(
        on=ahead.on.isoformat(),
        days=days,
        tasks=(*first, *found.tasks),
        known=said_day(known_on(gov, known)),
        body=said(ahead.book, asked_for) if asked_for else None,
        bodies=bodies,
        total=found.total,
        page=found.page,
        pages=found.pages,
        per_page=size,
        more=found.more,
    )


def look_ahead(gov: Governance, connection: Connection, on: str, days: int, known: str = "") -> Ahead:
    """Where to look for what must be done: of today as known today no more than that is read.

    For another day, as known earlier, or where duties may look at any item, the record is read whole.
    """
    day_, asked = query_day(on, gov.today), known_on(gov, known)
    book = gov.rulebook(day(day_), asked)
    last = day_ + timedelta(days=days) if days < (date.max - day_).days else date.max
    first = day_ - timedelta(days=days) if days < (day_ - date.min).days else date.min
    if asked is None and day_ == gov.today and not book.duties_see_items:
        shelf = Present(connection, book, day(day_))
        return Ahead(gov.referee(book), shelf, shelf.group, first, day_, last)
    past = Past(the_record(gov, asked), book, day(day_))
    judged = past.record if book.duties_see_items else past.group
    return Ahead(gov.referee(book), past, judged, first, day_, last)


def waiting_items(ahead: Ahead, own: Collection[str] | None, page: int, per_page: int) -> Waiting:
    """A page of the items that wait for a step, by number; of ``own`` those of which a task waits for one.

    Whom an item may wait for is narrowed by its kind and state, so that no others are read.
    """
    waited_for = ahead.referee.waited_for
    places = {
        place: many
        for place, many in ahead.shelf.standing(Sought()).items()
        if place in waited_for and (own is None or not waited_for[place].isdisjoint(own))
    }
    if own is None:
        total = sum(places.values())
        size = per_page or max(total, 1)
        pages = max(1, -(-total // size))
        number = min(max(page, 1), pages)
        every = _each(ahead, places, (number - 1) * size, min(size, per_page or AT_A_TIME))
        found = _joined(islice(every, size))
        return Waiting(found, number, number < pages, total, pages)
    wanted = (kept for tasks in _each(ahead, places, 0, AT_A_TIME) if (kept := tasks_of(tasks, own)))
    number = max(page, 1) if per_page else 1
    begin = (number - 1) * per_page
    some = list(islice(wanted, begin, begin + per_page + 1 if per_page else None))
    shown = some[: per_page or None]
    return Waiting(_joined(shown), number, len(some) > len(shown))


def _joined(of_items: Iterable[Collection[Task]]) -> tuple[Task, ...]:
    return tuple(task for tasks in of_items for task in tasks)


def _each(ahead: Ahead, places: Collection[Place], after: int, at_a_time: int) -> Iterator[list[Task]]:
    """The tasks of each item at some places, by number, after how many; read so many items at a time."""
    while ids := ahead.shelf.standing_at(places, after=after, most=at_a_time):
        around = ahead.shelf.around(ids, deciding=True)
        for thing in (around.record[id_] for id_ in ids if id_ in around.record):
            tasks = steps_awaited(ahead.referee, thing, day(ahead.on), around.of(thing.id))
            yield sorted(tasks, key=lambda task: task.what.da)
        after += len(ids)


def tasks_of(tasks: Collection[Task], own: Collection[str] | None) -> tuple[Task, ...]:
    """Those that wait for one of some bodies and organisations; all, where none are named."""
    return tuple(task for task in tasks if own is None or any(who.id in own for who in task.who))
