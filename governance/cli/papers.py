"""The papers of a round: agenda, minutes and invitation of a meeting, the call, the list of orders."""

from __future__ import annotations

from pathlib import Path

import click

from governance import service
from governance.cli.asking import option, with_governance
from governance.cli.bilingual import Command, Group
from governance.cli.looking import KNOWN, ON
from governance.cli.speaking import DONE, Out
from governance.model import RequestError, Text
from governance.service import Document, Governance

_PAPERS = ", ".join(service.PAPERS)


@click.group(
    "papers",
    cls=Group,
    said=Text(
        "Mødets papirer: dagsorden, referat, indkaldelse, opslag og bestillinger.",
        "The papers of a meeting: agenda, minutes, invitation, call and orders.",
    ),
)
def papers() -> None:
    """The papers."""


OUT = {
    "da": "Filen, der skrives; ellers navnet papiret har af sig selv. Findes den, sker der intet.",
    "en": "The file to write; else the name the paper has by itself. Nothing happens when it is there.",
}


@papers.command(
    "meeting",
    cls=Command,
    said=Text(
        f"Skriv et mødes dagsorden eller referat (PDF, DOCX) eller dets indkaldelse (ICS): {_PAPERS}.",
        f"Write the agenda or minutes of a meeting (PDF, DOCX), or its invitation (ICS): {_PAPERS}.",
    ),
)
@click.argument("meeting", metavar="MEETING")
@click.argument("kind", metavar="PAPER")
@option("--out", "file", default="", metavar="FILE", **OUT)
@option("--on", default="", **ON)
@option("--known", default="", **KNOWN)
@with_governance
def meeting_paper(gov: Governance, out: Out, meeting: str, kind: str, file: str, on: str, known: str) -> int:
    """A paper of a meeting."""
    return _written(
        out,
        service.meeting_document(gov, meeting, kind, language=out.language, on=on, known=known),
        file,
    )


@papers.command(
    "call",
    cls=Command,
    said=Text(
        "Skriv opslaget efter nye medlemmer som tekst til nyhedsbrevet.",
        "Write the call for new members as text for the newsletter.",
    ),
)
@click.argument("body", metavar="[BODY]", default="", required=False)
@option("--answer-to", default="", da="Hvor man melder sig.", en="Where to answer.")
@option("--out", "file", default="", metavar="FILE", **OUT)
@option("--on", default="", **ON)
@option("--known", default="", **KNOWN)
@with_governance
def call(gov: Governance, out: Out, body: str, answer_to: str, file: str, on: str, known: str) -> int:
    """The call."""
    said = service.call_document(gov, body, answer_to=answer_to, language=out.language, on=on, known=known)
    if file:
        return _written(out, said, file)
    click.echo(said.content.decode(), nl=False)
    return DONE


@papers.command(
    "orders",
    cls=Command,
    said=Text("Skriv listen over det bestilte (XLSX).", "Write the list of what is ordered (XLSX)."),
)
@option("--out", "file", default="", metavar="FILE", **OUT)
@option("--on", default="", **ON)
@option("--known", default="", **KNOWN)
@with_governance
def orders(gov: Governance, out: Out, file: str, on: str, known: str) -> int:
    """The list of orders."""
    return _written(out, service.orders_document(gov, language=out.language, on=on, known=known), file)


def _written(out: Out, document: Document, file: str) -> int:
    path = Path(file or document.name)
    try:
        with path.open("xb") as there:
            there.write(document.content)
    except FileExistsError:
        raise RequestError(
            Text(
                f"{path} findes allerede; vælg et andet navn med --out",
                f"{path} is there already; choose another name with --out",
            )
        ) from None
    except OSError as error:
        raise RequestError(
            Text(
                f"{path} kan ikke skrives ({error.strerror}); vælg et andet sted med --out",
                f"{path} cannot be written ({error.strerror}); choose another place with --out",
            )
        ) from None
    if out.as_json:
        out.json({"file": str(path), "bytes": len(document.content), "type": document.media_type})
    else:
        out.line(Text(f"Skrevet: {path}", f"Written: {path}"))
    return DONE
