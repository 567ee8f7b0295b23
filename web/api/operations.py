"""How a use case becomes an operation: its address, what it takes, and everything it may answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from flask import request, url_for
from flask_smorest import Api, Blueprint

from governance import service
from governance.model import RequestError, Text, Unanswered, Unusable
from governance.service import Receipt
from web.api.problems import KINDS, MEDIA_TYPE, ProblemDetails, http_problem
from web.api.reading import Strict
from web.api.schemas import schema_of
from web.api.sentences import Fault, NotThere, Refused, Unreadable, Unseen, printable_text, told
from web.common import governance, organisations

View = Callable[..., Any]
Made = tuple[Receipt, dict[str, str]]
"""What an operation that stores answers with: its receipt, and the headers with the thing's version."""
MOST_DIGITS, MOST_KEY = 9, 200

TAG_HEADER = {
    "ETag": {
        "description": "The version of the thing, to send back as `If-Match`.",
        "schema": {"type": "string"},
        "example": '"7"',
    }
}
LOCATION = {
    "Location": {"description": "Where to read it.", "schema": {"type": "string", "format": "uri-reference"}}
}
ID = {
    "in": "path",
    "name": "id",
    "description": "The id of the thing; it may hold slashes.",
    "schema": {"type": "string", "minLength": 1},
}
LINK = {
    "Link": {
        "description": "The pages around this one: `first`, `prev`, `next`, `last`.",
        "schema": {"type": "string"},
    }
}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "description": "The `ETag` of the thing as it was read; `*` for whatever it is now.",
    "schema": {"type": "string"},
    "example": '"7"',
}
KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "description": "A key of the sender's own: the same request sent again with it gets the first answer.",
    "schema": {"type": "string", "minLength": 1, "maxLength": MOST_KEY},
    "example": "8e03978e-40d5-43dd-bc93-6894a57f9324",
}


class Operations(Blueprint):  # type: ignore[misc]  # flask-smorest does not say its types
    """The blueprint of the API; every argument is read strictly."""

    ARGUMENTS_PARSER = Strict()


class TheApi(Api):  # type: ignore[misc]  # as above
    """The document of the API. The pages keep their own errors; those of the API are `problems`."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """The handlers stand at the blueprint, so that the pages keep theirs."""

    def handle_http_exception(self, error: Any) -> Any:
        """A problem with all headers of the error: flask-smorest's own leaves `Allow` out."""
        return http_problem(error)

    def _register_pagination_header(self) -> None:
        """Pages are told by `Link`, not as flask-smorest does."""

    def _register_responses(self) -> None:
        """One answer for each sort of problem."""
        for kind in KINDS.values():
            self.spec.components.response(
                kind.id,
                {
                    "description": f"{kind.title.en}. {kind.advice.en}",
                    "content": {MEDIA_TYPE: {"schema": schema_of(ProblemDetails, sparse=True)}},
                },
                lazy=True,
            )


part = Operations("api", __name__, url_prefix="/api/v1")
ALWAYS = ("unreadable", "nobody", "forbidden", "too-often", "ours", "unanswered")
WITH_BODY = ("too-much", "no-json")
STALE = ("stale", "unseen")
"""The problems that an operation may answer with, by id."""


def reads(  # noqa: PLR0913 - an operation is said in these parts
    rule: str,
    tag: str,
    answer: Any,
    *,
    many: bool = False,
    query: type | None = None,
    body: type | None = None,
    headers: Mapping[str, Any] | None = None,
    files: tuple[str, ...] = (),
    besides: tuple[str, ...] = (),
) -> Callable[[View], View]:
    """An operation that stores nothing; ``files`` are the media types of one that answers with a paper.

    ``besides`` are the problems that only this one answers with.
    """
    method = "GET" if body is None else "POST"
    may = (*_usual(rule, body), *besides)
    content: dict[str, Any] = {media: {"schema": {}} for media in files}
    about = {"content": content} if files else {"schema": answer, "many": many}
    return _operation(rule, method, tag, query, body, may, {"200": {**about, "headers": headers or {}}}, ())


def keeps(rule: str, tag: str, answer: type, *, body: type | None = None) -> Callable[[View], View]:
    """An operation that changes what is kept beside the record, and answers with how it is then."""
    may = _usual(rule, body)
    answers = {"200": {"schema": answer, "many": False, "headers": {}}}
    return _operation(rule, "POST", tag, None, body, may, answers, ())


def writes(
    rule: str,
    tag: str,
    body: type,
    *,
    seen: bool = False,
    may_see: bool = False,
    refuses: bool = False,
    created: bool = False,
) -> Callable[[View], View]:
    """An operation that stores an event and answers with its receipt.

    One that must have ``seen`` the thing asks for `If-Match`, one that ``may_see`` it takes one; one that
    ``refuses`` is judged by the rules.
    """
    may = (
        *_usual(rule, body),
        *(STALE if seen else ("overtaken",)),
        *(("stale",) if may_see else ()),
        *(("refused",) if refuses else ()),
    )
    status = "201" if created else "200"
    headers = TAG_HEADER | (LOCATION if created else {})
    answers = {status: {"schema": Receipt, "many": False, "headers": headers}}
    matched = (IF_MATCH | {"required": seen},) if seen or may_see else ()
    return _operation(rule, "POST", tag, None, body, may, answers, (*matched, KEY))


