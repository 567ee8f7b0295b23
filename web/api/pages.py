"""The documentation of the API as pages of the site, made from its document; nothing comes from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from flask import Blueprint, Response, abort, render_template, request
from markupsafe import Markup

from governance.model import Text
from web.access import public
from web.api.danish import SUMMARIES
from web.api.document import TAGS, document
from web.api.problems import KINDS
from web.language import current

part = Blueprint("api_pages", __name__, url_prefix="/api/v1")
METHODS = ("get", "post")
GOES = Text("Det går godt.", "It goes well.")
SCHEMA = "#/components/schemas/"


@part.get("/openapi.json")
@public
def openapi() -> Response:
    """The document itself."""
    said = json.dumps(document(request.script_root), ensure_ascii=False, indent=2)
    return Response(said, mimetype="application/json")


@part.get("/")
@public
def docs() -> str:
    """How to begin, every operation by its part, and every sort of problem."""
    operations = _operations()
    parts = [(tag, [each for each in operations.values() if tag in each["tags"]]) for tag in TAGS]
    return render_template("api.html", parts=parts, kinds=KINDS.values(), summary=summary, tags=TAGS)


@part.get("/docs/operations/<name>")
@public
def operation(name: str) -> str:
    """One operation: what it takes, and everything it may answer."""
    found = _operations().get(name)
    if found is None:
        abort(404)
    return render_template(
        "api_operation.html",
        operation=found,
        summary=summary,
        answers=list(_answers(found)),
        content=_content(found.get("requestBody", {})),
        example=_example(found),
        kind=kind,
    )


@part.get("/docs/schemas/<name>")
@public
def schema(name: str) -> str:
    """One noun of requests and answers, with what each of its fields holds."""
    found = document()["components"]["schemas"].get(name)
    if found is None:
        abort(404)
    return render_template("api_schema.html", name=name, schema=found, kind=kind)


@part.app_template_filter()
def coded(text: str | None) -> Markup:
    """A text in which what stands between backticks is code."""
    parts = (text or "").split("`")
    return Markup().join(
        Markup("<code>{}</code>").format(each) if place % 2 else each for place, each in enumerate(parts)
    )


def summary(found: Mapping[str, Any]) -> str:
    """What an operation does, in the language of the page."""
    said: str = found["summary"]
    return SUMMARIES.get(found["operationId"], said) if current() == "da" else said


@cache
def _operations() -> dict[str, dict[str, Any]]:
    """Every operation by its name, with its method and path."""
    return {
        each["operationId"]: {
            **each,
            "method": method.upper(),
            "path": path,
            "parameters": [*paths.get("parameters", ()), *each.get("parameters", ())],
        }
        for path, paths in document()["paths"].items()
        for method, each in paths.items()
        if method in METHODS
    }


def _answers(found: Mapping[str, Any]) -> Iterator[tuple[str, Text, list[tuple[str, Any]]]]:
    """Each status with what it means and the schema of each media type."""
    answers = document()["components"]["responses"]
    for status, each in sorted(found["responses"].items()):
        if "$ref" not in each:
            yield status, GOES, _content(each)
            continue
        name = each["$ref"].rpartition("/")[2]
        title, advice = KINDS[name].title, KINDS[name].advice
        said = Text(f"{title.da}. {advice.da}", f"{title.en}. {advice.en}")
        yield status, said, _content(answers[name])


def _content(said: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(media, each.get("schema", {})) for media, each in said.get("content", {}).items()]


def kind(said: Mapping[str, Any]) -> dict[str, str]:
    """What a schema holds in few words, and the noun to read on at, if any."""
    if "$ref" in said:
        name = said["$ref"].removeprefix(SCHEMA)
        return {"words": name, "noun": name}
    if "anyOf" in said:
        first = kind(said["anyOf"][0])
        return {**first, "words": f"{first['words']} | null"}
    if "prefixItems" in said:
        inner = [kind(each) for each in said["prefixItems"]]
        nouns = [each["noun"] for each in inner if each["noun"]]
        return {"words": f"[{', '.join(each['words'] for each in inner)}]", "noun": nouns[0] if nouns else ""}
    if "enum" in said:
        return {"words": " | ".join(json.dumps(each) for each in said["enum"]), "noun": ""}
    for inside, shape in (("items", "[ {} … ]"), ("additionalProperties", "{{ …: {} }}")):
        if isinstance(said.get(inside), dict):
            inner_kind = kind(said[inside])
            return {"words": shape.format(inner_kind["words"]), "noun": inner_kind["noun"]}
    types = said.get("type", "–")
    return {"words": types if isinstance(types, str) else " | ".join(types), "noun": ""}


def _example(found: Mapping[str, Any]) -> str:
    """How the operation is asked for on a command line."""
    address = f"{request.url_root.rstrip('/')}{found['path']}"
    lines = [f"curl --request {found['method']} '{address}'", "--header 'Authorization: Bearer TOKEN'"]
    headers = [each for each in found["parameters"] if each["in"] == "header"]
    lines += [f"--header '{each['name']}: {each.get('example', '…')}'" for each in headers]
    for _media, said in _content(found.get("requestBody", {})):
        sample = _sample(document()["components"]["schemas"][said["$ref"].removeprefix(SCHEMA)])
        lines += ["--json '" + json.dumps(sample, ensure_ascii=False) + "'"]
    return " \\\n  ".join(lines)


def _sample(said: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a request with what must be in it, by the fields' own examples."""
    needed = said.get("required", [])
    fields = {name: each for name, each in said["properties"].items() if name in needed or "examples" in each}
    return {name: (each.get("examples") or ["…"])[0] for name, each in fields.items()}
