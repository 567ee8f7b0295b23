"""The access log: who looked at or tried what, and how long that is kept."""

from __future__ import annotations

import click

from governance import service
from governance.cli.asking import RECORDER, option, whole_number, with_governance
from governance.cli.bilingual import Command, Group
from governance.cli.speaking import DONE, Out
from governance.model import RequestError, Text
from governance.service import Governance, RetentionView


@click.group(
    "access",
    cls=Group,
    said=Text("Adgangsloggen: hvem der har set eller prøvet hvad.", "The access log: who saw or tried what."),
)
def access() -> None:
    """The access log."""


@access.command(
    "show",
    cls=Command,
    said=Text(
        "Vis loggen. Med --about: hvornår og hvorfor der er set på en persons oplysninger, uden at nævne "
        "hvem der gjorde det.",
        "Show the log. With --about: when and why somebody's data were looked up, without saying by whom.",
    ),
)
@option(
    "--what", default="", metavar="ID", da="Kun om denne sag eller ting.", en="Only of this item or thing."
)
@option("--about", default="", metavar="REF", da="Kun om denne person.", en="Only of this person.")
@option("--from", "from_", default="", da="Fra og med denne dato.", en="From this date on.")
@option("--to", default="", da="Til og med denne dato.", en="To the end of this date.")
@option(
    "--who", is_flag=True, da="Nævn også hvem, når --about er givet.", en="Say by whom, with --about too."
)
@with_governance
def show(
    gov: Governance,
    out: Out,
    what: str,
    about: str,
    from_: str,
    to: str,
    who: bool,  # noqa: FBT001 - click names it
) -> int:
    """The lines of the log."""
    found = service.accesses(gov, what=what, about=about, from_=from_, to=to, who=who)
    if out.as_json:
        out.json(found)
        return DONE
    if not found:
        out.line(Text("Der er ingen linjer.", "There are no lines."))
        return DONE
    head = [Text("Hvornår", "When"), Text("Hvad", "What"), Text("Hvilken", "Which"), Text("Svar", "Answer")]
    rows: list[list[Text | str]] = [[each.at, each.did, each.what, each.outcome] for each in found]
    if who or not about:
        head.insert(1, Text("Hvem", "Who"))
        for row, each in zip(rows, found, strict=True):
            row.insert(1, each.who)
    out.table(head, rows)
    return DONE


@access.command(
    "retention",
    cls=Command,
    said=Text(
        "Vis, hvor mange måneder loggen gemmes, eller sæt det fra en dato.",
        "Show how many months the log is kept, or set that from a date on.",
    ),
)
@click.argument("months", metavar="[MONTHS]", required=False)
@option(
    "--from", "from_", default="", da="Fra hvilken dato (ellers i dag).", en="From which date (else today)."
)
@option("--reason", default="", da="Hvorfor.", en="Why.")
@option("--recorder", default="", **RECORDER)
@with_governance
def retention(gov: Governance, out: Out, months: str | None, from_: str, reason: str, recorder: str) -> int:
    """The retention."""
    if months is None:
        if from_ or reason or recorder:
            raise RequestError(Text("skriv også antallet af måneder", "write the number of months as well"))
        view = service.retention(gov)
    else:
        number = whole_number(months, Text("et antal måneder", "a number of months"))
        view = service.set_retention(gov, number, from_=from_, reason=reason, by=recorder)
    if out.as_json:
        out.json(view)
    else:
        _tell(out, view)
    return DONE


def _tell(out: Out, view: RetentionView) -> None:
    since = Text(f" (fra {view.from_})", f" (from {view.from_})") if view.from_ else Text("", "")
    out.line(
        Text(
            f"Loggen gemmes {view.months} måneder{since.da}.",
            f"The log is kept for {view.months} months{since.en}.",
        )
    )
    for each in view.settings:
        by = f", {each.by}" if each.by else ""
        out.line(f"{each.from_}: {each.value} ({each.reason}{by})", 2)


@access.command(
    "purge",
    cls=Command,
    said=Text(
        "Fjern de linjer, der er ældre end den frist, der gælder i dag. Begivenhederne røres ikke.",
        "Remove the lines older than the retention in force today. The events are not touched.",
    ),
)
@option("--dry-run", is_flag=True, da="Tæl dem kun.", en="Only count them.")
@with_governance
def purge(gov: Governance, out: Out, dry_run: bool) -> int:  # noqa: FBT001 - click names it
    """The old lines."""
    done = service.purge_access_log(gov, dry_run=dry_run)
    if out.as_json:
        out.json(done)
        return DONE
    da, en = ("er fjernet", "are removed") if done.done else ("ville blive fjernet", "would be removed")
    out.line(
        Text(
            f"{done.lines} linjer fra før {done.before} {da} (frist: {done.months} måneder).",
            f"{done.lines} lines from before {done.before} {en} (retention: {done.months} months).",
        )
    )
    return DONE
