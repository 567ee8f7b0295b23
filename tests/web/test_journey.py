"""The demo's round from scoring to order, by the right people: by keyboard alone and without a script.

Every wrong turn on the way, by a wrong person, in a wrong order, with bad input or from a page that has
grown old, is refused in words, and what was typed stands in the form.
"""

import shutil
from functools import partial
from secrets import token_hex

import pytest

from governance.service import (
    advance,
    demo_accounts,
    history,
    item,
    meeting,
    open_governance,
    put_on_agenda,
    record_thing,
    round_,
)
from tests.callers import BODY, PROJECT
from tests.hashing import hasher
from tests.served import served
from tests.web.keyboard import Person
from tests.web.logins import Clock
from web import create_app
from web.settings import Settings

__all__ = ["hasher"]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("hasher")]

LARGE, SMALL = "ÆØ-1434/1", "ÆØ-1605"
LARGE_TITLE = f"{LARGE} Redigeringsværktøj som en del af DUBU"
SMALL_TITLE = f"{SMALL} Automatisk ændring af slutdato på indsats, når der laves opfølgning"
DAY = "10102025"
"""10 October 2025 as typed, whichever of day and month a browser asks for first."""
MEETING, ROUND = "moede-2025-10-10", "runde-2025-10-10"
WHY = (
    "En større opgave kan først bestilles, når kommunestyregruppen har godkendt den, som den nu er estimeret"
)
WAY = [
    "Meld klar til prioritering (KOMBIT): indmeldt → klar til prioritering",
    "referencegruppen blev nægtet: Indstil til projektgruppen",
    "Prioritér (referencegruppen): klar til prioritering → prioriteret",
    "Indstil til projektgruppen (referencegruppen): prioriteret → indstillet",
    "Beslut (projektgruppen): indstillet → besluttet",
    "KOMBIT blev nægtet: Bestil hos leverandøren",
    "Godkend i styregruppen (kommunestyregruppen): besluttet → godkendt i styregruppen",
    "Bestil hos leverandøren (KOMBIT): godkendt i styregruppen → bestilt",
]
DONE = [
    "10. oktober 2025 KOMBIT Bestil hos leverandøren",
    "10. oktober 2025 Kommunestyregruppen handlede: Kommunestyregruppen (demo) Godkend i styregruppen",
    "10. oktober 2025 Projektgruppen handlede: Projektgruppen (demo) Beslut",
    "10. oktober 2025 Referencegruppen handlede: Referencegruppens leder (demo) Indstil til projektgruppen",
    "10. oktober 2025 Referencegruppen Prioritér",
    "1. oktober 2025 KOMBIT Meld klar til prioritering",
]
AT_MEETING, AT_ROUND, AT_LARGE = f"/meetings/{MEETING}", f"/rounds/{ROUND}", f"/items/{LARGE}"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def gov(round_of_september, tmp_path, clock):
    copy = shutil.copy(round_of_september, tmp_path / "journey.sqlite")
    made = open_governance(f"sqlite:///{copy}", now=clock)
    demo_accounts(made)
    yield made
    made.engine.dispose()


@pytest.fixture
def address(gov):
    settings = Settings(secret_key=token_hex(), login_rate="100 per minute")
    with served(create_app(gov, settings=settings)) as where:
        yield where


@pytest.fixture
def coming(browser, address):
    """Somebody comes to the pages and logs in: by login, at a window of some width."""
    people = []

    def comes(login, width):
        people.append(Person(browser, address, login, width))
        people[-1].log_in()
        return people[-1]

    yield comes
    for each in people:
        each.context.close()


def test_a_round_goes_from_scores_to_an_order_by_the_right_people_and_every_wrong_turn_is_refused_in_words(
    coming, gov, clock
):
    come = partial(coming, width=1280)
    secretariat, reader = come("sekretariatet"), come("laeser")
    the_meeting_is_planned(secretariat)
    the_items_are_put_on_the_agenda(secretariat)
    the_round_is_opened(secretariat)
    members_score(come("horsens"), come("køge"))
    the_reader_is_offered_no_form(reader)
    the_round_is_closed(secretariat, gov)
    clock.go_on(days=9)
    group = come("referencegruppen")
    the_meeting_is_held(secretariat)
    the_points_are_concluded(secretariat, group, gov)
    project = come("projektgruppen")
    what_is_recommended_is_decided(group, project)
    what_is_large_is_approved_before_it_is_ordered(secretariat, project, come("kommunestyregruppen"))
    the_reader_sees_it_all(reader)
    assert [event.what.da.partition(";")[0] for event in history(gov, LARGE)][-8:] == WAY


