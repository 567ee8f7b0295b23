"""The pages about the rules: one rule, differences between rulebooks, and the document's own sentences."""

import html
import re
import shutil
from pathlib import Path

import pytest

from governance.model import Text
from governance.service import adopt, adoption, open_governance, rules, rules_folder, trace
from tests.callers import READER
from tests.served import NOW
from tests.web.test_pages import words
from web import create_app
from web.document import MOST, supplied

HERE = Path(__file__).parents[1] / "rules" / "boligforening"


@pytest.fixture
def later(governance, tmp_path):
    """A rulebook from 2026 on with one force changed, taken in."""
    folder = tmp_path / "later"
    shutil.copytree(rules_folder() / "2024-01-01", folder)
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8").replace("from: 2024-01-01\n", "from: 2026-01-01\n")
        text = text.replace("da: Bestil hos leverandøren", "da: Bestil <b>nu</b>")
        path.write_text(text, encoding="utf-8")
    adopt(governance, str(folder), adoption(governance, str(folder)).code)


@pytest.fixture
def housing(tmp_path):
    """The pages over another group's rules, whose document lies beside them."""

    def made(document):
        found = open_governance(f"sqlite:///{tmp_path / 'housing.sqlite'}", HERE, now=lambda: NOW)
        app = create_app(found, secret_key="x" * 32, caller_of=lambda: READER)
        app.extensions["governance.document"] = supplied(document)
        return app.test_client()

    return made


def test_every_rule_and_step_on_the_rules_page_has_a_page_of_its_own(client):
    links = set(re.findall(r'href="(/rules/[^"]+)"', client.get("/rules").text))
    assert len(links) > 40
    for link in sorted(links)[::9]:
        assert client.get(html.unescape(link)).status_code == 200, link


def test_a_finding_links_to_the_page_of_its_rule(client):
    item = client.get("/items/ÆØ-1434/1").text
    assert 'href="/rules/stoerre-godkendes"' in item
    report = client.get("/report").text
    link = re.search(r'class="rule-label" href="(/rules/[^"]+)"', report)[1]
    assert client.get(link).status_code == 200


def test_a_rule_is_said_in_words_with_its_clause_and_reading_in_both_languages(client):
    danish = words(client.get("/rules/stoerre-godkendes").text)
    assert "Større opgaver er godkendt i styregruppen" in danish
    assert "Den vogter skridtet Bestil hos leverandøren" in danish
    assert "Hvad kommissoriet siger K23" in danish
    assert "» Større «" in danish
    english = words(client.get("/rules/stoerre-godkendes?lang=en").text)
    assert "It guards the step Order from the vendor" in english


def test_a_rule_of_ours_says_that_the_document_does_not(client):
    ours = re.search(
        r'id="rule-([\w-]+)">\s*<p class="finding-head"><span class="clause ours"', client.get("/rules").text
    )
    assert "Denne er vores" in words(client.get(f"/rules/{ours[1]}").text)


def test_a_rule_that_is_not_there_is_not_found_and_a_like_one_is_offered(client):
    answer = client.get("/rules/stoerre-godkende")
    assert answer.status_code == 404
    assert "mente du »stoerre-godkendes«?" in words(answer.text)


def test_with_one_rulebook_there_is_nothing_to_compare_and_the_page_says_so(client):
    assert "Der er kun ét regelsæt" in words(client.get("/rules/differences").text)
    assert "There is only one rulebook" in words(client.get("/rules/differences?lang=en").text)


def test_what_differs_stands_sort_by_sort_with_before_and_after(client, later):
    page = client.get("/rules/differences").text
    assert "ændret Bestil &lt;b&gt;nu&lt;/b&gt;".replace("&lt;", "<").replace("&gt;", ">") in words(page)
    assert "<del>Bestil hos leverandøren</del>" in page
    assert "<ins>Bestil &lt;b&gt;nu&lt;/b&gt;</ins>" in page
    back = client.get("/rules/differences?from=2026-02-01&to=2025-01-01").text
    assert "<ins>Bestil hos leverandøren</ins>" in back
    same = words(client.get("/rules/differences?from=2024-05-01&to=2025-01-01").text)
    assert "Begge dage hører under samme regelsæt" in same


def test_the_rules_of_either_rulebook_are_shown_on_a_day_under_it(client, later):
    assert "Bestil <b>nu</b>" in words(client.get("/rules?on=2026-01-01").text)
    assert "Bestil hos leverandøren" in words(client.get("/rules?on=2025-12-31").text)


@pytest.mark.parametrize("address", ["/rules/differences?from=hej", "/rules/differences?to=2019-01-01"])
def test_days_that_cannot_be_compared_are_told_and_stay_in_the_form(client, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert "Regelsættene kan ikke sammenlignes" in words(answer.text)


def test_the_documents_own_sentence_stands_beside_each_clause_that_fits_it(housing):
    client = housing(HERE / "vedtaegt.txt")
    page = client.get("/rules").text
    governance = client.application.extensions["governance"]
    document = (HERE / "vedtaegt.txt").read_text(encoding="utf-8")
    found = trace(governance, document)
    assert page.count('<figure class="original">') == len(found)
    assert found[0].original in words(page)
    assert "Dokumentet afviger her" not in words(page)


def test_where_the_document_differs_the_page_says_so_plainly(housing, tmp_path):
    text = (HERE / "vedtaegt.txt").read_text(encoding="utf-8")
    governance = housing(HERE / "vedtaegt.txt").application.extensions["governance"]
    sentence = trace(governance, text)[0].original
    changed = tmp_path / "changed.txt"
    changed.write_text(text.replace(sentence.split()[0], "Ganske", 1), encoding="utf-8")
    page = housing(changed).get("/rules").text
    assert words(page).count("Dokumentet afviger her: ingen sætning") == 1
    assert "The document differs here" in words(housing(changed).get("/rules?lang=en").text)


def test_without_a_document_only_the_digests_stand(client):
    page = client.get("/rules").text
    assert "figure" not in page
    assert "Dokumentet afviger her" not in words(page)


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"\xff\xfe", "kan ikke læses"), (b"x" * (MOST + 1), "for stort"), (None, "kan ikke læses")],
)
def test_a_document_that_cannot_be_used_is_told_and_the_rules_stand(housing, tmp_path, content, problem):
    path = tmp_path / "document.txt"
    if content is not None:
        path.write_bytes(content)
    answer = housing(path).get("/rules")
    assert answer.status_code == 200
    assert problem in words(answer.text)


def test_a_document_supplied_by_nobody_is_none():
    assert supplied(None).text is None
    assert isinstance(supplied(Path("/findes/ikke")).problem, Text)


def test_the_rules_are_folded_with_their_counts_and_every_one_is_still_on_the_page(client, governance):
    page = client.get("/rules").text
    view = rules(governance)
    assert all(f'<details class="step whole clause-row" id="{each.id}"' in page for each in view.clauses)
    about = re.findall(r'id="each-[\w-]+">\s*<summary>.*?<span class="count">(\d+)</span>', page, re.DOTALL)
    assert sum(map(int, about)) == len(view.rules)
    steps = re.findall(
        r'id="process-[\w-]+">\s*<summary>.*?<span class="count">(\d+)</span>', page, re.DOTALL
    )
    assert list(map(int, steps)) == [len(each.steps) for each in view.processes]
    order = [page.index(f"<h3>{each}</h3>") for each in dict.fromkeys(c.section.da for c in view.clauses)]
    assert order == sorted(order)
