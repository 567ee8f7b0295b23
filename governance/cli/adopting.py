"""Take in a new rulebook, once its list of what changes has been seen."""

from __future__ import annotations

import shlex

import click

from governance import service
from governance.cli.acting import tell_findings
from governance.cli.asking import KEY, RECORDER, SOURCE, option, with_governance
from governance.cli.bilingual import Command
from governance.cli.items import receipt_said
from governance.cli.speaking import CONFLICT, DONE, Out, complain, plain, printable
from governance.model import Text
from governance.service import AdoptionView, Affected, Governance, ListChanged

CHANGES = {
    "opens": Text("åbner", "opens"),
    "closes": Text("lukker", "closes"),
    "appears": Text("kommer til", "is new"),
    "vanishes": Text("falder væk", "is gone"),
}


@click.command(
    "adopt",
    cls=Command,
    said=Text(
        "Tag et nyt regelsæt i brug. Først vises, hvad det ændrer for de sager, der er i gang; "
        "med den kode, listen slutter med, tages det ind.",
        "Adopt a new rulebook. First shown is what it changes for the items under way; "
        "with the code that ends the list it is taken in.",
    ),
)
@click.argument("folder", metavar="DIR")
@option(
    "--accept",
    default="",
    metavar="CODE",
    da="Koden fra den liste, du har set; så tages regelsættet ind.",
    en="The code of the list you have seen; then the rulebook is taken in.",
)
@option(
    "--all",
    "whole",
    is_flag=True,
    da="Alle grunde, også for sager i en tilstand, de nye regler ikke kender.",
    en="All reasons, for items in a state the new rules do not know too.",
)
@option("--source", default="", **SOURCE)
@option("--recorder", default="", **RECORDER)
@option("--key", default="", **KEY)
@with_governance
def adopt(  # noqa: PLR0913, PLR0917 - one parameter an option
    gov: Governance,
    out: Out,
    folder: str,
    accept: str,
    whole: bool,  # noqa: FBT001 - click names it
    source: str,
    recorder: str,
    key: str,
) -> int:
    """A new rulebook."""
    if not accept.strip():
        view = service.adoption(gov, folder)
        if out.as_json:
            out.json(view)
        else:
            _tell(out, view, folder, whole=whole)
        return DONE
    try:
        receipt = service.adopt(gov, folder, accept, source=source, recorder=recorder, key=key)
    except ListChanged as changed:
        if out.as_json:
            out.json({**plain(changed.adoption), "error": changed.problems, "meanwhile": []})
        else:
            _tell(out, changed.adoption, folder, whole=whole)
        complain(out(changed.problems[0]))
        return CONFLICT
    return receipt_said(out, receipt, Text("taget i brug", "adopted"))


def _tell(out: Out, view: AdoptionView, folder: str, *, whole: bool) -> None:
    out.line(
        Text(
            f"{view.title.da}: {view.id} fra {view.from_}, efter det fra {view.after}",
            f"{view.title.en}: {view.id} from {view.from_}, after that from {view.after}",
        )
    )
    changed = len(view.items)
    out.line(
        Text(
            f"{changed} af de {view.running} forløb, der er i gang, ændres",
            f"{changed} of the {view.running} processes under way change",
        )
    )
    for item in view.items:
        out.line()
        _tell_item(out, item, whole=whole)
    out.line()
    if not whole and any(item.lost for item in view.items):
        out.line(Text("Alle grunde: --all", "All reasons: --all"))
    out.line(Text("Tag det i brug med", "Adopt it with"))
    words = ["governance", "rules", "adopt", folder, *_given(), "--accept", view.code]
    click.echo(printable(shlex.join(words)))


def _given() -> list[str]:
    """The database and the rules, where the command named them."""
    params = click.get_current_context().params
    named = ((f"--{name}", params.get(name)) for name in ("database", "rules"))
    return [word for option_, value in named if value is not None for word in (option_, str(value))]


def _tell_item(out: Out, item: Affected, *, whole: bool) -> None:
    out.line(f"{item.id}: {item.title} ({out(item.kind.label)}, {out(item.state.label)})")
    for unknown in item.unknown:
        out.line(f"{out(Text('de nye regler', 'the new rules'))}: {out(unknown)}", 2)
    if item.lost and not whole:
        for change in dict.fromkeys(each.change for each in item.steps):
            steps = [out(each.step.label) for each in item.steps if each.change == change]
            out.line(f"{out(CHANGES[change])}: {', '.join(steps)}", 2)
        return
    for each in item.steps:
        out.line(f"{out(each.step.label)} ({each.step.id}): {out(CHANGES[each.change])}", 2)
        tell_findings(out, list(each.findings), indent=6)