def _usual(rule: str, body: type | None) -> tuple[str, ...]:
    """The problems of any operation at such an address with such a content."""
    return (*ALWAYS, *(WITH_BODY if body else ()), *(("nothing",) if "<" in rule else ()))


def _operation(  # noqa: PLR0913, PLR0917 - as above
    rule: str,
    method: str,
    tag: str,
    query: type | None,
    body: type | None,
    may: tuple[str, ...],
    answers: Mapping[str, Any],
    parameters: tuple[Mapping[str, Any], ...],
) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        listed = any(about.get("many") for about in answers.values())
        done = _around(view, listed=listed)
        for status, about in answers.items():
            done = _answered(done, int(status), about)
        for problem in may:
            done = part.alt_response(int(KINDS[problem].status), problem)(done)
        if body is not None:
            done = part.arguments(schema_of(body, sparse=True), location="json")(done)
        if query is not None:
            done = part.arguments(schema_of(query, sparse=True), location="query")(done)
        done = part.doc(operationId=view.__name__)(done)
        if parameters:
            done._apidoc.setdefault("arguments", {}).setdefault("parameters", []).extend(parameters)  # noqa: SLF001 - where flask-smorest keeps them
        described = [ID] if ":id>" in rule else []
        part.add_url_rule(rule, view.__name__, done, parameters=described, methods=[method], tags=[tag])
        return view

    return decorate


def _answered(view: View, status: int, about: Mapping[str, Any]) -> View:
    if "content" in about:
        return part.doc(responses={str(status): {"description": "The paper.", **about}})(view)  # type: ignore[no-any-return]  # flask-smorest does not say
    schema = schema_of(about["schema"])(many=about["many"])
    return part.response(status, schema, headers=about["headers"] or None)(view)  # type: ignore[no-any-return]  # as above


def _around(view: View, *, listed: bool) -> View:
    """The view under the name its path gives the thing; NotThere when there is no such thing.

    What is ``listed`` becomes a list, since Flask takes a tuple for an answer with its status.
    """

    @wraps(view)
    def around(*args: Any, **named: Any) -> Any:
        path = {"id_" if name == "id" else name: value for name, value in named.items()}
        if not all(printable_text(str(value)) for value in path.values()):
            raise NotThere((told("unstorable"),))
        try:
            found = view(*args, **path)
        except (Unanswered, Unusable):
            raise
        except RequestError as error:
            if path and _missing(path.get("id_")):
                raise NotThere(error.problems) from error
            raise
        return list(found) if listed else found

    return around


def _missing(id_: str | None) -> bool:
    """Whether a request failed since there is no such thing: nothing else was asked, or nothing is told."""
    if request.method in {"GET", "HEAD"} and not request.args:
        return True
    if id_ is None or id_ in organisations():
        return False
    return not service.kind_of_thing(governance(), id_)


def tagged(version: int) -> dict[str, str]:
    """The header that carries a thing's version."""
    return {"ETag": f'"{version}"'}


def version_if_seen() -> int | None:
    """The version that the sender saw, if they say so."""
    return version_seen() if request.headers.get("If-Match", "").strip() else None


def version_seen() -> int | None:
    """The version that the sender saw; None for whatever it is now, and Unseen when it is not said.

    A tag that is none of ours is of no version there ever was.
    """
    tag = request.headers.get("If-Match", "").strip()
    if not tag:
        raise Unseen
    if tag == "*":
        return None
    digits = tag[1:-1]
    ours = tag == f'"{digits}"' and digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS
    return int(digits) if ours else -1


def linked(pages: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The header that leads to other pages of a list: what each asks for besides what this one does."""
    endpoint = str(request.endpoint)
    asked: dict[str, Any] = request.args.to_dict()
    said = [f'<{url_for(endpoint, **{**asked, **more})}>; rel="{rel}"' for rel, more in pages.items()]
    return {"Link": ", ".join(said)} if said else {}


def key() -> str:
    """The sender's own key for the request, if it has one; Unreadable for one that cannot be."""
    said = request.headers.get("Idempotency-Key")
    if said is not None and not 0 < len(said.strip()) <= MOST_KEY:
        wrong = Text(f"nøglen har ikke 1 til {MOST_KEY} tegn", f"the key has not 1 to {MOST_KEY} characters")
        raise Unreadable(Fault("Idempotency-Key", wrong))
    return (said or "").strip()


def done(receipt: Receipt, location: str = "") -> Made:
    """The receipt with the version of the thing after it; Refused when the rules did not allow it."""
    if not receipt.allowed:
        raise Refused(receipt)
    return receipt, tagged(receipt.version) | ({"Location": location} if location else {})
