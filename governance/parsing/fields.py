"""Strict marshmallow fields: nothing is coerced, and every refusal carries its code and a Danish sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields
from marshmallow.types import ErrorMessages

from governance.parsing.faultlist import did_you_mean, quoted


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with one value; ``{key}`` in the message stands for the last key that leads to it.

    ``known`` are the keys that would have been right; ``key`` places the flaw at the key, not at its value.
    """

    code: str
    message: str
    help: str = ""
    known: tuple[str, ...] = ()
    key: bool = False


MISSING = Flaw("missing-key", "`{key}` mangler", "skriv `{key}: ...`")
EMPTY = Flaw("wrong-type", "`{key}` har ingen værdi", "skriv en værdi, eller fjern nøglen", key=True)
NOT_A_MAPPING = Flaw("wrong-type", "her skal stå nøgler med værdier", "skriv `nøgle: værdi`")
NOT_A_LIST = Flaw(
    "wrong-type", "her skal stå en liste", "skriv `[a, b]`, eller et punkt på hver linje efter `- `"
)
UNTRANSLATED = Flaw(
    "missing-translation", "teksten på `{key}` mangler", "skriv teksten både på `da` og på `en`"
)

ID = re.compile(r"[a-zæøå0-9][a-zæøå0-9-]*")
CLAUSE_ID = re.compile(r"[A-Za-z0-9.-]+")
DECIMAL = re.compile(r"-?[0-9]*[.,][0-9]+")
NUMBER = re.compile(r"-?[0-9]+(?:/[0-9]+)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DIGEST = re.compile(r"[0-9a-f]{64}")


def refuse(flaw: Flaw, valid: Any = None) -> ValidationError:
    """The error a field raises; ``valid`` is kept in spite of it."""
    return ValidationError([flaw], valid_data=valid)


def wrong_type(value: object, wanted: str, help_: str = "") -> ValidationError:
    """A value of another type than the key takes."""
    shown = (
        "nøgler med værdier"
        if isinstance(value, dict)
        else "en liste"
        if isinstance(value, list)
        else quoted(value)
    )
    return refuse(Flaw("wrong-type", f"her skal stå {wanted}, ikke {shown}", help_))


def whole_number(value: object) -> bool:
    """Whether a value is a whole number; true and false are not."""
    return isinstance(value, int) and not isinstance(value, bool)


def number_in(text: str) -> Fraction | None:
    """A number written ``3`` or ``1/4``, or None."""
    if not NUMBER.fullmatch(text):
        return None
    try:
        return Fraction(text)
    except ZeroDivisionError:
        return None


def as_fraction(decimal: str) -> str:
    """How a decimal is to be written instead."""
    return f"skriv `{Fraction(decimal.replace(',', '.'))}` i stedet for `{decimal}`"


def day_in(text: str) -> date | None:
    """A date written ``2024-01-31``, or None."""
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


class Strict(fields.Field[Any]):
    """A field that coerces nothing; ``shape`` is what a JSON Schema says of it."""

    shape: ClassVar[Mapping[str, object]] = {}
    missing: ClassVar[Flaw] = MISSING
    empty: ClassVar[Flaw] = EMPTY

    def __init__(self, *, required: bool = False, shape: Mapping[str, object] | None = None) -> None:
        metadata = dict(self.shape if shape is None else shape)
        messages: ErrorMessages = {"required": [self.missing], "null": [self.empty]}
        super().__init__(required=required, metadata=metadata, error_messages=messages)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        del attr, data, kwargs
        return self.take(value)

    def take(self, value: Any) -> Any:
        """The value if it is right; ValidationError with a Flaw otherwise."""
        return value


class Name(Strict):
    """A text on one line that is not blank: a name given elsewhere, or one that may be anything."""

    shape: ClassVar = {"type": "string", "minLength": 1}

    def take(self, value: Any) -> Any:
        """The text."""
        if not isinstance(value, str):
            help_ = f'er det et navn, så sæt det i anførselstegn: "{value}"' if whole_number(value) else ""
            raise wrong_type(value, "en tekst", help_)
        if not value.strip():
            raise refuse(Flaw("wrong-type", "her skal stå en tekst, ikke ingenting"))
        return value


class Id(Name):
    """A new name, in small letters, digits and hyphens."""

    pattern: ClassVar = ID
    shape: ClassVar = {"type": "string", "pattern": f"^{ID.pattern}$"}
    rule: ClassVar = "brug små bogstaver, cifre og bindestreg, og begynd ikke med bindestreg"

    def take(self, value: Any) -> Any:
        """The name; kept even when ill-formed, so that references to it are not refused too."""
        name = super().take(value)
        if not self.pattern.fullmatch(name):
            raise refuse(Flaw("bad-id", f"{quoted(name)} kan ikke være et navn", self.rule), name)
        return name


class ClauseId(Id):
    """A clause's id, as K23."""

    pattern: ClassVar = CLAUSE_ID
    shape: ClassVar = {"type": "string", "pattern": f"^{CLAUSE_ID.pattern}$"}
    rule: ClassVar = "brug bogstaver fra a til z, cifre, punktum og bindestreg"


class Sentence(Name):
    """A text in one language."""

    missing: ClassVar = UNTRANSLATED
    empty: ClassVar = replace(UNTRANSLATED, key=True)

    def take(self, value: Any) -> Any:
        """The text."""
        if isinstance(value, str) and not value.strip():
            raise refuse(UNTRANSLATED)
        return super().take(value)


class Digest(Name):
    """A SHA-256."""

    shape: ClassVar = {"type": "string", "pattern": f"^{DIGEST.pattern}$"}

    def take(self, value: Any) -> Any:
        """The digest."""
        text = str(value) if whole_number(value) else super().take(value)
        if not DIGEST.fullmatch(text):
            message = f"{quoted(text)} er ikke en SHA-256"
            raise refuse(Flaw("bad-digest", message, "skriv 64 tegn, hver 0-9 eller a-f"))
        return text


class Whole(Strict):
    """A whole number, 1 or more."""

    shape: ClassVar = {"type": "integer", "minimum": 1}

    def take(self, value: Any) -> Any:
        """The number."""
        if not whole_number(value) or value < 1:
            raise wrong_type(value, "et helt tal, 1 eller mere")
        return value


class Flag(Strict):
    """True or false."""

    shape: ClassVar = {"type": "boolean"}

    def take(self, value: Any) -> Any:
        """The truth."""
        if not isinstance(value, bool):
            raise wrong_type(value, "`true` eller `false`")
        return value


class Ours(Strict):
    """True, said where no clause stands behind."""

    shape: ClassVar = {"const": True, "type": "boolean", "enum": [True]}

    def take(self, value: Any) -> Any:
        """True."""
        if value is not True:
            raise wrong_type(value, "`true`", "navngiv bestemmelsen med `clause`, hvis der er en")
        return value


class Word(Name):
    """One of a few words."""

    def __init__(self, *words: str, code: str = "unknown-word", required: bool = False) -> None:
        super().__init__(required=required, shape={"type": "string", "enum": list(words)})
        self.words = words
        self.code = code

    def take(self, value: Any) -> Any:
        """The word."""
        word = super().take(value)
        if word not in self.words:
            raise refuse(Flaw(self.code, f"{quoted(word)} kan ikke stå her", did_you_mean(word, self.words)))
        return word


class Day(Name):
    """A date."""

    shape: ClassVar = {"type": "string", "format": "date", "pattern": f"^{DAY.pattern}$"}

    def take(self, value: Any) -> Any:
        """The date."""
        text = str(value) if whole_number(value) else super().take(value)
        day = day_in(text)
        if day is None:
            message = f"{quoted(text)} er ikke en dato"
            raise refuse(Flaw("bad-date", message, "skriv år, måned og dag som `2024-01-31`"))
        return day


class Scalar(Strict):
    """A number or a word, judged by what it is compared with."""

    shape: ClassVar = {"type": ["string", "integer"]}

    def take(self, value: Any) -> Any:
        """The value as written."""
        if whole_number(value) or (isinstance(value, str) and value.strip()):
            return value
        help_ = "skriv `ja` eller `nej`" if isinstance(value, bool) else ""
        raise wrong_type(value, "et tal eller et ord", help_)


class Many(fields.List):  # type: ignore[type-arg]  # what it holds is Any until the schema has judged it
    """A list. What is wrong keeps its place, so that indexes still say where a value stands."""

    def __init__(self, inner: fields.Field[Any], *, required: bool = False, some: bool = False) -> None:
        messages: ErrorMessages = {"required": [MISSING], "null": [EMPTY]}
        metadata = {"minItems": 1} if some else {}
        super().__init__(inner, required=required, metadata=metadata, error_messages=messages)
        self.some = some

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        del attr, data, kwargs
        if not isinstance(value, list):
            raise refuse(NOT_A_LIST)
        if self.some and not value:
            raise refuse(Flaw("missing-key", "listen er tom", "skriv mindst én"))
        taken: list[Any] = []
        errors: dict[int, Any] = {}
        for index, one in enumerate(value):
            try:
                taken.append(self.inner.deserialize(one))
            except ValidationError as error:
                taken.append(error.valid_data)
                errors[index] = error.messages
        if errors:
            raise ValidationError(errors, valid_data=taken)
        return taken


class One(fields.Nested):
    """A mapping of its own shape."""

    def __init__(self, shape: type[Schema], *, required: bool = False) -> None:
        messages: ErrorMessages = {"required": [MISSING], "null": [EMPTY]}
        super().__init__(shape, required=required, error_messages=messages)


class Form(Schema):
    """The shape of a mapping: unknown keys are refused, with a guess at what was meant."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        strange = Flaw("unknown-key", "ukendt nøgle `{key}`", known=tuple(self.fields), key=True)
        # marshmallow hands on what stands here without looking at it
        self.error_messages |= {"type": NOT_A_MAPPING, "unknown": strange}  # type: ignore[dict-item]


def form(name: str, keys: Mapping[str, fields.Field[Any]]) -> type[Form]:
    """The shape of a mapping with these keys; ``name`` is its name in a JSON Schema."""
    meta = type("Meta", (), {"register": False})
    shape: type[Form] = type(name, (Form,), {**keys, "Meta": meta})
    return shape


def ref(name: str) -> dict[str, object]:
    """How a JSON Schema names another of its shapes."""
    return {"allOf": [{"$ref": f"#/components/schemas/{name}"}]}
