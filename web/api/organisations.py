"""Organisations: what is known of each, its seats, and where it takes part."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated

from governance import service
from governance.service import OrganisationLine, OrganisationView
from web.api.nouns import MOST_ID, Asked, AsOf, Known
from web.api.operations import TAG_HEADER, reads, tagged
from web.api.schemas import Says
from web.common import governance

ORGANISATIONS = "organisations"


@dataclass(frozen=True, slots=True)
class OrganisationsAsked:
    """Which organisations, as of which day and knowledge."""

    kind: Annotated[str, Says("Those of this kind, by its id in the rules.", most=MOST_ID)] = ""
    on: Asked = ""
    known: Known = ""


@reads("/organisations", ORGANISATIONS, OrganisationLine, many=True, query=OrganisationsAsked)
def list_organisations(query: OrganisationsAsked) -> tuple[OrganisationLine, ...]:
    """Every organisation, with the seats it holds on the day."""
    return service.organisations(governance(), **asdict(query))


@reads("/organisations/<path:id>", ORGANISATIONS, OrganisationView, query=AsOf, headers=TAG_HEADER)
def get_organisation(query: AsOf, *, id_: str) -> tuple[OrganisationView, dict[str, str]]:
    """All that is known of an organisation; it has an `ETag` once something is recorded of it."""
    view = service.organisation(governance(), id_, on=query.on, known=query.known)
    return view, {} if view.version is None else tagged(view.version)
