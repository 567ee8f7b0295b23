"""Entering, relating, completing and correcting on pages, without losing what was typed."""

import html
import re
from secrets import token_hex

import pytest
from flask import render_template_string

from governance.service import add_item, correct, history, item, record_fact
from tests.callers import AUDITOR, PROJECT_GROUP, READER, SECRETARIAT
from tests.web.conftest import HIDDEN, NAME, VALUE
from web import create_app

TRACK = "ÆØ-1434/1"
FORMS = ["/items/new", f"/things/{TRACK}/facts", f"/things/{TRACK}/complete", f"/things/{TRACK}/relate"]
NEW = {"kind": "aendringsoenske", "id": "ÆØ-1812", "title": "Et ønske", "on": "2025-09-30", "origin": "live"}


def words(page):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def unseen(page):
    """What the page's form that changes something carries unseen."""
    form = next(each for each in page.split("<form")[1:] if 'name="once"' in each)
    tags = [tag for tag in HIDDEN.findall(form.partition("</form>")[0]) if 'type="hidden"' in tag]
    return {NAME.search(tag)[1]: html.unescape(VALUE.search(tag)[1]) for tag in tags}


@pytest.fixture
def sent(client):
    """Send the form of a page with the fields given."""

    def sent(path, **fields):
        named = {name.replace("fact_", "fact."): value for name, value in fields.items()}
        return client.post(path, data={**unseen(client.get(path).text), **named})

    return sent


def test_an_item_is_added_with_what_is_known_of_it(client, sent, governance):
    answer = sent("/items/new", **NEW, source="mail", fact_stoerrelse="XL")
    assert (answer.status_code, answer.location) == (303, "/items/%C3%86%C3%98-1812")
    view = item(governance, "ÆØ-1812")
    assert [(each.id, each.value.da, each.source) for each in view.facts] == [("stoerrelse", "XL", "mail")]
    assert "Kvittering" in words(client.get(answer.location).text)


def test_an_item_that_has_a_history_is_added_as_history_and_may_be_told_of(client, sent, governance):
    assert sent("/items/new", **{**NEW, "origin": "history", "on": "2024-05"}).status_code == 303
    assert not item(governance, "ÆØ-1812").line.complete
    page = client.get("/items/ÆØ-1812?tell=afklar").text
    assert "Skriv ind, hvad der skete før" in words(page)


def test_all_that_is_wrong_with_a_new_item_is_told_at_once_and_what_was_typed_is_kept(sent, governance):
    answer = sent(
        "/items/new",
        kind="ønske",
        id="..",
        title="<b>",
        on="2025-09-30",
        parent="ÆØ-404",
        fact_stoerrelse="kæmpe",
        source="",
    )
    assert answer.status_code == 400
    told = words(answer.text)
    for part in (
        "kilden mangler".capitalize(),
        "sagstypen »ønske«".capitalize(),
        "»kæmpe«",
        "»ÆØ-404«",
        "»..«",
    ):
        assert part in told, part
    assert 'value="&lt;b&gt;"' in answer.text
    assert '<option value="kæmpe" selected>' in answer.text
    assert "Intet blev gemt" in told or "Intet er gemt" in told
    with pytest.raises(Exception, match="there is no item"):
        item(governance, "..x")


@pytest.mark.parametrize("name", ["new", "NEW"])
def test_the_address_of_the_form_is_no_items_number(sent, name):
    answer = sent("/items/new", **{**NEW, "id": name})
    assert answer.status_code == 400
    assert "adresse på siderne" in words(answer.text)


def test_a_long_title_is_told_and_kept(sent):
    long = "x" * 501
    answer = sent("/items/new", **{**NEW, "title": long})
    assert answer.status_code == 400
    assert f'value="{long}"' in answer.text


def test_a_form_sent_twice_is_stored_once(client, governance):
    form = {**unseen(client.get("/items/new").text), **NEW}
    first, again = (client.post("/items/new", data=form) for _ in range(2))
    assert (first.status_code, again.status_code) == (303, 303)
    assert len(history(governance, "ÆØ-1812")) == 1


def test_several_facts_are_recorded_at_once_or_none_of_them(client, sent, governance):
    path = f"/things/{TRACK}/facts"
    wrong = sent(path, fact_stoerrelse="XL", fact_stemmer="mange", on="2025-09-30", source="")
    assert wrong.status_code == 400
    assert "»mange«" in words(wrong.text) or "kilden mangler" in words(wrong.text).casefold()
    assert '<option value="XL" selected>' in wrong.text
    assert 'value="mange"' in wrong.text
    assert not [each for each in item(governance, TRACK).facts if each.id == "stoerrelse"]
    right = sent(path, fact_stoerrelse="XL", fact_stemmer="7", on="2025-09-30", source="mail")
    assert right.status_code == 303
    assert {"stoerrelse", "stemmer"} <= {each.id for each in item(governance, TRACK).facts}
    nothing = sent(path, on="2025-09-30", source="mail")
    assert nothing.status_code == 400
    assert "mindst én oplysning" in words(nothing.text)


