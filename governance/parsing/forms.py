"""The shapes that conditions and values can have, chosen among by the key that names the form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from marshmallow import ValidationError, fields

from governance.parsing.faultlist import did_you_mean, guess, quoted
from governance.parsing.fields import ClauseId, Flaw, Form, Id, Many, Name, Scalar, Strict, Word
from governance.parsing.fields import refuse, whole_number, wrong_type

UNITS = ("days", "weeks", "months", "years")
DATE_OPERATORS = ("before", "after", "no_later_than", "no_earlier_than", "about")
NUMBER_OPERATORS = ("at_least", "at_most", "more_than", "less_than")
OPERATORS = ("is", "one_of", *NUMBER_OPERATORS, *DATE_OPERATORS)
VALUE_FORMS = ("fact", "count", "distinct", "share", "earliest", "latest", "reading")
CONDITION_FORMS = ("all", "any", "not", "act", "exists", "each", "recorded")


def ref(name: str) -> dict[str, object]:
    """How a JSON Schema names another of its shapes."""
    return {"allOf": [{"$ref": f"#/components/schemas/{name}"}]}


def form_of(data: Mapping[str, Any]) -> str:
    """The form of a condition or value whose shape was found right: the key that names it."""
    return next(form for form in (*CONDITION_FORMS, *VALUE_FORMS) if form in data and not _is_detail(form, data))


def operator_of(data: Mapping[str, Any]) -> str | None:
    """The operator in a condition, or None."""
    return next((operator for operator in OPERATORS if operator in data), None)


def _is_detail(form: str, data: Mapping[str, Any]) -> bool:
    return form == "fact" and ("earliest" in data or "latest" in data)


class Names(Strict):
    """A name, or a list of names."""

    shape = {"anyOf": [Name.shape, {"type": "array", "items": Name.shape, "minItems": 1}]}

    def take(self, value: Any) -> Any:
        """The name or names as written."""
        return NAMES.deserialize(value) if isinstance(value, list) else Name().take(value)


class Condition(Strict):
    """A condition."""

    shape = ref("Condition")

    def take(self, value: Any) -> Any:
        """The condition, every part of it judged by the shape of its own form."""
        return _take(value, (*CONDITION_FORMS, *VALUE_FORMS), "betingelsen")


class Operand(Strict):
    """What a value is held against: a number, a word, a date, or a value found elsewhere."""

    shape = {"anyOf": [Scalar.shape, ref("Value")]}

    def take(self, value: Any) -> Any:
        """The scalar as written, or the value's shape."""
        if isinstance(value, Mapping):
            return _take(value, VALUE_FORMS, "værdien", bare=True)
        return Scalar().take(value)


class Amount(Strict):
    """A number of days, weeks, months or years; the number may be a reading."""

    def __init__(self, *units: str) -> None:
        number = {"anyOf": [{"type": "integer", "minimum": 0}, ref("ReadingValue")]}
        one = [{"type": "object", "properties": {u: number}, "required": [u], "additionalProperties": False} for u in units]
        super().__init__(shape={"anyOf": one})
        self.units = units

    def take(self, value: Any) -> Any:
        """The unit with its number."""
        if not isinstance(value, Mapping):
            raise wrong_type(value, "et antal med enhed", f"skriv `{{{self.units[0]}: {value}}}`")
        errors: dict[Any, Any] = {
            unit: [Flaw("wrong-unit", f"{quoted(unit)} er ikke en enhed her", did_you_mean(unit, self.units), key=True)]
            for unit in value
            if unit not in self.units
        }
        if not value:
            raise refuse(Flaw("wrong-unit", "antallet mangler", f"skriv `{{{self.units[0]}: 10}}`"))
        if not errors and len(value) > 1:
            second = list(value)[1]
            errors[second] = [Flaw("conflicting-keys", f"{quoted(second)} er en enhed for meget", "skriv én", key=True)]
        for unit, number in value.items():
            if unit in errors:
                continue
            try:
                _take_number(number)
            except ValidationError as error:
                errors[unit] = error.messages
        if errors:
            raise ValidationError(errors)
        return value


