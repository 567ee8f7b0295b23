"""What happens when a form about the group is sent."""

import re

import pytest

from governance.service import (
    advance,
    cast,
    history,
    item,
    meeting,
    note_attendance,
    open_round,
    put_on_agenda,
    record_fact,
    record_thing,
    round_,
    seats,
    todo,
)
from governance.service import answer as service_answer
from tests.served import TOKEN
from tests.web.test_pages import words

TODAY = "2025-10-01"
TRACK = "ÆØ-1434/1"
ITEMS = [TRACK, "ÆØ-1754", "ÆØ-1605"]
BODY = "referencegruppen"
PLAN = {"body": BODY, "date": TODAY, "title": "Et møde i dag"}


@pytest.fixture
def planned(client, fill):
    """A meeting planned on the page, for today."""
    answer = fill("/meetings", "plan", **PLAN)
    assert answer.status_code == 303
    return answer.location.rpartition("/")[2]


@pytest.fixture
def opened(governance, planned):
    """A round over three items, open until today."""
    for each in ITEMS:
        put_on_agenda(governance, planned, "aendringsoensker", item=each)
    open_round(governance, "runde-1", BODY, closes=TODAY, meeting=planned)
    return "/rounds/runde-1"


def test_a_meeting_is_planned_under_an_id_of_its_date(client, governance, planned):
    assert planned == "moede-2025-10-01"
    assert meeting(governance, planned).line.state.id == "planlagt"
    assert "Registreret som begivenhed" in words(client.get(f"/meetings/{planned}").text)


def test_a_meeting_that_cannot_be_planned_says_why_and_keeps_what_was_typed(fill, planned):
    answer = fill("/meetings", "plan", **PLAN)
    assert answer.status_code == 400
    assert "findes allerede" in words(answer.text)
    assert 'value="Et møde i dag"' in answer.text
    assert "»engang« kan ikke stå i »date«" in words(
        fill("/meetings", "plan", **PLAN | {"date": "engang"}).text
    )


def test_an_item_and_a_matter_of_its_own_are_put_on_the_agenda(client, fill, governance, planned):
    page = f"/meetings/{planned}"
    assert fill(page, "put", TRACK).status_code == 303
    own = fill(page, "own", section="velkomst", title="Nyt om gruppen")
    assert (own.status_code, own.location) == (303, f"{page}#agenda")
    told = words(client.get(page).text)
    assert "3.1 ÆØ-1434/1 Redigeringsværktøj som en del af DUBU" in told
    assert "1.1 Nyt om gruppen" in told
    again = fill(page, "own", section="velkomst", title="")
    assert again.status_code == 400
    assert "mangler" in words(again.text)


def test_an_item_put_on_twice_is_refused_in_words(client, fill, planned):
    page = f"/meetings/{planned}"
    stale = client.get(page).text
    fill(page, "put", TRACK)
    token = re.search(r'name="csrf_token" value="([^"]*)"', stale)[1]
    sent = {
        "csrf_token": token,
        "form": "put",
        "target": TRACK,
        "section": "aendringsoensker",
        "once": "en-anden",
    }
    answer = client.post(page, data=sent)
    assert answer.status_code == 400
    assert "står allerede på dagsordenen" in words(answer.text)


def test_a_button_pressed_twice_puts_the_item_on_once(client, fill, governance, planned):
    page = f"/meetings/{planned}"
    shown = client.get(page).text
    part = next(part for part in shown.split("<form") if f'name="target" value="{TRACK}"' in part)
    form = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', part.partition("</form>")[0]))
    answers = [client.post(page, data=form) for _ in range(2)]
    assert [each.status_code for each in answers] == [303, 303]
    assert meeting(governance, planned).line.points == 1


def test_the_attendance_of_all_is_sent_in_one_form_and_only_changes_are_stored(
    client, fill, governance, planned
):
    page = f"/meetings/{planned}"
    marked = {"status.Horsens": "til-stede", "status.Køge": "afbud", "status.Lolland": "", "on": TODAY}
    assert fill(page, "attend", new="Netcompany", **{"new-status": "til-stede"}, **marked).status_code == 303
    then = {each.organisation.id: each.status.id for each in meeting(governance, planned).attendances}
    assert then == {"Horsens": "til-stede", "Køge": "afbud", "Netcompany": "til-stede"}
    same = fill(page, "attend", **marked)
    assert same.status_code == 303
    assert len(history(governance, f"{planned}/Horsens")) == 2
    assert "Intet var ændret" in words(client.get(page).text)


