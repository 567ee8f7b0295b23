"""Who may do what, and when: one question that pages, API and commands ask alike, answered with its reason.

An office is held from a day to a day and says for which body or organisation. Nobody may act for a body
they hold no office in. The secretariat may record for every body; the record then shows both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from governance.model import Text
from governance.prose.values import say_day
from governance.values import Truth


class Duty(Enum):
    """What somebody may be entitled to."""

    READ = "read"
    ACT = "act"
    RECORD = "record"
    SCORE = "score"
    AUDIT = "audit"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of office: what it entitles to, and whether it is held in a body and for an organisation."""

    id: str
    label: Text
    duties: frozenset[Duty]
    in_body: bool = False
    for_organisation: bool = False


ROLES = {
    role.id: role
    for role in (
        Role(
            "sekretariat",
            Text("Sekretariat: registrerer for alle organer", "Secretariat: records for every body"),
            frozenset({Duty.READ, Duty.RECORD, Duty.AUDIT}),
        ),
        Role(
            "mandat",
            Text("Mandat: handler for et organ", "Mandate: acts for a body"),
            frozenset({Duty.READ, Duty.ACT}),
            in_body=True,
        ),
        Role(
            "medlem",
            Text("Medlem: giver point for sin organisation", "Member: scores for their organisation"),
            frozenset({Duty.READ, Duty.SCORE}),
            in_body=True,
            for_organisation=True,
        ),
        Role("laeser", Text("Læser: ser registret", "Reader: sees the record"), frozenset({Duty.READ})),
        Role(
            "revisor",
            Text("Revisor: efterprøver registret", "Auditor: checks the record"),
            frozenset({Duty.READ, Duty.AUDIT}),
        ),
        Role(
            "administrator",
            Text("Administrator: passer konti og embeder", "Administrator: keeps accounts and offices"),
            frozenset({Duty.READ, Duty.KEEP}),
        ),
    )
}
"""Every kind of office, by id."""


@dataclass(frozen=True, slots=True)
class Office:
    """An office somebody holds: its first and its last day, None while nobody has said when it ends."""

    role: str
    body: str = ""
    organisation: str = ""
    from_: date = date.min
    to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it is held on a day; the first and the last are part of it."""
        return self.from_ <= day and (self.to is None or day <= self.to)

    def entitles(self, duty: Duty) -> bool:
        """Whether its role has the duty, in whichever body."""
        role = ROLES.get(self.role)
        return role is not None and duty in role.duties


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever asks: their account, the person they are in the record, and every office they were given.

    ``person`` is a reference or a name. ``scopes`` are the duties that an access token is limited to; None
    sets no limit.
    """

    account: str
    person: str = ""
    offices: tuple[Office, ...] = ()
    scopes: frozenset[Duty] | None = None


