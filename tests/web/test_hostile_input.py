"""Odd ids, files that are no tables, and scripts in every text: each refused, or shown as mere text."""

from http import HTTPStatus
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from governance.service import events_page
from tests.callers import BODY, EVERYTHING
from tests.hashing import hasher
from tests.web.attackers import API, app, asking, sent

__all__ = ["app", "asking", "hasher"]
ITEM, ROUND = "ÆØ-1434/1", "runde-1"
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"


@pytest.mark.parametrize("id_", ["%2e%2e/x", "a%0d%0aSet-Cookie:a=b%3Cscript%3E", "%00", "x" * 3000])
@pytest.mark.parametrize(
    "path",
    [
        "items",
        "meetings",
        "seats",
        "organisations",
        "papers/agenda-pdf",
        "accounts",
        "audit",
    ],
)
def test_an_odd_id_leads_nowhere(client, asking, path, id_):
    asking[0] = EVERYTHING
    answer = client.get(f"/{path}/{id_}")
    assert answer.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST)
    assert "a=b" not in str(answer.headers)
    assert "<script" not in answer.text


def zipped(size):
    """A workbook's shell around a part that is far larger than it says."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * size)
    return file.getvalue()


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\x.csv", "a\r\nb.csv", "x.xlsx", "/dev/stdin", ""])
@pytest.mark.parametrize("content", [zipped(20_000_000), b"PK\x03\x04broken", b"\xff\xfe\x00", b"\x00" * 100])
def test_a_file_that_is_no_table_is_refused_whatever_it_is_called(client, name, content):
    answer = client.post("/seats/plan", data={"on": "2025-09-09", "file": (BytesIO(content), name)})
    assert answer.status_code == (HTTPStatus.BAD_REQUEST if name else answer.status_code)
    assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    assert "passwd" not in answer.text


@pytest.mark.parametrize("path", ["/seats/plan", f"/items/{ITEM}", "/account", "/audit/verify"])
def test_more_than_a_form_holds_is_refused(client, path):
    big = {"file": (BytesIO(b"x" * 70_000), "x.csv")}
    assert client.post(path, data=big).status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert client.post(path, data={"a": "x" * 70_000}).status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_a_script_in_any_text_is_shown_as_text_everywhere(governance, client, asking, hasher):
    asking[0] = EVERYTHING
    meeting = "moede-2025-12-02"
    wrote = [
        sent(client, "/items", id="ÆØ-<b>9</b>", kind="aendringsoenske", title=SCRIPT, source=SCRIPT),
        sent(client, "/relations/" + ITEM, to="ÆØ-1434", kind="x", source=SCRIPT),
        sent(client, f"/completeness/{ITEM}", source=SCRIPT),
        sent(
            client, f"/consultations/{ITEM}", asked_of=SCRIPT, question=SCRIPT, source=SCRIPT, person=SCRIPT
        ),
        sent(client, f"/answers/{ITEM}", answer=SCRIPT, source=SCRIPT),
        sent(client, f"/steps/{ITEM}", step="afvis", body="kombit", reason=SCRIPT, person=SCRIPT),
        sent(client, "/meetings", body=BODY, date="2025-12-02", title=SCRIPT, source=SCRIPT),
        sent(client, f"/points/{meeting}", section="eventuelt", title=SCRIPT, source=SCRIPT),
        sent(client, "/rounds", id=ROUND, body=BODY, closes="2025-11-01", choices=[ITEM], title=SCRIPT),
        sent(client, "/accounts", login="ny", person=SCRIPT),
        client.post("/accounts", data={"login": SCRIPT, "name": SCRIPT, "email": SCRIPT}),
        client.post(
            f"/items/{ITEM}", data={"form": "record", "target": "note", "fact.note": SCRIPT, "source": SCRIPT}
        ),
        client.post("/seats/plan", data={"seats": SCRIPT, "candidates": SCRIPT, "sets": SCRIPT}),
    ]
    assert {each.status_code for each in wrote} <= {200, 201, 303, 400, 403, 422}
    kept = {each.request.path: each.status_code for each in wrote}
    assert kept[f"{API}/items"] == kept[f"{API}/meetings"] == kept[f"{API}/rounds"] == 201, kept
    numbers = [each.event.number for each in events_page(governance).lines][:40]
    pages = [
        "/",
        "/items",
        f"/items?q={SCRIPT}",
        f"/items/{ITEM}",
        "/items/ÆØ-<b>9</b>",
        f"/items/{ITEM}/try",
    ]
    pages += [
        "/todo",
        "/meetings",
        f"/meetings/{meeting}",
        "/rounds",
        f"/rounds/{ROUND}",
        "/report",
        "/rights",
    ]
    pages += [
        "/accounts",
        "/account",
        "/audit",
        "/audit/refusals",
        "/audit/accesses",
        "/seats",
        f"/login?next={SCRIPT}",
    ]
    pages += [f"/things/{ITEM}/facts", f"/things/{ITEM}/relate", *(f"/audit/{number}" for number in numbers)]
    seen = [(path, client.get(path)) for path in pages] + [(each.request.path, each) for each in wrote]
    for path, answer in seen:
        assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, path
        if answer.mimetype != "text/html":
            assert answer.mimetype in ("application/json", "application/problem+json"), path
            continue
        assert "<script" not in answer.text, path
        assert "<img" not in answer.text, path
        assert "<b>9" not in answer.text, path
    assert sum("{{7*7}}" in answer.text for _, answer in seen) > 10
    for kind in ("agenda-pdf", "agenda-docx", "minutes-pdf", "minutes-docx", "invitation"):
        paper = client.get(f"/papers/{kind}/{meeting}")
        assert paper.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, kind
        assert "<script" not in str(paper.headers)
