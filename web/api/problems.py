"""Everything that is no plain answer, as problem details (RFC 9457) with the sentences the pages show."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Response, json, request, url_for
from werkzeug.exceptions import HTTPException

from governance.faults import RuleError
from governance.model import Conflict, Forbidden, RequestError, Text, Unanswered
from governance.service import Receipt
from web.api.schemas import schema_of
from web.api.sentences import Fault, NotThere, Refused, Unreadable, Unseen

MEDIA_TYPE = "application/problem+json"
LANGUAGES = ("da", "en")


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of problem: the end of its address on the documentation page, its title and what to do."""

    id: str
    title: Text
    advice: Text


KINDS = {
    HTTPStatus.BAD_REQUEST: Kind(
        "unreadable",
        Text("Forespørgslen kan ikke bruges", "The request cannot be used"),
        Text("Ret hvert problem, og send igen.", "Mend every problem and send it again."),
    ),
    HTTPStatus.UNAUTHORIZED: Kind(
        "nobody",
        Text("Ingen gyldig nøgle", "No valid token"),
        Text(
            "Send en gyldig adgangsnøgle i `Authorization: Bearer …`.",
            "Send a valid access token in `Authorization: Bearer …`.",
        ),
    ),
    HTTPStatus.FORBIDDEN: Kind(
        "forbidden",
        Text("Det har du ikke ret til", "You have no right to that"),
        Text(
            "Problemet siger, hvilken ret der mangler; den, der fører rettighederne, kan give den.",
            "The problem says which right is missing; whoever keeps the rights can give it.",
        ),
    ),
    HTTPStatus.NOT_FOUND: Kind(
        "nothing",
        Text("Der er intet på denne adresse", "There is nothing at this address"),
        Text("Problemet siger, hvad der måske er ment.", "The problem says what may have been meant."),
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: Kind(
        "method",
        Text("Adressen kan ikke det", "This address cannot do that"),
        Text("`Allow` siger, hvad den kan.", "`Allow` says what it can."),
    ),
    HTTPStatus.CONFLICT: Kind(
        "overtaken",
        Text("En anden kom først", "Somebody else was faster"),
        Text("Læs tingen igen, og se, hvad der er sket.", "Read the thing again and look at what happened."),
    ),
    HTTPStatus.PRECONDITION_FAILED: Kind(
        "stale",
        Text("Tingen er ændret, siden du læste den", "The thing has changed since you read it"),
        Text(
            "`conflict` siger, hvad der skete imens; læs tingen igen, og brug dens nye `ETag`.",
            "`conflict` says what happened meanwhile; read the thing again and use its new `ETag`.",
        ),
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Kind(
        "too-much",
        Text("Det var for meget på én gang", "That was too much at once"),
        Text("Send mindre.", "Send less."),
    ),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: Kind(
        "no-json",
        Text("Indholdet er ikke JSON", "The content is not JSON"),
        Text("Send `Content-Type: application/json`.", "Send `Content-Type: application/json`."),
    ),
    HTTPStatus.UNPROCESSABLE_ENTITY: Kind(
        "refused",
        Text("Skridtet er afvist", "The step is refused"),
        Text(
            "`decision` har hver grund med dens bestemmelse og afhjælpning. Afvisningen er gemt.",
            "`decision` has every reason with its clause and what would mend it. The refusal is stored.",
        ),
    ),
    HTTPStatus.PRECONDITION_REQUIRED: Kind(
        "unseen",
        Text("Der mangler en `If-Match`", "An `If-Match` is missing"),
        Text(
            'Læs tingen, og send dens `ETag` som `If-Match`, fx `If-Match: "7"`.',
            'Read the thing and send its `ETag` as `If-Match`, as in `If-Match: "7"`.',
        ),
    ),
    HTTPStatus.TOO_MANY_REQUESTS: Kind(
        "too-often",
        Text("For mange forespørgsler", "Too many requests"),
        Text("Vent så længe, `Retry-After` siger.", "Wait as long as `Retry-After` says."),
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: Kind(
        "ours",
        Text("Noget gik galt her", "Something went wrong here"),
        Text("Fejlen er vores. Intet er gemt halvt.", "The fault is ours. Nothing was stored halfway."),
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: Kind(
        "unanswered",
        Text("Svaret gik tabt, eller der lukkes ned", "The answer was lost, or the server is closing"),
        Text(
            "Send det samme igen med samme `Idempotency-Key`: det gemmes én gang.",
            "Send the same again with the same `Idempotency-Key`: it is stored once.",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """A thing that has changed: the version that was seen, the one it has, and what happened since."""

    entity: str
    seen: int
    current: int
    meanwhile: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class ProblemDetails:
    """What went wrong (RFC 9457). ``title`` and ``detail`` follow `Accept-Language`; sentences have both.

    ``decision`` stands where a step was refused, ``conflict`` where a thing has changed.
    """

    type: str
    title: str
    status: int
    detail: str
    problems: tuple[Fault, ...] = ()
    decision: Receipt | None = None
    conflict: Meanwhile | None = None


def problem(
    status: int,
    faults: tuple[Fault, ...] = (),
    *,
    decision: Receipt | None = None,
    conflict: Meanwhile | None = None,
) -> Response:
    """A problem as an answer."""
    kind = KINDS.get(HTTPStatus(status)) or KINDS[HTTPStatus.BAD_REQUEST]
    language = request.accept_languages.best_match(LANGUAGES, default="da")
    said = "; ".join(each.text.in_language(language) for each in faults)
    details = ProblemDetails(
        type=url_for("api_pages.docs", _anchor=kind.id),
        title=kind.title.in_language(language),
        status=status,
        detail=said or kind.advice.in_language(language),
        problems=faults,
        decision=decision,
        conflict=conflict,
    )
    dumped: dict[str, Any] = schema_of(ProblemDetails, sparse=True)().dump(details)
    there = {name: value for name, value in dumped.items() if value is not None}
    answer = Response(json.dumps(there), status, mimetype=MEDIA_TYPE)
    answer.content_language.add(language)
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="governance"'
    return answer


def _sentences(texts: tuple[Text, ...]) -> tuple[Fault, ...]:
    return tuple(Fault("", each) for each in texts)


def http_problem(error: HTTPException) -> Response:
    """A problem for what Flask itself refuses; its headers, such as the methods allowed, are kept."""
    known = error.code in KINDS
    answer = problem(error.code or 500) if known else problem(500 if (error.code or 500) >= 500 else 400)  # noqa: PLR2004 - ours
    answer.headers.extend(
        (name, value)
        for name, value in error.get_headers()
        if name.lower() not in {"content-type", "content-length", "www-authenticate"}
    )
    return answer


def refused(error: Refused) -> Response:
    """A problem for a step that the rules do not allow, with the whole decision."""
    faults = tuple(Fault(each.rule, each.because) for each in error.receipt.blocking)
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, faults, decision=error.receipt)


def overtaken(error: Conflict) -> Response:
    """A problem for a change that somebody else came before, with what happened meanwhile."""
    status = HTTPStatus.PRECONDITION_FAILED if "If-Match" in request.headers else HTTPStatus.CONFLICT
    happened = Meanwhile(error.entity, max(error.seen, 0), error.current, error.meanwhile)
    answer = problem(status, conflict=happened)
    answer.set_etag(str(error.current))
    return answer


def no_rules(error: RuleError) -> Response:
    """A problem for a date that no rulebook covers: an error, never the nearest rulebook."""
    told = tuple(Text(*2 * (f"{each.message}. {each.help}",)) for each in error.faults)
    return problem(HTTPStatus.BAD_REQUEST, _sentences(told))


HANDLERS = {
    HTTPException: http_problem,
    Refused: refused,
    Conflict: overtaken,
    RuleError: no_rules,
    Unreadable: lambda error: problem(HTTPStatus.BAD_REQUEST, error.faults),
    Unseen: lambda _: problem(HTTPStatus.PRECONDITION_REQUIRED),
    NotThere: lambda error: problem(HTTPStatus.NOT_FOUND, _sentences(error.problems)),
    Forbidden: lambda error: problem(HTTPStatus.FORBIDDEN, _sentences(error.problems)),
    RequestError: lambda error: problem(HTTPStatus.BAD_REQUEST, _sentences(error.problems)),
    Unanswered: lambda error: problem(HTTPStatus.SERVICE_UNAVAILABLE, _sentences(error.problems)),
}
