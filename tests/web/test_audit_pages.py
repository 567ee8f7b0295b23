"""The pages that prove the record: events, refusals, one event, the audit, the export and the access log."""

import html
import re

import pytest
from sqlalchemy import event as sql

from governance.model import Text
from governance.service import (
    Audit,
    Problem,
    add_item,
    advance,
    audit_checks,
    audit_head,
    audit_recheck,
    audit_verify,
    cast,
    open_governance,
    open_round,
    record_fact,
)
from tests.callers import ADMINISTRATOR, AUDITOR, FORMER, NOBODY, PROJECT_GROUP, READER, SECRETARIAT
from tests.served import NOW, TOKEN
from tests.web.test_pages import words
from web import audit, create_app

SUBJECT = "ÆØ-1434/1"


@pytest.fixture
def refusal(governance):
    return advance(governance, SUBJECT, "bestil", "kombit", recorder="Vilde Prøve")


@pytest.fixture
def empty(tmp_path):
    governance = open_governance(f"sqlite:///{tmp_path / 'empty.sqlite'}", now=lambda: NOW)
    yield governance
    governance.engine.dispose()


def of_events(page):
    return [int(number) for number in re.findall(r'id="event-(\d+)"', page)]


def test_the_record_stands_newest_first_a_page_at_a_time(client, governance):
    last = int(audit_head(governance).partition(":")[0])
    page = client.get("/audit").text
    assert of_events(page) == list(range(last, last - 50, -1))
    older = html.unescape(re.search(r'href="([^"]*)" rel="next"', page)[1])
    assert of_events(client.get(older).text) == list(range(last - 50, last - 100, -1))
    first = client.get("/audit?before=20").text
    assert of_events(first) == list(range(19, 0, -1))
    assert 'rel="next"' not in first
    assert "Nyeste" in words(first)


def test_the_record_is_narrowed_by_thing_kind_recorder_and_day(client, governance, refusal):
    record_fact(governance, SUBJECT, "stoerrelse", "XS", source="brev", recorder="Vilde Prøve")
    about = client.get("/audit", query_string={"thing": SUBJECT, "kind": "added"}).text
    assert len(of_events(about)) == 1
    assert f"Spor oprettet: Redigeringsværktøj som en del af DUBU {SUBJECT} spor" in words(about)
    by = client.get("/audit", query_string={"recorder": "Vilde Prøve"}).text
    assert of_events(by) == [refusal.event + 1, refusal.event]
    assert "registreret af Vilde Prøve" in words(by)
    assert of_events(client.get("/audit?recorder=Ingen").text) == []
    assert of_events(client.get("/audit?to=2025-09-30").text) == []
    assert of_events(client.get("/audit?from=2025-10-01&kind=refused").text) == [refusal.event]


def test_what_cannot_be_asked_for_is_told_all_at_once_and_stays_in_the_form(client):
    answer = client.get("/audit?thing=ØÆ&kind=zz&from=hej&before=x")
    told = words(answer.text)
    assert answer.status_code == 400
    for problem in ("findes ikke", "»hej« er ikke en dato", "»x« er ikke et nummer"):
        assert problem in told
    assert 'value="ØÆ"' in answer.text


def test_refusals_are_a_list_of_their_own_with_every_reason(client, refusal):
    page = client.get("/audit/refusals").text
    assert of_events(page) == [refusal.event]
    told = words(page)
    assert "KOMBIT blev nægtet: Bestil hos leverandøren" in told
    for ruled in refusal.blocking:
        assert ruled.because.da[1:] in told


def test_without_refusals_the_page_says_so_and_what_will_stand_there(client):
    assert "Intet er afvist. Når et skridt bliver det" in words(client.get("/audit/refusals").text)
    assert "Nothing has been refused." in words(client.get("/audit/refusals?lang=en").text)


def test_an_empty_record_says_what_to_do_next(empty):
    page = (
        create_app(empty, secret_key="x" * 32, caller_of=lambda: SECRETARIAT).test_client().get("/audit").text
    )
    assert "Intet er registreret endnu. Opret en sag" in words(page)


