"""The list of items and the board: what the address asks for, and the addresses that lead on from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask_babel import lazy_gettext as _

from governance import service
from governance.service import Governance
from web.common import kept

HERE = "items.board"
BOARD = "board"
MOST_DIGITS = 6
"""Of the number of a page; a longer one is none."""
FILTERS = ("q", "kind", "state")
HEADS = (
    ("number", _("Number")),
    ("title", _("Title")),
    ("state", _("State")),
    ("changed", _("Last changed")),
)
"""What the list can be sorted by, with the heading of its column."""

TURNED = {
    "-number": _("Number, last first"),
    "-title": _("Title, last first"),
    "-state": _("State, last first"),
    "-changed": _("Last changed first"),
}
NEWEST = "-changed"
"""The other way round that people ask for most."""


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of a column: its words, the address that sorts by it, and how it is sorted now."""

    words: str
    address: str
    sorted: str


def asked_for() -> dict[str, str]:
    """What the address asks for, by the names it has there; nothing stands for what is not asked."""
    names = (*FILTERS, "sort", "page", "view", "known")
    found = {name: request.args.get(name, "").strip() for name in names}
    return {**found, "page": page_asked()}


def page_asked() -> str:
    """The number of the page that the address asks for; nothing where it is no number."""
    number = request.args.get("page", "").strip()
    return number if number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS else ""


def address(wanted: Mapping[str, str], **changed: str) -> str:
    """The address of the list as it is, but for what is changed; what is not asked for stands nowhere."""
    asked: dict[str, Any] = {name: text for name, text in {**wanted, **changed}.items() if text}
    return url_for(HERE, **asked)


def heads(wanted: Mapping[str, str], sort: str) -> list[Head]:
    """The headings: the column that is sorted by leads the other way round, every other one to itself."""
    found = []
    for name, words in HEADS:
        here = sort.removeprefix("-") == name
        down = here and sort.startswith("-")
        turned = f"-{name}" if (here and not down) or (name == "changed" and not here) else name
        stands = ("descending" if down else "ascending") if here else ""
        found.append(Head(str(words), address(wanted, sort=turned, page=""), stands))
    return found


def list_page(gov: Governance, new: str) -> str:
    """The list, a page at a time; ``new`` is where an item is added, if it can be."""
    wanted = asked_for()
    view = service.items_page(
        gov,
        state=wanted["state"],
        kind=wanted["kind"],
        search=wanted["q"],
        sort=wanted["sort"],
        page=int(wanted["page"] or 1),
        known=wanted["known"],
    )
    turned = {view.sort, NEWEST} & TURNED.keys()
    return render_template(
        "items.html",
        view=view,
        wanted=wanted,
        known=view.known,
        kept=kept(known=view.known),
        new=new,
        narrowed=any(wanted[name] for name in FILTERS),
        here={name: address(wanted, page="", view=name) for name in ("", BOARD)},
        everything=address({}, known=view.known, view=wanted["view"]),
        any_state=address(wanted, state="", page=""),
        heads=heads(wanted, view.sort),
        sorts=[*HEADS, *((name, TURNED[name]) for name in sorted(turned))],
        pages={
            "first": address(wanted, page=""),
            "previous": address(wanted, page=str(view.page - 1)) if view.page > 1 else "",
            "following": address(wanted, page=str(view.page + 1)) if view.page < view.pages else "",
            "last": address(wanted, page=str(view.pages)),
        },
        after=(view.page - 1) * view.per_page,
    )


def board_page(gov: Governance, new: str) -> str:
    """The board: the states side by side, with the first few items of each."""
    wanted = asked_for()
    view = service.items_board(gov, kind=wanted["kind"], search=wanted["q"], known=wanted["known"])
    return render_template(
        "board.html",
        view=view,
        wanted={**wanted, "state": ""},
        known=view.known,
        kept=kept(known=view.known),
        new=new,
        narrowed=any(wanted[name] for name in ("q", "kind")),
        here={name: address(wanted, page="", view=name, state="") for name in ("", BOARD)},
        everything=address({}, known=view.known, view=wanted["view"]),
        any_state="",
        states={
            column.state.id: address(wanted, view="", sort="", page="", state=column.state.id)
            for column in view.columns
        },
    )
