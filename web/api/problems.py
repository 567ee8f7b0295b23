"""Everything that is no plain answer, as problem details (RFC 9457) with the sentences the pages show."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Response, json, request, url_for
from werkzeug.exceptions import HTTPException

from governance.faults import RuleError
from governance.model import Conflict, Forbidden, RequestError, Text, Unanswered, Unusable
from governance.service import Receipt
from web.api.schemas import schema_of
from web.api.sentences import Fault, Faulty, NotThere, Refused, Unreadable, Unseen
from web.faults import tell_operator
from web.language import LANGUAGES

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of problem: the end of its address on the documentation page, its status, title, what to do."""

    id: str
    status: HTTPStatus
    title: Text
    advice: Text


KINDS = {
    kind.id: kind
    for kind in (
        Kind(
            "unreadable",
            HTTPStatus.BAD_REQUEST,
            Text("Forespørgslen kan ikke bruges", "The request cannot be used"),
            Text("Ret hvert problem, og send igen.", "Mend every problem and send it again."),
        ),
        Kind(
            "nobody",
            HTTPStatus.UNAUTHORIZED,
            Text("Ingen gyldig nøgle", "No valid token"),
            Text(
                "Send en gyldig adgangsnøgle i `Authorization: Bearer …`.",
                "Send a valid access token in `Authorization: Bearer …`.",
            ),
        ),
        Kind(
            "forbidden",
            HTTPStatus.FORBIDDEN,
            Text("Det har du ikke ret til", "You have no right to that"),
            Text(
                "Problemet siger, hvilken ret der mangler; den, der fører rettighederne, kan give den.",
                "The problem says which right is missing; whoever keeps the rights can give it.",
            ),
        ),
        Kind(
            "nothing",
            HTTPStatus.NOT_FOUND,
            Text("Der er intet på denne adresse", "There is nothing at this address"),
            Text("Problemet siger, hvad der måske er ment.", "The problem says what may have been meant."),
        ),
        Kind(
            "method",
            HTTPStatus.METHOD_NOT_ALLOWED,
            Text("Adressen kan ikke det", "This address cannot do that"),
            Text("`Allow` siger, hvad den kan.", "`Allow` says what it can."),
        ),
        Kind(
            "overtaken",
            HTTPStatus.CONFLICT,
            Text("En anden kom først", "Somebody else was faster"),
            Text(
                "Læs tingen igen, og se, hvad der er sket.", "Read the thing again and look at what happened."
            ),
        ),
        Kind(
            "faulty",
            HTTPStatus.CONFLICT,
            Text("Registret stemmer ikke", "The record does not check out"),
            Text(
                "Problemet siger hver fejl og dens sted; `verify_record` efterprøver registret.",
                "The problem says every fault and its place; `verify_record` checks the record.",
            ),
        ),
        Kind(
            "stale",
            HTTPStatus.PRECONDITION_FAILED,
            Text("Tingen er ændret, siden du læste den", "The thing has changed since you read it"),
            Text(
                "`conflict` siger, hvad der skete imens; læs tingen igen, og brug dens nye `ETag`.",
                "`conflict` says what happened meanwhile; read the thing again and use its new `ETag`.",
            ),
        ),
        Kind(
            "too-much",
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            Text("Det var for meget på én gang", "That was too much at once"),
            Text("Send mindre.", "Send less."),
        ),
        Kind(
            "no-json",
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            Text("Indholdet er ikke JSON", "The content is not JSON"),
            Text("Send `Content-Type: application/json`.", "Send `Content-Type: application/json`."),
        ),
        Kind(
            "refused",
            HTTPStatus.UNPROCESSABLE_ENTITY,
            Text("Skridtet er afvist", "The step is refused"),
            Text(
                "`decision` har hver grund med dens bestemmelse og afhjælpning. Afvisningen er gemt.",
                "`decision` has every reason with its clause and what would mend it. The refusal is stored.",
            ),
        ),
        Kind(
            "unseen",
            HTTPStatus.PRECONDITION_REQUIRED,
            Text("Der mangler en `If-Match`", "An `If-Match` is missing"),
            Text(
                'Læs tingen, og send dens `ETag` som `If-Match`, fx `If-Match: "7"`.',
                'Read the thing and send its `ETag` as `If-Match`, as in `If-Match: "7"`.',
            ),
        ),
        Kind(
            "too-often",
            HTTPStatus.TOO_MANY_REQUESTS,
            Text("For mange forespørgsler", "Too many requests"),
            Text("Vent så længe, `Retry-After` siger.", "Wait as long as `Retry-After` says."),
        ),
        Kind(
            "ours",
            HTTPStatus.INTERNAL_SERVER_ERROR,
            Text("Noget gik galt her", "Something went wrong here"),
            Text("Fejlen er vores. Intet er gemt halvt.", "The fault is ours. Nothing was stored halfway."),
        ),
        Kind(
            "unanswered",
            HTTPStatus.SERVICE_UNAVAILABLE,
            Text(
                "Svaret gik tabt, eller der kan ikke svares nu", "The answer was lost, or there is none now"
            ),
            Text(
                "Send det samme igen med samme `Idempotency-Key`: det gemmes én gang.",
                "Send the same again with the same `Idempotency-Key`: it is stored once.",
            ),
        ),
    )
}
"""Every sort of problem, by id; of those of one status the first is what Flask itself tells."""
OF_STATUS = {int(kind.status): kind for kind in reversed(KINDS.values())}


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
    kind: Kind,
    faults: tuple[Fault, ...] = (),
    *,
    decision: Receipt | None = None,
    conflict: Meanwhile | None = None,
) -> Response:
    """A problem as an answer."""
    language = request.accept_languages.best_match(LANGUAGES, default="da")
    said = "; ".join(each.text.in_language(language) for each in faults)
    details = ProblemDetails(
        type=url_for("api_pages.docs", _anchor=kind.id),
        title=kind.title.in_language(language),
        status=kind.status,
        detail=said or kind.advice.in_language(language),
        problems=faults,
        decision=decision,
        conflict=conflict,
    )
    dumped: dict[str, Any] = schema_of(ProblemDetails, sparse=True)().dump(details)
    there = {name: value for name, value in dumped.items() if value is not None}
    answer = Response(json.dumps(there), kind.status, mimetype=MEDIA_TYPE)
    answer.content_language.add(language)
    if kind.status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="governance"'
    return answer


