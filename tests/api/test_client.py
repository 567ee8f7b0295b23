"""A client written from the document does what the pages do."""

from governance.service import audit_verify, history, item, meeting, record_fact
from tests.api.client import Client
from tests.api.conftest import answering, token_of

TRACK = "ÆØ-1434/1"
READY = {"step": "meld-klar", "body": "kombit", "on": "2025-09-30"}
ORDER = {"step": "bestil", "body": "kombit", "on": "2025-09-30"}


def tag(api, id_):
    return api.call("get_item", id=id_).headers["ETag"]


def test_a_client_lists_items_reads_the_steps_and_advances_one(api, governance):
    assert TRACK in {line["id"] for page in api.pages("list_items", per_page=10) for line in lines(page)}
    steps = {step["id"]: step for step in api.call("get_steps", id=TRACK).json}
    assert steps["meld-klar"]["allowed"]
    assert not steps["bestil"]["allowed"]
    answer = api.call("take_step", READY, id=TRACK, If_Match=tag(api, TRACK), Idempotency_Key="a")
    assert answer.status_code == 200
    receipt = answer.json
    assert (receipt["allowed"], receipt["state"]["id"]) == (True, "klar")
    assert answer.headers["ETag"] == f'"{receipt["version"]}"' == tag(api, TRACK)
    assert item(governance, TRACK).line.state.id == "klar"
    assert receipt["hash"] == history(governance, TRACK)[-1].hash


def lines(page):
    return [each["line"] for each in page["lines"]]


def test_a_retry_with_the_same_key_is_stored_once_and_gets_the_first_answer(api, governance):
    seen = tag(api, TRACK)
    first, again = (
        api.call("take_step", READY, id=TRACK, If_Match=seen, Idempotency_Key="retry") for _ in range(2)
    )
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json == again.json
    assert [event.kind for event in history(governance, TRACK)].count("step") == 1


def test_a_key_used_for_another_content_is_refused(api):
    seen = tag(api, TRACK)
    assert api.call("take_step", READY, id=TRACK, If_Match=seen, Idempotency_Key="k").status_code == 200
    other = api.call("take_step", {**READY, "reason": "aftalt"}, id=TRACK, If_Match=seen, Idempotency_Key="k")
    assert other.status_code == 400
    assert "the key `k` was used for something else" in other.json["problems"][0]["text"]["en"]


def test_a_stale_version_meets_412_with_what_happened_meanwhile(api, governance):
    seen = tag(api, TRACK)
    record_fact(governance, TRACK, "stoerrelse", "XL", source="leverandørens mail", on="2025-09-30")
    stale = api.call("take_step", READY, id=TRACK, If_Match=seen)
    assert stale.status_code == 412
    assert stale.content_type == "application/problem+json"
    conflict = stale.json["conflict"]
    assert conflict["entity"] == TRACK
    assert [each["en"] for each in conflict["meanwhile"]] == ["The size code: XL"]
    assert stale.headers["ETag"] == tag(api, TRACK) == f'"{conflict["current"]}"'
    assert item(governance, TRACK).line.state.id == "indmeldt"


def test_a_change_that_does_not_say_what_it_saw_meets_428(api, governance):
    unseen = api.call("take_step", READY, id=TRACK)
    assert (unseen.status_code, unseen.json["type"]) == (428, "/api/v1/#unseen")
    assert item(governance, TRACK).line.state.id == "indmeldt"
    assert api.call("take_step", READY, id=TRACK, If_Match="*").status_code == 200


def test_a_tag_that_is_none_of_ours_is_stale(api):
    for foreign in ('"x"', 'W/"1"', '""', '"1", "2"', '"99999999999999999999"'):
        assert api.call("take_step", READY, id=TRACK, If_Match=foreign).status_code == 412, foreign


