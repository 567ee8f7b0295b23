"""The OpenAPI document of the API, built from its operations and nothing else."""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import version
from typing import Any

from flask import Flask

from governance.model import Text
from web.api.operations import TheApi, part

OPENAPI = "3.1.0"
DESCRIPTION = """\
Everything the pages do, for programs. The rules decide here as they do there: what is refused says every
reason with its clause and what would mend it.

**Who asks.** Send a personal access token as `Authorization: Bearer …`. Cookies are never taken here. A
token does what its scope names: it revokes others of its owner with `keep`, and none makes another.

**Changes** name the version they saw: read the thing at `/items/{id}`, whatever it is, or at
`/organisations/{id}`, and send its `ETag` as `If-Match`. A thing that has changed since answers 412 and says
what happened meanwhile.

**Sent twice?** Give a request an `Idempotency-Key` of your own: sent again with it, it is stored once and
gets the first answer. The same key with another content is refused.

**Problems** are `application/problem+json` (RFC 9457), their sentences in Danish and English. A step the
rules do not allow is 422 with the whole decision, and the refusal is stored.

**Ids** may hold slashes and stand last in an address, so that none is ambiguous. Days are `2026-03-01`, or a
month or a year where one is known no better. Facts are text, so that numbers are exact.
"""
TAGS = {
    "items": Text(
        "Sager: find dem, se alt om en, opret en.", "Items: find them, see everything about one, enter one."
    ),
    "steps": Text(
        "Hvad der er tilladt, og hvad der ikke er: læs det, prøv det, gør det.",
        "What is allowed and what is not: read it, try it, do it.",
    ),
    "record": Text(
        "Skriv ned, hvad der vides, ret det, og se, hvordan det står.",
        "Write down what is known, correct it, and see how it stands.",
    ),
    "organisations": Text(
        "Hvad der vides om hver organisation, og hvor den deltager.",
        "What is known of each organisation, and where it takes part.",
    ),
    "seats": Text("Hvem der sidder hvor, over tid og fremad.", "Who sits where, over time and ahead."),
    "meetings": Text(
        "Møder, deres dagsordener, fremmøde og konklusioner.",
        "Meetings, their agendas, attendance and conclusions.",
    ),
    "rounds": Text("Prioriteringsrunder.", "Rounds of prioritising."),
    "papers": Text("Papirer som filer.", "Papers as files."),
    "rules": Text("Reglerne selv.", "The rules themselves."),
    "audit": Text(
        "Beviset for det skrevne, til den, der reviderer.", "The proof of the record, for whoever audits."
    ),
    "accounts": Text(
        "Konti, embeder og adgangsnøgler, til den, der fører dem.",
        "Accounts, offices and access tokens, for whoever keeps them.",
    ),
}


@cache
def document_text() -> str:
    """The document as JSON, the same text for the same program."""
    return json.dumps(_built(), ensure_ascii=False, indent=2) + "\n"


def document(root: str = "") -> dict[str, Any]:
    """The document; ``root`` is the path that the application is mounted under."""
    found: dict[str, Any] = json.loads(document_text())
    return {**found, "servers": [{"url": root or "/"}]}


def _built() -> dict[str, Any]:
    """From an application of its own that has the operations and nothing besides."""
    app = Flask("governance")
    app.config.update(API_TITLE="Governance", API_VERSION=version("dubu-governance"), OPENAPI_VERSION=OPENAPI)
    api = TheApi(
        app,
        spec_kwargs={
            "info": {"description": DESCRIPTION, "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}},
            "servers": [{"url": "/"}],
            "security": [{"token": []}],
            "tags": [{"name": name, "description": said.en} for name, said in TAGS.items()],
        },
    )
    api.spec.components.security_scheme(
        "token", {"type": "http", "scheme": "bearer", "description": "A personal access token."}
    )
    app.register_blueprint(part)
    part.register_views_in_doc(api, app, api.spec, name=part.name, parameters=None)
    found: dict[str, Any] = json.loads(json.dumps(api.spec.to_dict()))
    for operations in found["paths"].values():
        for method in operations.keys() & {"get", "post"}:
            operations[method]["responses"] = dict(sorted(operations[method]["responses"].items()))
    for schema in found["components"]["schemas"].values():
        schema["additionalProperties"] = False  # apispec says so only of schemas without a description
    return found
