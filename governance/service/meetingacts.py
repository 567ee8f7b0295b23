"""What became of a meeting, as its own acts tell.

Which acts hold, cancel or approve is the rulebook's to say (their ``role``). That an approved attendance
stands, and that a held meeting takes no more points, is ours and of the program: a rule guards a step, and
neither an attendance nor a point is entered by one, so that no rulebook could say it.
"""

from __future__ import annotations

from collections.abc import Iterator

from governance.model import RequestError, Text
from governance.prose import say_date
from governance.record import Act, Entity
from governance.rulebook import Rulebook

HELD, CANCELLED, APPROVED = "held", "cancelled", "minutes-approved"


def told_acts(book: Rulebook, thing: Entity) -> Iterator[tuple[str, Act]]:
    """The acts of a meeting in its present round that play a part in its papers, each with that part."""
    roles = {each.id: each.role for each in book.acts if each.role}
    return ((roles[act.act], act) for act in thing.acts if act.round == thing.round and act.act in roles)


def came_of(book: Rulebook, thing: Entity) -> str:
    """Whether a meeting was held or cancelled, whichever was said last; empty when neither was."""
    told = reversed([*told_acts(book, thing)])
    return next((role for role, _ in told if role in (HELD, CANCELLED)), "")


def approval(book: Rulebook, thing: Entity) -> Act | None:
    """The act by which the minutes of a meeting were last approved, if they were."""
    acts = [act for role, act in told_acts(book, thing) if role == APPROVED]
    return acts[-1] if acts else None


def refuse_approved(book: Rulebook, meeting: Entity) -> None:
    """RequestError for changing the attendance of a meeting whose minutes were approved."""
    act = approval(book, meeting)
    if act is not None:
        when = say_date(act.on)
        raise RequestError(
            Text(
                f"referatet af `{meeting.id}` blev godkendt {when.da}, og fremmødet står fast; er det "
                "forkert, rettes den begivenhed, der siger det",
                f"the minutes of `{meeting.id}` were approved {when.en}, and the attendance stands; if it is "
                "wrong, correct the event that says so",
            )
        )
