"""A rulebook of a later date, made of DUBU's with some words changed, and how it is taken in."""

from governance.service import adopt, adoption

START = "2026-01-01"
OTHER_STATE = [
    ("{id: klar,", "{id: klarmeldt,"),
    (" klar,", " klarmeldt,"),
    (" klar]", " klarmeldt]"),
    ("[klar,", "[klarmeldt,"),
    ("[klar]", "[klarmeldt]"),
    ("to: klar\n", "to: klarmeldt\n"),
]
NO_FEEDBACK = [
    ("      - {id: tilbagemelding, label: {da: tilbagemelding, en: feedback}}\n", ""),
    (", tilbagemelding]", "]"),
    ("kinds: [tilbagemelding]", "kinds: [henvendelse]"),
]
BEGINS = (
    "        act: klarmelding\n"
    "        by: {body: kombit, ours: true}\n"
    "        from: {states: [indmeldt, under-afklaring], ours: true}\n"
    "        to: klar\n"
)
GOAL_FIRST = (
    f"{BEGINS}        rules:\n"
    "          - id: maalet-foerst\n"
    "            ours: true\n"
    "            force: must\n"
    "            label: {da: Et mål er skrevet ned, en: A goal is recorded}\n"
    "            requires: {recorded: maal}\n"
)
STRICTER = [(BEGINS, GOAL_FIRST)]


def take_in(gov, folder, **more):
    return adopt(gov, folder, adoption(gov, folder).code, **more)