def test_an_attender_nobody_knows_is_told_with_who_may_be_meant(fill, planned):
    answer = fill(f"/meetings/{planned}", "attend", new="Netkompagni", on=TODAY)
    assert answer.status_code == 400
    assert "mente du »Netcompany«" in words(answer.text)


def held(governance, planned):
    for each in ITEMS:
        put_on_agenda(governance, planned, "aendringsoensker", item=each)
    for step in ("indkald", "afhold"):
        assert advance(governance, planned, step, "kombit").allowed


def test_a_conclusion_allowed_is_an_act_and_one_refused_says_why(client, fill, governance, planned):
    held(governance, planned)
    page = f"/meetings/{planned}?point={planned}/3.1"
    refused = fill(page, "conclude", f"{planned}/3.1", step="konkluder-indstilling", on=TODAY)
    assert refused.status_code == 422
    told = words(refused.text)
    assert "Nægtet: Indstillet til projektgruppen" in told
    assert "Gruppen kan først indstille ønsket" in told[: told.index("Det kan gøres nu")]
    assert re.search(
        r'id="conclude-konkluder-indstilling"|open id="conclude-konkluder-indstilling"', refused.text
    )
    allowed = fill(
        page,
        "conclude",
        f"{planned}/3.1",
        step="konkluder-undersoegelse",
        on=TODAY,
        **{"fact.conclusion": "KOMBIT ser på det"},
    )
    assert allowed.location == f"/meetings/{planned}#point-3-1"
    assert item(governance, TRACK).line.state.id == "under-afklaring"
    point = meeting(governance, planned).sections[0][1][0]
    assert f"Undersøges nærmere KOMBIT ser på det begivenhed {point.event}" in words(client.get(page).text)


def test_a_point_concluded_meanwhile_says_what_happened_and_keeps_what_was_typed(
    client, fill, governance, planned
):
    held(governance, planned)
    page = f"/meetings/{planned}?point={planned}/3.2"
    before = client.get(page).text
    part = next(p for p in before.split("<form") if 'name="step" value="udsaet-punkt"' in p)
    unseen = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', part.partition("</form>")[0]))
    assert fill(page, "conclude", f"{planned}/3.2", step="ingen-konklusion", on=TODAY).status_code == 303
    answer = client.post(page.partition("?")[0], data={**unseen, "body": "kombit", "on": TODAY})
    assert answer.status_code == 409
    told = words(answer.text)
    assert "Dette er ændret, efter du åbnede det" in told
    assert "Ingen konklusion" in told[: told.index("Det kan gøres nu")]


def test_conclusions_of_a_meeting_past_are_judged_on_its_own_day(client, fill, governance):
    for step in ("afhold",):
        assert advance(governance, "moede-2025-09-09", step, "kombit", on="2025-09-09").allowed
    page = client.get("/meetings/moede-2025-09-09?point=moede-2025-09-09/3.1").text
    assert "er vurderet 9. september 2025" in words(page)
    answer = fill(
        "/meetings/moede-2025-09-09?point=moede-2025-09-09/3.1",
        "conclude",
        "moede-2025-09-09/3.1",
        step="udsaet-punkt",
        body=BODY,
        on="2025-09-09",
    )
    assert answer.status_code == 303


def test_a_round_is_opened_from_a_meeting_over_the_items_marked(fill, governance, planned):
    held(governance, planned)
    page = f"/meetings/{planned}"
    answer = fill(page, "round", id="runde-a", closes="2025-10-05", choice=ITEMS[:2], title="Forår")
    assert answer.location == "/rounds/runde-a"
    assert [each.id for each in round_(governance, "runde-a").choices] == ITEMS[:2]
    again = fill(page, "round", id="runde-a", closes="snart", title="Forår")
    assert again.status_code == 400
    assert "»snart« kan ikke stå i »closes«" in words(again.text)
    assert 'value="Forår"' in again.text


def scores(*points):
    return {f"score.{each}": score for each, score in zip(ITEMS, points, strict=True)}


def test_a_ballot_is_cast_and_changed_and_stays_sealed(client, fill, governance, opened):
    cast_ = fill(opened, "cast", "cast", organisation="Køge", **scores("5", "5", "4"))
    assert (cast_.status_code, cast_.location) == (303, f"{opened}#cast")
    twice = fill(opened, "cast", "cast", organisation="Køge", **scores("1", "1", "1"))
    assert twice.status_code == 422
    assert "en-seddel-hver" in words(twice.text)
    changed = fill(opened, "cast", "change", organisation="Køge", **scores("1", "", ""))
    assert changed.status_code == 303
    assert round_(governance, "runde-1", own="Køge").own == {TRACK: "1"}
    form = client.get(opened).text.partition("Ret en seddel")[2].partition("</form>")[0]
    assert re.findall(r'inputmode="numeric" [^>]*value="([^"]*)"', form) == ["", "", ""]


