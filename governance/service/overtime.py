"""What the rules say from day to day, rule by rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from governance.model import Finding, Text, Verdict
from governance.record import Record
from governance.roster import JudgedSpan
from governance.service.findings import finding_view
from governance.service.rotationviews import RuleOverTimeView, StretchView
from governance.service.rotationwords import say_days
from governance.service.views import FindingView


def over_time(spans: Sequence[JudgedSpan], record: Record) -> tuple[RuleOverTimeView, ...]:
    """Each rule with its stretches; neighbours that a reader is told the same of are one."""
    rules: dict[tuple[object, ...], list[FindingView]] = {}
    stretches: dict[tuple[object, ...], dict[str, list[StretchView]]] = {}
    for span in spans:
        for finding in span.findings:
            told = finding_view(span.rulebook, finding, _subject(record, finding))
            key = (told.rule, told.clause, told.force)
            rules.setdefault(key, []).append(told)
            _lengthen(stretches.setdefault(key, {}).setdefault(told.subject, []), told, span)
    return tuple(
        RuleOverTimeView(
            rule=told[0].rule,
            label=told[-1].label,
            clause=told[0].clause,
            force=told[0].force,
            stretches=tuple(_together(stretches[key])),
        )
        for key, told in rules.items()
    )


def _lengthen(own: list[StretchView], told: FindingView, span: JudgedSpan) -> None:
    """Add a span to what is told of one thing, to the last stretch where it says the same."""
    begins = span.from_
    if own and (own[-1].verdict, own[-1].because) == (told.verdict, told.because):
        before = own[-1]
        if (span.from_ - date.fromisoformat(before.to)).days == 1:
            begins = date.fromisoformat(before.from_)
            own.pop()
    days = say_days(begins, span.to)
    own.append(
        StretchView(
            begins.isoformat(), span.to.isoformat(), days, told.verdict, (told.subject,), told.because
        )
    )


def _together(by_subject: dict[str, list[StretchView]]) -> Iterator[StretchView]:
    """The stretches of all things in the order of time; things of which the same is told are told at once."""
    alike: dict[tuple[str, str, Verdict, Text], list[StretchView]] = {}
    for own in by_subject.values():
        for each in own:
            alike.setdefault((each.from_, each.to, each.verdict, each.because), []).append(each)
    for from_, to, verdict, because in sorted(alike, key=lambda key: key[:2]):
        same = alike[from_, to, verdict, because]
        subjects = tuple(subject for each in same for subject in each.subjects)
        yield StretchView(from_, to, same[0].days, verdict, subjects, because)


def _subject(record: Record, finding: Finding) -> str:
    """What a finding is about; a term by who holds which seat."""
    entity = record.get(finding.subject)
    if entity is not None and entity.kind == "term":
        return f"{entity.links['organisation']} ({entity.links['seat']})"
    return finding.subject
