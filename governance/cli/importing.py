"""Take tables in, and write them out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from governance import service
from governance.cli.asking import RECORDER, option, with_governance, with_new_governance
from governance.cli.bilingual import Command
from governance.cli.progress import progress_bar
from governance.cli.speaking import DONE, VERDICTS, Out
from governance.model import Text, Verdict
from governance.service import Governance, ImportView, TemplateView

SHOWN = 20
PATH = click.Path(path_type=Path)
STANDARD_OUT = Path("-")


@click.command(
    "import",
    cls=Command,
    said=Text(
        "Indlæs en tabel (CSV, XLSX, JSON Lines) som historie: alt eller intet. Uden FIL: skabelonen.",
        "Take in a table (CSV, XLSX, JSON Lines) as history: all rows or none. Without FILE: the template.",
    ),
)
@click.argument("file", metavar="[FILE]", required=False, type=PATH)
@option(
    "--template",
    required=True,
    metavar="NAME",
    da="items, bodies, seats, terms, meetings, attendance, agenda, ballots eller events.",
    en="items, bodies, seats, terms, meetings, attendance, agenda, ballots or events.",
)
@option(
    "--dry-run",
    is_flag=True,
    da="Vis, hvad der ville ske, og gem intet.",
    en="Show what would happen, and store nothing.",
)
@option("--source", default="", da="Kilden til rækker uden en.", en="The source of rows that name none.")
@option("--recorder", default="", **RECORDER)
@option(
    "--out",
    "target",
    type=PATH,
    default=STANDARD_OUT,
    metavar="FILE",
    da="Hvor skabelonen skrives (.csv, .xlsx, .jsonl).",
    en="Where the template is written (.csv, .xlsx, .jsonl).",
)
@with_new_governance
def import_(  # noqa: PLR0913, PLR0917 - one parameter an option
    gov: Governance,
    out: Out,
    file: Path | None,
    template: str,
    dry_run: bool,  # noqa: FBT001 - click gives it by name
    source: str,
    recorder: str,
    target: Path,
) -> int:
    """Take a table in, or show how one is to look."""
    if file is None:
        return _template(out, service.template_view(gov, template), target)
    with progress_bar(out, Text("Indlæser", "Taking in")) as progress:
        view = service.import_table(
            gov, file, template, source=source, recorder=recorder, dry_run=dry_run, progress=progress
        )
    if out.as_json:
        out.json(view)
    else:
        _tell(out, view)
    return DONE


def _template(out: Out, view: TemplateView, target: Path) -> int:
    if out.as_json:
        out.json(view)
        return DONE
    there = sys.stdout.buffer if target == STANDARD_OUT else target
    service.write_template(view, there, out.language)
    if view.facts and target != STANDARD_OUT:
        facts = ", ".join(view.facts)
        out.line(Text(f"Flere kolonner kan tilføjes: {facts}", f"More columns may be added: {facts}"))
    return DONE


def _tell(out: Out, view: ImportView) -> None:
    for note in view.notes:
        out.line(Text(f"Bemærk: {note.da}", f"Note: {note.en}"))
    for slip in view.slips[:SHOWN]:
        out.line(slip)
    if view.slip_count > SHOWN:
        more = view.slip_count - SHOWN
        out.line(Text(f"og {more} rettelser af samme slags", f"and {more} more put right"))
    done = (
        Text("Indlæst", "Taken in")
        if view.stored
        else Text("Prøve, intet er gemt", "Dry run, nothing is stored")
    )
    passed = (f", uden for: {view.passed}", f", passed over: {view.passed}") if view.passed else ("", "")
    out.line(
        Text(
            f"{done.da}. Nye rækker: {view.new}, i forvejen: {view.known}{passed[0]}. "
            f"Begivenheder: {view.events}",
            f"{done.en}. New rows: {view.new}, there already: {view.known}{passed[1]}. Events: {view.events}",
        )
    )
    judged = [(number, VERDICTS[Verdict(verdict)]) for verdict, number in view.verdicts.items()]
    if judged:
        da, en = ", ".join(f"{n} {v.da}" for n, v in judged), ", ".join(f"{n} {v.en}" for n, v in judged)
        out.line(Text(f"Skridtene er bedømt: {da}", f"The steps were judged: {en}"))
    if view.head:
        out.line(Text(f"Hoved: {view.head}", f"Head: {view.head}"))


@click.command(
    "export",
    cls=Command,
    said=Text(
        "Skriv sager, begivenheder, pladser eller stemmesedler (items, events, seats, ballots) som tabel.",
        "Write items, events, seats or ballots as a table.",
    ),
)
@click.argument("what", metavar="WHAT", type=click.Choice(list(service.EXPORTS)))
@option(
    "--out",
    "target",
    type=PATH,
    required=True,
    metavar="FILE",
    da="Filen, der ender på .csv, .xlsx eller .jsonl; - er CSV på skærmen.",
    en="The file, ending in .csv, .xlsx or .jsonl; - is CSV on the screen.",
)
@option(
    "--on", default="", da="Som det stod den dag (ellers i dag).", en="As it stood on that day (else today)."
)
@with_governance
def export(gov: Governance, out: Out, what: str, target: Path, on: str) -> int:
    """Write a table."""
    if target == STANDARD_OUT:
        service.export_table(gov, what, sys.stdout.buffer, on=on, language=out.language)
        return DONE
    rows = service.export_table(gov, what, target, on=on, language=out.language)
    if out.as_json:
        out.json({"file": str(target), "rows": rows})
    else:
        out.line(Text(f"{rows} rækker skrevet i {target}", f"{rows} rows written to {target}"))
    return DONE