def test_the_same_is_done_at_a_phone_scores_first_and_then_the_order(coming, gov):
    """What comes before the scores, and between them and the order, is done elsewhere: the test is short."""
    links, facts = {"body": BODY}, {"date": "2025-10-10"}
    record_thing(gov, MEETING, "meeting", links=links, facts=facts, origin="live", source="plan")
    for each in (LARGE, SMALL):
        assert advance(gov, each, "meld-klar", "kombit").allowed
        put_on_agenda(gov, MEETING, "aendringsoensker", item=each)
    come = partial(coming, width=360)
    secretariat = come("sekretariatet")
    the_round_is_opened(secretariat)
    members_score(come("horsens"), come("køge"))
    the_round_is_closed(secretariat, gov)
    for step, body in (("prioriter", BODY), ("indstil", BODY), ("beslut", PROJECT)):
        assert advance(gov, LARGE, step, body).allowed
    project = come("projektgruppen")
    project.open(AT_LARGE)
    what_is_large_is_approved_before_it_is_ordered(secretariat, project, come("kommunestyregruppen"))
    assert item(gov, LARGE).line.state.id == "bestilt"


def the_meeting_is_planned(secretariat):
    secretariat.look("start")
    secretariat.go_to("Møder")
    form = "section[aria-labelledby=plan]"
    secretariat.write("Dato", DAY, form)
    secretariat.write("Titel", "Oktobermødet")
    secretariat.write("Nummer", "moede-2025-09-09")
    secretariat.press("button", "Planlæg mødet")
    secretariat.look("plan-refused")
    assert "moede-2025-09-09« findes allerede" in secretariat.told("alert")
    assert secretariat.find("textbox", "Titel").input_value() == "Oktobermødet"
    assert secretariat.find("textbox", "Dato", form).input_value() == "2025-10-10"
    secretariat.write("Nummer", MEETING)
    secretariat.press("button", "Planlæg mødet")
    assert secretariat.path == AT_MEETING


def the_items_are_put_on_the_agenda(secretariat):
    for each in (LARGE, SMALL):
        secretariat.open(f"/items/{each}")
        secretariat.unfold("Meld klar til prioritering")
        secretariat.press("button", "Registrér: Meld klar til prioritering")
        assert "Sagen er nu: klar til prioritering" in secretariat.told()
    secretariat.open(AT_MEETING)
    secretariat.press("button", f"Sæt på dagsordenen: {LARGE}")
    secretariat.unfold("Klar til at komme på dagsordenen")
    secretariat.press("button", f"Sæt på dagsordenen: {SMALL}")
    secretariat.unfold("Udsend dagsorden og materiale")
    secretariat.press("button", "Registrér: Udsend dagsorden og materiale")
    assert "Står nu som: indkaldt" in secretariat.told()
    secretariat.unfold("Afhold mødet")
    secretariat.unfold("Udfyld det, der mangler, og prøv")
    secretariat.write("Begrundelse", "Flyttet frem", "#step-afhold")
    secretariat.press("button", "Prøv: Afhold mødet")
    secretariat.look("held-too-early")
    told = secretariat.told("alert")
    assert "Nægtet: Afhold mødet" in told
    assert "Et møde kan først skrives som afholdt på sin dag. Datoen er 1. oktober 2025" in told
    assert secretariat.find("textbox", "Begrundelse", "#step-afhold").input_value() == "Flyttet frem"


def the_round_is_opened(secretariat):
    secretariat.open(AT_MEETING)
    secretariat.unfold("Åbn en runde")
    secretariat.press("button", "Åbn runden")
    assert secretariat.path == AT_ROUND
    secretariat.look("round-open")


