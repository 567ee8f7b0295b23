"""Every address, every method and every kind of person: who is answered and who is turned away, none missing.

A request here is made so that whoever may make it changes nothing: it is sound enough to be asked about the
right, and then names an old version or lacks something. Whoever may not is told so before anything else.
"""

import re
from dataclasses import dataclass, field
from http import HTTPStatus

import pytest
from flask import url_for

from governance.service import (
    DEMO_PASSWORD,
    Duty,
    add_account,
    demo_accounts,
    grant_office,
    make_token,
    open_round,
    passwords,
)
from tests.hashing import Counting
from tests.served import opened
from web import create_app
from web.settings import Settings

STRANGER, NOBODY, FORMER = "(nobody logged in)", "ingen", "tidligere"
READER, HORSENS, PROJECT_GROUP = "laeser", "horsens", "projektgruppen"
SECRETARIAT, AUDITOR, ADMINISTRATOR = "sekretariatet", "revisor", "administrator"
READERS = frozenset({READER, HORSENS, PROJECT_GROUP, SECRETARIAT, AUDITOR, ADMINISTRATOR})
LOGGED_IN = READERS | {NOBODY, FORMER}
EVERYBODY = LOGGED_IN | {STRANGER}
RECORDERS = frozenset({SECRETARIAT})
ACTORS = RECORDERS | {PROJECT_GROUP}
SCORERS = RECORDERS | {HORSENS}
AUDITORS = RECORDERS | {AUDITOR}
KEEPERS = frozenset({ADMINISTRATOR})
OFFICIALS = AUDITORS | KEEPERS
BODY = "referencegruppen"
ITEM, MEETING, POINT, ROUND, SEAT = (
    "ÆØ-1434/1",
    "moede-2025-09-09",
    "moede-2025-09-09/3.1",
    "runde-1",
    "plads-2",
)
LEAVING = {
    ("POST", "login.log_in"),
    ("POST", "login.logout"),
    ("GET", "login.to_provider"),
    ("GET", "login.from_provider"),
}
"""What changes who somebody is; `test_login` and `test_oidc` have them."""
SECRET = "en lang hemmelighed"  # noqa: S105 - of a test
OLD = {"If-Match": '"0"'}


@dataclass(frozen=True)
class Asked:
    """A request, and who is answered. ``form`` is what a page sends, ``body`` what a program sends."""

    endpoint: str
    who: frozenset
    values: dict = field(default_factory=dict)
    form: dict | None = None
    body: dict | None = None
    headers: dict = field(default_factory=dict)
    method: str = "GET"

    @property
    def name(self):
        form = self.form or {}
        return " ".join([self.method, self.endpoint, form.get("form", ""), form.get("target", "")]).strip()


def page(endpoint, who=READERS, **values):
    return Asked(endpoint, who, values)


def sent(endpoint, who, values, **form):
    return Asked(endpoint, who, values, form=form, method="POST")


def told(endpoint, who, values, headers=None, method="POST", **body):
    return Asked(endpoint, who, values, body=body, headers=headers or {}, method=method)