def test_a_refused_step_is_422_with_every_reason_and_is_stored(api, governance):
    refused = api.call("take_step", ORDER, id=TRACK, If_Match=tag(api, TRACK))
    assert refused.status_code == 422
    decision = refused.json["decision"]
    blocking = [each for each in decision["findings"] if each["blocks"]]
    assert "K23" in {each["clause"] for each in blocking}
    assert any(each["mend"] for each in blocking)
    assert {each["at"] for each in refused.json["problems"]} == {each["rule"] for each in blocking}
    stored = history(governance, TRACK)[-1]
    assert (stored.kind, stored.number, stored.hash) == ("refused", decision["event"], decision["hash"])


def test_nobody_acts_for_a_body_they_hold_no_office_in(as_, governance):
    theirs = as_("projektgruppe")
    forbidden = theirs.call("take_step", READY, id=TRACK, If_Match=tag(theirs, TRACK))
    assert forbidden.status_code == 403
    assert forbidden.json["problems"]
    assert item(governance, TRACK).line.state.id == "indmeldt"


def test_who_brings_no_token_is_told_to_and_who_may_not_read_is_told_so(as_):
    nobody = as_("").call("list_items")
    assert (nobody.status_code, nobody.json["type"]) == (401, "/api/v1/#nobody")
    assert nobody.headers["WWW-Authenticate"].startswith("Bearer")
    assert as_("ingen").call("list_items").status_code == 403
    assert as_("laeser").call("list_items").status_code == 200


def test_only_who_audits_sees_the_events_of_everybody(as_):
    for name in ("get_audit_head", "verify_record", "export_record", "list_accesses"):
        assert as_("laeser").call(name).status_code == 403, name
        assert as_("revisor").call(name).status_code == 200, name


def test_a_record_with_faults_is_not_given_away_and_each_fault_is_named(as_, governance):
    with governance.engine.connect() as connection:
        connection.exec_driver_sql("UPDATE things SET state = 'besluttet' WHERE id = 'ÆØ-1434/1'")
        connection.commit()
    auditor = as_("revisor")
    assert "409" in auditor.document["paths"]["/api/v1/audit/export"]["get"]["responses"]
    answer = auditor.call("export_record")
    assert (answer.status_code, answer.json["type"]) == (409, "/api/v1/#faulty")
    found = audit_verify(governance).problems
    assert [(each["at"], each["text"]["en"]) for each in answer.json["problems"]] == [
        (each.place.en, each.text.en) for each in found
    ]
    assert [TRACK in each.place.en for each in found] == [True]


def test_a_client_takes_a_meeting_from_plan_to_agenda_and_attendance(api, governance):
    planned = api.call(
        "plan_meeting", {"body": "referencegruppen", "date": "2025-12-02"}, Idempotency_Key="m"
    )
    assert planned.status_code == 201
    id_ = planned.json["entity"]
    assert planned.headers["Location"] == f"/api/v1/meetings/{id_}"
    proposal = api.call("list_proposals", id=id_).json[0]
    put = {"section": proposal["section"]["id"], "item": proposal["item"]["id"]}
    assert api.call("put_on_agenda", put, id=id_).status_code == 201
    late = {"section": put["section"], "title": "For sent"}
    assert api.call("put_on_agenda", late, id=id_, If_Match='"1"').status_code == 412
    came = {"organisation": "Horsens", "status": "afbud"}
    assert api.call("note_attendance", came, id=id_).status_code == 200
    view = meeting(governance, id_)
    assert [point.item.id for _, points in view.sections for point in points] == [proposal["item"]["id"]]
    assert [each.status.id for each in view.attendances] == ["afbud"]
    told = api.call("get_meeting", id=id_)
    assert told.json["line"]["points"] == 1
    paper = api.call("get_paper", id=id_, kind="agenda-pdf", language="en")
    assert paper.data.startswith(b"%PDF")


