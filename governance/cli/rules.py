"""The rules: check the files, show them, trace them to the document, give editors their schema."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from governance import service
from governance.cli.asking import database_option, governed, option, spoken_options
from governance.cli.bilingual import Command, Group
from governance.cli.looking import ON
from governance.cli.speaking import CHECKS, DONE, FORCES, OURS, REFUSED, UNUSABLE, Out, complain
from governance.model import RequestError, Text
from governance.service import Governance, NoRegister, RulesView, RuleView, TraceLine

MOST_DOCUMENT = 5_000_000


@click.group("rules", cls=Group, said=Text("Reglerne selv.", "The rules themselves."))
def rules() -> None:
    """The rules."""


def _over_rules(folder: Path | None, database: str | None, command: Callable[[Governance], int]) -> int:
    """Run a command over a folder's rules alone, or over the register's: those it has adopted too.

    Without a folder and without a register the rules are those `governance init` would begin with.
    """
    if folder is None:
        try:
            gov = service.open_governance(database, create=False)
        except NoRegister:
            if database is not None:
                raise
        else:
            code: int = governed(gov, {}, lambda: command(gov))
            return code
    gov = service.open_governance("sqlite://", folder)
    try:
        return command(gov)
    finally:
        gov.engine.dispose()


@rules.command(
    "check",
    cls=Command,
    said=Text(
        "Læs regelfilerne, og vis alle fejl i dem.", "Read the rule files, and show every fault in them."
    ),
)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@spoken_options
def check(out: Out, folder: Path | None) -> int:
    """Every fault in rule files."""
    chosen = folder or service.rules_folder()
    faults = service.check_rules(chosen)
    if out.as_json:
        out.json({"ok": not faults, "faults": faults})
    elif faults:
        for fault in faults:
            complain(str(fault))
        complain(out(Text(f"{len(faults)} fejl i {chosen}", f"{len(faults)} faults in {chosen}")))
    else:
        out.line(Text(f"Ingen fejl i {chosen}", f"No faults in {chosen}"))
    return UNUSABLE if faults else DONE


@rules.command(
    "show",
    cls=Command,
    said=Text(
        "Vis reglerne i ord, bestemmelse for bestemmelse.", "Show the rules in words, clause by clause."
    ),
)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@option("--on", default="", **ON)
@spoken_options
@database_option
def show(out: Out, folder: Path | None, on: str, database: str | None) -> int:
    """The rules in words."""
    return _over_rules(folder, database, lambda gov: _tell_rules(out, service.rules(gov, on=on)))


def _tell_rules(out: Out, view: RulesView) -> int:
    if out.as_json:
        out.json(view)
        return DONE
    out.line(f"{out(view.title)}: {out(view.document)} ({view.from_} – {view.to})")
    for clause in view.clauses:
        out.line()
        out.line(f"{clause.id}  {out(FORCES[clause.force])}, {out(CHECKS[clause.check])}: {out(clause.text)}")
    for process in view.processes:
        out.line()
        out.line(out(process.label).upper())
        for step in process.steps:
            by = ", ".join(out(body.label) for body in step.by)
            before = ", ".join(out(state.label) for state in step.from_states)
            after = f" → {out(step.to.label)}" if step.to is not None else ""
            out.line(f"{step.id}: {out(step.label)} ({by}, {step.by_clause or out(OURS)})", 2)
            out.line(f"{before} ({step.from_clause or out(OURS)}){after}", 6)
            for rule in step.rules:
                _tell_rule(out, rule, 6)
    out.line()
    out.line(Text("REGLER VED SIDEN AF", "RULES BESIDE THEM"))
    for rule in view.rules:
        _tell_rule(out, rule, 2)
    out.line()
    out.line(Text("LÆSNINGER", "READINGS"))
    for reading in view.readings:
        out.line(f"{reading.clause}  {reading.id} (»{reading.phrase}«): {out(reading.means)}", 2)
    out.line()
    out.line(Text("TAVST", "SILENT"))
    for remark in view.silences:
        out.line(f"- {out(remark.label)}", 2)
    return DONE


def _tell_rule(out: Out, rule: RuleView, indent: int) -> None:
    out.line(f"{rule.clause or out(OURS)}, {out(FORCES[rule.force])}: {out(rule.text)}", indent)


@rules.command(
    "trace",
    cls=Command,
    said=Text(
        "Vis hver bestemmelses plads og vores ord; med --document den oprindelige sætning ved siden af.",
        "Show each clause's place and our words; with --document the original sentence beside them.",
    ),
)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@option(
    "--document",
    type=click.Path(path_type=Path),
    metavar="FILE",
    da="Kommissoriets tekst, som du selv har (UTF-8).",
    en="The kommissorium's text, which you hold yourself (UTF-8).",
)
@option("--on", default="", **ON)
@spoken_options
@database_option
def trace(out: Out, folder: Path | None, document: Path | None, on: str, database: str | None) -> int:
    """Each clause beside the document."""
    text = None if document is None else _text_of(document)
    return _over_rules(folder, database, lambda gov: _tell_trace(out, service.trace(gov, text, on=on)))


def _tell_trace(out: Out, lines: Sequence[TraceLine]) -> int:
    missing = [line for line in lines if line.found is False]
    if out.as_json:
        out.json(lines)
        return REFUSED if missing else DONE
    for line in lines:
        checked = out(CHECKS[line.check])
        out.line(f"{line.clause}  {out(line.section)}, {line.place} ({out(FORCES[line.force])}, {checked})")
        out.line(line.text, 5)
        if line.found:
            where = Text(
                f"linje {line.first_line}–{line.last_line}", f"lines {line.first_line}–{line.last_line}"
            )
            out.line(f"{out(where)}: {line.original}", 5)
        elif line.found is False:
            out.line(Text("findes ikke i dokumentet", "is not in the document"), 5)
        for rule in line.rules:
            out.line(f"- {rule.id}: {out(rule.label)}", 5)
    if any(line.found is not None for line in lines):
        found = len(lines) - len(missing)
        out.line()
        out.line(
            Text(
                f"{found} af {len(lines)} er fundet i dokumentet",
                f"{found} of {len(lines)} are found in the document",
            )
        )
    return REFUSED if missing else DONE


def _text_of(document: Path) -> str:
    try:
        with document.open("rb") as file:
            content = file.read(MOST_DOCUMENT + 1)
        text = content.decode("utf-8-sig")
    except (OSError, ValueError):
        raise _no_document(document) from None
    if len(content) > MOST_DOCUMENT:
        raise _no_document(document)
    return text


def _no_document(document: Path) -> RequestError:
    return RequestError(
        Text(
            f"dokumentet {document} kan ikke læses; giv en tekstfil i UTF-8 på højst 5 MB",
            f"the document {document} cannot be read; give a text file in UTF-8 of at most 5 MB",
        )
    )


@rules.command(
    "schema",
    cls=Command,
    said=Text(
        "Skriv det JSON Schema, en editor kan bruge til regelfiler.",
        "Write the JSON Schema an editor can use for rule files.",
    ),
)
@spoken_options
def schema(out: Out) -> int:
    """The JSON Schema of rule files."""
    out.json(service.rules_schema())
    return DONE
