"""Every fault a rule file can have is refused with its own code, at its own line and column, and alone."""

import pytest

from governance.faults import RuleError
from governance.files import parse_document
from governance.parsing import CODES, check_rulebooks, parse_rulebook
from tests.unit.garden import FILE, GARDEN, changed, faults_in, read, without_mark

VENT = "  - step: vent"
ABOUT = "give_or_take: {earlier: {days: 3}, later: {days: {reading: frist}}}"
NEW_STATE = "      - {id: ny, label: {da: ny, en: new}}\n"
ONE_OF = "{fact: jord, one_of: [toer, fugtig]}"
SHARE = "{share: members, same: municipality, at_most: 1/3}"
COUNT = "satisfy: {count: superusers, of: organisation, at_least: 1}"


def step(name, state, to):
    return (
        f"      - step: {name}\n        label: {{da: x, en: x}}\n        act: afslag\n"
        f"        by: {{body: bestyrelsen, ours: true}}\n        from: {{states: [{state}], ours: true}}\n"
        f"        to: {to}\n"
    )


FAULTS = [
    # shapes
    ("unknown-key", "    for_each: body\n", "    ¤for_eech: body\n"),
    ("unknown-key", "{id: katte, topic", "{id: katte, ¤lyd: miav, topic"),
    ("unknown-key", "silences:\n", "¤silence:\n"),
    ("unknown-key", ONE_OF, "{¤fakt: jord, one_of: [toer, fugtig]}"),
    ("unknown-key", ONE_OF, "{fact: jord, one_of: [toer], ¤off: item}"),
    ("unknown-key", "recorded: hegn", "¤recordet: hegn"),
    ("unknown-key", ONE_OF, "{fact: jord, ¤off: item}"),
    (
        "missing-key",
        "{id: katte, topic: {da: Om katte må gå frit, en: Whether cats may roam}}",
        "¤{id: katte}",
    ),
    ("missing-key", "{body: [bestyrelsen, generalforsamlingen], ours: true}", "¤{body: bestyrelsen}"),
    ("missing-key", SHARE, "¤{share: members, at_most: 1/3}"),
    ("missing-key", ", " + ABOUT, "", "{act: ansoegning, about"),
    ("missing-key", ONE_OF, "¤{}"),
    ("missing-key", "[{value: 1/10}]", "[¤{to: 2029-12-31}]"),
    ("missing-key", "kind: scale, scale: tykkelse", "kind: scale", "{id: hegn, scope"),
    ("missing-key", "states: [ny], ours", "states: ¤[], ours"),
    ("conflicting-keys", ONE_OF, "{fact: jord, one_of: [toer], ¤act: afslag}"),
    ("conflicting-keys", ONE_OF, "{fact: jord, one_of: [toer], ¤give_or_take: {days: 1}}"),
    (
        "conflicting-keys",
        SHARE,
        "{share: members, same: municipality, ¤satisfy: {fact: betalt, is: ja}, at_most: 1/3}",
    ),
    ("conflicting-keys", "minus: {weeks: 2}", "minus: {weeks: 2}, ¤plus: {days: 1}"),
    ("conflicting-keys", "minus: {weeks: 2}", "minus: {weeks: 2, ¤days: 1}"),
    ("conflicting-keys", "    ours: true\n    force", "    clause: P1\n    ¤ours: true\n    force"),
    ("conflicting-keys", "[{value: 1/10}]", "[{¤value: 1/10, condition: {recorded: hegn}}]"),
    ("conflicting-keys", "kind: number, unit: kroner", "kind: number, ¤options: [a], unit: kroner"),
    ("wrong-type", "place: 1, force: must", "place: ¤en, force: must"),
    ("wrong-type", "place: 1, force: must", "place: ¤0, force: must"),
    ("wrong-type", "adds_up: true", "adds_up: ¤ja"),
    ("wrong-type", "only: [bestyrelsen]", "only: ¤bestyrelsen"),
    ("wrong-type", "{id: katte, topic: {da: Om katte må gå frit, en: Whether cats may roam}}", "¤katte"),
    ("wrong-type", "{id: generalforsamlingen,", "{id: ¤7,"),
    ("wrong-type", "topic: {da: Om katte må gå frit, en: Whether cats may roam}", "topic: ¤katte"),
    ("wrong-type", ONE_OF, "¤jord"),
    ("wrong-type", "betalt, is: ja", "betalt, is: ¤true"),
    ("wrong-type", "{days: 3}", "¤3"),
    ("wrong-type", "initial: ny", "initial: ¤[ny]"),
    ("wrong-type", "haver: 40", "haver: ¤true"),
    ("wrong-type", 'phrase: "ca. en uge"', "¤phrase:"),
    ("wrong-unit", "{days: 3}", "{¤dage: 3}"),
    ("wrong-unit", "{days: 3}", "{¤weeks: 3}"),
    ("wrong-unit", "{days: 3}", "¤{}"),
    ("wrong-unit", "{days: 3}", "{days: ¤0.5}"),
    ("wrong-unit", "{days: 3}", "{days: ¤-3}"),
    ("wrong-unit", "at_most: 1/3", "at_most: ¤0.33"),
    ("wrong-unit", "value: 3000/2", 'value: ¤"1500,5"'),
    ("wrong-unit", "haver: 40", "haver: ¤40.5"),
    ("wrong-unit", "minus: {weeks: 2}", "minus: {weeks: {reading: ¤frist}}"),
    ("wrong-unit", "minus: {weeks: 2}", "minus: {days: {reading: ¤vokset}}"),
    ("wrong-unit", "unit: kroner\n", "unit: euro\n", "{reading: graense}"),
    ("bad-date", "from: 2021-01-01", "from: ¤2021-02-29"),
    ("bad-date", "from: 2021-01-01", "from: ¤1. januar"),
    ("bad-date", "from: 2021-01-01", "from: ¤20210101"),
    ("bad-date", "after: 2020-01-01", "after: ¤2020-W01"),
    ("bad-digest", f'"{"3" * 64}"', f'¤"{"3" * 63}A"'),
    ("bad-id", "{id: haardhed,", "{id: ¤Hårdhed!,"),
    ("bad-id", VENT, "  - step: ¤Vent"),
    ("bad-id", "id: P2a,", "id: ¤P 2a,"),
    (
        "missing-translation",
        "{da: Om katte må gå frit, en: Whether cats may roam}",
        "¤{da: Om katte må gå frit}",
    ),
    ("missing-translation", "en: Whether cats may roam", 'en: ¤""'),
    ("missing-translation", "[{da: to tusind, en: two thousand}]", "[¤{en: two thousand}]"),
    ("missing-translation", "otherwise: {da: Søg først,", "otherwise: ¤{"),
    # names
    ("unknown-state", "initial: ny", "initial: ¤nyt"),
    ("unknown-state", "to: afslaaet", "to: ¤afslaet"),
    ("unknown-state", "states: [ny, sendt]", "states: [ny, ¤send]"),
    ("unknown-step", "step: [soeg, tillad]", "step: [soeg, ¤tilad]"),
    ("unknown-body", "only: [bestyrelsen]", "only: [¤bestyrelse]"),
    ("unknown-body", "excused_by: [generalforsamlingen]", "excused_by: [¤assembly]"),
    (
        "unknown-body",
        "by: {body: [bestyrelsen, generalforsamlingen]",
        "by: {body: [¤kassereren, bestyrelsen]",
    ),
    ("unknown-body", "by: bestyrelsen, no_later", "by: ¤bestyrelse, no_later"),
    ("unknown-body", "{fact: body, is: bestyrelsen}", "{fact: body, is: ¤kassereren}"),
    ("unknown-fact", ONE_OF, "{fact: ¤jorden, one_of: [toer]}"),
    ("unknown-fact", "distinct: egn", "distinct: ¤egnen"),
    ("unknown-fact", "inputs: [{fact: pris}", "inputs: [{fact: ¤prisen}"),
    ("unknown-fact", "covers: [hegn, pris]", "covers: [hegn, ¤betalt]"),
    ("unknown-fact", "haver: 40", "¤haven: 40"),
    ("unknown-fact", "recorded: hegn", "recorded: ¤hegnet"),
    ("unknown-fact", "earliest: meetings, fact: date", "earliest: meetings, fact: ¤dato"),
    ("unknown-reading", "at_least: {reading: graense}", "at_least: {reading: ¤graensen}"),
    ("unknown-reading", "applies_when: {reading: dyr}", "applies_when: {reading: ¤dyrt}"),
    ("unknown-reading", "minus: {days: {reading: frist}}", "minus: {days: {reading: ¤fristen}}"),
    ("unknown-reading", "tolerance: vokset", "tolerance: ¤voksede"),
    ("unknown-clause", "    clause: P4\n", "    clause: ¤P9\n"),
    ("unknown-clause", "part_of: P2", "part_of: ¤P7"),
    ("unknown-clause", "clauses: [P1, P3]", "clauses: [P1, ¤P33]"),
    ("unknown-clause", "P3\n    phrase", "¤P5\n    phrase"),
    ("unknown-clause", "ours: true}\n        to: sendt", "clause: ¤P5}\n        to: sendt"),
    ("unknown-act", "act: afslag\n", "act: ¤afslaget\n"),
    ("unknown-act", "{act: tilladelse, where", "{act: ¤tilladelsen, where"),
    ("unknown-kind", "only: [hegn]", "only: [¤hund]"),
    ("unknown-kind", ONE_OF, "{fact: kind, of: item, is: ¤hund}"),
    ("unknown-scale", "scale: tykkelse", "scale: ¤tykkelser"),
    ("unknown-row", "fact: date, of: meeting, minus: {weeks", "fact: date, of: ¤moede, minus: {weeks"),
    ("unknown-row", "for_each: meeting", "for_each: ¤moede"),
    ("unknown-row", "scope: organisation, kind: number", "scope: ¤organisationer, kind: number"),
    (
        "unknown-row",
        "requires:\n      any:\n",
        "applies_when: {fact: on, of: ¤seat, before: 2024-01-01}\n    requires:\n      any:\n",
    ),
    ("unknown-row", SHARE, "{share: members, satisfy: {reading: ¤dyr}, at_most: 1/3}"),
    ("unknown-collection", "count: superusers", "count: ¤superuser"),
    ("unknown-collection", "over: members", "over: ¤medlemmer"),
    ("unknown-collection", COUNT, "satisfy: ¤{act: afslag}"),
    ("unknown-word", ONE_OF, "{fact: jord, one_of: [toer, ¤vaad]}"),
    ("unknown-word", "at_most: mellem", "at_most: ¤hoejest"),
    ("unknown-word", "force: should\n", "force: ¤skal\n"),
    ("unknown-word", "check: enforced", "check: ¤checked"),
    ("unknown-word", "kind: yes_no", "kind: ¤bool"),
    ("unknown-word", "value: nord", "value: ¤nor"),
    ("duplicate-id", "{id: generalforsamlingen,", "{id: ¤bestyrelsen,"),
    (
        "duplicate-id",
        "{id: jord, scope: item, kind: word, options",
        "{id: ¤kind, scope: item, kind: word, options",
    ),
    ("duplicate-id", "id: P4,", "id: ¤P3,"),
    ("duplicate-id", "id: frist\n", "id: ¤vokset\n"),
    ("duplicate-id", "{id: sendt, label", "{id: ¤ny, label"),
    ("duplicate-id", "id: indkaldt-i-tide", "id: ¤nok-medlemmer"),
    ("duplicate-id", "values: [lav, mellem, hoej]", "values: [lav, mellem, hoej, ¤lav]"),
    ("duplicate-id", "{id: hoens,", "{id: ¤hegn,"),
    ("duplicate-id", "{id: Sydhaven,", "{id: ¤Nordhaven,"),
    # conditions
    ("no-operator", ONE_OF, "¤{fact: jord}"),
    ("two-operators", ONE_OF, "{fact: jord, one_of: [toer], ¤is: toer}"),
    ("two-operators", "{act: ansoegning, about", "{act: ansoegning, before: 2024-01-01, ¤about"),
    ("unknown-operator", "at_most: 1/3", "¤atmost: 1/3"),
    ("unknown-operator", "more_than: 12", "¤bigger: 12"),
    ("kind-mismatch", "more_than: 12", "more_than: ¤tolv"),
    ("kind-mismatch", "more_than: 12", "after: ¤2024-01-01"),
    ("kind-mismatch", ONE_OF, "{fact: jord, at_least: ¤toer}"),
    ("kind-mismatch", ONE_OF, "{fact: jord, is: ¤{fact: pris}}"),
    ("kind-mismatch", ONE_OF, "{fact: jord, is: ¤7}"),
    ("kind-mismatch", ONE_OF, "{reading: ¤graense}"),
    ("kind-mismatch", ONE_OF, "{reading: ¤dyr, is: ja}"),
    ("kind-mismatch", ONE_OF, "{fact: pris, plus: ¤{days: 1}, is: 3}"),
    ("kind-mismatch", "distinct: egn", "distinct: ¤haver"),
    ("kind-mismatch", "earliest: meetings, fact: date", "earliest: meetings, fact: ¤id"),
    ("kind-mismatch", "due: {fact: date, of: meeting}", "due: ¤{count: attendances}"),
    ("kind-mismatch", "value: 3000/2", "value: ¤femten"),
    ("kind-mismatch", "tolerance: vokset", "tolerance: ¤dyr"),
    ("reading-cycle", "{fact: hegn, at_least: mellem}", "{reading: ¤dyr}"),
    (
        "due-not-monotone",
        "    requires:\n      any",
        "    due: 2025-01-01\n    requires:\n      any",
        "{not: {rec",
    ),
    ("due-not-monotone", "    requires:\n      all", "    due: 2025-01-01\n    requires:\n      all", SHARE),
    # rules and clauses
    (
        "bad-force",
        "force: default\n    for_each: meeting",
        "force: must\n    for_each: meeting",
        "[generalforsamlingen]\n    req",
    ),
    (
        "bad-force",
        "    excused_by: [generalforsamlingen]\n    req",
        "    req",
        "default\n    for_each: meeting",
    ),
    ("step-not-for-item", "    only: [bestyrelsen]\n", "    step: ¤soeg\n"),
    ("clause-unnamed", "    clause: P4\n", "    ours: true\n", "P4, section"),
    (
        "clause-without-why",
        ", part: true, why: {da: Et skøn, en: A judgement}",
        ", part: true",
        "{id: P3, section",
    ),
    # dates
    ("dates-reversed", "to: 2028-12-31", "to: ¤2020-12-31"),
    ("dates-reversed", "to: 2029-12-31, why", "to: ¤2019-12-31, why"),
    ("reading-gap", "{from: 2025-01-01, value", "¤{from: 2025-01-02, value"),
    ("reading-gap", "{to: 2024-12-31, value: 1000}", "¤{from: 2021-01-01, to: 2024-12-31, value: 1000}"),
    ("reading-gap", "{value: 7}", "¤{to: 2029-12-30, value: 7}"),
    ("reading-overlap", "{from: 2025-01-01, value", "¤{from: 2024-12-31, value"),
    ("reading-overlap", "{value: syd, from: 2023-01-01}", "¤{value: syd}"),
    # processes
    ("duplicate-step", "step: afslaa\n", "step: ¤tillad\n"),
    (
        "unreachable-state",
        NEW_STATE,
        NEW_STATE + "      - {id: ¤glemt, final: true, label: {da: x, en: x}}\n",
    ),
    ("dead-end-state", "{id: afslaaet, final: true", "{id: ¤afslaaet"),
]

