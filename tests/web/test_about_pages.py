"""The statement of accessibility, the help and the report: who may see them, and what they say."""

import pytest

from governance.service import open_governance
from tests.callers import NOBODY, READER
from tests.served import NOW
from tests.web.test_pages import words
from web import create_app, group
from web.settings import Settings


def pages(governance, caller, **settings):
    made = create_app(
        governance, secret_key="x" * 32, caller_of=lambda: caller, settings=Settings(**settings)
    )
    return made.test_client()


@pytest.mark.parametrize("caller", [None, NOBODY, READER])
@pytest.mark.parametrize("path", ["/tilgaengelighed", "/help"])
def test_everybody_may_read_the_statement_and_the_help(governance, caller, path):
    assert pages(governance, caller).get(path).status_code == 200


def test_the_statement_says_what_the_law_asks_for_in_both_languages(governance):
    client = pages(governance, None, contact="tilgaengelighed@example.dk")
    danish = words(client.get("/tilgaengelighed").text)
    for said in (
        "lov om tilgængelighed af offentlige organers websteder",
        "overholder standarden delvist",
        "sidst 22. november 2026",
        "Kendte begrænsninger",
        "Skriv til tilgaengelighed@example.dk",
        "klage til dem",
        "sidst ajourført 22. november 2026",
    ):
        assert said in danish
    english = words(client.get("/tilgaengelighed?lang=en").text)
    assert "Write to tilgaengelighed@example.dk" in english
    assert "complain to Digitaliseringsstyrelsen" in english


def test_without_a_contact_the_statement_says_that_none_is_given(governance):
    assert "har endnu ikke oplyst her" in words(pages(governance, None).get("/tilgaengelighed").text)


def test_the_short_address_leads_to_the_statement(governance):
    answer = pages(governance, None).get("/was")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/tilgaengelighed")


def test_the_help_tells_of_refusals_receipts_roles_keys_and_programs(client):
    page = words(client.get("/help").text)
    for said in (
        "Sådan læses en afvisning",
        "Kvitteringer",
        "Sekretariat: registrerer for alle organer",
        "Med tastaturet",
        "/api/v1",
    ):
        assert said in page
    assert "How to read a refusal" in words(client.get("/help?lang=en").text)


def test_the_report_links_each_finding_to_its_thing_and_tells_what_it_read(client):
    page = client.get("/report").text
    for thing in ("plads-2", "moede-2025-09-09", "henvendelse-4.2"):
        assert f'href="/items/{thing}">' in page
    assert 'href="/items/plads-2">Middelfart (plads 2)</a>' in page
    assert "over hele registret" in words(page)
    assert 'href="/report?on=2025-10-01"' in page


def test_a_rule_with_many_findings_is_shown_in_part_and_whole_on_its_own_pages(client, monkeypatch):
    monkeypatch.setattr(group, "MOST_UNDER_A_RULE", 5)
    monkeypatch.setattr(group, "MOST_FINDINGS", 5)
    page = client.get("/report").text
    link = next(part for part in page.split('href="') if part.startswith("/report/"))
    rule = link.partition('"')[0]
    assert "Alle reglens" in words(page)
    first = client.get(rule)
    assert first.text.count('<li class="finding f-') == 5
    assert "Side 1 af 2" in words(first.text)
    assert client.get(f"{rule}?page=2").status_code == 200
    for odd in ("0", "3", "x", "-1", "99999999999"):
        assert client.get(rule, query_string={"page": odd}).status_code == 404


def test_findings_of_no_rule_are_not_found(client):
    assert client.get("/report/findes-ikke").status_code == 404


def test_the_report_of_an_empty_record_says_what_to_do_next(tmp_path):
    governance = open_governance(f"sqlite:///{tmp_path / 'empty.sqlite'}", now=lambda: NOW)
    page = words(pages(governance, READER).get("/report").text)
    governance.engine.dispose()
    assert "Intet er registreret endnu" in page
