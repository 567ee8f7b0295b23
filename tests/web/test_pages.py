"""What each page shows of the demo round."""

import html
import re
from xml.etree import ElementTree as ET

from governance.model import Text
from governance.service import (
    MachineView,
    Said,
    add_item,
    items,
    record_fact,
    record_thing,
    report,
    rules,
    seats,
    trace,
)
from web import diagram

PAGES = [
    "/",
    "/items",
    "/items/new",
    "/items/ÆØ-1434/1/try?body=kombit&fact.stoerrelse=XS",
    "/rounds",
    "/things/ÆØ-1434/1/facts",
    "/things/ÆØ-1434/1/complete",
    "/things/ÆØ-1434/1/relate",
    "/events/162/correct",
    "/items/ÆØ-1434/1?to=bestilt&fact=stoerrelse",
    "/seats",
    "/todo",
    "/meetings",
    "/meetings/moede-2025-09-09?point=moede-2025-09-09/3.1",
    "/seats/plads-2",
    "/seats/check?from=2025-09-01&to=2026-01-31",
    "/seats/forecast?on=2025-09-09",
    "/seats/plan",
    "/report",
    "/rules",
    "/help",
    "/items/x",
]


def words(page):
    """The text of a page as it is read, white space folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def test_the_list_shows_every_item_with_its_state_and_what_is_allowed_next(client, governance):
    page = client.get("/items").text + client.get("/items?page=2").text
    for line in items(governance):
        row = words(page[page.index(f'<span class="number">{line.id}</span>') :])[:400]
        assert line.state.label.da in row.lower()
    row = words(page[page.index('<span class="number">ÆØ-1434/1</span>') :])
    assert "Undersøg nærmere" in row[:250]


def test_the_list_can_be_narrowed_by_kind_state_and_words(client):
    tracks = words(client.get("/items?kind=spor").text)
    assert "3 sager af" in tracks
    assert "ÆØ-1434/2" in tracks
    assert "1 sag af" in words(client.get("/items?q=AKTINDSIGT&kind=aendringsoenske").text)
    assert "Ingen sager passer" in words(client.get("/items?q=findes-ikke").text)


def test_a_kind_that_is_not_there_is_told_with_what_there_is(client):
    answer = client.get("/items?kind=sporr")
    assert answer.status_code == 400
    assert "mente du »spor«?" in words(answer.text)


def test_an_unknown_item_is_not_found_and_a_like_one_is_offered(client):
    answer = client.get("/items/ÆØ-1343")
    assert answer.status_code == 404
    assert "mente du" in words(answer.text)


def test_an_items_page_tells_state_record_facts_and_history(client):
    page = words(client.get("/items/ÆØ-1434/1").text)
    assert "Redigeringsværktøj som en del af DUBU Indmeldt Registreringen er åben" in page
    assert (
        "Estimatet ½–1 års udviklingsbudget Senest 9. september 2025 · dagsorden-2025-09-09, punkt 3.4"
        in page
    )
    assert "Spor oprettet: Redigeringsværktøj som en del af DUBU" in page


def test_a_refused_step_names_every_reason_with_its_clause_or_ours_and_what_would_mend_it(client):
    page = client.get("/items/ÆØ-1434/1").text
    start = page.index('id="step-bestil"')
    order = page[start : page.index('id="step-', start + 20)]
    for clause in ("K21", "K22", "K23"):
        assert f'href="/rules#{clause}"' in order
    told = words(order)
    assert "kommunestyregruppen har godkendt" in told
    assert "Det skal der til: Få en godkendelse fra kommunestyregruppen" in told
    split = page[page.index('id="step-opdel"') : start]
    assert '<span class="clause ours"' in split
    assert 'href="/items/%C3%86%C3%98-1434/1?to=bestilt#way"' in order


def test_the_way_to_a_state_names_each_step_and_who_takes_it(client):
    way = words(client.get("/items/ÆØ-1434/1?to=bestilt").text)
    assert "Den korteste lovlige vej til bestilt er 6 skridt" in way
    assert "Godkend i styregruppen kommunestyregruppen → fører til godkendt i styregruppen" in way


def test_the_way_is_asked_for_to_another_state_than_the_items_own_unless_that_was_asked_for(client):
    def offered(address):
        return re.findall(
            r'<option value="(\w[\w-]*)"',
            client.get(address).text.partition('id="to"')[2].partition("</select>")[0],
        )

    assert "bestilt" in offered("/items/ÆØ-1434/1")
    assert "indmeldt" not in offered("/items/ÆØ-1434/1")
    assert "indmeldt" in offered("/items/ÆØ-1434/1?to=indmeldt")


def test_what_is_recorded_now_is_told_as_the_choice_it_is_and_a_number_as_it_is_typed(client):
    page = words(client.get("/things/ÆØ-1434/1/facts").text)
    assert "står nu: et groft estimat" in page
    assert "står nu: grovestimat" not in page
    assert "står nu: 1/2..1" in page


def test_the_diagram_marks_where_the_item_stands_and_its_open_exits(client):
    page = client.get("/items/ÆØ-1434/1").text.partition("<main")[2]
    start = page.rindex("<svg", 0, page.index('class="node'))
    picture = page[start : page.index("</svg>", start)]
    assert re.search(r'class="node state visited current">.*?>Indmeldt<', picture, re.DOTALL)
    assert re.search(r'class="edge arrow open">.*?>Undersøg nærmere<', picture, re.DOTALL)
    assert re.search(r'class="edge arrow shut">.*?>Del op i spor<', picture, re.DOTALL)
    assert 'role="img"' in picture
    assert "xlink" not in picture


def test_a_label_is_only_ever_text_in_the_diagram():
    label = Text('x"];evil [label="', "\\N &amp; <script>alert(1)</script>")
    machine = MachineView((Said("a", label),), (), (), "a", ("a",))
    for language in ("da", "en"):
        picture = diagram.draw(machine, language, 'told "so" <b>')
        drawn = ET.fromstring(picture)  # noqa: S314 - drawn by our own program
        said = " ".join(text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text"))
        assert said.replace(" ", "").casefold() == label.in_language(language).replace(" ", "").casefold()
        assert drawn.get("aria-label") == 'told "so" <b>'


def test_without_a_drawing_program_the_states_stand_as_an_open_list(client, monkeypatch):
    monkeypatch.setattr(diagram, "program", lambda: None)
    diagram.finished.cache_clear()
    diagram.run.cache_clear()
    page = client.get("/items/ÆØ-1434/1").text.partition("<main")[2]
    assert 'class="node' not in page
    assert re.search(r'<details class="more" open>\s*<summary>Tilstandene som liste', page)
    assert "Undersøg nærmere → fører til under afklaring: tilladt" in words(page)


def test_the_seats_are_shown_on_the_day_asked_for(client, governance):
    eve, after = (client.get("/seats", query_string={"on": day}).text for day in ("2025-09-09", "2025-09-10"))
    for seat in seats(governance, on="2025-09-09").seats:
        assert seat.id in eve
    assert words(eve).count("● besat") > words(after).count("● besat")
    assert "Plads 9 ? vides ikke ikke registreret" in words(after)
    assert re.search(r"brudt\s+.*Medlemmerne|Medlemmerne.*brudt", words(after))


def test_a_seat_with_two_holders_at_once_has_a_line_for_each_that_says_so(client, governance):
    links = {"seat": "plads-1", "organisation": "Nyborg"}
    facts = {"from": "2025-01-01"}
    record_thing(governance, "p1/ny", "term", links=links, facts=facts, source="x", on="2025-01-01")
    page = client.get("/seats?on=9. september 2025").text
    assert words(page).count("Plads 1 ● besat") == 2
    assert words(page).count("(to samtidig)") == 2
    assert words(page).count("Plads 2 ● besat") == 1
    assert len(seats(governance, on="2025-09-09").seats) == 10
    assert "Hvem sidder hvor 9" in words(page)
    assert page.count(">Plads 1</text>") == 1


def test_the_report_gives_every_clause_the_services_verdict(client, governance):
    page = client.get("/report?on=2025-09-10").text
    for clause in report(governance, on="2025-09-10").clauses:
        verdict = clause.verdict.value if clause.verdict else "unchecked"
        assert re.search(rf'class="step clause-row f-{verdict}" id="c-{clause.id}"', page), clause.id


def test_the_rules_page_has_every_clause_reading_silence_and_digest(client, governance):
    page = client.get("/rules").text
    view = rules(governance)
    for line in trace(governance, None):
        assert f'id="{line.clause}"' in page
        assert line.digest in page
    for reading in view.readings:
        assert f'id="reading-{reading.id}"' in page
    for silence in view.silences:
        assert silence.label.da in words(page)


def test_a_title_may_hold_anything_and_is_only_ever_text(client, governance):
    hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{ 7*7 }} %s æ"
    add_item(governance, 'S"<b>&?#1', "aendringsoenske", hostile, on="2025-09-20")
    for path in ("/items", "/report", "/items/S%22%3Cb%3E%26%3F%231"):
        page = client.get(path).text
        assert "<script" not in page
        assert "<img" not in page
        assert "<b>&" not in page
    assert "{{ 7*7 }}" in page
    assert client.get("/items/S%22%3Cb%3E%26%3F%231").status_code == 200


def test_a_date_that_no_rulebook_covers_is_an_error_in_plain_words(client):
    answer = client.get("/report?on=1999-01-01")
    assert answer.status_code == 400
    assert "Intet regelsæt dækker 1. januar 1999" in words(answer.text)


def test_a_date_that_is_none_is_an_error_in_plain_words(client):
    assert client.get("/seats?on=i-morgen").status_code == 400


def test_a_whole_whose_tracks_alone_have_a_size_says_that_it_has_none_itself(client, governance):
    record_fact(governance, "ÆØ-1434/1", "stoerrelse", "XL", source="notat", on="2025-09-30")
    answer = client.get("/items/ÆØ-1434")
    assert answer.status_code == 200
    told = words(answer.text)
    assert "Størrelseskoden Ikke registreret ÆØ-1434/1 : XL" in told
    assert "Mindst ½ års udviklingsbudget Lagt sammen af dens spor ÆØ-1434/1 :" in told
