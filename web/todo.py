"""The page for whoever keeps the group going: what must be done, by whom and by when."""

from __future__ import annotations

from flask import Blueprint, render_template

from governance import service
from governance.model import RequestError, Text
from governance.service import Said, Task
from web.common import asked, governance, kept
from web.language import say

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
    view = service.todo(governance(), on=asked("on"), days=int(days), known=asked("known"))
    return render_template(
        "todo.html",
        view=view,
        groups=by_who(view.tasks),
        linked=linked(view.tasks),
        choices=sorted({*CHOICES, view.days}),
        kept=kept(on=asked("on"), known=view.known),
    )


def by_who(tasks: tuple[Task, ...]) -> list[tuple[tuple[Said, ...], list[Task]]]:
    """The tasks by who is waited for: the late first, then those with most.

    What waits for each of several stands under each; a step that one of several bodies may take stands
    once, under all of them together.
    """
    groups: dict[tuple[str, ...], tuple[tuple[Said, ...], list[Task]]] = {}
    for task in tasks:
        apart = task.why == "scores"
        for who in [(each,) for each in task.who] if apart else [task.who]:
            names = tuple(each.id for each in who)
            groups.setdefault(names, (who, []))[1].append(task)

    def order(group: tuple[tuple[Said, ...], list[Task]]) -> tuple[bool, bool, int, list[str]]:
        who, waiting = group
        late = any(task.late for task in waiting)
        return not late, not who, -len(waiting), [say(each.label) for each in who]

    return sorted(groups.values(), key=order)


def linked(tasks: tuple[Task, ...]) -> set[str]:
    """The things that have a page: what goes through a process, and of what is only judged the meetings."""
    walking = {task.about.id for task in tasks if task.why != "duty"}
    if len(walking) == len({task.about.id for task in tasks}):
        return walking
    meetings = {line.id for line in service.meetings(governance(), known=asked("known"))}
    seats = {seat.id for seat in service.seats(governance(), known=asked("known")).seats}
    return walking | meetings | seats
