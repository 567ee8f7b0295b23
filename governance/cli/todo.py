"""What must be done, and by whom."""

from __future__ import annotations

import click

from governance import service
from governance.cli.asking import option, whole_number, with_governance
from governance.cli.bilingual import Command
from governance.cli.looking import KNOWN, ON, tell_known
from governance.cli.speaking import DONE, OURS, Out
from governance.model import Text
from governance.service import Governance, Said, Task

DAYS = Text("et antal dage", "a number of days")
UNSURE = Text("uafgjort", "undecided")
EACH = ("scores",)
"""Where everybody named is waited for, not one of them."""


@click.command(
    "todo",
    cls=Command,
    said=Text(
        "Vis, hvad der skal gøres i de kommende dage, og af hvem; det, der er for sent, først.",
        "Show what must be done in the days ahead, and by whom; what is late comes first.",
    ),
)
@option("--on", default="", **ON)
@option("--known", default="", **KNOWN)
@option(
    "--days",
    default=str(service.WEEK),
    metavar="NUMBER",
    da="Hvor mange dage frem (ellers en uge).",
    en="How many days ahead (else a week).",
)
@with_governance
def todo(gov: Governance, out: Out, on: str, known: str, days: str) -> int:
    """What must be done."""
    view = service.todo(gov, on=on, days=whole_number(days, DAYS), known=known)
    tell_known(gov, out, known)
    if out.as_json:
        out.json(view)
        return DONE
    out.line(Text(f"{view.on} og {view.days} dage frem", f"{view.on} and {view.days} days ahead"))
    groups: dict[str, list[Task]] = {}
    for task in view.tasks:
        for who in _whom(out, task):
            groups.setdefault(who, []).append(task)
    if not groups:
        out.line(Text("Der er intet at gøre.", "There is nothing to do."))
    for who, tasks in groups.items():
        out.line()
        out.line(who)
        _tell(out, tasks)
    return DONE


def _whom(out: Out, task: Task) -> list[str]:
    """Under which headings a task stands."""
    names = [out(each.label) for each in task.who]
    if not names:
        return [out(Text("Til orientering", "For information"))]
    return names if task.why in EACH else [out(Text(" eller ", " or ")).join(names)]


def _tell(out: Out, tasks: list[Task]) -> None:
    """The tasks of one heading; steps that one thing waits for in the same way stand together."""
    alike: dict[tuple[Said, str, bool, bool, str | None, bool], list[Task]] = {}
    for task in tasks:
        key = (task.about, task.until, task.late, task.unsure, task.clause, bool(task.step))
        alike.setdefault(key, []).append(task)
    for (about, until, late, unsure, clause, _), same in alike.items():
        what = out(Text(", eller ", ", or ")).join(out(each.what) for each in same)
        title = f" {out(about.label)}" if out(about.label) != about.id else ""
        when = Text("for sent, senest", "late, no later than") if late else Text("senest", "no later than")
        open_ = f"; {out(UNSURE)}" if unsure else ""
        ends = f" ({out(when)} {until}{open_})" if until else ""
        said = f" [{clause or out(OURS)}]" if any(each.why == "duty" for each in same) else ""
        out.line(f"{about.id}{title}: {what}{ends}{said}", 2)