def _take_number(number: Any) -> None:
    if isinstance(number, Mapping):
        READING_VALUE().load(number)
    elif isinstance(number, str) or (whole_number(number) and number < 0):
        message = f"{quoted(number)} er ikke et antal"
        raise refuse(Flaw("wrong-unit", message, "skriv et helt tal, 0 eller mere, eller `{reading: ...}`"))
    elif not whole_number(number):
        raise wrong_type(number, "et helt tal")


class GiveOrTake(Amount):
    """How far from a date still counts as about it: days, the same both ways or each its own."""

    def __init__(self) -> None:
        super().__init__("days")
        both = {"type": "object", "properties": {"earlier": dict(self.metadata), "later": dict(self.metadata)}}
        either = {**both, "required": ["earlier", "later"], "additionalProperties": False}
        self.metadata = {"anyOf": [*self.metadata["anyOf"], either]}

    def take(self, value: Any) -> Any:
        """The days."""
        if isinstance(value, Mapping) and ("earlier" in value or "later" in value):
            return EARLIER_AND_LATER().load(value)
        return super().take(value)


def form(name: str, **keys: fields.Field[Any]) -> type[Form]:
    """The shape of a mapping with these keys; ``name`` is its name in a JSON Schema."""
    return Form.from_dict(dict(keys), name=name)  # type: ignore[return-value]  # a Schema of Form's own kind


NAMES = Many(Name(), some=True)
SHIFT = {"plus": Amount(*UNITS), "minus": Amount(*UNITS)}
ROWS = {"of": Name(), "where": Condition(), "as": Id()}
TESTS: dict[str, fields.Field[Any]] = {operator: Operand() for operator in OPERATORS} | {
    "one_of": Many(Scalar(), some=True),
    "give_or_take": GiveOrTake(),
}
DATE_TESTS = {key: field for key, field in TESTS.items() if key in DATE_OPERATORS or key == "give_or_take"}

VALUES: dict[str, dict[str, fields.Field[Any]]] = {
    "fact": {"fact": Name(required=True), "of": Name(), **SHIFT},
    "count": {"count": Name(required=True), "same": Name(), **ROWS},
    "distinct": {"distinct": Name(required=True), "over": Name(required=True), **ROWS},
    "share": {"share": Name(required=True), "satisfy": Condition(), "same": Name(), **ROWS},
    "earliest": {"earliest": Name(required=True), "fact": Name(required=True), **ROWS, **SHIFT},
    "latest": {"latest": Name(required=True), "fact": Name(required=True), **ROWS, **SHIFT},
    "reading": {"reading": Name(required=True), **SHIFT},
}
CONDITIONS: dict[str, dict[str, fields.Field[Any]]] = {
    "all": {"all": Many(Condition(), required=True, some=True)},
    "any": {"any": Many(Condition(), required=True, some=True)},
    "not": {"not": Condition(required=True)},
    "act": {"act": Names(required=True), "by": Names(), "round": Word("any"), **ROWS, **DATE_TESTS},
    "exists": {"exists": Name(required=True), "satisfy": Condition(), **ROWS},
    "each": {"each": Name(required=True), "satisfy": Condition(required=True), **ROWS},
    "recorded": {"recorded": Name(required=True), "of": Name()},
}
BARE = {name: form(f"{name.title()}Value", **keys) for name, keys in VALUES.items()}
FORMS = {name: form(f"{name.title()}Test", **keys, **TESTS) for name, keys in VALUES.items()} | {
    name: form(f"{name.title()}Condition", **keys) for name, keys in CONDITIONS.items()
}
_EARLIER_AND_LATER = form("EarlierAndLater", earlier=Amount("days"), later=Amount("days"))
for _key in ("earlier", "later"):
    _EARLIER_AND_LATER._declared_fields[_key].required = True
