"""Take a step."""

from __future__ import annotations

import click

from governance import service
from governance.cli.asking import (
    KEY,
    ON,
    ORIGIN,
    PERSON,
    REASON,
    RECORDER,
    SOURCE,
    VERSION,
    option,
    pairs,
    version_of,
    with_governance,
)
from governance.cli.bilingual import Command
from governance.cli.speaking import DONE, OURS, REFUSED, VERDICTS, Out
from governance.model import Ruled, Text, Verdict
from governance.service import Governance, Receipt

NOT_FINE = (Verdict.BROKEN, Verdict.UNKNOWN, Verdict.OPEN, Verdict.WAIVED)


@click.command(
    "advance",
    cls=Command,
    said=Text(
        "Tag et skridt med en sag, på et organs vegne. Et afslag siger præcis hvorfor og gemmes.",
        "Take a step with an item, for a body. A refusal says exactly why, and is stored.",
    ),
)
@click.argument("item", metavar="ITEM")
@click.argument("step", metavar="STEP")
@option("--by", "body", required=True, metavar="BODY", da="Det organ, der handler.", en="The body that acts.")
@option("--on", default="", **ON)
@option(
    "--fact",
    "--set",
    "facts",
    multiple=True,
    metavar="NAME=VALUE",
    da="En oplysning, skridtet beder om.",
    en="A fact the step asks for.",
)
@option("--reason", default="", **REASON)
@option("--person", default="", **PERSON)
@option("--recorder", default="", **RECORDER)
@option("--source", default="", **SOURCE)
@option("--origin", default="live", **ORIGIN)
@option("--version", "seen", metavar="NUMBER", **VERSION)
@option("--key", default="", **KEY)
@with_governance
def advance(  # noqa: PLR0913, PLR0917 - one parameter an option
    gov: Governance,
    out: Out,
    item: str,
    step: str,
    body: str,
    on: str,
    facts: tuple[str, ...],
    reason: str,
    person: str,
    recorder: str,
    source: str,
    origin: str,
    seen: str | None,
    key: str,
) -> int:
    """Take a step."""
    receipt = service.advance(
        gov,
        item,
        step,
        body,
        on=on,
        inputs=pairs(facts),
        reason=reason,
        person=person,
        recorder=recorder,
        version=version_of(seen),
        origin=origin,
        source=source,
        key=key,
    )
    return step_said(
        out,
        receipt,
        Text(f"{step} er taget", f"{step} is taken"),
        Text(f"{step} er afvist", f"{step} is refused"),
    )


def step_said(out: Out, receipt: Receipt, taken: Text, refused: Text) -> int:
    """Tell what came of a step, with every reason that is not fine, and the receipt."""
    if out.as_json:
        out.json(receipt)
        return DONE if receipt.allowed else REFUSED
    state = receipt.state.label if receipt.state is not None else Text("?", "?")
    event = Text(f"begivenhed {receipt.event}", f"event {receipt.event}")
    if receipt.allowed:
        da = f"{taken.da}; nu {state.da} ({event.da}, version {receipt.version})"
        en = f"{taken.en}; now {state.en} ({event.en}, version {receipt.version})"
    else:
        da = f"{refused.da}; stadig {state.da} ({event.da})"
        en = f"{refused.en}; still {state.en} ({event.en})"
    out.line(f"{receipt.entity}: {out(Text(da, en))}")
    tell_findings(out, [ruled for ruled in receipt.findings if ruled.verdict in NOT_FINE], indent=2)
    tell_proof(out, receipt)
    return DONE if receipt.allowed else REFUSED


def tell_proof(out: Out, receipt: Receipt) -> None:
    """The receipt to keep, on a line of its own."""
    click.echo(f"{out(Text('Kvittering', 'Receipt'))}: {receipt.proof}")


def tell_findings(out: Out, findings: list[Ruled], indent: int) -> None:
    """Each finding with its clause, why, and what would mend it."""
    for ruled in findings:
        clause = ruled.clause or out(OURS)
        soft = "" if ruled.blocks else out(Text(" (stopper ikke)", " (stops nothing)"))
        out.line(f"{clause}, {out(VERDICTS[ruled.verdict])}{soft}: {out(ruled.because)}", indent)
        if ruled.mend is not None:
            out.line(f"{out(Text('Afhjælpes', 'Mended by'))}: {out(ruled.mend)}", indent + 4)
