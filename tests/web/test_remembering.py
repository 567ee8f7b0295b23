"""What a page remembers is what it would have said anew: in each language, at each place, of each thing."""

import pytest
from flask import render_template_string, url_for
from markupsafe import Markup

from governance.model import Text
from web import remembering

SAID = "{% import 'macros.html' as m %}{{ remembered(m.sign, 'kept', said) }}"
WHERE = "{% import 'macros.html' as m %}{{ remembered(m.clause, 'K01') }}"
LABEL = "{% import 'told.html' as t %}{{ remembered(t.whither, (), to) }}"


class Named:
    """Anything with a label."""

    label = Text("lukket", "closed")


def test_a_part_is_said_in_the_language_of_each_page(app):
    to, said = Named(), {}
    for language in ("da", "en", "da"):
        with app.test_request_context(f"/?lang={language}"):
            said[language] = render_template_string(LABEL, to=to)
    assert "lukket" in said["da"]
    assert "closed" in said["en"]


def test_a_part_leads_to_where_each_page_stands(app):
    found = []
    for root in ("", "/styring", ""):
        with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": root}):
            found.append(render_template_string(WHERE))
    assert found[0] == found[2]
    assert 'href="/rules#K01"' in found[0]
    assert 'href="/styring/rules#K01"' in found[1]


@pytest.mark.parametrize("order", [(str, Markup), (Markup, str)])
def test_a_text_is_escaped_whatever_was_said_of_markup_with_the_same_letters(app, order):
    text = f"<b>{order[0].__name__}</b>"
    with app.test_request_context("/"):
        found = {kind: render_template_string(SAID, said=kind(text)) for kind in order}
    assert "&lt;b&gt;" in found[str]
    assert text in found[Markup]


@pytest.mark.parametrize(
    "values",
    [
        {"endpoint": "items.board"},
        {"endpoint": "items.item", "id_": "ÆØ-1", "known": None},
        {"endpoint": "items.item", "id_": "ÆØ-1", "to": "lukket", "_anchor": "way"},
        {"endpoint": "items.item", "id_": "ÆØ-1", "_external": True},
        {"endpoint": "static", "filename": "icon.svg"},
    ],
)
def test_an_address_is_the_one_flask_makes(app, values):
    for root in ("", "/styring"):
        with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": root}):
            assert [remembering.url_for(**values) for _ in range(2)] == [url_for(**values)] * 2