def _sentences(texts: tuple[Text, ...]) -> tuple[Fault, ...]:
    return tuple(Fault("", each) for each in texts)


def http_problem(error: HTTPException) -> Response:
    """A problem for what Flask itself refuses; its headers, such as the methods allowed, are kept."""
    code = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    other = KINDS["ours" if code >= HTTPStatus.INTERNAL_SERVER_ERROR else "unreadable"]
    answer = problem(OF_STATUS.get(code, other))
    answer.headers.extend(
        (name, value)
        for name, value in error.get_headers()
        if name.lower() not in {"content-type", "content-length", "www-authenticate"}
    )
    return answer


def refused(error: Refused) -> Response:
    """A problem for a step that the rules do not allow, with the whole decision."""
    faults = tuple(Fault(each.rule, each.because) for each in error.receipt.blocking)
    return problem(KINDS["refused"], faults, decision=error.receipt)


def away(error: Unusable) -> Response:
    """A problem for a database that cannot be used; why is for whoever runs it."""
    tell_operator(error)
    return problem(KINDS["unanswered"])


def overtaken(error: Conflict) -> Response:
    """A problem for a change that somebody else came before, with what happened meanwhile."""
    kind = KINDS["stale" if "If-Match" in request.headers else "overtaken"]
    happened = Meanwhile(error.entity, max(error.seen, 0), error.current, error.meanwhile)
    answer = problem(kind, conflict=happened)
    answer.set_etag(str(error.current))
    return answer


def no_rules(error: RuleError) -> Response:
    """A problem for a date that no rulebook covers: an error, never the nearest rulebook."""
    told = tuple(Text(*2 * (f"{each.message}. {each.help}",)) for each in error.faults)
    return problem(KINDS["unreadable"], _sentences(told))


def faulty(error: Faulty) -> Response:
    """A problem for a record that does not check out, with every fault at its place."""
    return problem(KINDS["faulty"], tuple(Fault(each.place.en, each.text) for each in error.audit.problems))


HANDLERS = {
    HTTPException: http_problem,
    Refused: refused,
    Conflict: overtaken,
    RuleError: no_rules,
    Faulty: faulty,
    Unreadable: lambda error: problem(KINDS["unreadable"], error.faults),
    Unseen: lambda _: problem(KINDS["unseen"]),
    NotThere: lambda error: problem(KINDS["nothing"], _sentences(error.problems)),
    Forbidden: lambda error: problem(KINDS["forbidden"], _sentences(error.problems)),
    RequestError: lambda error: problem(KINDS["unreadable"], _sentences(error.problems)),
    Unanswered: lambda error: problem(KINDS["unanswered"], _sentences(error.problems)),
    Unusable: away,
}