def test_a_member_casts_its_own_ballot_and_nobody_elses(api, as_):
    opened = {
        "id": "runde-x",
        "body": "referencegruppen",
        "closes": "2025-10-20",
        "choices": ["ÆØ-1434", "ÆØ-1605"],
    }
    assert api.call("open_round", opened).status_code == 201
    horsens = as_("horsens")
    scores = {"scores": {"ÆØ-1434": "5"}}
    own = horsens.call("cast_ballot", {"organisation": "Horsens", **scores}, id="runde-x", If_Match="*")
    assert own.status_code == 200, own.json
    other = horsens.call("cast_ballot", {"organisation": "Køge", **scores}, id="runde-x", If_Match="*")
    assert other.status_code == 403
    told = as_("laeser").call("get_round", id="runde-x").json
    assert [each["organisation"] for each in told["cast"]] == ["Horsens"]
    assert (told["result"], told["own"]) == (None, {})


def test_facts_are_written_with_their_source_and_corrected_by_what_saw_them(api, governance):
    new = {"facts": {"stoerrelse": "XL"}, "source": "leverandørens mail", "on": "2025-09-30"}
    told = api.call("record_facts", new, id=TRACK, If_Match=tag(api, TRACK)).json
    fixed = api.call(
        "correct_event",
        {"reason": "læst forkert", "value": "M"},
        event=told["event"],
        If_Match=tag(api, TRACK),
    )
    assert fixed.status_code == 200, fixed.json
    facts = {fact["id"]: fact["value"]["en"] for fact in api.call("get_item", id=TRACK).json["facts"]}
    assert facts["stoerrelse"] == "M"


def test_seats_are_planned_with_the_candidates_of_a_table(api):
    table = "organisation;tilsluttet\nNyborg;ja\nAssens;ja\nMorsø;\nThisted;nej\n"
    wish = {"on": "2026-10-01", "candidates": table, "sets": ["Nyborg, Assens, Thisted"]}
    plan = api.call("plan_seats", wish).json
    assert plan["candidates"] == 4
    assert len(plan["compared"]) == 1
    assert api.call("plan_seats", {**wish, "candidates": "", "sets": []}).json["candidates"] > 4
    wrong = api.call("plan_seats", {**wish, "candidates": "organisation\nNybro\n"})
    assert wrong.status_code == 400
    assert "`Nybro`" in wrong.json["problems"][0]["text"]["en"]


def test_trying_stores_nothing(api, governance):
    before = len(history(governance, TRACK))
    tried = api.call("try_steps", {"body": "netcompany", "facts": {"stoerrelse": "S"}}, id=TRACK).json
    assert tried["body"]["id"] == "netcompany"
    assert not any(step["allowed"] for step in tried["steps"] if step["id"] == "meld-klar")
    assert len(history(governance, TRACK)) == before


def test_what_is_not_there_is_404_with_what_may_have_been_meant(api):
    missing = api.call("get_item", id="ÆØ-1434/9")
    assert missing.status_code == 404
    assert "did you mean" in missing.json["problems"][0]["text"]["en"]
    assert api.call("get_meeting", id=TRACK).status_code == 404
    assert api.call("take_step", READY, id="nej", If_Match="*").status_code == 404


def test_a_problem_is_told_in_the_language_asked_for(api):
    danish = api.call("get_item", id="nej")
    english = api.http.get(
        "/api/v1/items/nej", headers={"Authorization": f"Bearer {api.token}", "Accept-Language": "en-GB"}
    )
    assert (danish.headers["Content-Language"], english.headers["Content-Language"]) == ("da", "en")
    assert danish.json["title"] == "Der er intet på denne adresse"
    assert english.json["title"] == "There is nothing at this address"
    assert danish.json["problems"] == english.json["problems"]