def test_a_ballot_over_the_most_is_refused_with_its_reason_and_kept_as_typed(fill, governance, opened):
    answer = fill(opened, "cast", "cast", organisation="Horsens", **scores("9", "9", "9"))
    assert answer.status_code == 422
    told = words(answer.text)
    assert "flere point, end puljen rummer. Pointene i alt er 27, mere end 20" in told
    assert "Det højeste antal point til én sag er 9, mere end 5" in told
    heading = told.index("Stemmesedlen fra Horsens er nægtet")
    assert heading < told.index("puljen rummer") < told.index("Forsøget er")
    assert "Det skal der til: Udfyld skridtet, så pointene i alt er højst 20" in told
    assert "så det højeste antal point til én sag er højst 5" in told
    assert answer.text.count('value="9"') == 3
    assert round_(governance, "runde-1").cast == ()


def test_points_that_are_no_number_are_told_and_nothing_is_stored(fill, governance, opened):
    answer = fill(opened, "cast", "cast", organisation="Horsens", **scores("mange", "", ""))
    assert answer.status_code == 400
    assert round_(governance, "runde-1").cast == ()


def test_a_round_is_closed_and_a_stale_closing_says_who_cast_meanwhile(client, fill, governance, opened):
    page = client.get(opened).text
    part = next(p for p in page.split("<form") if 'name="target" value="luk-runde"' in p)
    unseen = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', part.partition("</form>")[0]))
    assert cast(governance, "runde-1", "Lolland", {TRACK: "2"}).allowed
    stale = client.post(opened, data={**unseen, "on": TODAY})
    assert stale.status_code == 409
    assert "Giv point" in words(stale.text)
    assert fill(opened, "advance", "luk-runde", on=TODAY).status_code == 303
    closed = words(client.get(opened).text)
    assert "lukket og talt op" in closed.casefold()
    assert "Lukkedag: " in closed
    assert "Lukker " not in closed


def test_a_seat_is_called_and_a_successor_appointed_refused_then_allowed(client, fill, governance):
    seat = "/seats/plads-2"
    wish = {
        "fact.organisation": "Nyborg",
        "fact.from": "2025-10-01",
        "fact.oenskede-pladsen": "ja",
        "on": TODAY,
    }
    early = fill(seat, "advance", "udpeg", **wish)
    assert early.status_code == 422
    assert "Pladsen skal slås op i nyhedsbrevet" in words(early.text)
    assert 'value="Nyborg"' in early.text
    first = {"organisation": "Skive", "from": "2025-09-01"}
    said = {"on": "2025-09-01", "origin": "history", "source": "KOMBIT"}
    assert advance(governance, "plads-9", "indsaet", "kombit", inputs=first, **said).allowed
    assert fill(seat, "advance", "slaa-op", on=TODAY, **{"fact.via": "nyhedsbrev"}).status_code == 303
    record_thing(
        governance,
        "Nyborg",
        "organisation",
        links={},
        facts={"tilsluttet": "ja"},
        origin="live",
        source="KOMBIT",
    )
    assert fill(seat, "advance", "udpeg", **wish).status_code == 303
    assert "Nyborg" in {each.holder for each in seats(governance, on=TODAY).seats}
    assert "Genbesat" in words(client.get(seat).text)


def test_an_answer_to_a_consultation_is_recorded_with_its_day(client, fill, governance):
    asked = {"asked_of": "kvalitetspanelet", "question": "Er det nok?"}
    assert advance(governance, TRACK, "hoer", "kombit", inputs=asked).allowed
    page = f"/items/{TRACK}"
    told = words(client.get(page).text)
    assert "ikke besvaret endnu" in told
    assert "Er det nok?" in told
    (consultation,) = item(governance, TRACK).consultations
    answer = fill(page, "reply", consultation.id, answer="Ja, det er.", answered=TODAY, source="en mail")
    assert answer.status_code == 303
    assert "besvaret 1. oktober 2025: Ja, det er." in words(client.get(page).text)