def members_score(horsens, koege):
    horsens.look("member-start")
    horsens.press("link", "Giv point for Horsens")
    assert horsens.path == AT_ROUND
    horsens.write(LARGE_TITLE, "17")
    horsens.write(SMALL_TITLE, "fem")
    horsens.press("button", "Aflever seddelen")
    horsens.look("ballot-bad")
    assert f"»fem« er ikke et antal point til »{SMALL}«; skriv et tal som 3" in horsens.told("alert")
    assert horsens.find("textbox", LARGE_TITLE).input_value() == "17"
    horsens.write(SMALL_TITLE, "5")
    horsens.press("button", "Aflever seddelen")
    over = horsens.told("alert")
    assert "Pointene i alt er 22, mere end 20" in over
    assert "Det højeste antal point til én sag er 17, mere end 5" in over
    horsens.look("ballot-over")
    horsens.write(LARGE_TITLE, "5")
    horsens.press("button", "Aflever seddelen")
    assert "Registreret som begivenhed" in horsens.told()
    koege.open(AT_ROUND)
    koege.write(LARGE_TITLE, "1")
    koege.press("button", "Aflever seddelen")
    koege.unfold("Ret en seddel")
    koege.write(LARGE_TITLE, "4")
    koege.press("button", "Ret seddelen")
    assert "Din seddel for Køge, som ingen andre ser, før runden er lukket: ÆØ-1434/1: 4" in koege.said()
    assert "Horsens 1. oktober 2025 Køge 1. oktober 2025" in koege.said()
    koege.look("ballot-changed")
    another_ones_ballot_is_refused(koege)


def another_ones_ballot_is_refused(koege):
    """The page offers no other's ballot; a form made to ask for one, as anybody can, is refused."""
    koege.unfold("Ret en seddel")
    offered = koege.find("combobox", "Organisation").locator("option").all_inner_texts()
    assert offered == ["Vælg …", "Køge"]
    koege.page.evaluate("document.querySelector('#change-who').options[1].text = 'Horsens'")
    koege.write(SMALL_TITLE, "3")
    koege.press("button", "Ret seddelen")
    refused = koege.told("alert")
    assert "Du er ikke medlem for Horsens; dens medlem eller sekretariatet kan" in refused
    assert koege.find("textbox", SMALL_TITLE).input_value() == "3"
    koege.look("ballot-of-another")


def the_reader_is_offered_no_form(reader):
    for path in (AT_ROUND, AT_MEETING, AT_LARGE):
        reader.open(path)
        assert reader.page.locator("main h1").count() == 1
        assert reader.page.locator("main form[method=post]").count() == 0, path
    reader.open("/items/new")
    assert "Kun sekretariatet fører registret; bed sekretariatet om det" in reader.said()


def the_round_is_closed(secretariat, gov):
    secretariat.open(AT_ROUND)
    secretariat.unfold("Luk runden")
    secretariat.look("closing")
    secretariat.press("button", "Registrér: Luk runden")
    assert "Står nu som: lukket og talt op" in secretariat.told()
    secretariat.look("closed")
    assert [each.total for each in round_(gov, ROUND).result.tallies] == ["9", "5"]


def the_meeting_is_held(secretariat):
    secretariat.open(AT_MEETING)
    secretariat.look("login-ended")
    assert "Du er logget ud: et login slutter, når det ikke er brugt i 60 minutter" in secretariat.said()
    secretariat.log_in()
    assert secretariat.path == AT_MEETING
    secretariat.choose("Fremmøde for Horsens", "til stede")
    secretariat.press("button", "Registrér fremmødet")
    secretariat.unfold("Afhold mødet")
    secretariat.press("button", "Registrér: Afhold mødet")
    assert "Står nu som: afholdt" in secretariat.told()


def the_points_are_concluded(secretariat, group, gov):
    group.open(AT_MEETING)
    group.press("link", "Konkludér på punkt 6.1, eller se hvorfor ikke")
    group.unfold("Prioriteret i denne runde", "#conclude-konkluder-prioritering")
    group.write("Konklusionen", "Enige", "#conclude-konkluder-prioritering")
    secretariat.press("link", "Konkludér på punkt 6.1, eller se hvorfor ikke")
    early = "#conclude-konkluder-indstilling"
    secretariat.unfold("Indstillet til projektgruppen", early)
    secretariat.press("button", "Prøv: Indstillet til projektgruppen", early)
    early_told = secretariat.told("alert")
    secretariat.look("conclude-early")
    assert (
        "K20 indstil/from Sagen står som »klar til prioritering«; skridtet tages fra »prioriteret«"
        in early_told
    )
    assert "K04a prioriteret-foer-indstilling Gruppen kan først indstille ønsket" in early_told
    now = "#conclude-konkluder-prioritering"
    secretariat.unfold("Prioriteret i denne runde", now)
    secretariat.write("Konklusionen", "Med i årets aftale", now)
    secretariat.press("button", "Konkludér: Prioriteret i denne runde", now)
    assert "Står nu som: konkluderet" in secretariat.told()
    group.press("button", "Konkludér: Prioriteret i denne runde", now)
    group.look("stale")
    assert "Dette er ændret, efter du åbnede det" in group.told("alert")
    assert "konklusionen: Med i årets aftale registreret 10. okt. 2025 11:00 af Sekretariatet" in group.told(
        "alert"
    )
    assert "Enige" in group.said()
    secretariat.press("link", "Konkludér på punkt 6.2, eller se hvorfor ikke")
    over = "#conclude-konkluder-fravalg"
    secretariat.unfold("Ikke prioriteret i denne runde", over)
    secretariat.press("button", "Konkludér: Ikke prioriteret i denne runde", over)
    secretariat.look("concluded")
    assert [point.concluded.id for _, points in meeting(gov, MEETING).sections for point in points] == [
        "konkluder-prioritering",
        "konkluder-fravalg",
    ]
    assert item(gov, SMALL).line.state.id == "ikke-prioriteret"