STRANGER = Caller("")
"""Whoever has not said who they are: entitled to nothing."""


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether somebody may, by which office, and why or why not."""

    allowed: bool
    because: Text
    office: Office | None = None

    @property
    def records(self) -> bool:
        """Whether it is for somebody else: by an office that records, and does not act itself."""
        return self.office is not None and self.office.entitles(Duty.RECORD)


Seated = Callable[[str, str], Truth]
"""Whether an organisation holds a seat of a body on the day in question: asked as body, organisation."""


def nowhere_seated(_body: str, _organisation: str) -> Truth:
    """Nobody is known to hold a seat."""
    return Truth.UNKNOWN


def by_id(name: str) -> Text:
    """What a body or an organisation is called where nothing but its id is known."""
    return Text(f"`{name}`", f"`{name}`")


def permission(  # noqa: PLR0913 - a question of right has these parts
    caller: Caller,
    duty: Duty,
    today: date,
    *,
    acted: date | None = None,
    body: str = "",
    organisation: str = "",
    seated: Seated = nowhere_seated,
    called: Callable[[str], Text] = by_id,
) -> Permission:
    """Whether a caller may do something today, which counts from the day it is ``acted``.

    To act for a body takes an office in it on both days; to score for an organisation an office for it, and
    that it surely holds a seat of the body then. Whoever may record may record either. What no office
    entitles to is refused.
    """
    days = sorted({today, acted or today})
    if caller.scopes is not None and not caller.scopes & {duty, *_instead(duty)}:
        return Permission(allowed=False, because=_out_of_scope(duty))
    own = [each for each in caller.offices if each.entitles(duty) and _is_in(each, duty, body, organisation)]
    held = [each for each in own if all(map(each.holds_on, days))] if _in_scope(caller, duty) else []
    if held and (duty is not Duty.SCORE or seated(body, organisation) is Truth.TRUE):
        return Permission(allowed=True, because=_may(held[0]), office=held[0])
    for other in _instead(duty):
        recording = [each for each in caller.offices if each.entitles(other) and each.holds_on(today)]
        if recording and _in_scope(caller, other):
            return Permission(allowed=True, because=_may(recording[0]), office=recording[0])
        if recording and not own:
            return Permission(allowed=False, because=_out_of_scope(other))
    if held:
        return Permission(allowed=False, because=_not_seated(called(body), called(organisation)))
    if own and not _in_scope(caller, duty):
        return Permission(allowed=False, because=_out_of_scope(duty))
    if own:
        return Permission(allowed=False, because=_out_of_time(own[-1], days))
    return Permission(allowed=False, because=_may_not(duty, called(body), called(organisation)))


def own_permission(caller: Caller, *, outlives: bool = False) -> Permission:
    """Whether a caller may manage their own account: end its logins, revoke its access tokens.

    An access token may when its scope has the keeping of accounts. What ``outlives`` it, as a password or
    another token, takes a login: none may make itself a longer life.
    """
    if caller.scopes is None:
        return Permission(allowed=True, because=Text("efter eget login", "by a login of their own"))
    if outlives:
        return Permission(allowed=False, because=_LOGIN_NEEDED)
    if Duty.KEEP not in caller.scopes:
        return Permission(allowed=False, because=_out_of_scope(Duty.KEEP))
    return Permission(allowed=True, because=Text("efter nøglens omfang", "by the scope of the token"))


_LOGIN_NEEDED = Text(
    "det kræver, at du selv logger ind; en adgangsnøgle er ikke nok",
    "this takes that you log in yourself; an access token is not enough",
)


def _instead(duty: Duty) -> tuple[Duty, ...]:
    """What entitles to the same on behalf of others."""
    return (Duty.RECORD,) if duty in (Duty.ACT, Duty.SCORE) else ()


def _in_scope(caller: Caller, duty: Duty) -> bool:
    return caller.scopes is None or duty in caller.scopes


def _is_in(office: Office, duty: Duty, body: str, organisation: str) -> bool:
    """Whether an office is one in the body and for the organisation that a duty is about."""
    if duty is Duty.ACT:
        return bool(body) and office.body == body
    if duty is Duty.SCORE:
        return bool(body and organisation) and (office.body, office.organisation) == (body, organisation)
    return True


def _may(office: Office) -> Text:
    label = ROLES[office.role].label
    return Text(f"efter embedet »{label.da}«", f"by the office “{label.en}”")


def _out_of_scope(duty: Duty) -> Text:
    return Text(
        f"adgangsnøglen er ikke lavet til det; lav en, hvis omfang har `{duty.value}`",
        f"the access token was not made for this; make one whose scope has `{duty.value}`",
    )


def _out_of_time(office: Office, days: Iterable[date]) -> Text:
    """The first of the days on which an office is not held."""
    day = next(each for each in days if not office.holds_on(each))
    label, since, then = ROLES[office.role].label, say_day(office.from_), say_day(day)
    last = say_day(office.to) if office.to is not None else None
    until = Text(f" til {last.da}", f" to {last.en}") if last is not None else Text("", "")
    return Text(
        f"dit embede »{label.da}« gælder fra {since.da}{until.da} og ikke {then.da}",
        f"your office “{label.en}” is held from {since.en}{until.en} and not on {then.en}",
    )


def _not_seated(body: Text, organisation: Text) -> Text:
    return Text(
        f"{organisation.da} har efter registret ikke en plads i {body.da} den dag og giver derfor ikke point",
        f"{organisation.en} holds no seat of {body.en} on that day by the record, and so does not score",
    )


def _may_not(duty: Duty, body: Text, organisation: Text) -> Text:
    match duty:
        case Duty.ACT:
            return Text(
                f"du har intet embede i {body.da}; dets mandat eller sekretariatet kan",
                f"you hold no office in {body.en}; its mandate or the secretariat can",
            )
        case Duty.SCORE:
            return Text(
                f"du er ikke medlem for {organisation.da}; dens medlem eller sekretariatet kan",
                f"you are no member for {organisation.en}; its member, or the secretariat, can",
            )
        case Duty.RECORD:
            return Text(
                "kun sekretariatet fører registret; bed sekretariatet om det",
                "only the secretariat keeps the record; ask the secretariat",
            )
        case Duty.AUDIT:
            return Text(
                "kun revisor og sekretariat ser efter i registrets spor; bed en administrator om embedet",
                "only an auditor and the secretariat look into the audit trail; ask an administrator",
            )
        case Duty.KEEP:
            return Text(
                "kun en administrator passer konti og embeder; bed en administrator om det",
                "only an administrator keeps accounts and offices; ask an administrator",
            )
        case Duty.READ:
            return Text(
                "du har intet embede i dag; bed en administrator om et",
                "you hold no office today; ask an administrator for one",
            )
