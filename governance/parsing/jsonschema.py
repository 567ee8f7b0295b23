"""The JSON Schema of a rule file, so that an editor can complete keys and mark slips while one writes."""

from __future__ import annotations

import json
import re
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from governance.parsing.amounts import READING_NAME
from governance.parsing.forms import BARE, FORMS, OPERATORS, VALUE_FORMS
from governance.parsing.schemas import BY, DATED_MEANING, DATED_VALUE, FROM, RULE, RULE_FILE, STEP_RULE

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ROOT = RULE_FILE.__name__
_WRAPPED = re.compile(r'\{"allOf": \[(\{"\$ref": "[^"]*"\})\]\}')


def json_schema() -> dict[str, Any]:
    """The schema, in the 2020-12 dialect; a condition may hold conditions.

    It says what shapes are right. Whether names exist and kinds fit, only parsing says.
    """
    spec = APISpec(title="", version="", openapi_version="3.1.0", plugins=[MarshmallowPlugin()])
    for shape in (READING_NAME, DATED_VALUE, *BARE.values(), *FORMS.values(), RULE_FILE):
        if shape.__name__ not in spec.components.schemas:
            spec.components.schema(shape.__name__, schema=shape)
    spec.components.schema("Condition", {"anyOf": [_named(shape.__name__) for shape in FORMS.values()]})
    spec.components.schema("Value", {"anyOf": [_named(shape.__name__) for shape in BARE.values()]})
    text = json.dumps(spec.to_dict()["components"]["schemas"]).replace("#/components/schemas/", "#/$defs/")
    definitions: dict[str, Any] = json.loads(_WRAPPED.sub(r"\1", text))
    for form in VALUE_FORMS:
        _ask_for_one_operator(definitions[FORMS[form].__name__], optional=form == "reading")
    for shape in (BY, FROM, RULE, STEP_RULE):
        definitions[shape.__name__]["oneOf"] = [{"required": ["clause"]}, {"required": ["ours"]}]
    definitions[DATED_MEANING.__name__]["oneOf"] = [{"required": ["value"]}, {"required": ["condition"]}]
    root = definitions.pop(_ROOT)
    return {"$schema": DIALECT, "title": "Regelfil", **root, "$defs": definitions}


def _named(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _ask_for_one_operator(definition: dict[str, Any], *, optional: bool) -> None:
    one: list[dict[str, Any]] = [{"required": [operator]} for operator in OPERATORS]
    none: list[dict[str, Any]] = [{"not": {"anyOf": list(one)}}] if optional else []
    definition["oneOf"] = [*one, *none]
    definition["dependentRequired"] = {"about": ["give_or_take"], "give_or_take": ["about"]}