APART = {"missing-section", "twice-section", "too-many-faults", "no-final-reachable", "rulebooks-overlap"}
"""Codes whose tests stand by themselves, below."""


def test_the_statutes_themselves_are_in_order():
    assert faults_in(GARDEN) == []


@pytest.mark.parametrize(("code", "old", "new", "at"), [(*fault, "")[:4] for fault in FAULTS])
def test_a_fault_is_refused_with_its_code_at_its_place_and_nothing_else(code, old, new, at):
    text = changed(old, new)
    if at:
        assert text.count(at) == 1
        text = text.replace(at, "¤" + at)
    text, (line, column) = without_mark(text)
    found = faults_in(text)
    assert [(fault.code, fault.file, fault.line, fault.column) for fault in found] == [
        (code, FILE, line, column)
    ], "\n".join(map(str, found))


def test_every_code_can_be_raised_and_no_other():
    assert {fault[0] for fault in FAULTS} | APART == set(CODES)


def test_a_message_names_what_the_author_wrote_and_the_help_what_was_meant():
    (fault,) = faults_in(changed("only: [bestyrelsen]", "only: [bestyrelse]"))
    assert (
        str(fault)
        == f"{FILE}:{fault.line}:12: unknown-body: `bestyrelse` er ikke et organ (mente du `bestyrelsen`?)"
    )


