"""The list of items: sought, sorted and paged in the database; only those on a page are decided.

As known on an earlier day the whole record is read, and then paged the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from governance.model import Text
from governance.rulebook import Rulebook
from governance.service.decided import Asked, open_steps
from governance.service.opening import Governance, looking, moment
from governance.service.reading import known_on, said_day, the_record
from governance.service.shelves import Around, Past, Present, Shelf, Stretch
from governance.service.showing import item_kinds, item_line, said, said_state
from governance.service.views import ItemLine, Said
from governance.service.words import Problems, among, clean_text, query_date
from governance.store.listed import Line, Sought, Span, Standing
from governance.values import Span as When

BY_STATE = "state"
ORDERS = ("number", "title", BY_STATE, "changed")
"""What the list can be sorted by; with a `-` before it, the other way round."""

PER_PAGE, MOST_PER_PAGE = 25, 100
MOST_SEARCH = 200
ON_THE_BOARD = 5
"""How many items of a state the board shows before it leads to the list of them."""

KIND = Text("sagstypen", "kind of item")
STATE = Text("tilstanden", "state")
SORT = Text("rækkefølgen", "order")
SEARCH = Text("det, der søges efter,", "what is searched for")


@dataclass(frozen=True, slots=True)
class ListedItem:
    """An item in the list, and when it was last changed, in Danish time."""

    line: ItemLine
    changed: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A state or kind with how many items are of it."""

    of: Said
    count: int


@dataclass(frozen=True, slots=True)
class ItemsPage:
    """A page of the list. ``total`` are found, of ``everything`` there is; pages begin with 1.

    ``states`` counts what is found at each state, in the order of the processes, whichever state is asked
    for; ``kinds`` counts all items. ``known`` is the earlier day whose knowledge was asked for, if any.
    """

    lines: tuple[ListedItem, ...]
    total: int
    everything: int
    page: int
    pages: int
    per_page: int
    sort: str
    states: tuple[Counted, ...]
    kinds: tuple[Counted, ...]
    known: str = ""


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A state on the board: how many items stand there, and the first few of them by number."""

    state: Said
    count: int
    items: tuple[ListedItem, ...]


@dataclass(frozen=True, slots=True)
class ItemsBoard:
    """The items found by state, of ``everything`` there is; no step of theirs is decided."""

    columns: tuple[BoardColumn, ...]
    total: int
    everything: int
    kinds: tuple[Counted, ...]
    known: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question about the list, cleaned."""

    book: Rulebook
    on: When
    known: date | None
    kind: str
    state: str
    search: str
    sort: str
    down: bool

    @property
    def sought(self) -> Sought:
        """Of the kind asked for, or of those that the rulebook has a process for."""
        return Sought((self.kind,) if self.kind else tuple(item_kinds(self.book)), self.search)

    @property
    def all(self) -> Sought:
        """Every item."""
        return Sought(tuple(item_kinds(self.book)))


