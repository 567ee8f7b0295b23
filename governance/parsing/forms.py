"""The shapes that conditions and values can have, chosen among by the key that names the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, ClassVar

from marshmallow import ValidationError, fields

from governance.parsing.amounts import UNITS, Amount, GiveOrTake
from governance.parsing.faultlist import did_you_mean, guess, quoted
from governance.parsing.fields import Flaw, Form, Id, Many, Name, Scalar, Strict, Word, form, ref, wrong_type

DATE_OPERATORS = ("before", "after", "no_later_than", "no_earlier_than", "about")
NUMBER_OPERATORS = ("at_least", "at_most", "more_than", "less_than")
OPERATORS = ("is", "one_of", *NUMBER_OPERATORS, *DATE_OPERATORS)
VALUE_FORMS = ("fact", "count", "distinct", "share", "earliest", "latest", "reading")
CONDITION_FORMS = ("all", "any", "not", "act", "exists", "each", "recorded")


def form_of(data: Mapping[str, Any]) -> str | None:
    """The form of a condition or value: the key that names it; None when that key was refused."""
    return next(_forms_in(data, (*CONDITION_FORMS, *VALUE_FORMS)), None)


def operator_of(data: Mapping[str, Any]) -> str | None:
    """The operator in a condition, or None."""
    return next((operator for operator in data if operator in OPERATORS), None)


def _forms_in(data: Mapping[str, Any], forms: tuple[str, ...]) -> Iterator[str]:
    detail = "fact" if "earliest" in data or "latest" in data else ""
    return (key for key in data if key in forms and key != detail)


class Names(Strict):
    """A name, or a list of names."""

    shape: ClassVar = {"anyOf": [Name.shape, {"type": "array", "items": Name.shape, "minItems": 1}]}

    def take(self, value: Any) -> Any:
        """The name or names as written."""
        return _NAMES.deserialize(value) if isinstance(value, list) else _NAMES.inner.deserialize(value)


class Condition(Strict):
    """A condition."""

    shape: ClassVar = ref("Condition")

    def take(self, value: Any) -> Any:
        """The condition, every part of it judged by the shape of its own form."""
        return _take(value, FORMS, "en betingelse")


class ValueForm(Strict):
    """A value that is found somewhere: a fact, a count, a reading."""

    shape: ClassVar = ref("Value")

    def take(self, value: Any) -> Any:
        """The value, judged by the shape of its own form."""
        return _take(value, BARE, "en værdi")


class Operand(Strict):
    """What a value is held against: a number, a word, a date, or a value found elsewhere."""

    shape: ClassVar = {"anyOf": [Scalar.shape, ref("Value")]}

    def take(self, value: Any) -> Any:
        """The scalar as written, or the value's shape."""
        return (_VALUE if isinstance(value, Mapping) else _SCALAR).take(value)


_NAMES = Many(Name(), some=True)
_VALUE = ValueForm()
_SCALAR = Scalar()
SHIFT = {"plus": Amount(*UNITS), "minus": Amount(*UNITS)}
ROWS = {"of": Name(), "where": Condition(), "as": Id()}
TESTS: dict[str, fields.Field[Any]] = {operator: Operand() for operator in OPERATORS} | {
    "one_of": Many(Scalar(), some=True),
    "give_or_take": GiveOrTake(),
}
DATE_TESTS = {key: test for key, test in TESTS.items() if key in DATE_OPERATORS or key == "give_or_take"}

VALUES: Mapping[str, Mapping[str, fields.Field[Any]]] = {
    "fact": {"fact": Name(required=True), "of": Name(), **SHIFT},
    "count": {"count": Name(required=True), "same": Name(), **ROWS},
    "distinct": {"distinct": Name(required=True), "over": Name(required=True), **ROWS},
    "share": {"share": Name(required=True), "satisfy": Condition(), "same": Name(), **ROWS},
    "earliest": {"earliest": Name(required=True), "fact": Name(required=True), **ROWS, **SHIFT},
    "latest": {"latest": Name(required=True), "fact": Name(required=True), **ROWS, **SHIFT},
    "reading": {"reading": Name(required=True), **SHIFT},
}
CONDITIONS: Mapping[str, Mapping[str, fields.Field[Any]]] = {
    "all": {"all": Many(Condition(), required=True, some=True)},
    "any": {"any": Many(Condition(), required=True, some=True)},
    "not": {"not": Condition(required=True)},
    "act": {"act": Names(required=True), "by": Names(), "round": Word("any"), **ROWS, **DATE_TESTS},
    "exists": {"exists": Name(required=True), "satisfy": Condition(), **ROWS},
    "each": {"each": Name(required=True), "satisfy": Condition(required=True), **ROWS},
    "recorded": {"recorded": Name(required=True), "of": Name()},
}
BARE = {name: form(f"{name.title()}Value", keys) for name, keys in VALUES.items()}
FORMS = {name: form(f"{name.title()}Condition", keys) for name, keys in CONDITIONS.items()} | {
    name: form(f"{name.title()}Test", {**keys, **TESTS}) for name, keys in VALUES.items()
}


