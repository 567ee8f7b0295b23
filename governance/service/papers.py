"""The papers of a round, filled in from the record: agenda, minutes, invitation, call, list of orders."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from fractions import Fraction

from governance import documents
from governance.documents import (
    Approval,
    Attendance,
    Conclusion,
    FollowUp,
    Listing,
    Meeting,
    Participant,
    Point,
    Score,
    Scores,
)
from governance.model import Text
from governance.notation import read_when
from governance.prose.labels import sentence
from governance.rulebook import Rulebook
from governance.service.meetings import meeting
from governance.service.meetingviews import AttendanceView, MeetingLine, MeetingView, PointView
from governance.service.naming import named
from governance.service.opening import Governance, looking
from governance.service.rounds import round_
from governance.service.roundviews import RoundView
from governance.service.views import FactView
from governance.service.words import among, query_date
from governance.store import last_recorded
from governance.values import Span, number

PDF, DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ICS = "text/calendar; charset=utf-8"
INVITATION = "invitation-ics"
PAPERS = ("agenda-pdf", "agenda-docx", "minutes-pdf", "minutes-docx", INVITATION)
KIND = Text("papiret", "paper")
MOST_COLUMNS = 4
CAME = {
    "til-stede": Attendance.PRESENT,
    "afbud": Attendance.APOLOGIES,
    "ventet": Attendance.UNKNOWN,
}
CLOCK = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Document:
    """A paper as it is handed out: its bytes, a file name and what it is to a browser."""

    content: bytes
    name: str
    media_type: str


@named
def meeting_paper(
    gov: Governance,
    id: str,  # noqa: A002 - the word of the contract
    *,
    minutes: bool = False,
    on: str = "",
    known: str = "",
) -> Meeting:
    """A meeting as its papers tell it; written as of the last thing recorded, so that it comes out alike.

    A section that is a table has its items in rows; in the ``minutes`` those concluded on follow one by one.
    """
    view = meeting(gov, id, on=on, known=known, points=())
    book = gov.rulebook(query_date(on, gov.today))
    roles = {fact.id: fact.role for fact in book.facts if fact.scope == "meeting" and fact.role}
    facts = {roles[fact.id]: fact for fact in view.facts if fact.id in roles}
    results = [round_(gov, each.id, on=on, known=known) for each in view.rounds]
    aims = [each.aim for each in view.due if each.aim]
    return Meeting(
        group=sentence(view.line.body.label),
        title=view.line.title or view.line.id,
        written=_written(gov),
        on=read_when(view.line.date) if view.line.date else Span(),
        starts=_clock(facts.get("starts")),
        ends=_clock(facts.get("ends")),
        place=_value(facts.get("place")),
        form=_value(facts.get("form")),
        participants=tuple(_participant(each, view) for each in view.attendances),
        points=tuple(_sections(book, view, results, minutes=minutes)),
        approval=_approval(view),
        cancelled=view.cancelled,
        dispatch=date.fromisoformat(min(aims)) if aims else None,
        uid=f"{view.line.id}@governance",
        sequence=len(view.events),
    )


def _written(gov: Governance) -> datetime:
    with looking(gov) as connection:
        return last_recorded(connection) or datetime(1970, 1, 1, tzinfo=UTC)


def _value(fact: FactView | None) -> Text | str:
    return fact.value if fact is not None else ""


def _clock(fact: FactView | None) -> time | None:
    """A time of day as people write it: 10.00 or 10:00."""
    found = CLOCK.search(fact.value.da) if fact is not None else None
    return time(int(found[1]), int(found[2])) if found else None


def _approval(view: MeetingView) -> Approval | None:
    """When the minutes were approved, and by whom."""
    if view.approved is None:
        return None
    on, body = view.approved
    return Approval(on, sentence(body.label))


def _participant(each: AttendanceView, view: MeetingView) -> Participant:
    members = {member.id for member in view.members}
    role = sentence(each.role.label) if each.role is not None else Text("Andre", "Others")
    if each.organisation.id in members and each.role is None:
        role = Text("Medlemmer", "Members")
    came = CAME.get(each.status.id, Attendance.UNKNOWN)
    return Participant(each.organisation.label, role, came)


def _sections(book: Rulebook, view: MeetingView, results: list[RoundView], *, minutes: bool) -> list[Point]:
    """Each section with its points."""
    points = []
    for place, section in enumerate(book.agenda, start=1):
        own = next((points for said, points in view.sections if said.id == section.id), ())
        alone = [each for each in own if each.number == str(place)]
        tables: list[Listing | Scores] = []
        if section.table and own:
            tables.append(_listing(own))
        if section.scores:
            tables += [_scores(each) for each in results if each.result is not None]
        shown = [each for each in own if each not in alone]
        if section.table:
            shown = [each for each in shown if minutes and each.concluded is not None]
        inner = tuple(_point(book, each) for each in shown)
        said = "; ".join(each.title for each in alone)
        heading = _point(book, alone[0]) if alone else Point(str(place), section.label)
        points.append(
            Point(
                str(place),
                section.label,
                text=said,
                tables=tuple(tables),
                points=inner,
                conclusion=heading.conclusion,
            )
        )
    points += [_point(book, each) for said, others in view.sections if not said.id for each in others]
    return points


def _point(book: Rulebook, each: PointView) -> Point:
    roles = {fact.id: fact.role for fact in book.facts if fact.scope == "item"}
    told = {roles[fact.id]: fact for fact in each.facts if roles.get(fact.id)}
    others = [fact for fact in each.facts if roles.get(fact.id) not in ("question", "proposal")]
    concluded = None
    if each.concluded is not None:
        concluded = Conclusion(each.concluded.label, each.by or "", str(each.event or ""), each.conclusion)
    return Point(
        each.number,
        each.title,
        item=each.item.id if each.item is not None else "",
        facts=tuple(documents.Fact(sentence(fact.label), fact.value, fact.source) for fact in others),
        question=_value(told.get("question")),
        proposal=_value(told.get("proposal")),
        conclusion=concluded,
        follow_ups=tuple(FollowUp(step.label, _bodies(who)) for step, who in each.awaits),
    )


def _bodies(who: tuple[Text, ...]) -> Text:
    return Text(", ".join(each.da for each in who), ", ".join(each.en for each in who))


def _listing(points: tuple[PointView, ...]) -> Listing:
    """The items of a section in rows: number, title and the facts that a third of them have."""
    labels: dict[str, Text] = {}
    counts: dict[str, int] = {}
    for each in points:
        for fact in each.facts:
            labels.setdefault(fact.id, fact.label)
            counts[fact.id] = counts.get(fact.id, 0) + 1
    common = [name for name in labels if 3 * counts[name] >= len(points)]
    columns = sorted(common, key=lambda name: (-counts[name], common.index(name)))[:MOST_COLUMNS]
    heads = (Text("Nr.", "No."), Text("Titel", "Title"), *(sentence(labels[name]) for name in columns))
    rows = []
    for each in points:
        values = {fact.id: fact.value for fact in each.facts}
        rows.append((each.number, each.title, *(values.get(name, "") for name in columns)))
    return Listing(heads, tuple(rows))


def _scores(view: RoundView) -> Scores:
    tallies = view.result.tallies if view.result is not None else ()
    return Scores(
        tuple(
            Score(each.item.id, each.item.label, _number(each.total), each.rank, bool(each.tied_with))
            for each in tallies
        ),
        caption=view.title or view.id,
        note=view.method,
    )


def _number(text: str) -> Span:
    return number(Fraction(text))


def papers_of(line: MeetingLine) -> tuple[str, ...]:
    """The papers of a meeting that can be written here.

    There is no file whose library is not installed, and no invitation to a day that is not known.
    """
    dated = bool(line.date) and isinstance(read_when(line.date).point, date)
    written = [kind for kind in PAPERS if documents.writable(kind.rpartition("-")[2])]
    return tuple(kind for kind in written if dated or kind != INVITATION)


@named
def meeting_document(
    gov: Governance,
    id: str,  # noqa: A002 - as above
    kind: str,
    *,
    language: str = "da",
    on: str = "",
    known: str = "",
) -> Document:
    """One paper of a meeting: agenda or minutes as PDF or DOCX, or the invitation as ICS.

    DocumentsMissing without the extra ``docs``; RequestError for an invitation to a day that is not known.
    """
    kind = among(kind, PAPERS, KIND)
    paper = meeting_paper(gov, id, minutes=kind.startswith("minutes"), on=on, known=known)
    write, media_type = {
        "agenda-pdf": (documents.agenda_pdf, PDF),
        "agenda-docx": (documents.agenda_docx, DOCX),
        "minutes-pdf": (documents.minutes_pdf, PDF),
        "minutes-docx": (documents.minutes_docx, DOCX),
        INVITATION: (documents.meeting_ics, ICS),
    }[kind]
    what, _, ending = kind.partition("-")
    named_ = Text(*NAMES[what]).in_language(language)
    return Document(write(paper, language), f"{named_}-{_file_name(id)}.{ending}", media_type)


NAMES = {
    "agenda": ("dagsorden", "agenda"),
    "minutes": ("referat", "minutes"),
    "invitation": ("indkaldelse", "invitation"),
}


def _file_name(id_: str) -> str:
    """An id as part of a file's name, whatever it holds."""
    return re.sub(r"[^\w.-]+", "_", id_).strip("._") or "x"
