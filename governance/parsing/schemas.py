"""The shapes of the sections of a rule file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import ValidationError

from governance.model import Force
from governance.parsing.fields import (
    ClauseId,
    Day,
    Digest,
    Flag,
    Id,
    Many,
    Name,
    One,
    Ours,
    Scalar,
    Sentence,
    Strict,
    Whole,
    Word,
    form,
    ref,
    wrong_type,
)
from governance.parsing.forms import Condition, Names, Operand
from governance.rulebook import ACT_ROLES, FACT_ROLES
from governance.vocabulary import JUDGED_KINDS, SCOPES

FACT_KINDS = ("number", "date", "scale", "word", "text", "yes_no")
CHECKS = ("enforced", "warned", "reported", "unchecked")
FORCES = tuple(force.value for force in Force)
ADDED_KINDS = ("term", "deputy", "call", "consultation", "ballot")
METHODS = ("sum", "approval", "borda")
BLANKS = ("zero", "abstain", "shared")
RULE_FORCES = tuple(force for force in FORCES if force != Force.GOAL.value)

TEXT = form("Text", {"da": Sentence(required=True), "en": Sentence(required=True)})


def text(*, required: bool = True) -> One:
    """A text in both languages."""
    return One(TEXT, required=required)


SPAN = {"from": Day(), "to": Day()}
NAMED = form("Named", {"id": Id(required=True), "label": text()})
STATE = form(
    "State", {"id": Id(required=True), "label": text(), "final": Flag(), "awaits": Many(Name(), some=True)}
)
WORD = form("Word", {"id": Name(required=True), "label": text()})
SCALE = form("Scale", {"id": Id(required=True), "values": Many(Name(), required=True, some=True)})
IN_FORCE = form("InForce", {"from": Day(required=True), "to": Day(), "why": text()})
RULEBOOK = form(
    "Rulebook",
    {"id": Id(required=True), "title": text(), "document": text(), "in_force": One(IN_FORCE, required=True)},
)
FACT = form(
    "Fact",
    {
        "id": Id(required=True),
        "scope": Word(*SCOPES, code="unknown-row", required=True),
        "kind": Word(*FACT_KINDS, required=True),
        "scale": Name(),
        "options": Many(Name(), some=True),
        "unit": Name(),
        "label": text(),
        "plural": text(required=False),
        "each_round": Flag(),
        "adds_up": Flag(),
        "role": Word(*FACT_ROLES),
    },
)
ACT = form(
    "Act",
    {
        "id": Id(required=True),
        "label": text(),
        "covers": Many(Name()),
        "tolerance": Name(),
        "drops": Flag(),
        "role": Word(*ACT_ROLES),
    },
)
CLAUSE = form(
    "Clause",
    {
        "id": ClauseId(required=True),
        "section": text(),
        "place": Whole(required=True),
        "force": Word(*FORCES, required=True),
        "text": text(),
        "words": Whole(required=True),
        "digest": Digest(required=True),
        "check": Word(*CHECKS, required=True),
        "part_of": Name(),
        "part": Flag(),
        "why": text(required=False),
        "note": text(required=False),
    },
)
DATED_MEANING = form("DatedMeaning", {**SPAN, "value": Scalar(), "condition": Condition()})
READING = form(
    "Reading",
    {
        "id": Id(required=True),
        "clause": Name(required=True),
        "phrase": Name(required=True),
        "means": text(),
        "unit": Name(),
        "for_each": Word(*SCOPES, code="unknown-row"),
        "values": Many(One(DATED_MEANING), required=True, some=True),
        "chosen_by": text(),
        "chosen_on": Day(required=True),
        "why": text(),
        "alternatives": Many(text(), required=True),
    },
)
INPUT = form(
    "Input", {"fact": Name(required=True), "required": Flag(), "again": Flag(), "default": Operand()}
)
BY = form("By", {"body": Names(required=True), "clause": Name(), "ours": Ours()})
FROM = form("From", {"states": Many(Name(), required=True, some=True), "clause": Name(), "ours": Ours()})
_RULE = {
    "id": Id(required=True),
    "clause": Name(),
    "ours": Ours(),
    "force": Word(*RULE_FORCES, required=True),
    "label": text(),
    "only": Many(Name(), some=True),
    "applies_when": Condition(),
    "requires": Condition(required=True),
    **SPAN,
    "due": Operand(),
    "excused_by": Many(Name(), some=True),
    "otherwise": text(required=False),
}
STEP_RULE = form("StepRule", _RULE)
RULE = form(
    "Rule", {**_RULE, "for_each": Word(*JUDGED_KINDS, code="unknown-row", required=True), "step": Names()}
)
STEP = form(
    "Step",
    {
        "step": Id(required=True),
        "label": text(),
        "act": Name(required=True),
        "by": One(BY, required=True),
        "from": One(FROM, required=True),
        "to": Name(),
        "inputs": Many(One(INPUT)),
        "new_round": Flag(),
        "adds": Word(*ADDED_KINDS, code="unknown-row"),
        "ends": Word("term", code="unknown-row"),
        "takes": Name(),
        "history": Flag(),
        "rules": Many(One(STEP_RULE)),
    },
)
PROCESS = form(
    "Process",
    {
        "id": Id(required=True),
        "label": text(),
        "kinds": Many(One(NAMED), required=True, some=True),
        "initial": Name(required=True),
        "states": Many(One(STATE), required=True, some=True),
        "steps": Many(One(STEP), required=True, some=True),
    },
)
SECTION = form(
    "Section",
    {
        "id": Id(required=True),
        "label": text(),
        "kinds": Many(Name(), some=True),
        "states": Many(Name(), some=True),
        "follow_up": Flag(),
        "table": Flag(),
        "scores": Flag(),
    },
)
COUNTING = form(
    "Counting",
    {
        "id": Id(required=True),
        "label": text(),
        "clause": Name(),
        "ours": Ours(),
        "method": Word(*METHODS, required=True),
        "blank": Word(*BLANKS, required=True),
        "most": Operand(),
        "budget": Operand(),
        "places": Operand(),
        "cast": Name(required=True),
        "change": Name(),
        "total": Name(),
        "rank": Name(),
    },
)
SILENCE = form("Silence", {"id": Id(required=True), "topic": text()})
TENSION = form(
    "Tension", {"id": Id(required=True), "clauses": Many(Name(), required=True, some=True), "text": text()}
)
DATED_VALUE = form("DatedValue", {"value": Scalar(required=True), **SPAN})


class OrganisationFacts(Strict):
    """Facts by name: one value for all time, or a list of values with their dates."""

    _several: ClassVar = Many(One(DATED_VALUE), some=True)
    shape: ClassVar = {
        "type": "object",
        "additionalProperties": {
            "anyOf": [Scalar.shape, {"type": "array", "items": ref("DatedValue"), "minItems": 1}]
        },
    }

    def take(self, value: Any) -> Any:
        """The facts as written."""
        if not isinstance(value, Mapping):
            raise wrong_type(value, "oplysninger med værdier", "skriv `oplysning: værdi`")
        taken, errors = {}, {}
        for name, one in value.items():
            try:
                taken[name] = (self._several if isinstance(one, list) else Scalar()).deserialize(one)
            except ValidationError as error:
                taken[name], errors[name] = error.valid_data, error.messages
        if errors:
            raise ValidationError(errors, valid_data=taken)
        return taken


ORGANISATION = form(
    "Organisation", {"id": Name(required=True), "kind": Name(required=True), "facts": OrganisationFacts()}
)

SECTIONS = {
    "bodies": NAMED,
    "scales": SCALE,
    "words": WORD,
    "facts": FACT,
    "acts": ACT,
    "clauses": CLAUSE,
    "readings": READING,
    "processes": PROCESS,
    "silences": SILENCE,
    "tensions": TENSION,
    "organisations": ORGANISATION,
    "agenda": SECTION,
    "counting": COUNTING,
    "rules": RULE,
}
RULE_FILE = form(
    "RuleFile", {"rulebook": One(RULEBOOK), **{name: Many(One(shape)) for name, shape in SECTIONS.items()}}
)