@cache
def _schema(shape: type[Form]) -> Form:
    return shape()


def _take(value: Any, shapes: Mapping[str, type[Form]], what: str) -> Any:
    if not isinstance(value, Mapping):
        raise wrong_type(value, what)
    named = list(_forms_in(value, tuple(shapes)))
    if not named:
        raise ValidationError(_formless(value, shapes, what))
    if len(named) > 1:
        message = f"{quoted(named[1])} kan ikke stå sammen med {quoted(named[0])}"
        flaw = Flaw("conflicting-keys", message, "del op med `all` eller `any`", key=True)
        raise ValidationError({named[1]: [flaw]})
    schema = _schema(shapes[named[0]])
    errors: dict[str, Any] = {}
    try:
        taken = schema.load(value)
    except ValidationError as error:
        errors, taken = dict(error.messages_dict), error.valid_data
    errors |= dict(_clashes(value, named[0], tuple(schema.fields)))
    if errors:
        raise ValidationError(errors, valid_data=taken)
    return taken


def _formless(value: Mapping[str, Any], shapes: Mapping[str, type[Form]], what: str) -> dict[str, list[Flaw]]:
    """A mapping that none of the keys names a form of: a slip in that key, or no such key at all."""
    known = {key for shape in shapes.values() for key in _schema(shape).fields}
    strange = [key for key in value if key not in known]
    for key in strange:
        if guess(key, shapes):
            return {key: [Flaw("unknown-key", "ukendt nøgle `{key}`", known=tuple(shapes), key=True)]}
    if strange:
        return {
            key: [Flaw("unknown-key", "ukendt nøgle `{key}`", known=tuple(shapes), key=True)]
            for key in strange
        }
    message = f"{what} begynder med en af nøglerne " + ", ".join(f"`{key}`" for key in shapes)
    return {"_schema": [Flaw("missing-key", message)]}


def _clashes(value: Mapping[str, Any], name: str, known: tuple[str, ...]) -> Iterator[tuple[str, list[Flaw]]]:
    """What is wrong with the keys taken together."""
    operators = [key for key in value if key in OPERATORS and key in known]
    if len(operators) > 1:
        message = f"`{operators[1]}` står sammen med `{operators[0]}`, og en sammenligning har ét tegn"
        yield operators[1], [Flaw("two-operators", message, "saml to sammenligninger med `all`", key=True)]
    if not operators and "is" in known and not (name == "reading" and not value.keys() & SHIFT.keys()):
        yield _without_operator(value, known)
    if "about" in value and "give_or_take" not in value:
        flaw = Flaw("missing-key", "`about` mangler `give_or_take`", "skriv fx `give_or_take: {days: 3}`")
        yield "_schema", [flaw]
    if "give_or_take" in value and "about" not in value and "give_or_take" in known:
        yield "give_or_take", [Flaw("conflicting-keys", "`give_or_take` hører sammen med `about`", key=True)]
    for pair in (("plus", "minus"), *([("satisfy", "same")] if name == "share" else [])):
        both = [key for key in value if key in pair and key in known]
        if len(both) > 1:
            message = f"`{both[1]}` kan ikke stå sammen med `{both[0]}`"
            yield both[1], [Flaw("conflicting-keys", message, "behold den, der er rigtig", key=True)]
    if name == "share" and not value.keys() & {"satisfy", "same"}:
        yield "_schema", [Flaw("missing-key", "`share` mangler `satisfy` eller `same`")]


def _without_operator(value: Mapping[str, Any], known: tuple[str, ...]) -> tuple[str, list[Flaw]]:
    """A slip in the operator if there is a key that can be one, else its absence."""
    for key in value:
        if key not in known:
            meant = guess(key, known)
            if meant is None or meant in OPERATORS:
                message = f"{quoted(key)} er ikke et sammenligningstegn"
                return key, [Flaw("unknown-operator", message, did_you_mean(key, OPERATORS), key=True)]
            return key, [Flaw("unknown-key", "ukendt nøgle `{key}`", known=known, key=True)]
    listed = ", ".join(f"`{operator}`" for operator in OPERATORS)
    return "_schema", [Flaw("no-operator", "der mangler et sammenligningstegn", f"skriv en af {listed}")]
