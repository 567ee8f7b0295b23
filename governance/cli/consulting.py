"""Consult somebody on an item, and write down what they answer."""

from __future__ import annotations

import click

from governance import service
from governance.cli.acting import step_said
from governance.cli.asking import KEY, ON, PERSON, RECORDER, SOURCE, option, with_governance
from governance.cli.bilingual import Command
from governance.cli.items import receipt_said
from governance.cli.speaking import Out
from governance.model import Text
from governance.service import Governance


@click.command(
    "consult",
    cls=Command,
    said=Text(
        "Hør nogen om en sag: et panel, en styrelse, leverandøren. Svaret skrives med `answer`.",
        "Consult somebody on an item: a panel, an agency, the vendor. `answer` writes the answer down.",
    ),
)
@click.argument("item", metavar="ITEM")
@option("--of", "asked_of", required=True, metavar="WHOM", da="Hvem der spørges.", en="Who is asked.")
@option("--question", required=True, da="Spørgsmålet.", en="The question.")
@option(
    "--by",
    "body",
    default="",
    metavar="BODY",
    da="Det organ, der spørger (ellers det første, der kan).",
    en="The body that asks (else the first that may).",
)
@option("--on", default="", **ON)
@option("--person", default="", **PERSON)
@option("--recorder", default="", **RECORDER)
@option("--source", default="", **SOURCE)
@option("--key", default="", **KEY)
@with_governance
def consult(  # noqa: PLR0913, PLR0917 - one parameter an option
    gov: Governance,
    out: Out,
    item: str,
    asked_of: str,
    question: str,
    body: str,
    on: str,
    person: str,
    recorder: str,
    source: str,
    key: str,
) -> int:
    """Consult somebody."""
    receipt = service.consult(
        gov,
        item,
        asked_of,
        question,
        body=body,
        on=on,
        person=person,
        recorder=recorder,
        source=source,
        key=key,
    )
    code = step_said(
        out,
        receipt,
        Text(f"{asked_of} er spurgt", f"{asked_of} is asked"),
        Text("høringen er afvist", "the consultation is refused"),
    )
    if receipt.allowed and not out.as_json:
        asked = service.item(gov, receipt.entity, on=on).consultations[-1].id
        out.line(
            Text(
                f"Svaret skrives med `governance answer {asked}`",
                f"`governance answer {asked}` takes the answer",
            )
        )
    return code


@click.command(
    "answer",
    cls=Command,
    said=Text(
        "Skriv svaret på en høring ned, og hvornår det kom.",
        "Write down the answer to a consultation, and when it came.",
    ),
)
@click.argument("consultation", metavar="CONSULTATION")
@option("--text", required=True, da="Svaret.", en="The answer.")
@option("--on", default="", **ON)
@option("--recorder", default="", **RECORDER)
@option("--source", default="", **SOURCE)
@option("--key", default="", **KEY)
@with_governance
def answer(  # noqa: PLR0913, PLR0917 - one parameter an option
    gov: Governance,
    out: Out,
    consultation: str,
    text: str,
    on: str,
    recorder: str,
    source: str,
    key: str,
) -> int:
    """Write an answer down."""
    receipt = service.answer(gov, consultation, text, on=on, recorder=recorder, source=source, key=key)
    return receipt_said(out, receipt, Text("svaret er skrevet ned", "the answer is written down"))