def test_a_form_that_somebody_came_before_says_what_happened_and_keeps_what_was_typed(client, governance):
    path = f"/things/{TRACK}/facts"
    carried = unseen(client.get(path).text)
    record_fact(governance, TRACK, "stemmer", "9", source="mail", on="2025-09-30")
    typed = {"fact.forslag": "Et <forslag>", "on": "2025-09-30", "source": "mig"}
    answer = client.post(path, data={**carried, **typed})
    assert answer.status_code == 409
    assert "Stemmetallet: 9" in words(answer.text)
    assert "Et &lt;forslag&gt;</textarea>" in answer.text
    again = client.post(path, data={**unseen(answer.text), **typed})
    assert again.status_code == 303


def test_a_record_is_declared_complete_after_a_question(client, sent, governance):
    path = f"/things/{TRACK}/complete"
    page = words(client.get(path).text)
    assert "Er det alt, hvad der skete?" in page
    assert "Spor oprettet" in page
    assert not item(governance, TRACK).line.complete
    wrong = sent(path, on="2031-01-01", source="mig")
    assert wrong.status_code == 400
    assert 'value="2031-01-01"' in wrong.text
    assert sent(path, on="2025-09-30", source="mig").status_code == 303
    assert item(governance, TRACK).line.complete


def test_a_relation_is_added_and_one_to_nothing_is_told(sent, governance):
    path = f"/things/{TRACK}/relate"
    wrong = sent(path, to="ÆØ-9999", kind="følger", on="2025-09-30", source="mig")
    assert wrong.status_code == 400
    assert 'value="ÆØ-9999"' in wrong.text
    assert sent(path, to="ÆØ-1754", kind="følger", on="2025-09-30", source="mig").status_code == 303
    assert [(other.id, how) for other, how in item(governance, TRACK).relations] == [("ÆØ-1754", "følger")]


def fact_event(governance):
    return next(each.event for each in item(governance, TRACK).facts if each.id == "estimat-aar")


def test_a_correction_tells_what_falls_before_it_is_made_and_stays_in_the_history(client, sent, governance):
    wrong = fact_event(governance)
    path = f"/events/{wrong}/correct"
    page = words(client.get(path).text)
    assert "Estimatet: ½–1 års udviklingsbudget" in page
    assert "Intet senere skridt hviler på den" in page
    assert len(history(governance, TRACK)) == 3
    answer = sent(path, how="replace", reason="læst forkert", **{"fact_estimat-aar": "1"})
    assert (answer.status_code, answer.location) == (303, "/items/%C3%86%C3%98-1434/1#history")
    assert next(e for e in item(governance, TRACK).facts if e.id == "estimat-aar").value.da.startswith("1 år")
    assert history(governance, TRACK)[-1].what.da.startswith(f"Begivenhed {wrong} er rettet: læst forkert")


def test_a_correction_that_lacks_its_reason_or_does_not_fit_is_kept_to_be_mended(sent, governance):
    path = f"/events/{fact_event(governance)}/correct"
    answer = sent(path, how="replace", reason=" ", **{"fact_estimat-aar": "mange"})
    assert answer.status_code == 400
    assert "begrundelsen mangler" in words(answer.text).casefold()
    assert 'value="mange"' in answer.text
    wrong = sent(path, how="replace", reason="læst <forkert>", **{"fact_estimat-aar": "mange"})
    assert wrong.status_code == 400
    assert "læst &lt;forkert&gt;</textarea>" in wrong.text
    assert len(history(governance, TRACK)) == 3


def test_what_cannot_be_corrected_says_why_and_offers_no_form(client, governance):
    wrong = fact_event(governance)
    correct(governance, wrong, reason="forkert")
    page = client.get(f"/events/{wrong}/correct").text
    assert "er allerede rettet" in words(page)
    assert "<textarea" not in page


@pytest.mark.parametrize("number", ["0", "99999", "999999999999999999999"])
def test_an_event_that_is_not_there_is_not_found(client, number):
    assert client.get(f"/events/{number}/correct").status_code == 404


def test_an_item_struck_whole_leads_to_the_items(sent, governance):
    first = add_item(governance, "ÆØ-7", "aendringsoenske", "Et ønske", on="2025-09-30").event
    answer = sent(f"/events/{first}/correct", how="strike", reason="oprettet ved en fejl")
    assert (answer.status_code, answer.location.partition("#")[0]) == (303, "/items")