def test_what_waits_is_walked_a_page_at_a_time_by_the_links_and_asked_for_one_body(api):
    whole = api.call("get_todo", per_page=100).json
    assert (whole["pages"], whole["more"]) == (1, False)
    pages = list(api.pages("get_todo", per_page=1))
    assert [each["page"] for each in pages] == list(range(1, whole["total"] + 1))
    assert [task for each in pages for task in each["tasks"]] == whole["tasks"]
    body = whole["tasks"][-1]["who"][0]["id"]
    own = [task for task in whole["tasks"] if body in {who["id"] for who in task["who"]}]
    walked = list(api.pages("get_todo", per_page=1, body=body))
    assert [task for each in walked for task in each["tasks"]] == own
    assert (walked[0]["body"]["id"], walked[0]["total"], walked[0]["pages"]) == (body, None, None)
    assert api.call("get_todo", body="ingen").status_code == 400


def test_the_links_of_a_list_lead_through_all_of_it_once(api):
    pages = list(api.pages("list_items", per_page=10, sort="-number"))
    found = [line["id"] for page in pages for line in lines(page)]
    assert len(pages) == pages[0]["pages"] == 3
    assert len(found) == len(set(found)) == pages[0]["total"]
    older = list(api.pages("list_events", most=100))
    numbers = [line["event"]["number"] for page in older for line in page["lines"]]
    assert numbers == list(range(numbers[0], 0, -1))


def test_who_keeps_accounts_gives_and_takes_offices_and_nobody_else_does(as_, tokens):
    keeper, reader = as_("administrator"), as_("laeser")
    new = {"login": "ny", "person": "Ny", "email": "ny@example.dk"}
    assert reader.call("add_account", new).status_code == 403
    assert keeper.call("add_account", new).status_code == 200
    office = keeper.call("grant_office", {"account": "ingen", "role": "laeser"}).json
    assert office["held"]
    assert as_("ingen").call("list_items").status_code == 200
    assert keeper.call("withdraw_office", office=office["id"]).status_code == 200
    assert as_("ingen").call("list_items").status_code == 403
    assert keeper.call("disable_account", account="laeser").status_code == 200
    assert reader.call("list_items").status_code == 401


def test_a_token_that_is_revoked_answers_the_very_next_request_no_more(api):
    own = api.call("list_tokens").json
    assert [each["name"] for each in own] == ["test"]
    assert api.call("revoke_token", token=own[0]["id"]).status_code == 200
    assert api.call("list_tokens").status_code == 401


def test_a_token_of_a_narrow_scope_does_no_more_than_that(app, governance):
    narrow = Client(app, token_of(governance, "smal", "sekretariat", scopes=["read"]))
    assert narrow.call("list_items").status_code == 200
    assert narrow.call("take_step", READY, id=TRACK, If_Match="*").status_code == 403
    assert narrow.call("get_audit_head").status_code == 403


def test_an_organisation_nobody_has_recorded_anything_of_takes_facts_too(api):
    before = api.call("get_organisation", id="Aabenraa")
    assert (before.json["version"], "ETag" in before.headers) == (None, False)
    fact = before.json["recordable"][0]
    value = fact["options"][0]["id"] if fact["options"] else "1"
    new = {"facts": {fact["id"]: value}, "source": "kommunens mail"}
    assert api.call("record_facts", new, id="Aabenraa", If_Match="*").status_code == 200
    after = api.call("get_organisation", id="Aabenraa")
    assert after.headers["ETag"] == f'"{after.json["version"]}"'
    wrong = api.call("record_facts", {**new, "facts": {"nej": "1"}}, id="Aarhus", If_Match="*")
    assert wrong.status_code == 400
    assert api.call("get_organisation", id="Atlantis").status_code == 404


def test_who_asks_too_often_is_told_how_long_to_wait_and_others_are_not_held_up(governance, tokens):
    app = answering(governance, rate="3 per minute")
    often, other = (Client(app, tokens[login]) for login in ("laeser", "revisor"))
    assert [often.call("list_rulebooks").status_code for _ in range(4)] == [200, 200, 200, 429]
    late = often.call("list_rulebooks")
    assert (late.content_type, late.json["type"]) == ("application/problem+json", "/api/v1/#too-often")
    assert late.headers["Retry-After"] == "60"
    assert other.call("list_rulebooks").status_code == 200