def test_one_event_shows_what_was_asked_how_it_was_judged_and_what_proves_it(client, governance, refusal):
    page = words(client.get(f"/audit/{refusal.event}").text)
    assert f"Kvittering {refusal.proof}" in page
    assert "Skridt Bestil hos leverandøren Organ KOMBIT" in page
    assert "dubu, gælder fra 1. januar 2024" in page
    assert governance.rulebooks.books[-1].digest in page
    before = words(client.get(f"/audit/{refusal.event - 1}").text)
    previous = re.search(r"Den foregåendes hash ([0-9a-f]{64})", page)[1]
    assert f"Kvittering {refusal.event - 1}:{previous}" in before
    assert "(ingen)" not in page


def test_an_event_that_is_not_there_is_not_found(client):
    answer = client.get("/audit/99999")
    assert answer.status_code == 404
    assert "Der er ingen begivenhed 99999; den seneste er" in words(answer.text)
    assert client.get("/audit/0").status_code == 404
    assert client.get("/audit/-1").status_code == 404


def test_nothing_is_verified_until_it_is_asked_for(client, governance):
    page = words(client.get("/audit/verify").text)
    assert audit_head(governance) in page
    assert "Det tager omkring 1 sekund" in page
    assert "Alt stemmer" not in page


def token(client):
    return TOKEN.search(client.get("/audit/verify").text)[1]


def test_the_result_stands_check_by_check_with_what_was_expected(client, governance, refusal):
    sent = {"csrf_token": token(client), "form": "verify", "expect": refusal.proof}
    answer = client.post("/audit/verify", data=sent)
    assert answer.status_code == 200
    assert "Alt stemmer" in words(answer.text)
    assert words(answer.text).count("✓ stemmer") == 9
    wrong = client.post("/audit/verify", data={**sent, "expect": f"{refusal.event}:{'0' * 64}"})
    assert "1 ting er gal" in words(wrong.text)
    assert f"Begivenhed {refusal.event}: »hash« er" in words(wrong.text)
    odd = client.post("/audit/verify", data={**sent, "expect": "hej"})
    assert odd.status_code == 400
    assert "»hej« er ikke et hoved" in words(odd.text)
    assert ">\nhej</textarea>" in odd.text


def test_every_decision_of_the_record_can_be_made_again(client, refusal):
    answer = client.post("/audit/verify", data={"csrf_token": token(client), "form": "recheck"})
    assert re.search(r"Alt stemmer \d+ afgørelser er truffet igen", words(answer.text))


def test_a_record_too_long_for_a_page_is_sent_to_the_command(client, monkeypatch):
    monkeypatch.setattr(audit, "MOST_AT_ONCE", 10)
    sent = {"csrf_token": token_before(client), "form": "verify"}
    answer = words(client.post("/audit/verify", data=sent).text)
    assert "en side efterprøver højst 10. Kør kommandoen" in answer
    assert "Alt stemmer" not in answer


def token_before(client):
    return TOKEN.search(client.get("/meetings").text)[1]


def test_the_download_is_an_export_that_checks_out(client, tmp_path):
    answer = client.get("/audit/export")
    assert answer.mimetype == "application/jsonl"
    assert "filename=governance-2025-10-01.jsonl" in answer.headers["Content-Disposition"]
    file = tmp_path / "record.jsonl"
    file.write_bytes(answer.data)
    answer.close()
    assert audit_recheck(file).problems == ()


def test_a_record_with_faults_is_not_given_away(client, governance):
    with governance.engine.connect() as connection:
        connection.exec_driver_sql("UPDATE things SET state = 'besluttet' WHERE id = 'ÆØ-1434/1'")
        connection.commit()
    assert audit_verify(governance).problems
    answer = client.get("/audit/export")
    assert answer.status_code == 409
    assert "✕ galt Hver ting står, som dens begivenheder gør den" in words(answer.text)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            "UPDATE listing SET state = 'besluttet' WHERE id = 'ÆØ-1434/1'",
            "✕ galt Listen over sager har hver sag, som dens begivenheder gør den Listing ÆØ-1434/1",
        ),
        ("UPDATE tallies SET number = 99", "✕ galt Tallene ved siden af listen er dem, den giver Tallies"),
    ],
)
def test_a_fault_of_the_list_stands_under_its_own_check(client, governance, change, told):
    with governance.engine.connect() as connection:
        connection.exec_driver_sql(change)
        connection.commit()
    assert told in words(client.get("/audit/export").text)


