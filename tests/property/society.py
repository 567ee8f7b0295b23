"""A small society in rule files, and the same society in plain Python, for holding the service against."""

from dataclasses import dataclass, field
from datetime import date

HEAD = """\
rulebook:
  id: forening
  title: {{da: Foreningen, en: The society}}
  document: {{da: Vedtægten, en: The statutes}}
  in_force: {{from: {since}, why: {{da: Vedtaget da, en: Adopted then}}}}
bodies:
  - {{id: gruppen, label: {{da: gruppen, en: the group}}}}
  - {{id: bestyrelsen, label: {{da: bestyrelsen, en: the board}}}}
  - {{id: raadet, label: {{da: rådet, en: the council}}}}
  - {{id: kontoret, label: {{da: kontoret, en: the office}}}}
scales:
  - {{id: stoerrelser, values: [S, M, L]}}
facts:
  - {{id: stoerrelse, scope: item, kind: scale, scale: stoerrelser, label: {{da: størrelsen, en: the size}}}}
  - {{id: note, scope: item, kind: text, label: {{da: noten, en: the note}}}}
acts:
  - {{id: indstilling, label: {{da: en indstilling, en: a recommendation}}}}
  - {{id: beslutning, label: {{da: en beslutning, en: a decision}}}}
  - {{id: godkendelse, label: {{da: en godkendelse, en: an approval}}}}
  - {{id: bestilling, label: {{da: en bestilling, en: an order}}}}
  - {{id: genaabning, label: {{da: en genåbning, en: a reopening}}}}
clauses:
  - {{id: P1, section: {{da: Opgaver, en: Tasks}}, place: 1, force: must, words: 3,
     text: {{da: Et krav, en: A demand}},
     digest: "1111111111111111111111111111111111111111111111111111111111111111", check: enforced}}
processes:
  - id: oenske
    label: {{da: ønsker, en: wishes}}
    kinds: [{{id: oenske, label: {{da: ønske, en: wish}}}}]
    initial: ny
    states:
      - {{id: ny, label: {{da: ny, en: new}}}}
      - {{id: indstillet, label: {{da: indstillet, en: recommended}}}}
      - {{id: besluttet, label: {{da: besluttet, en: decided}}}}
      - {{id: bestilt, final: true, label: {{da: bestilt, en: ordered}}}}
    steps:
      - {{step: indstil, label: {{da: Indstil, en: Recommend}}, act: indstilling,
         by: {{body: gruppen, clause: P1}}, from: {{states: [ny], ours: true}}, to: indstillet}}
      - {{step: beslut, label: {{da: Beslut, en: Decide}}, act: beslutning,
         by: {{body: bestyrelsen, clause: P1}}, from: {{states: [indstillet], clause: P1}}, to: besluttet}}
      - {{step: godkend, label: {{da: Godkend, en: Approve}}, act: godkendelse,
         by: {{body: raadet, clause: P1}}, from: {{states: [besluttet], ours: true}}}}
      - {{step: genaabn, label: {{da: Genåbn, en: Reopen}}, act: genaabning, new_round: true,
         by: {{body: gruppen, ours: true}}, from: {{states: [besluttet, bestilt], ours: true}}, to: ny}}
      - step: bestil
        label: {{da: Bestil, en: Order}}
        act: bestilling
        by: {{body: kontoret, ours: true}}
        from: {{states: [besluttet], clause: P1}}
        to: bestilt
        rules:
          - id: godkendt-foerst
            clause: P1
            force: must
            label: {{da: Godkendt først, en: Approved first}}
{when}            requires: {{act: godkendelse, by: raadet}}
"""
LARGE = "            applies_when: {fact: stoerrelse, at_least: L}\n"


def write_rules(folder, since, *, always):
    """The society's rules from a day on; ``always`` asks approval of every task, else of large ones only."""
    folder.mkdir(parents=True)
    text = HEAD.format(since=since.isoformat(), when="" if always else LARGE)
    (folder / "regler.yaml").write_text(text, encoding="utf-8")
    return folder


STEPS = {
    "indstil": ("gruppen", ("ny",), "indstillet"),
    "beslut": ("bestyrelsen", ("indstillet",), "besluttet"),
    "godkend": ("raadet", ("besluttet",), None),
    "genaabn": ("gruppen", ("besluttet", "bestilt"), "ny"),
    "bestil": ("kontoret", ("besluttet",), "bestilt"),
}
BODIES = ("gruppen", "bestyrelsen", "raadet", "kontoret")


@dataclass
class Line:
    """One thing about a task, on a day: an act, or a size told; ``struck`` is the event that took it back.

    ``sizes`` are the size as first told and as put right since, each with the event that said so.
    """

    event: int
    on: date
    step: str = ""
    body: str = ""
    sizes: list[tuple[int, str]] = field(default_factory=list)
    struck: int | None = None

    def counts(self, before=None):
        """Whether it still stood when an event came."""
        return self.struck is None or (before is not None and self.struck > before)


@dataclass
class Task:
    """A task as a clerk would keep it on a card: what happened, line by line, as it was written down."""

    since: date
    lines: list[Line] = field(default_factory=list)
    version: int = 1

    def card(self, by=date.max, before=None, adding=None):
        """The acts that count: up to a day, written down before an event, perhaps with one more."""
        acts = [
            line
            for line in self.lines
            if line.step and line.on <= by and (before is None or line.event < before) and line.counts(before)
        ]
        return [*acts, adding] if adding else acts

    def size(self, on, before=None):
        """The size last told by a day, or nothing; with ``before``, as written down when an event came."""
        told = [
            (line.on, line.event, [size for event, size in line.sizes if before is None or event < before])
            for line in self.lines
            if line.on <= on and line.counts(before)
        ]
        known = [each for each in told if each[2]]
        return max(known)[2][-1] if known else ""


def state(card):
    """Where a task is: what is dated before an earlier line counts as an act and moves nothing."""
    at, latest = "ny", date.min
    for line in card:
        if line.on >= latest:
            at, latest = STEPS[line.step][2] or at, line.on
    return at


def approved(card, on):
    """Whether the council has approved by a day, since the task was last reopened."""
    found = False
    for line in card:
        if line.step == "genaabn":
            found = False
        elif line.step == "godkend" and line.on <= on:
            found = True
    return found


def allowed(task, card, step, body, on, *, always, before=None):
    """Whether the society's rules allow a step: who, where from, and approval first of what is large."""
    by, from_, _ = STEPS[step]
    asks = step == "bestil" and (always or task.size(on, before) in ("", "L"))
    return body == by and state(card) in from_ and (not asks or approved(card, on))


def takes_back(task, step, body, on, *, always):
    """Whether a step dated before later acts takes away what one of them rested on."""
    late = Line(0, on, step, body)
    for act in task.card():
        if act.on <= on:
            continue
        before = task.card(before=act.event)
        after = task.card(before=act.event, adding=late)
        was, now = (
            allowed(task, card, act.step, act.body, act.on, always=always, before=act.event)
            for card in (before, after)
        )
        if was and not now:
            return True
    return False
