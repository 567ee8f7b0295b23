"""The page for whoever keeps the group going: what must be done, by whom and by when."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, render_template, url_for

from governance import service
from governance.model import RequestError, Text
from governance.service import Said, Task, TodoView
from web.common import asked, governance, kept
from web.listing import page_asked

pages = Blueprint("todo", __name__)

CHOICES = (7, 14, 30, 90, 365)
MOST_DIGITS = 4


@pages.get("/todo")
def board() -> str:
    """What must be done within some days of a day, by who it waits for."""
    days = asked("days") or str(CHOICES[0])
    if not (days.isascii() and days.isdigit() and len(days) <= MOST_DIGITS):
        raise RequestError(
            Text(
                f"`{days}` er ikke et antal dage; skriv fx 14",
                f"`{days}` is no number of days; write 14, say",
            )
        )
    view = service.todo(
        governance(),
        on=asked("on"),
        days=int(days),
        known=asked("known"),
        body=asked("body"),
        page=int(page_asked() or 1),
        per_page=service.PER_PAGE,
    )
    return render_template(
        "todo.html",
        view=view,
        groups=by_who(view.tasks),
        whole=view.page == 1 and not view.more,
        here=partial(_address, view),
        choices=sorted({*CHOICES, view.days}),
        kept=kept(on=asked("on"), known=view.known),
    )


def _address(view: TodoView, page: int) -> str:
    """The address of another page of what is asked for."""
    wanted: dict[str, Any] = {"days": view.days, "on": asked("on"), "known": view.known}
    wanted |= {"body": view.body.id if view.body else "", "page": page}
    return url_for("todo.board", **{name: each for name, each in wanted.items() if each != ""})


def by_who(tasks: tuple[Task, ...]) -> list[tuple[tuple[Said, ...], list[Task]]]:
    """The tasks by who is waited for: the late first, then in the order the tasks stand in.

    What waits for each of several stands under each; a step that one of several bodies may take stands
    once, under all of them together.
    """
    groups: dict[tuple[str, ...], tuple[tuple[Said, ...], list[Task]]] = {}
    for task in tasks:
        apart = task.why == "scores"
        for who in [(each,) for each in task.who] if apart else [task.who]:
            names = tuple(each.id for each in who)
            groups.setdefault(names, (who, []))[1].append(task)

    def order(group: tuple[tuple[Said, ...], list[Task]]) -> tuple[bool, bool]:
        who, waiting = group
        return not any(task.late for task in waiting), not who

    return sorted(groups.values(), key=order)