def what_is_recommended_is_decided(group, project):
    project.open(AT_LARGE)
    early = project.step("beslut")
    assert "K21 Projektgruppen kan først beslutte, når referencegruppen har indstillet ønsket" in early
    project.unfold("Indstil til projektgruppen", "#step-indstil")
    project.look("project-recommends")
    anothers = project.step("indstil")
    assert "ikke af dig" in anothers
    assert "Du har intet embede i referencegruppen; dets mandat eller sekretariatet kan." in anothers
    group.open(AT_LARGE)
    group.unfold("Indstil til projektgruppen", "#step-indstil")
    group.choose("Målet", "Rolig drift", "#step-indstil")
    group.press("button", "Registrér: Indstil til projektgruppen")
    assert "Sagen er nu: indstillet" in group.told()
    project.open(AT_LARGE)
    project.unfold("Beslut", "#step-beslut")
    project.press("button", "Registrér: Beslut")
    assert "Sagen er nu: besluttet" in project.told()


def what_is_large_is_approved_before_it_is_ordered(secretariat, project, steering):
    order = "#step-bestil"
    project.unfold("Bestil hos leverandøren", order)
    project.unfold("Hvem der må registrere det", order)
    project.look("project-orders")
    assert f"K23 stoerre-godkendes {WHY}" in project.step("bestil")
    assert "Du har intet embede i KOMBIT; dets mandat eller sekretariatet kan." in project.step("bestil")
    assert project.page.locator(f"{order} form").count() == 0
    secretariat.open(AT_LARGE)
    secretariat.unfold("Bestil hos leverandøren", order)
    secretariat.unfold("Udfyld det, der mangler, og prøv", order)
    secretariat.write("Begrundelse", "Det haster", order)
    secretariat.press("button", "Prøv: Bestil hos leverandøren")
    secretariat.look("order-refused")
    refused = secretariat.told("alert")
    assert f"K23 stoerre-godkendes {WHY}" in refused
    assert "Det skal der til: Få en godkendelse fra kommunestyregruppen" in refused
    assert secretariat.find("textbox", "Begrundelse", order).input_value() == "Det haster"
    steering.look("steering-start")
    steering.open(AT_LARGE)
    steering.unfold("Godkend i styregruppen", "#step-godkend")
    steering.press("button", "Registrér: Godkend i styregruppen")
    assert "Sagen er nu: godkendt i styregruppen" in steering.told()
    secretariat.press("button", "Prøv: Bestil hos leverandøren")
    secretariat.look("order-stale")
    stale = secretariat.told("alert")
    assert "Sagen er ændret, siden du åbnede den" in stale
    assert "Godkend i styregruppen (kommunestyregruppen): besluttet → godkendt i styregruppen" in stale
    assert secretariat.find("textbox", "Begrundelse", order).input_value() == "Det haster"
    secretariat.press("button", "Registrér: Bestil hos leverandøren")
    assert "Sagen er nu: bestilt" in secretariat.told()


def the_reader_sees_it_all(reader):
    reader.open(AT_LARGE)
    reader.log_in()
    reader.look("reader-item")
    assert "Bestilt" in reader.said()
    done = [row.split(" begivenhed")[0] for row in reader.rows("acts")]
    assert done == DONE
    assert reader.page.locator("main form[method=post]").count() == 0
    reader.open(AT_MEETING)
    reader.look("reader-meeting")
    assert "Med i årets aftale" in reader.said()
    assert reader.page.locator("main form[method=post]").count() == 0