def items_page(  # noqa: PLR0913 - what a list can be asked for
    gov: Governance,
    *,
    state: str = "",
    kind: str = "",
    search: str = "",
    sort: str = "",
    page: int = 1,
    per_page: int = PER_PAGE,
    known: str = "",
) -> ItemsPage:
    """The items of today that are found, a page at a time, each with the steps open to it.

    ``search`` are words that must all stand in the number or the title, in letters of either size. ``sort``
    is one of `ORDERS`, turned round by a `-` before it. A page past the last gives the last. RequestError
    for a kind, state or order there is none of. With ``known``, from what the record held at the end of that
    day, which is read whole.
    """
    asked, size = _asked(gov, state, kind, search, sort, known), min(max(per_page, 1), MOST_PER_PAGE)
    with _shelf(gov, asked) as shelf:
        every = shelf.standing(asked.all)
        states = _by_state(asked.book, shelf.standing(asked.sought))
        total = sum(each.count for each in states if asked.state in ("", each.of.id))
        pages = max(1, -(-total // size))
        number = min(max(page, 1), pages)
        lines = _lines(shelf, asked, states, (number - 1) * size, size)
        around = shelf.around([line.id for line in lines], deciding=True)
        shown = tuple(_decided(gov, asked, line, around) for line in lines if line.id in around.record)
    return ItemsPage(
        lines=shown,
        total=total,
        everything=sum(every.values()),
        page=number,
        pages=pages,
        per_page=size,
        sort=f"{'-' if asked.down else ''}{asked.sort}",
        states=states,
        kinds=_by_kind(asked.book, every),
        known=said_day(asked.known),
    )


def items_board(
    gov: Governance, *, kind: str = "", search: str = "", each: int = ON_THE_BOARD, known: str = ""
) -> ItemsBoard:
    """The items that are found by state, of each state the first few. RequestError as of a page."""
    asked = _asked(gov, "", kind, search, "", known)
    with _shelf(gov, asked) as shelf:
        every = shelf.standing(asked.all)
        states = _by_state(asked.book, shelf.standing(asked.sought))
        spans = [Span(state.of.id, 0, each) for state in states]
        found = shelf.stretches(asked.sought, spans, down=False)
        around = shelf.around([line.id for lines in found.values() for line in lines], deciding=False)
    return ItemsBoard(
        columns=tuple(
            BoardColumn(
                state.of,
                state.count,
                tuple(
                    _undecided(asked, line, around) for line in found[state.of.id] if line.id in around.record
                ),
            )
            for state in states
        ),
        total=sum(state.count for state in states),
        everything=sum(every.values()),
        kinds=_by_kind(asked.book, every),
        known=said_day(asked.known),
    )


def items(
    gov: Governance, *, on: str = "", known: str = "", state: str = "", kind: str = ""
) -> tuple[ItemLine, ...]:
    """All items on a date, in the order entered, with the steps open to each.

    ``known`` asks for what the record held at the end of that day; so it does everywhere. The record is read
    whole: `items_page` is for whoever needs a page of it.
    """
    asked = _asked(gov, state, kind, "", "", known, on)
    past = Past(the_record(gov, asked.known), asked.book, asked.on)
    around = past.around((), deciding=True)
    return tuple(
        _decided(gov, asked, Line(each.id, ""), around).line
        for each in past.items
        if asked.state in ("", each.state) and asked.kind in ("", each.kind)
    )


def _asked(
    gov: Governance, state: str, kind: str, search: str, sort: str, known: str, on: str = ""
) -> _Asked:
    """RequestError with everything that is wrong with a question."""
    when, known_ = query_date(on, gov.today), known_on(gov, known)
    book = gov.rulebook(when, known_)
    problems = Problems()
    kinds = item_kinds(book)
    if kind:
        kind = problems.take(lambda: among(kind, kinds, KIND), "")
    if state:
        states = {each.id for process in kinds.values() for each in process.states}
        state = problems.take(lambda: among(state, sorted(states), STATE), "")
    words = problems.take(lambda: clean_text(search, SEARCH, most=MOST_SEARCH), "")
    order = sort.removeprefix("-")
    if order:
        order = problems.take(lambda: among(order, ORDERS, SORT), "")
    problems.raise_if_any()
    return _Asked(book, when, known_, kind, state, words, order or ORDERS[0], sort.startswith("-"))


@contextmanager
def _shelf(gov: Governance, asked: _Asked) -> Iterator[Shelf]:
    """Where the list is taken from, for as long as one moment of the record is seen."""
    if asked.known is not None:
        yield Past(the_record(gov, asked.known), asked.book, asked.on)
        return
    with looking(gov) as connection:
        yield Present(connection, asked.book, asked.on)


def _lines(shelf: Shelf, asked: _Asked, states: Sequence[Counted], after: int, most: int) -> Sequence[Line]:
    """The lines of a page; by state, those of the states that the page goes through."""
    if asked.sort != BY_STATE:
        return shelf.stretch(asked.sought, Stretch(asked.state, asked.sort, asked.down, after, most))
    spans = []
    for each in reversed(states) if asked.down else states:
        if asked.state in ("", each.of.id) and after < each.count and most > 0:
            spans.append(Span(each.of.id, after, min(most, each.count - after)))
            most -= spans[-1].most
        after = max(0, after - each.count) if asked.state in ("", each.of.id) else after
    found = shelf.stretches(asked.sought, spans, down=asked.down)
    return [line for span in spans for line in found[span.state]]


def _decided(gov: Governance, asked: _Asked, line: Line, around: Around) -> ListedItem:
    entity = around.record[line.id]
    steps = open_steps(Asked(gov.referee(asked.book), line.id, asked.on, around.of(line.id)))
    shown = item_line(asked.book, entity, around.versions[line.id], steps)
    return ListedItem(shown, moment(line.changed_at))


def _undecided(asked: _Asked, line: Line, around: Around) -> ListedItem:
    shown = item_line(asked.book, around.record[line.id], around.versions[line.id], ())
    return ListedItem(shown, moment(line.changed_at))


def _by_state(book: Rulebook, found: Standing) -> tuple[Counted, ...]:
    """The states at which something is found, in the order of the processes; those of other rules last."""
    kinds = item_kinds(book)
    order = [state.id for process in dict.fromkeys(kinds.values()) for state in process.states]
    counts: dict[str, int] = {}
    shown: dict[str, Said] = {}
    for (kind, state), number in found.items():
        counts[state] = counts.get(state, 0) + number
        shown.setdefault(state, said_state(book, kind, state))
    place = {state: number for number, state in enumerate(dict.fromkeys(order))}
    known = sorted(counts, key=lambda state: (place.get(state, len(place)), state))
    return tuple(Counted(shown[state], counts[state]) for state in known)


def _by_kind(book: Rulebook, found: Standing) -> tuple[Counted, ...]:
    """The kinds of which there is something, in the order of the rulebook."""
    kinds = item_kinds(book)
    counts: Mapping[str, int] = {
        kind: sum(number for (each, _), number in found.items() if each == kind) for kind in kinds
    }
    return tuple(Counted(said(book, kind), number) for kind, number in counts.items() if number)
