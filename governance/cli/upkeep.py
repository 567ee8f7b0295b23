"""Keep the installation well: look it over, take backups, put them back."""

from __future__ import annotations

from pathlib import Path

import click

from governance import service
from governance.cli.asking import database_option, rules_option, spoken_options, with_governance
from governance.cli.bilingual import Command
from governance.cli.progress import progress_bar
from governance.cli.speaking import DONE, REFUSED, Out, complain
from governance.model import Text
from governance.service import FAULT, Governance

LEVELS = {
    "fine": Text("i orden", "fine"),
    "warning": Text("advarsel", "warning"),
    "fault": Text("fejl", "fault"),
}
VERIFYING = Text("Efterprøver", "Verifying")


@click.command(
    "doctor",
    cls=Command,
    said=Text(
        "Se installationen efter: database, regler, ur, og hvad der kan gøres (udgang 1: der er en fejl).",
        "Look the installation over: database, rules, clock ... with what to do (exit 1: there is a fault).",
    ),
)
@database_option
@rules_option
@spoken_options
def doctor(out: Out, database: str | None, rules: Path | None) -> int:
    """Each thing that must be as it should."""
    checks = service.doctor(database, rules)
    code = REFUSED if any(check.level == FAULT for check in checks) else DONE
    if out.as_json:
        out.json(checks)
        return code
    width = max(len(out(level)) for level in LEVELS.values())
    for check in checks:
        out.line(f"{out(LEVELS[check.level]).ljust(width)}  {out(check.name)}: {out(check.found)}")
        if check.mend is not None:
            out.line(f"→ {out(check.mend)}", width + 2)
    return code


@click.command(
    "backup",
    cls=Command,
    said=Text(
        "Tag en sikkerhedskopi, også mens registret er i brug; den efterprøves, før den får sit navn.",
        "Take a backup, also while the register is in use; it is verified before it gets its name.",
    ),
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@with_governance
def backup(gov: Governance, out: Out, file: Path) -> int:
    """A copy that proves itself."""
    with progress_bar(out, VERIFYING) as progress:
        done = service.backup(gov, file, progress=progress)
    if done.command:
        complain(
            out(
                Text(
                    "intet er kopieret; PostgreSQL kopieres af sit eget program",
                    "nothing is copied; PostgreSQL is copied by its own program",
                )
            )
        )
    if out.as_json:
        out.json(done)
    elif done.command:
        click.echo(done.command)
    else:
        out.line(
            Text(
                f"{done.file}: {done.events} begivenheder, efterprøvet. Hoved: {done.head}",
                f"{done.file}: {done.events} events, verified. Head: {done.head}",
            )
        )
    return REFUSED if done.command else DONE


@click.command(
    "restore",
    cls=Command,
    said=Text(
        "Læg en sikkerhedskopi et tomt sted: hvor der intet register er, eller et uden begivenheder.",
        "Put a backup into an empty place: where there is no register, or one without events.",
    ),
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@database_option
@spoken_options
def restore(out: Out, file: Path, database: str | None) -> int:
    """A backup put back."""
    with progress_bar(out, VERIFYING) as progress:
        done = service.restore(file, database, progress=progress)
    if out.as_json:
        out.json(done)
    else:
        out.line(
            Text(
                f"{done.database}: {done.events} begivenheder gendannet og efterprøvet. Hoved: {done.head}",
                f"{done.database}: {done.events} events restored and verified. Head: {done.head}",
            )
        )
    return DONE
