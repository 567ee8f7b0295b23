"""What happens when a form is sent."""

import html
import re

from governance.service import advance, correct, history, item, record_fact
from web.faults import way_back

TRACK = "ÆØ-1434/1"


def words(page):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def test_a_step_that_is_allowed_is_stored_and_the_page_shown_anew(client, send, governance):
    answer = send(TRACK, "advance", "meld-klar", body="kombit", on="2025-09-30")
    assert answer.status_code == 303
    assert item(governance, TRACK).line.state.id == "klar"
    assert "Sagen er nu: klar til prioritering" in words(client.get(answer.location).text)


def test_a_refused_step_says_why_and_is_stored_as_a_refusal(send, governance):
    answer = send(TRACK, "advance", "bestil", body="kombit", on="2025-09-30")
    assert answer.status_code == 422
    told = words(answer.text)
    assert "Nægtet: Bestil hos leverandøren" in told
    assert "K23" in told[told.index("Nægtet:") : told.index("Kan gøres nu")]
    assert history(governance, TRACK)[-1].kind == "refused"
    assert item(governance, TRACK).line.state.id == "indmeldt"


def carried(client):
    """What every form on the track's page carries unseen."""
    page = client.get(f"/items/{TRACK}").text
    return dict(re.findall(r'name="(csrf_token|version|once)" value="([^"]+)"', page))


def test_a_form_sent_twice_is_stored_once_and_confirmed_twice(client, governance):
    form = {**carried(client), "form": "advance", "target": "meld-klar", "body": "kombit", "on": "2025-09-30"}
    first, again = (client.post(f"/items/{TRACK}", data=form) for _ in range(2))
    assert (first.status_code, again.status_code) == (303, 303)
    steps = [event for event in history(governance, TRACK) if event.kind == "step"]
    assert len(steps) == 1
    page = words(client.get(again.location).text)
    assert page.count(f"Kvittering: {steps[0].number}:{steps[0].hash}") == 2


def test_a_form_changed_after_it_was_sent_is_another_command(client):
    form = {**carried(client), "form": "advance", "target": "meld-klar", "body": "kombit", "on": "2025-09-30"}
    assert client.post(f"/items/{TRACK}", data=form).status_code == 303
    changed = client.post(f"/items/{TRACK}", data={**form, "reason": "aftalt"})
    assert changed.status_code == 409
    assert "Sagen er ændret" in words(changed.text)


def test_a_refusal_has_a_receipt_too(send, governance):
    answer = send(TRACK, "advance", "bestil", body="kombit", on="2025-09-30")
    refused = history(governance, TRACK)[-1]
    assert f"Kvittering: {refused.number}:{refused.hash}" in words(answer.text)


def test_a_wrong_body_is_refused_with_its_reason(send):
    answer = send(TRACK, "advance", "meld-klar", body="netcompany", on="2025-09-30")
    assert answer.status_code == 422
    assert "tages af KOMBIT, ikke af Netcompany" in words(answer.text)


def test_a_stale_form_shows_what_happened_meanwhile_and_keeps_what_was_typed(client, send, governance):
    page = client.get(f"/items/{TRACK}").text
    before = dict(re.findall(r'name="(csrf_token|seen|version)" value="([^"]+)"', page))
    record_fact(governance, TRACK, "stoerrelse", "XL", source="leverandørens mail", on="2025-09-30")
    typed = {
        "form": "advance",
        "target": "meld-klar",
        "body": "kombit",
        "on": "2025-09-29",
        "reason": "Aftalt <nu>",
    }
    answer = client.post(f"/items/{TRACK}", data={**before, **typed})
    assert answer.status_code == 409
    told = words(answer.text)
    meanwhile = told[told.index("Sagen er ændret") : told.index("Kan gøres nu")]
    assert "Størrelseskoden: XL" in meanwhile
    assert "Estimatet" not in meanwhile
    assert ">\nAftalt &lt;nu&gt;</textarea>" in answer.text
    assert 'value="2025-09-29"' in answer.text
    assert item(governance, TRACK).line.state.id == "indmeldt"


def test_what_cannot_be_recorded_is_told_and_the_form_kept(send, governance):
    answer = send(TRACK, "advance", "meld-klar", body="kombit", on="2031-01-01", person="sekretariatet")
    assert answer.status_code == 400
    assert "i fremtiden" in words(answer.text)
    assert 'value="sekretariatet"' in answer.text
    assert re.search(r'id="step-meld-klar" open', answer.text)
    assert history(governance, TRACK)[-1].kind != "step"


def test_a_fact_is_recorded_with_its_source_and_may_be_one_of_several(client, send, governance):
    answer = send(
        TRACK, "record", "stoerrelse", fact_stoerrelse=["XS", "M"], source="punkt 3.4", on="2025-09"
    )
    assert answer.status_code == 303
    fact = next(fact for fact in item(governance, TRACK).facts if fact.id == "stoerrelse")
    assert (fact.value.da, fact.source) == ("XS eller M", "punkt 3.4")


def test_a_fact_without_a_source_is_not_recorded_and_stays_in_the_form(send):
    answer = send(
        TRACK, "record", "estimat-aar", **{"fact_estimat-aar": "1/2", "source": "", "on": "2025-09-01"}
    )
    assert answer.status_code == 400
    assert "kilden mangler" in words(answer.text).casefold()
    assert 'value="1/2"' in answer.text


def test_a_form_without_its_token_changes_nothing(client, governance):
    before = history(governance, TRACK)
    answer = client.post(f"/items/{TRACK}", data={"form": "advance", "target": "parker", "body": "kombit"})
    assert answer.status_code == 400
    assert "Intet er gemt" in words(answer.text)
    assert history(governance, TRACK) == before


def test_a_form_that_is_none_of_the_pages_is_refused(send):
    assert send(TRACK, "set-state", "bestilt").status_code == 400


def test_a_correction_and_a_refusal_stand_in_the_history(client, governance):
    advance(governance, TRACK, "bestil", "kombit", on="2025-09-30")
    wrong = next(fact.event for fact in item(governance, TRACK).facts if fact.id == "estimat-aar")
    correct(governance, wrong, reason="læst forkert", value="1")
    page = client.get(f"/items/{TRACK}").text
    assert 'class="event e-refused"' in page
    assert "KOMBIT blev nægtet: Bestil hos leverandøren" in words(page)
    assert 'class="event e-corrected"' in page
    assert f'class="event e-fact corrected" id="event-{wrong}"' in page


def test_a_form_whose_token_no_longer_fits_shows_what_was_written_and_the_way_back(client, governance):
    before = history(governance, TRACK)
    sent = {"csrf_token": "old", "form": "advance", "target": "parker", "version": "3", "once": "abc"}
    written = {"reason": "Min <lange> tekst", "fact.pris": "7", "password": "hemmelig", "again": "hemmelig"}
    answer = client.post(f"/items/{TRACK}", data=sent | written)
    assert answer.status_code == 400
    assert '<dd class="typed">Min &lt;lange&gt; tekst</dd>' in answer.text
    assert "<dt>pris</dt>" in answer.text
    assert "hemmelig" not in answer.text
    assert "abc" not in answer.text
    (back,) = re.findall(r'href="([^"]*)">Tilbage til formularens side', answer.text)
    assert client.get(html.unescape(back)).status_code == 200
    assert history(governance, TRACK) == before


def test_an_address_without_a_page_of_its_own_is_no_way_back(app):
    with app.test_request_context("/nix", method="POST"):
        assert way_back() == ""
    with app.test_request_context(f"/items/{TRACK}", method="POST"):
        assert way_back() == f"/items/{TRACK}"
