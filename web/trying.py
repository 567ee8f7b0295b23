"""Try it: which steps the rules would allow for another body, on another day, or if more were known."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from governance import service
from governance.model import RequestError, Text
from governance.service import StepView, TryView
from web.common import Answer, asked, governance, home_of, organisations
from web.faults import PLAIN, fault_page
from web.forms import read_typed

pages = Blueprint("trying", __name__)


@dataclass(frozen=True, slots=True)
class Change:
    """A step with what became of it: allowed or not as the record stands, and if so and so were the case."""

    step: StepView
    before: bool

    @property
    def changed(self) -> bool:
        """Whether it makes a difference to the step."""
        return self.before is not self.step.allowed


@pages.get("/items/<path:id_>/try")
def page(id_: str) -> Response | Answer | str:
    """What the rules would answer if so and so were the case; nothing is stored."""
    typed = read_typed(request.args)
    try:
        item = service.item(governance(), id_)
    except RequestError as error:
        return fault_page(404, PLAIN[404], error.problems)
    view, status = service.try_steps(governance(), id_), 200
    problems: tuple[Text, ...] = ()
    try:
        view = service.try_steps(
            governance(),
            id_,
            body=asked("body"),
            on=asked("on"),
            facts=typed.inputs,
            person=asked("person"),
            reason=asked("reason"),
        )
    except RequestError as error:
        status, problems = 400, error.problems
    endpoint = home_of(item)
    page = render_template(
        "try.html",
        view=view,
        line=item.line,
        home=endpoint,
        there=url_for(endpoint, id_=item.line.id),
        typed=typed,
        problems=problems,
        supposed=bool(typed.inputs or any(map(asked, ("body", "on", "person", "reason")))),
        groups=grouped(view),
        organisations=organisations(),
    )
    return page, status


def grouped(view: TryView) -> dict[str, list[Change]]:
    """The steps by what came of them, those first for which it makes a difference."""
    now = {step.id for step in view.line.allowed_steps}
    found = sorted((Change(step, step.id in now) for step in view.steps), key=lambda each: not each.changed)
    refused = [each for each in found if not each.step.allowed]
    return {
        "allowed": [each for each in found if each.step.allowed],
        "near": [each for each in refused if each.step.starts_here or each.changed],
        "far": [each for each in refused if not (each.step.starts_here or each.changed)],
    }
