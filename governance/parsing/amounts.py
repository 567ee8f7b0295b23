"""The shapes of amounts of time: how far a date is moved, and how near another it must lie."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import ValidationError

from governance.parsing.faultlist import did_you_mean, quoted
from governance.parsing.fields import (
    DECIMAL,
    Flaw,
    Name,
    Strict,
    as_fraction,
    form,
    ref,
    refuse,
    whole_number,
    wrong_type,
)

UNITS = ("days", "weeks", "months", "years")


class Number(Strict):
    """A whole number, or a reading that holds one."""

    shape: ClassVar = {"anyOf": [{"type": "integer", "minimum": 0}, ref("ReadingName")]}

    def take(self, value: Any) -> Any:
        """The number, or the reading's name in a mapping."""
        if isinstance(value, Mapping):
            return _READING.load(value)
        if isinstance(value, str) or (whole_number(value) and value < 0):
            help_ = "skriv et helt tal, 0 eller mere, eller `{reading: ...}`"
            if isinstance(value, str) and DECIMAL.fullmatch(value):
                help_ += f"; {as_fraction(value)}, hvor der må stå en brøk"
            raise refuse(Flaw("wrong-unit", f"{quoted(value)} er ikke et antal", help_))
        if not whole_number(value):
            raise wrong_type(value, "et helt tal")
        return value


class Amount(Strict):
    """A number of days, weeks, months or years."""

    def __init__(self, *units: str, required: bool = False) -> None:
        super().__init__(required=required, shape={"anyOf": [_of_unit(unit) for unit in units]})
        self.units = units

    def take(self, value: Any) -> Any:
        """The unit with its number."""
        example = f"skriv `{{{self.units[0]}: {value if whole_number(value) else 10}}}`"
        if not isinstance(value, Mapping):
            raise wrong_type(value, "et antal med enhed", example)
        if not value:
            raise refuse(Flaw("wrong-unit", "antallet og dets enhed mangler", example))
        errors: dict[str, Any] = {unit: [self._strange(unit)] for unit in value if unit not in self.units}
        if not errors and len(value) > 1:
            second = list(value)[1]
            message = f"{quoted(second)} er en enhed for meget"
            errors[second] = [Flaw("conflicting-keys", message, "skriv én", key=True)]
        for unit in value.keys() - errors.keys():
            try:
                _NUMBER.deserialize(value[unit])
            except ValidationError as error:
                errors[unit] = error.messages
        if errors:
            raise ValidationError(errors)
        return value

    def _strange(self, unit: str) -> Flaw:
        help_ = did_you_mean(unit, self.units)
        return Flaw("wrong-unit", f"{quoted(unit)} er ikke en enhed her", help_, key=True)


class GiveOrTake(Amount):
    """How far from a date still counts as about it: days, the same both ways or each way its own."""

    def __init__(self) -> None:
        super().__init__("days")
        days = _of_unit("days")
        ways = {"earlier": days, "later": days}
        own = {"type": "object", "properties": ways, "required": list(ways), "additionalProperties": False}
        self.metadata = {"anyOf": [days, own]}

    def take(self, value: Any) -> Any:
        """The days."""
        if isinstance(value, Mapping) and ("earlier" in value or "later" in value):
            return _EACH_WAY.load(value)
        return super().take(value)


def _of_unit(unit: str) -> dict[str, object]:
    number = {unit: Number.shape}
    return {"type": "object", "properties": number, "required": [unit], "additionalProperties": False}


_NUMBER = Number()
READING_NAME = form("ReadingName", {"reading": Name(required=True)})
_READING = READING_NAME()
_EACH_WAY = form("EachWay", {way: Amount("days", required=True) for way in ("earlier", "later")})()