def test_a_decimal_is_answered_with_its_fraction():
    (fault,) = faults_in(changed("at_most: 1/3", "at_most: 0.25"))
    assert fault.help == "skriv `1/4` i stedet for `0.25`"


def test_all_faults_are_told_at_once_in_the_order_of_the_file():
    text = GARDEN
    slips = (
        ("topic:", "emne:"),
        ("id: katte", "id: Katte"),
        ("initial: ny", "initial: nyt"),
        ("at_most: 1/3", "is: ja"),
    )
    for old, new in slips:
        text = text.replace(old, new)
    found = faults_in(text)
    expected = ["unknown-state", "missing-key", "bad-id", "unknown-key", "kind-mismatch"]
    assert [fault.code for fault in found] == expected


def test_a_name_whose_own_declaration_is_broken_is_not_missed_elsewhere():
    assert [
        fault.code for fault in faults_in(changed("{id: generalforsamlingen,", "{idd: generalforsamlingen,"))
    ] == ["unknown-key"]
    assert [fault.code for fault in faults_in(GARDEN.replace("bodies:", "bodys:"))] == ["unknown-key"]
    assert [
        fault.code for fault in faults_in(changed("kind: number, unit: kroner", "kind: numbr, unit: kroner"))
    ] == ["unknown-word"]