HERE = {"id_": ITEM}
QUIET = {"id_": "moede-2024-09"}
"""A meeting without points: its page, which answers a refused form, is told the quickest."""
MEET, SITS, PLACE, SCORED = {"id_": MEETING}, {"id_": "Horsens"}, {"id_": SEAT}, {"id_": ROUND}
TABLE = [
    # nobody needs to have logged in
    *(
        page(name, EVERYBODY)
        for name in ("static", "health.alive", "health.ready", "about.accessibility", "about.was")
    ),
    *(
        page(name, EVERYBODY)
        for name in ("group.help_page", "login.login", "api_pages.docs", "api_pages.openapi")
    ),
    page("api_pages.operation", EVERYBODY, name="take_step"),
    page("api_pages.schema", EVERYBODY, name="Receipt"),
    # whoever has
    page("account.own", LOGGED_IN),
    sent("account.change", LOGGED_IN, {}, form="x"),
    # whoever reads
    *(
        page(name)
        for name in (
            "start.page",
            "items.board",
            "todo.board",
            "meetings.board",
            "rounds.board",
            "seats.board",
        )
    ),
    *(page(name) for name in ("seats.forecast", "seats.check", "seats.plan", "group.report", "group.rules")),
    *(page(name) for name in ("group.differences", "organisations.board")),
    page("items.item", **HERE),
    page("trying.page", **HERE),
    page("meetings.meeting", **MEET),
    page("meetings.paper", kind="agenda-pdf", **MEET),
    page("rounds.round_", **SCORED),
    page("seats.seat", **PLACE),
    page("organisations.organisation", **SITS),
    page("group.rule", id_="stoerre-godkendes"),
    page("group.findings", id_="K23"),
    sent("seats.plan", READERS, {}, seats="x"),
    # whoever acts, scores or records
    sent("items.act", ACTORS, HERE, form="advance", target="afvis", body="projektgruppen", version="0"),
    sent("items.act", RECORDERS, HERE, form="advance", target="bestil", body="kombit", version="0"),
    sent("items.act", RECORDERS, HERE, form="record", target="estimat", version="0"),
    sent("items.act", RECORDERS, HERE, form="reply", target="x", answer="Ja"),
    sent("seats.act", RECORDERS, PLACE, form="advance", target="udpeg", body="kombit", version="0"),
    sent("seats.act", RECORDERS, PLACE, form="record", target="note", version="0"),
    sent("organisations.act", RECORDERS, SITS, form="record", target="region", version="0"),
    sent("meetings.act", RECORDERS, QUIET, form="advance", target="afhold", body="kombit", version="0"),
    sent("meetings.act", RECORDERS, QUIET, form="record", target="date", version="0"),
    sent("meetings.act", RECORDERS, QUIET, form="attend", new="Horsens", **{"new-status": "x"}),
    sent("meetings.act", RECORDERS, QUIET, form="put", section="x", target=ITEM),
    sent("meetings.act", RECORDERS, QUIET, form="own", section="x", title="Nyt"),
    sent(
        "meetings.act",
        RECORDERS,
        MEET,
        form="conclude",
        target=POINT,
        step="konkluder-prioritering",
        version="0",
    ),
    sent("meetings.act", RECORDERS, QUIET, form="round", id="r"),
    sent("meetings.plan", RECORDERS, {}, body="x"),
    sent(
        "rounds.act",
        SCORERS,
        SCORED,
        form="cast",
        target="cast",
        organisation="Horsens",
        **{f"score.{ITEM}": "x"},
    ),
    sent("rounds.act", RECORDERS, SCORED, form="advance", target="luk-runde", body=BODY, version="0"),
    sent("rounds.act", RECORDERS, SCORED, form="record", target="closes", version="0"),
    page("records.new", RECORDERS),
    sent("records.add", RECORDERS, {}, id="ÆØ-9"),
    page("records.facts", RECORDERS, **HERE),
    sent("records.record", RECORDERS, HERE),
    page("records.complete", RECORDERS, **HERE),
    sent("records.declare", RECORDERS, HERE, version="0"),
    page("records.relation", RECORDERS, **HERE),
    sent("records.relate", RECORDERS, HERE),
    page("records.correction", RECORDERS, number=1),
    sent("records.correct", RECORDERS, {"number": 1}),
    # whoever audits, or keeps the accounts
    *(
        page(name, AUDITORS)
        for name in ("audit.board", "audit.refusals", "audit.verify", "audit.accesses", "audit.export")
    ),
    page("audit.event", AUDITORS, number=1),
    sent("audit.verify", AUDITORS, {}),
    page("accounts.rights", OFFICIALS),
    page("accounts.board", KEEPERS),
    sent("accounts.add", KEEPERS, {}),
    page("accounts.account", KEEPERS, id_="x"),
    sent("accounts.change", KEEPERS, {"id_": "x"}, form="x"),
    # programs
    *(
        page(f"api.{name}")
        for name in ("list_items", "list_meetings", "list_rounds", "get_rules", "get_report", "get_todo")
    ),
    *(
        page(f"api.{name}")
        for name in ("get_seats", "check_seats", "forecast_seats", "get_seats_over_time", "get_trace")
    ),
    *(page(f"api.{name}") for name in ("get_call", "get_orders")),
    *(page(f"api.{name}", id=ITEM) for name in ("get_item", "get_steps", "get_history", "get_way")),
    page("api.get_meeting", id=MEETING),
    page("api.list_proposals", id=MEETING),
    page("api.get_paper", id=MEETING, kind="agenda-pdf"),
    page("api.get_round", id=ROUND),
    told("api.try_steps", READERS, {"id": ITEM}),
    told("api.plan_seats", READERS, {}, seats=["x"]),
    told("api.take_step", ACTORS, {"id": ITEM}, OLD, step="afvis", body="projektgruppen"),
    told("api.record_facts", RECORDERS, {"id": ITEM}, OLD, facts={"estimat": "1"}, source="x"),
    told("api.declare_complete", RECORDERS, {"id": ITEM}, OLD, source="x"),
    told("api.correct_event", RECORDERS, {"event": 1}, OLD, reason="x"),
    told("api.add_item", RECORDERS, {}, id="ÆØ-9", kind="x", title="Ny"),
    told("api.relate", RECORDERS, {"id": ITEM}, to="x", kind="x", source="x"),
    told(
        "api.consult",
        RECORDERS,
        {"id": ITEM},
        asked_of="KL",
        question="Hvad?",
        body="kombit",
        on="2001-01-01",
    ),
    told("api.answer_consultation", RECORDERS, {"id": ITEM}, answer="Ja"),
    told("api.plan_meeting", RECORDERS, {}, body="x", date="2026-01-01"),
    told("api.put_on_agenda", RECORDERS, {"id": MEETING}, section="x"),
    told("api.note_attendance", RECORDERS, {"id": MEETING}, organisation="Horsens", status="ventet", on="x"),
    told("api.conclude_point", RECORDERS, {"id": POINT}, OLD, conclusion="konkluder-prioritering"),
    told("api.open_round", RECORDERS, {}, id="r", body=BODY, closes="x"),
    told("api.cast_ballot", SCORERS, {"id": ROUND}, OLD, organisation="Horsens", scores={ITEM: "x"}),
    told("api.close_round", RECORDERS, {"id": ROUND}, body="x"),
    page("api.get_own_account"),
    page("api.list_tokens"),
    page("api.get_organisation", id=SITS["id_"]),
    page("api.get_rule", id="stoerre-godkendes"),
    page("api.get_correction", READERS, event=1),
    *(
        page(f"api.{name}")
        for name in ("get_board", "get_rule_differences", "list_organisations", "list_rulebooks")
    ),
    page("api.get_event", AUDITORS, event=1),
    page("api.list_events", AUDITORS),
    page("api.recheck_record", AUDITORS),
    page("api.list_offices", OFFICIALS),
    page("api.list_accounts", KEEPERS),
    page("api.get_account", KEEPERS, account="x"),
    told("api.add_account", KEEPERS, {}, login="", person=""),
    told("api.disable_account", KEEPERS, {"account": "x"}),
    told("api.enable_account", KEEPERS, {"account": "x"}),
    told("api.grant_office", KEEPERS, {}, account="x", role="x"),
    told("api.withdraw_office", KEEPERS, {"office": "x"}),
    told("api.revoke_token", READERS, {"token": "x"}),
    page("api.verify_record", AUDITORS),
    page("api.get_audit_head", AUDITORS),
    page("api.export_record", AUDITORS),
    page("api.list_accesses", AUDITORS),
]


