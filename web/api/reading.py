"""Read what a request says: strictly, and with everything wrong told at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from flask import Request
from marshmallow import RAISE, Schema, ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import UnsupportedMediaType

from governance.model import Text
from web.api.sentences import Fault, Unreadable, shown, wrongs

JSON = "application/json"
TOO_DEEP = Text("indholdet er for dybt indlejret", "the content is nested too deeply")
NO_UTF8 = Text("indholdet er ikke UTF-8", "the content is not UTF-8")


class Strict(FlaskParser):
    """Takes one JSON text of UTF-8 and the query's own names, and refuses everything else with its place."""

    DEFAULT_VALIDATION_STATUS = 400
    DEFAULT_UNKNOWN_BY_LOCATION = dict.fromkeys(("json", "query"), RAISE)

    def load_json(self, req: Request, schema: Schema) -> Any:  # noqa: ARG002 - as webargs calls it
        """The content of a request; Unreadable with the place of what is no JSON."""
        if req.mimetype != JSON:
            raise UnsupportedMediaType
        return read_json(req.get_data())

    def handle_error(self, error: ValidationError, req: Request, schema: Schema, **_: object) -> NoReturn:  # noqa: ARG002 - as above
        """Tell everything that does not fit the schema."""
        inside = req.method != "GET"
        raise Unreadable(*(_fault(path, said, inside=inside) for path, said in wrongs(error.messages)))


def _fault(path: tuple[str, ...], said: Text, *, inside: bool) -> Fault:
    """A reason at its place: a pointer into the content, or the name in the address."""
    names = path[1:] if path[:1] in (("json",), ("query",)) else path
    where = "/".join(shown(name).replace("~", "~0").replace("/", "~1") for name in names)
    subject = f"`{shown('.'.join(names))}`" if names else ""
    da, en = (subject or each for each in ("indholdet", "the content"))
    return Fault(f"#/{where}" if inside else f"?{where}", Text(f"{da} {said.da}", f"{en} {said.en}"))


def read_json(content: bytes) -> Any:
    """One JSON value; Unreadable for what is none, says a name twice, or is nested without end."""
    try:
        return json.loads(content.decode(), object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise Unreadable(Fault(f"byte {error.start}", NO_UTF8)) from None
    except RecursionError:
        raise Unreadable(Fault("#", TOO_DEEP)) from None
    except json.JSONDecodeError as error:
        place = Text(
            f"linje {error.lineno}, tegn {error.colno}", f"line {error.lineno}, character {error.colno}"
        )
        raise Unreadable(
            Fault(
                place.en, Text(f"indholdet er ikke JSON: {place.da}", f"the content is no JSON: {place.en}")
            )
        ) from None
    except ValueError:  # a number of more digits than Python reads
        huge = Text("indholdet har et tal med for mange cifre", "the content has a number of too many digits")
        raise Unreadable(Fault("#", huge)) from None


def _once(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = shown(next(name for name in names if names.count(name) > 1))
        said = Text(f"`{twice}` står to gange i samme objekt", f"`{twice}` stands twice in one object")
        raise Unreadable(Fault("#", said))
    return found


def _no_number(word: str) -> NoReturn:
    raise Unreadable(Fault("#", Text(f"`{word}` er ikke et tal i JSON", f"`{word}` is no number in JSON")))