def test_no_state_from_which_an_item_never_comes_to_rest():
    states = (
        NEW_STATE + "      - {id: rundt, label: {da: x, en: x}}\n      - {id: om, label: {da: x, en: x}}\n"
    )
    text = changed(NEW_STATE, states)
    round_and_round = step("a", "ny", "rundt") + step("b", "rundt", "om") + step("c", "om", "rundt")
    text = text.replace("silences:\n", round_and_round + "silences:\n")
    found = faults_in(text)
    assert [fault.code for fault in found] == ["no-final-reachable", "no-final-reachable"]
    assert [text.split("\n")[fault.line - 1][fault.column - 1 :][:5] for fault in found] == ["rundt", "om, l"]


def test_a_dead_end_is_told_once_and_not_again_for_every_state_before_it():
    text = changed(NEW_STATE, NEW_STATE + "      - {id: sidst, label: {da: x, en: x}}\n").replace(
        ", final: true", ""
    )
    text = text.replace(
        "silences:\n", step("a", "tilladt", "sidst") + step("b", "afslaaet", "sidst") + "silences:\n"
    )
    assert [fault.code for fault in faults_in(text)] == ["dead-end-state"]


def test_readings_that_refer_to_each_other_are_told_once():
    text = changed("[{value: 1/10}]", "[{condition: {reading: frist}}]").replace("tolerance: vokset, ", "")
    text = text.replace("[{value: 7}]", "[{condition: {not: {reading: vokset}}}]")
    text = text.replace("{days: {reading: frist}}", "{days: 3}")
    (found,) = faults_in(text)
    assert found.code == "reading-cycle"
    assert "`vokset`" in found.message
    assert "`frist`" in found.help