@pytest.fixture(scope="module")
def visited(round_of_september, tmp_path_factory):
    """The pages over the demo with an open round, and a browser and a token for every kind of person."""
    path = tmp_path_factory.mktemp("matrix") / "matrix.sqlite"
    path.write_bytes(round_of_september.read_bytes())
    governance = opened(path)
    open_round(governance, ROUND, BODY, closes="2025-11-01", choices=[ITEM])
    settings = Settings(login_rate="1000 per minute", api_rate="100000 per minute")
    app = create_app(governance, secret_key="x" * 32, settings=settings)
    app.config["WTF_CSRF_ENABLED"] = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", Counting())
        demo_accounts(governance)
        for login in (NOBODY, FORMER):
            add_account(governance, login, login.capitalize(), password=SECRET)
        grant_office(governance, FORMER, "sekretariat", from_="2025-01-01", to="2025-06-30")
        people = {who: enter(app, governance, who) for who in sorted(LOGGED_IN)}
    yield app, {STRANGER: (app.test_client(), ""), **people}
    governance.engine.dispose()


def enter(app, governance, who):
    """A browser in which somebody has logged in, and an access token of theirs for everything they may."""
    client = app.test_client()
    secret = SECRET if who in (NOBODY, FORMER) else DEMO_PASSWORD
    assert client.post("/login", data={"login": who, "password": secret}).status_code == HTTPStatus.SEE_OTHER
    return client, make_token(governance, "x", [duty.value for duty in Duty], "2025-12-31", named=who).token