def test_what_happened_before_is_told_as_history_with_its_source(client, fill, governance):
    path = f"/items/{TRACK}"
    wrong = fill(f"{path}?tell=afklar", "tell", "afklar", body="kombit", on="i går", source="")
    assert wrong.status_code == 400
    assert 'value="i går"' in wrong.text
    told = fill(f"{path}?tell=afklar", "tell", "afklar", body="kombit", on="2025-09-10", source="referat")
    assert told.status_code == 303
    last = history(governance, TRACK)[-1]
    assert (last.kind, last.origin, last.source) == ("step", "history", "referat")


def test_a_step_only_told_as_history_is_offered_on_the_page_of_a_seat(client):
    page = client.get("/seats/plads-1?tell=indsaet").text
    assert "Fortælles kun som historie: Skriv den første indehaver ind" in words(page)
    assert 'name="fact.organisation"' in page


@pytest.mark.parametrize("path", [*FORMS, "/events/112/correct"])
@pytest.mark.parametrize("who", [READER, AUDITOR, PROJECT_GROUP], ids=lambda who: who.account)
def test_whoever_does_not_record_is_told_who_does_and_changes_nothing(governance, path, who):
    looking = {"who": SECRETARIAT}
    app = create_app(governance, secret_key=token_hex(), caller_of=lambda: looking["who"])
    client = app.test_client()
    carried = unseen(client.get(path).text)
    before = len(history(governance, TRACK))
    looking["who"] = who
    shut = client.get(path)
    assert shut.status_code == 403
    assert "kun sekretariatet fører registret" in words(shut.text).casefold()
    typed = {**NEW, "to": "ÆØ-1754", "reason": "Min <grund>", "source": "Min <kilde>", "fact.stemmer": "7"}
    answer = client.post(path, data={**carried, **typed})
    assert answer.status_code == 403
    assert "Det må du ikke registrere" in words(answer.text)
    assert "Min &lt;" in answer.text
    assert len(history(governance, TRACK)) == before


def test_a_page_offers_a_step_only_to_whoever_may_record_it_and_says_who_else_may(governance):
    app = create_app(governance, secret_key=token_hex(), caller_of=lambda: PROJECT_GROUP)
    page = app.test_client().get(f"/items/{TRACK}").text
    assert 'name="body"' not in page
    assert 'name="once"' not in page
    told = words(page)
    assert "Du kan ikke registrere dette skridt." in told
    assert "sekretariatet kan" in told
    assert "ikke af dig" in told


def test_a_form_that_a_body_may_not_send_keeps_what_was_typed(governance):
    looking = {"who": SECRETARIAT}
    app = create_app(governance, secret_key=token_hex(), caller_of=lambda: looking["who"])
    client = app.test_client()
    carried = {**unseen(client.get(f"/items/{TRACK}").text), "form": "advance", "target": "meld-klar"}
    looking["who"] = PROJECT_GROUP
    typed = {"body": "kombit", "on": "2025-09-30", "reason": "Min <grund>"}
    answer = client.post(f"/items/{TRACK}", data={**carried, **typed})
    assert answer.status_code == 403
    assert "Min &lt;grund&gt;</textarea>" in answer.text
    assert history(governance, TRACK)[-1].kind != "step"


def test_the_page_of_an_item_tells_its_acts_and_how_large_it_is(client):
    page = words(client.get("/items/ÆØ-1434").text)
    assert "Senest 9. september 2025 KOMBIT Del op i spor" in page
    assert "Mindst ½ års udviklingsbudget Lagt sammen af dens spor ÆØ-1434/1" in page


def test_the_words_that_relations_are_told_in_are_offered(client):
    page = client.get(f"/things/{TRACK}/relate").text
    assert 'list="relations"' in page
    offered = re.search(r'<datalist id="relations">(.*?)</datalist>', page)[1]
    assert re.findall('value="([^"]*)"', offered) == ["beslægtet med"]


def test_a_blank_first_line_of_a_text_is_kept(app):
    with app.test_request_context():
        shown = render_template_string(
            "{% import 'parts.html' as ui %}{{ ui.textarea('Navn', 'x', text) }}", text="\nto"
        )
    assert ">\n\nto</textarea>" in shown  # a browser leaves out the first newline after the tag


def test_a_long_history_is_folded_after_the_newest_twenty(client, governance):
    held = len(history(governance, TRACK))
    for number in range(20):
        record_fact(governance, TRACK, "stoerrelse", ["XL", "M"][number % 2], source=f"mail {number}")
    page = client.get(f"/items/{TRACK}").text
    seen, _, older = page.partition('id="history"')[2].partition('id="older"')
    assert seen.count('class="event ') == 20
    assert f'Ældre begivenheder <span class="count">{held}</span>' in older
    assert older.count('class="event ') == held
    assert 'id="older"' not in client.get("/items/ÆØ-1434").text