def test_exactly_one_file_says_which_rulebook_this_is():
    head, rest = GARDEN.split("bodies:\n")
    rest = "bodies:\n" + rest
    without = [parse_document("b.yaml", rest.encode())]
    twice = [parse_document(name, head.encode()) for name in ("a.yaml", "c.yaml")]
    with pytest.raises(RuleError) as none:
        parse_rulebook(without, "")
    with pytest.raises(RuleError) as two:
        parse_rulebook([twice[0], *without, twice[1]], "")
    assert [str(fault).split(": ")[:2] for fault in none.value.faults] == [["b.yaml:1:1", "missing-section"]]
    assert [str(fault).split(": ")[:2] for fault in two.value.faults] == [["c.yaml:1:1", "twice-section"]]


def test_no_files_are_no_rulebook():
    with pytest.raises(RuleError) as none:
        parse_rulebook([], "")
    assert [fault.code for fault in none.value.faults] == ["missing-section"]


def test_more_than_a_hundred_faults_are_cut_short_and_it_is_said():
    found = faults_in(GARDEN + "".join(f"  - {{id: x{number}, bad: 1}}\n" for number in range(300)))
    assert len(found) == 101
    assert found[-1].code == "too-many-faults"


def test_two_rulebooks_never_cover_one_day():
    def book(first, last):
        text = changed("from: 2020-01-01, to: 2029-12-31, why", f"from: {first}, to: {last}, why")
        text = text.replace("{to: 2024-12-31, value: 1000}", "{value: 1000}").replace(
            "      - {from: 2025-01-01, value: 3000/2}\n", ""
        )
        document = parse_document(f"{first}.yaml", text.encode())
        return parse_rulebook([document], document.digest), document

    first, second = book("2020-01-01", "2021-12-31"), book("2022-01-01", "2022-06-30")
    third = book("2021-12-31", "2022-06-30")
    check_rulebooks([second[0], first[0]])
    with pytest.raises(RuleError) as overlap:
        check_rulebooks([third[0], first[0]], {third[0].digest: [third[1]]})
    assert [(f.code, f.file, f.line, f.column) for f in overlap.value.faults] == [
        ("rulebooks-overlap", "2021-12-31.yaml", 5, 20)
    ]
    long = book("2019-01-01", "2030-12-31")
    with pytest.raises(RuleError) as overlap:
        check_rulebooks([first[0], second[0], long[0]])
    assert [f.code for f in overlap.value.faults] == ["rulebooks-overlap"] * 2


def test_dated_readings_join_without_a_day_between():
    assert len(read().reading_by_id["graense"].values) == 2
