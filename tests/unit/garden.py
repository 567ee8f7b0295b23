"""The statutes of a made-up allotment garden, small and with every kind of thing a rule file can say."""

from governance.faults import Fault, RuleError
from governance.files import parse_document
from governance.parsing import parse_rulebook
from governance.rulebook import Rulebook

FILE = "have.yaml"
MARK = "¤"

GARDEN = """\
rulebook:
  id: haven
  title: {da: Haven, en: The garden}
  document: {da: Vedtægten, en: The statutes}
  in_force: {from: 2020-01-01, to: 2029-12-31, why: {da: Stiftet da, en: Founded then}}
bodies:
  - {id: bestyrelsen, label: {da: bestyrelsen, en: the board}}
  - {id: generalforsamlingen, label: {da: generalforsamlingen, en: the assembly}}
scales:
  - {id: tykkelse, values: [lav, mellem, hoej]}
  - {id: haardhed, values: [bloed, fast]}
words:
  - {id: fugtig, label: {da: fugtig, en: damp}}
facts:
  - {id: hegn, scope: item, kind: scale, scale: tykkelse, label: {da: hegnet, en: the fence}}
  - {id: pris, scope: item, kind: number, unit: kroner, adds_up: true, label: {da: prisen, en: the price}}
  - {id: jord, scope: item, kind: word, options: [toer, fugtig], label: {da: jorden, en: the soil}}
  - {id: bemaerkning, scope: item, kind: text, label: {da: noten, en: the note}}
  - {id: egn, scope: organisation, kind: word, options: [nord, syd], label: {da: egnen, en: the region}}
  - {id: haver, scope: organisation, kind: number, label: {da: antal haver, en: number of gardens}}
  - {id: betalt, scope: term, kind: yes_no, label: {da: betalt, en: paid}}
acts:
  - {id: ansoegning, label: {da: en ansøgning, en: an application}}
  - {id: tilladelse, covers: [hegn, pris], tolerance: vokset, label: {da: en tilladelse, en: a permission}}
  - {id: afslag, label: {da: et afslag, en: a refusal}}
clauses:
  - {id: P1, section: {da: Haver, en: Gardens}, place: 1, force: must, text: {da: Et krav, en: A demand}, words: 3, digest: "1111111111111111111111111111111111111111111111111111111111111111", check: enforced}
  - {id: P2, section: {da: Haver, en: Gardens}, place: 2, force: goal, text: {da: Et krav, en: A demand}, words: 3, digest: "2222222222222222222222222222222222222222222222222222222222222222", check: unchecked, why: {da: Et skøn, en: A judgement}}
  - {id: P2a, section: {da: Haver, en: Gardens}, place: 1, force: goal, text: {da: Et krav, en: A demand}, words: 3, digest: "3333333333333333333333333333333333333333333333333333333333333333", check: reported, part_of: P2}
  - {id: P3, section: {da: Haver, en: Gardens}, place: 3, force: default, text: {da: Et krav, en: A demand}, words: 3, digest: "4444444444444444444444444444444444444444444444444444444444444444", check: reported, part: true, why: {da: Et skøn, en: A judgement}}
  - {id: P4, section: {da: Haver, en: Gardens}, place: 4, force: should, text: {da: Et krav, en: A demand}, words: 3, digest: "5555555555555555555555555555555555555555555555555555555555555555", check: reported}
readings:
  - id: dyr
    clause: P1
    phrase: "dyr"
    means: {da: mindst tusind kroner, en: at least a thousand kroner}
    values: [{condition: {any: [{fact: pris, at_least: {reading: graense}}, {fact: hegn, at_least: mellem}]}}]
    chosen_by: {da: bestyrelsen, en: the board}
    chosen_on: 2020-01-01
    why: {da: Det plejer det, en: It always was}
    alternatives: [{da: to tusind, en: two thousand}]
  - id: graense
    clause: P1
    phrase: "dyr"
    means: {da: tusind kroner, en: a thousand kroner}
    unit: kroner
    values:
      - {to: 2024-12-31, value: 1000}
      - {from: 2025-01-01, value: 3000/2}
    chosen_by: {da: bestyrelsen, en: the board}
    chosen_on: 2020-01-01
    why: {da: Det plejer det, en: It always was}
    alternatives: []
  - id: vokset
    clause: P1
    phrase: "dyr"
    means: {da: en tiendedel, en: a tenth}
    values: [{value: 1/10}]
    chosen_by: {da: bestyrelsen, en: the board}
    chosen_on: 2020-01-01
    why: {da: Det plejer det, en: It always was}
    alternatives: []
  - id: frist
    clause: P3
    phrase: "ca. en uge"
    means: {da: syv dage, en: seven days}
    unit: dage
    values: [{value: 7}]
    chosen_by: {da: bestyrelsen, en: the board}
    chosen_on: 2020-01-01
    why: {da: Det plejer det, en: It always was}
    alternatives: []
processes:
  - id: hegnssag
    label: {da: hegnssager, en: fence matters}
    kinds: [{id: hegn, label: {da: hegn, en: fence}}, {id: hoens, label: {da: høns, en: hens}}]
    initial: ny
    states:
      - {id: ny, label: {da: ny, en: new}}
      - {id: sendt, label: {da: sendt, en: sent}}
      - {id: tilladt, final: true, label: {da: tilladt, en: allowed}}
      - {id: afslaaet, final: true, label: {da: afslået, en: refused}}
    steps:
      - step: soeg
        label: {da: Søg, en: Apply}
        act: ansoegning
        by: {body: [bestyrelsen, generalforsamlingen], ours: true}
        from: {states: [ny], ours: true}
        to: sendt
        inputs: [{fact: pris}, {fact: jord, required: false}]
      - step: tillad
        label: {da: Tillad, en: Allow}
        act: tilladelse
        by: {body: bestyrelsen, clause: P1}
        from: {states: [sendt], clause: P1}
        to: tilladt
        rules:
          - id: soegt-foer
            clause: P1
            force: must
            label: {da: Der er søgt før, en: An application came before}
            applies_when: {reading: dyr}
            requires: {act: ansoegning, by: bestyrelsen, no_later_than: {fact: on, of: request, minus: {days: {reading: frist}}}, where: {not: {fact: person, is: {fact: person, of: request}}}}
            otherwise: {da: Søg først, en: Apply first}
      - step: afslaa
        label: {da: Afslå, en: Refuse}
        act: afslag
        by: {body: bestyrelsen, clause: P1}
        from: {states: [sendt], clause: P1}
        to: afslaaet
      - step: vent
        label: {da: Vent, en: Wait}
        act: ansoegning
        by: {body: bestyrelsen, ours: true}
        from: {states: [ny, sendt], ours: true}
        new_round: true
silences:
  - {id: katte, topic: {da: Om katte må gå frit, en: Whether cats may roam}}
tensions:
  - {id: to-veje, clauses: [P1, P3], text: {da: De siger hver sit, en: They differ}}
organisations:
  - {id: Nordhaven, kind: haveforening, facts: {haver: 40, egn: [{value: nord, to: 2022-12-31}, {value: syd, from: 2023-01-01}]}}
  - {id: Sydhaven, kind: haveforening}
rules:
  - id: nok-medlemmer
    clause: P4
    force: should
    for_each: body
    only: [bestyrelsen]
    label: {da: Medlemmer fra to egne, en: Members from two regions}
    requires:
      all:
        - {distinct: egn, over: members, where: {fact: betalt, is: ja}, at_least: 2}
        - {share: members, same: municipality, at_most: 1/3}
        - {each: members, as: den, satisfy: {count: superusers, of: organisation, at_least: 1}}
        - {exists: members, satisfy: {fact: haver, more_than: 12}}
        - {earliest: meetings, fact: date, after: 2020-01-01}
  - id: indkaldt-i-tide
    clause: P3
    force: default
    for_each: meeting
    label: {da: Mødet er indkaldt i tide, en: The meeting is called in time}
    from: 2021-01-01
    to: 2028-12-31
    due: {fact: date, of: meeting}
    excused_by: [generalforsamlingen]
    requires: {act: ansoegning, about: {fact: date, of: meeting, minus: {weeks: 2}}, give_or_take: {earlier: {days: 3}, later: {days: {reading: frist}}}}
  - id: hegn-ikke-hoejt
    ours: true
    force: must
    for_each: item
    step: [soeg, tillad]
    only: [hegn]
    label: {da: Hegnet er lavt, en: The fence is low}
    requires:
      any:
        - {fact: jord, one_of: [toer, fugtig]}
        - {not: {recorded: hegn}}
        - {fact: hegn, of: whole, at_most: mellem}
        - {act: tilladelse, where: {fact: body, is: bestyrelsen}}
"""  # noqa: E501 - the statutes' own lines


def read(text: str = GARDEN) -> Rulebook:
    """The rulebook in a text; RuleError with its faults."""
    return parse_rulebook([parse_document(FILE, text.encode())], "0" * 64)


def faults_in(text: str) -> list[Fault]:
    """Everything wrong in a text."""
    try:
        read(text)
    except RuleError as error:
        return list(error.faults)
    return []


def changed(old: str, new: str) -> str:
    """The statutes with one passage, which stands there once, changed."""
    if GARDEN.count(old) != 1:
        raise ValueError(f"{old!r} stands {GARDEN.count(old)} times")
    return GARDEN.replace(old, new)


def without_mark(text: str) -> tuple[str, tuple[int, int]]:
    """The text without its mark, and the line and column the mark stood at."""
    before = text[: text.index(MARK)]
    return text.replace(MARK, ""), (before.count("\n") + 1, len(before) - before.rfind("\n"))
