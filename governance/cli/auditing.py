"""Prove the record: to oneself, to whoever keeps a head or a receipt, and offline to an auditor."""

from __future__ import annotations

from pathlib import Path

import click

from governance import service
from governance.cli.asking import option, spoken_options, with_governance
from governance.cli.bilingual import Command, Group
from governance.cli.progress import progress_bar
from governance.cli.speaking import DONE, REFUSED, Out
from governance.model import Text
from governance.service import Audit, Governance, Recheck

EXPECT = option(
    "--expect",
    multiple=True,
    metavar="NUMBER:HASH",
    da="Et ældre hoved eller en kvittering, som skal findes (mindst 12 tegn af hashen; kan gentages).",
    en="An older head or a receipt that must be there (at least 12 characters of the hash; repeatable).",
)


@click.group("audit", cls=Group, said=Text("Bevis, at intet er ændret.", "Prove that nothing was changed."))
def audit() -> None:
    """The proof."""


@audit.command(
    "verify",
    cls=Command,
    said=Text(
        "Hold hele databasen op mod sig selv, og nævn det første, der er galt (udgang 1: noget er galt).",
        "Hold the whole database against itself, and name the first thing wrong (exit 1: something is).",
    ),
)
@EXPECT
@with_governance
def verify(gov: Governance, out: Out, expect: tuple[str, ...]) -> int:
    """The database."""
    with progress_bar(out, Text("Efterprøver", "Verifying")) as progress:
        found = service.audit_verify(gov, expect=expect, progress=progress)
    return _tell(out, found, Text("", ""))


@audit.command(
    "head",
    cls=Command,
    said=Text(
        "Skriv hovedet NUMMER:HASH. Gem det et andet sted; det viser siden, om noget er ændret eller væk.",
        "Print the head NUMBER:HASH. Keep it elsewhere; later it shows whether anything was changed or lost.",
    ),
)
@with_governance
def head(gov: Governance, out: Out) -> int:
    """The head."""
    found = service.audit_head(gov)
    if out.as_json:
        out.json({"head": found})
    else:
        click.echo(found)
    return DONE


@audit.command(
    "export",
    cls=Command,
    said=Text(
        "Skriv alt i én fil, der kan efterprøves uden databasen: personer som referencer, fritekst ordret.",
        "Write everything into one file checked without the database: people by reference, texts whole.",
    ),
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@with_governance
def export(gov: Governance, out: Out, file: Path) -> int:
    """The file."""
    with progress_bar(out, Text("Skriver", "Writing")) as progress:
        found = service.audit_export(gov, file, progress=progress)
    return _tell(out, found, Text(f"Skrevet i {file}. ", f"Written to {file}. "))


@audit.command(
    "recheck",
    cls=Command,
    said=Text(
        "Efterprøv en skrevet fil uden database, og afgør alt i den igen (udgang 1: galt eller ikke bevist).",
        "Check a written file without a database, and decide all in it again (exit 1: wrong or not proved).",
    ),
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@EXPECT
@spoken_options
def recheck(out: Out, file: Path, expect: tuple[str, ...]) -> int:
    """The file judged again."""
    with progress_bar(out, Text("Afgør igen", "Deciding again")) as progress:
        found = service.audit_recheck(file, expect=expect, progress=progress)
    again = Text(
        f"{found.decided} afgørelser er truffet igen. ", f"{found.decided} decisions were made again. "
    )
    code = _tell(out, found, again)
    if found.reworded and not out.as_json:
        events = ", ".join(map(str, found.reworded))
        out.line(
            Text(
                f"Afgjort ens, men fortalt med andre ord, end programmet nu bruger: begivenhed {events}",
                f"Decided alike, but told in other words than the program now has: event {events}",
            )
        )
    if not found.erased:
        return code
    if not out.as_json:
        numbers = ", ".join(map(str, found.erased))
        out.line(
            Text(
                f"Ikke bevist, fordi oplysninger, som regler hviler på, er slettet: begivenhed {numbers}",
                f"Not proved, because facts that rules rest on were erased: event {numbers}",
            )
        )
    return REFUSED


def _tell(out: Out, found: Audit | Recheck, done: Text) -> int:
    if out.as_json:
        out.json(found)
    elif found.problems:
        for problem in found.problems:
            out.line(f"{out(problem.place)}: {out(problem.text)}")
        wrong = len(found.problems)
        out.line(
            Text(f"{wrong} fejl i {found.events} begivenheder", f"{wrong} faults in {found.events} events")
        )
    else:
        holds = Text("Alt stemmer", "All holds")
        if isinstance(found, Recheck) and found.erased:
            holds = Text("Alt, der kan afgøres igen, stemmer", "All that can be decided again holds")
        da = f"{done.da}{holds.da}: {found.events} begivenheder. Hoved, gem det et andet sted:"
        en = f"{done.en}{holds.en}: {found.events} events. The head, to keep elsewhere:"
        out.line(Text(da, en))
        click.echo(found.head)
    return REFUSED if found.problems else DONE
