"""For how long the access log is kept: a dated setting, and a purge that never touches the record."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date

from governance.model import RequestError, Text
from governance.prose.values import say_day
from governance.rights import Duty
from governance.service.moments import start_of
from governance.service.naming import named
from governance.service.opening import Governance, looking
from governance.service.permitting import permit
from governance.service.persons import person_of
from governance.service.recording import one_transaction
from governance.service.words import Problems, clean_text, query_day
from governance.store import write_time
from governance.store.accesses import (
    Setting,
    count_accesses,
    load_settings,
    purge_accesses,
    write_setting,
)

RETENTION = "access-log-months"
MONTHS = 13
"""How long the log is kept when nothing was set: what is proposed in the agenda's point 4.2."""
MOST_MONTHS = 120
YEAR = 12

REASON = Text("begrundelsen", "the reason")
BY = Text("den, der bestemmer,", "who decides")


@dataclass(frozen=True, slots=True)
class RetentionView:
    """How many months the log is kept today, since when, and every setting there has been or will be."""

    months: int
    from_: str
    settings: tuple[Setting, ...]


@dataclass(frozen=True, slots=True)
class PurgeView:
    """What a purge removed or would remove: the lines from before a day."""

    months: int
    before: str
    lines: int
    done: bool


@named
def retention(gov: Governance) -> RetentionView:
    """How long the log is kept."""
    permit(gov, Duty.AUDIT)
    with looking(gov) as connection:
        return _retention(gov, load_settings(connection, RETENTION))


def set_retention(gov: Governance, months: int, *, from_: str, reason: str, by: str = "") -> RetentionView:
    """Set how many months the log is kept from a date on, today at the earliest.

    Earlier settings stay. RequestError when something is set from that date already.
    """
    permit(gov, Duty.KEEP)
    problems = Problems()
    why = problems.take(lambda: clean_text(reason, REASON, needed=True), "")
    who = problems.take(lambda: clean_text(by, Text("hvem", "who"), most=200), "")
    since = problems.take(lambda: _first_day(from_, gov.today), gov.today)
    problems.take(lambda: _refuse_odd(months), None)
    problems.raise_if_any()
    with one_transaction(gov) as connection:
        known = load_settings(connection, RETENTION)
        if any(each.from_ == since.isoformat() for each in known):
            raise RequestError(
                Text(
                    f"der er allerede sat en frist fra {say_day(since).da}; vælg en senere dato",
                    f"a retention is set from {since} already; choose a later date",
                )
            )
        ref = person_of(connection, who)
        setting = Setting(RETENTION, since.isoformat(), str(months), ref, why, write_time(gov.now()))
        write_setting(connection, setting)
        return retention(replace(gov, within=connection))


def purge_access_log(gov: Governance, *, dry_run: bool = False) -> PurgeView:
    """Remove what is older than the retention in force today; ``dry_run`` only counts."""
    permit(gov, Duty.KEEP)
    with looking(gov) if dry_run else one_transaction(gov) as connection:
        months = _retention(gov, load_settings(connection, RETENTION)).months
        before = months_before(gov.today, months)
        found = (count_accesses if dry_run else purge_accesses)(connection, start_of(before))
    return PurgeView(months, before.isoformat(), found, done=not dry_run)


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, or the last one of a shorter month."""
    year, month = divmod(day.year * YEAR + day.month - 1 - months, YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _retention(gov: Governance, known: tuple[Setting, ...]) -> RetentionView:
    today = gov.today.isoformat()
    now = [each for each in known if each.from_ <= today]
    if not now:
        return RetentionView(MONTHS, "", known)
    return RetentionView(int(now[-1].value), now[-1].from_, known)


def _first_day(text: str, today: date) -> date:
    since = query_day(text, today)
    if since < today:
        raise RequestError(
            Text(
                f"{say_day(since).da} er gået; fristen kan sættes fra {say_day(today).da} og frem",
                f"{since} has passed; the retention can be set from {today} on",
            )
        )
    return since


def _refuse_odd(months: int) -> None:
    if not 1 <= months <= MOST_MONTHS:
        raise RequestError(
            Text(
                f"{months} måneder kan ikke bruges; skriv 1 til {MOST_MONTHS}",
                f"{months} months cannot be used; write 1 to {MOST_MONTHS}",
            )
        )