@pytest.mark.parametrize("path", ["/meetings", "/meetings/moede-2025-09-09", "/seats/plads-2", "/seats/plan"])
def test_no_form_is_taken_without_its_token(client, path):
    answer = client.post(path, data={"form": "plan", "date": TODAY, "body": BODY})
    assert answer.status_code == 400
    assert "Intet er gemt" in words(answer.text)


@pytest.mark.parametrize("path", ["/meetings/moede-2025-09-09", "/seats/plads-2"])
def test_a_form_that_is_none_of_the_pages_is_refused(client, path):
    token = TOKEN.search(client.get(path).text)[1]
    assert client.post(path, data={"csrf_token": token, "form": "set-state"}).status_code == 400


def test_a_stale_attendance_is_told_and_takes_nothing_of_others_back(client, fill, governance, planned):
    page = f"/meetings/{planned}"
    assert fill(page, "attend", on=TODAY, **{"status.Køge": "ventet"}).status_code == 303
    stale = next(part for part in client.get(page).text.split("<form") if 'value="attend"' in part)
    form = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', stale.partition("</form>")[0]))
    note_attendance(governance, planned, "Køge", "afbud")
    others = {"status.Køge": "ventet", "status.Horsens": "til-stede", "on": TODAY}
    assert client.post(page, data={**form, **others}).status_code == 303
    then = {each.organisation.id: each.status.id for each in meeting(governance, planned).attendances}
    assert then == {"Horsens": "til-stede", "Køge": "afbud"}
    late = {"status.Lolland": "ventet", "status.Køge": "til-stede", "on": TODAY, "once": "en-anden"}
    answer = client.post(page, data={**form, **late})
    assert answer.status_code == 409
    assert "Dette er ændret, efter du åbnede det" in words(answer.text)
    assert "afbud" in answer.text.partition('class="panel conflict"')[2].partition("</ol>")[0].lower()
    then = {each.organisation.id: each.status.id for each in meeting(governance, planned).attendances}
    assert then == {"Horsens": "til-stede", "Køge": "afbud"}


def test_a_point_put_on_a_meeting_that_has_changed_is_told_and_not_put(client, governance, planned):
    page = f"/meetings/{planned}"
    stale = next(part for part in client.get(page).text.split("<form") if 'value="own"' in part)
    form = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', stale.partition("</form>")[0]))
    record_fact(governance, planned, "date", TODAY, source="en mail")
    answer = client.post(page, data={**form, "section": "velkomst", "title": "Nyt <om> gruppen"})
    assert answer.status_code == 409
    assert 'value="Nyt &lt;om&gt; gruppen"' in answer.text
    assert meeting(governance, planned).line.points == 0


def test_a_stale_answer_to_a_consultation_is_told_and_keeps_what_was_typed(client, governance):
    asked = {"asked_of": "kvalitetspanelet", "question": "Er det nok?"}
    assert advance(governance, TRACK, "hoer", "kombit", inputs=asked).allowed
    (consultation,) = item(governance, TRACK).consultations
    stale = next(
        part
        for part in client.get(f"/items/{TRACK}").text.split("<form")
        if f'value="{consultation.id}"' in part
    )
    form = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', stale.partition("</form>")[0]))
    assert service_answer(governance, consultation.id, "Nej").allowed
    typed = {"answer": "Ja", "answered": TODAY, "source": "en mail"}
    answer = client.post(f"/items/{TRACK}", data={**form, **typed})
    assert answer.status_code == 409
    assert ">\nJa</textarea>" in answer.text
    (then,) = item(governance, TRACK).consultations
    assert then.answer == "Nej"


def test_a_step_that_only_asks_for_something_stands_among_what_can_be_done(client, governance):
    told = words(client.get("/seats/plads-2").text)
    (task,) = [each for each in todo(governance).tasks if each.about.id == "plads-2"]
    assert task.what.da == "Slå pladsen op"
    can = told[told.index("Det kan gøres nu 1") : told.index("Varsl den sidste dag")]
    assert "Slå pladsen op KOMBIT → fører til slået op Spørger om: opslagets sted" in can
    assert "Reglerne tillader ingen skridt" not in told


def test_what_only_a_reader_at_the_screen_can_use_is_left_out_on_paper(client):
    for path in (f"/items/{TRACK}", "/seats/plads-2"):
        page = client.get(path).text
        before = re.search(r'<section aria-labelledby="before"[^>]*>', page)
        assert before is None or 'class="not-printed"' in before[0]
        assert page.count('class="undo not-printed"') == page.count("/correct") > 0
        assert re.search(r'<a class="not-printed" href="/things/[^"]+/complete"', page)