def test_a_fault_that_no_check_is_named_for_is_shown_all_the_same():
    fault = Problem(Text("sted", "place"), Text("galt", "wrong"), "elsewhere")
    found = audit_checks(Audit(1, "1:a", (fault,)))
    assert [each.id for each in found if each.problems] == ["elsewhere"]
    assert [problem for each in found for problem in each.problems] == [fault]


def test_the_access_log_tells_who_looked_at_what_and_how_long_it_is_kept(client):
    client.get(f"/items/{SUBJECT}")
    page = words(client.get("/audit/accesses").text)
    assert "En linje gemmes i 13 måneder" in page
    assert f"page items.item {SUBJECT} besvaret" in page
    about = words(client.get("/audit/accesses", query_string={"what": SUBJECT}).text)
    assert "page items.item" in about
    assert "page audit.accesses" not in about
    none = words(client.get("/audit/accesses?who=Ingen").text)
    assert "Ingen linje passer" in none
    odd = client.get("/audit/accesses?from=hej&before=0")
    assert odd.status_code == 400
    assert "»hej« er ikke en dato" in words(odd.text)


def test_the_access_log_is_paged(client):
    for _ in range(52):
        client.get("/help")
    page = client.get("/audit/accesses").text
    assert page.count("page group.help_page") == 50
    older = client.get(html.unescape(re.search(r'href="([^"]*)" rel="next"', page)[1])).text
    assert older.count("page group.help_page") == 2


def test_what_is_sealed_on_a_rounds_page_is_sealed_in_the_audit(governance, client):
    open_round(governance, "runde", "referencegruppen", closes="2025-10-20", choices=[SUBJECT])
    cast(governance, "runde", "Horsens", {SUBJECT: "3"})
    page = client.get("/audit").text
    assert "forseglet, til runden lukkes" in words(page)
    told = next(line for line in page.split('<li class="event') if "forseglet" in line)
    (number,) = of_events(told)
    assert "forseglet" in words(client.get(f"/audit/{number}").text)


@pytest.mark.parametrize("more", [0, 30])
def test_a_page_asks_the_database_as_often_however_long_the_record(client, governance, more, request):
    for number in range(more):
        add_item(governance, f"X-{number}", "aendringsoenske", f"Ønske {number}")
    client.get("/audit")
    asked = []
    sql.listen(governance.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    client.get("/audit")
    reads = [each for each in asked if each.lstrip().upper().startswith("SELECT")]
    assert len(reads) <= 16


AUDIT_PAGES = (
    "/audit",
    "/audit/refusals",
    "/audit/1",
    "/audit/verify",
    "/audit/export",
    "/audit/accesses",
)


@pytest.mark.parametrize("path", AUDIT_PAGES)
@pytest.mark.parametrize("caller", [READER, PROJECT_GROUP, ADMINISTRATOR, FORMER, NOBODY])
def test_whoever_is_not_to_audit_is_told_so_and_shown_nothing(governance, path, caller):
    client = create_app(governance, secret_key="x" * 32, caller_of=lambda: caller).test_client()
    answer = client.get(path)
    assert answer.status_code == 403
    assert "c252e3" not in answer.text
    assert "event-" not in answer.text


@pytest.mark.parametrize("path", AUDIT_PAGES)
def test_the_auditor_sees_the_proof(governance, path):
    client = create_app(governance, secret_key="x" * 32, caller_of=lambda: AUDITOR).test_client()
    with client.get(path) as answer:
        assert answer.status_code == 200


@pytest.mark.parametrize("path", AUDIT_PAGES)
def test_a_stranger_is_asked_who_they_are(governance, path):
    client = create_app(governance, secret_key="x" * 32, caller_of=lambda: None).test_client()
    assert client.get(path).status_code in (303, 401)


def test_a_thing_and_its_kind_are_apart(client):
    assert re.search(r"</a>\s+<span class=\"quiet\">", client.get("/audit").text)