def answer(visited, asked, who):
    app, people = visited
    client, token = people[who]
    rule = next(r for r in app.url_map.iter_rules(asked.endpoint) if asked.method in r.methods)
    with app.test_request_context():
        address = url_for(asked.endpoint, **dict.fromkeys(rule.arguments, "x") | asked.values)
    carried = {"Authorization": f"Bearer {token}"} if token and asked.endpoint.startswith("api.") else {}
    content = (
        {"data": asked.form}
        if asked.form is not None
        else {"json": asked.body}
        if asked.body is not None
        else {}
    )
    found = client.open(address, method=asked.method, headers={**asked.headers, **carried}, **content)
    found.close()
    return found


def turned_away(answer):
    """Sent to the login, told to bring a token, or told that they may not."""
    login = answer.status_code == HTTPStatus.SEE_OTHER and re.search(r"/login\b", answer.headers["Location"])
    return bool(login) or answer.status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


@pytest.mark.parametrize("asked", TABLE, ids=lambda asked: asked.name)
def test_whoever_may_is_answered_and_nobody_else(visited, asked):
    answers = {who: answer(visited, asked, who) for who in sorted(EVERYBODY)}
    assert all(each.status_code < HTTPStatus.INTERNAL_SERVER_ERROR for each in answers.values())
    assert {who for who, each in answers.items() if not turned_away(each)} == asked.who


def test_asking_for_the_headers_alone_takes_what_asking_for_the_page_takes(visited):
    client, _ = visited[1][READER]
    for address in ("/audit", "/audit/verify", "/accounts", "/rights"):
        assert client.head(address).status_code == HTTPStatus.FORBIDDEN
    assert client.head("/items").status_code == HTTPStatus.OK


def test_no_address_and_no_method_is_missing_from_the_table(visited):
    app, _ = visited
    there = {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert there == {(asked.method, asked.endpoint) for asked in TABLE} | LEAVING


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_a_method_an_address_does_not_know_is_refused_whoever_asks(visited, who):
    client, _ = visited[1][who]
    for address in ("/items", "/rules", f"/items/{ITEM}", "/login"):
        for method in ("PUT", "PATCH", "DELETE"):
            assert client.open(address, method=method).status_code == HTTPStatus.METHOD_NOT_ALLOWED
