"""The document of the API, for whoever writes a client."""

from __future__ import annotations

from importlib import import_module

import click

from governance.cli.asking import spoken_options
from governance.cli.bilingual import Command
from governance.cli.speaking import DONE, Out
from governance.model import Text


@click.command(
    "openapi",
    cls=Command,
    said=Text(
        "Skriv API'ets dokument (OpenAPI 3.1): alt, hvad sider og programmer kan bede om.",
        "Write the API's document (OpenAPI 3.1): everything that programs can ask for.",
    ),
)
@spoken_options
def openapi(out: Out) -> int:  # noqa: ARG001 - the document is the same in both languages
    """The document of the API."""
    click.echo(import_module("web.api").document_text(), nl=False)
    return DONE
