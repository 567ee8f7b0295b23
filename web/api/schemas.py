"""Schemas made from the type hints of frozen nouns, so that the document and the answers can never part."""

from __future__ import annotations

import inspect
import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from marshmallow import RAISE, Schema, ValidationError, post_load, validate
from marshmallow import fields as ma

from governance.model import Decision
from web.api.sentences import printable_text

LONGEST = 4000
"""How many characters a text of a request has at the most, where nothing shorter is said."""


@dataclass(frozen=True, slots=True)
class Says:
    """What a field of a request means, beside its type: for the document, and to refuse what does not fit."""

    text: str
    least: int | None = None
    most: int | None = None
    options: tuple[str, ...] = ()
    example: object = None


class Words(ma.String):
    """A text that can be stored: no half of a character and no NUL."""

    default_error_messages = {"required": "missing", "null": "null", "invalid": "words"}  # noqa: RUF012 - as marshmallow has it

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not printable_text(text):
            raise ValidationError("unstorable")
        return text


class Whole(ma.Integer):
    """A whole number; in an address its digits."""

    default_error_messages = {"required": "missing", "null": "null", "invalid": "whole"}  # noqa: RUF012 - as above

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        digits = isinstance(value, str) and value.isascii() and value.removeprefix("-").isdigit()
        if not digits and (isinstance(value, bool) or not isinstance(value, (int, float)) or value % 1):
            raise self.make_error("invalid")
        return super()._deserialize(value, attr, data, **kwargs)


class Flag(ma.Boolean):
    """True or false; in an address the words."""

    default_error_messages = {"required": "missing", "null": "null", "invalid": "flag"}  # noqa: RUF012 - as above
    WORDS: Mapping[str, bool] = {"true": True, "false": False}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:  # noqa: ARG002 - as marshmallow calls it
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value in self.WORDS:
            return self.WORDS[value]
        raise self.make_error("invalid")


class Exact(ma.Field[Any]):
    """An exact number or a date, as text that loses nothing."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:  # noqa: ARG002 - as above
        return None if value is None else str(value)


class Fixed(ma.Tuple):
    """Some values in a fixed order, each of its own kind."""


class Noun(Schema):
    """What every schema has in common: nothing unknown is taken, and what is read becomes the noun itself."""

    error_messages = {"unknown": "unknown", "type": "object"}  # noqa: RUF012 - as marshmallow has it
    noun: type

    class Meta:
        """Settings of marshmallow."""

        register = False
        unknown = RAISE

    @post_load
    def made(self, data: Mapping[str, Any], **_: object) -> Any:
        """The noun, from what was read of it."""
        return self.noun(**data)


@cache
def schema_of(noun: type, *, sparse: bool = False) -> type[Schema]:
    """The schema of a frozen dataclass, by its type hints and under its name.

    Every field must be there; in a ``sparse`` one, as requests are, those with a default may be left out. A
    decision is never told, since its findings stand beside it.
    """
    hints = get_type_hints(noun, include_extras=True)
    shown = {each.name: each for each in fields(noun) if hints[each.name] is not Decision}
    made = {
        name.rstrip("_"): _field(hints[name], attribute=name, **_presence(each, sparse=sparse))
        for name, each in shown.items()
    }
    meta = type("Meta", (Noun.Meta,), {"description": inspect.cleandoc(noun.__doc__ or "")})
    return type(noun.__name__, (Noun,), {**made, "noun": noun, "Meta": meta})


def _presence(each: Field[Any], *, sparse: bool) -> dict[str, Any]:
    """Whether a field must be there, or what stands for it."""
    if sparse and each.default is not MISSING:
        return {"load_default": each.default}
    if sparse and each.default_factory is not MISSING:
        return {"load_default": each.default_factory}
    return {"required": True}


def _field(hint: Any, **options: Any) -> ma.Field[Any]:
    """The field for a type hint."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _said(inner[0], inner[1], options)
    if origin in (Union, types.UnionType):
        return _either([each for each in inner if each is not types.NoneType], hint, options)
    if origin is tuple and inner[-1:] != (...,):
        return Fixed([_field(each) for each in inner], **options)
    if origin in (tuple, list, Sequence, frozenset):
        return ma.List(_field(inner[0]), **_errors("list"), **options)
    if origin in (dict, Mapping):
        return ma.Dict(keys=Words(), values=_field(inner[1]), **_errors("object"), **options)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return ma.Enum(hint, by_value=True, **options)
    if isinstance(hint, type) and is_dataclass(hint):
        return ma.Nested(lambda: schema_of(hint)(), **options)  # noqa: PLW0108 - a noun may hold itself
    simple: Mapping[Any, type[ma.Field[Any]]] = {str: Words, int: Whole, bool: Flag}
    return simple.get(hint, Exact)(**options)


def _errors(code: str) -> dict[str, Any]:
    return {"error_messages": {"invalid": code, "required": "missing", "null": "null"}}


def _either(kinds: list[Any], hint: Any, options: dict[str, Any]) -> ma.Field[Any]:
    """A field that may be nothing, or one of several things that text can tell exactly."""
    if type(None) in get_args(hint):
        options = {**options, "allow_none": True}
    return _field(kinds[0], **options) if len(kinds) == 1 else Exact(**options)


def _said(hint: Any, says: Says, options: dict[str, Any]) -> ma.Field[Any]:
    """A field of a request with what is said of it."""
    about: dict[str, Any] = {"description": says.text}
    if says.example is not None:
        about["examples"] = [says.example]
    checks: list[Any] = []
    if says.options:
        checks.append(validate.OneOf(says.options, error=f"among {' '.join(says.options)}"))
    if says.least is not None or says.most is not None:
        within = validate.Range if hint is int else validate.Length
        checks.append(within(says.least, says.most, error=f"within {says.least} {says.most}"))
    elif hint is str:
        checks.append(validate.Length(max=LONGEST, error=f"within None {LONGEST}"))
    return _field(hint, metadata=about, validate=checks, **options)
