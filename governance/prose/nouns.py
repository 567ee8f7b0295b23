"""The engine's words for what rules speak of and for what is written down: the thing, and one of a kind."""

from __future__ import annotations

from collections.abc import Mapping

from governance.model import Text

SCOPES: Mapping[str, Text] = {
    "request": Text("anmodningen", "the request"),
    "item": Text("sagen", "the item"),
    "whole": Text("helheden", "the whole"),
    "act": Text("handlingen", "the act"),
    "relation": Text("sammenhængen", "the relation"),
    "body": Text("organet", "the body"),
    "seat": Text("pladsen", "the seat"),
    "term": Text("perioden", "the term"),
    "member": Text("medlemmet", "the member"),
    "organisation": Text("organisationen", "the organisation"),
    "participant": Text("deltageren", "the participant"),
    "meeting": Text("mødet", "the meeting"),
    "attendance": Text("fremmødet", "the attendance"),
    "superuser": Text("superbrugeren", "the superuser"),
    "agenda-point": Text("dagsordenspunktet", "the agenda point"),
    "ballot": Text("stemmesedlen", "the ballot"),
    "call": Text("opslaget", "the call"),
    "deputy": Text("stedfortræderen", "the deputy"),
    "consultation": Text("høringen", "the consultation"),
    "round": Text("runden", "the round"),
    "release": Text("versionen", "the release"),
    "year": Text("året", "the year"),
}
"""What a rule speaks of, when it is known which one is meant."""

KINDS: Mapping[str, Text] = {
    "body": Text("organ", "body"),
    "seat": Text("plads", "seat"),
    "term": Text("periode", "term"),
    "participant": Text("deltager", "participant"),
    "meeting": Text("møde", "meeting"),
    "attendance": Text("fremmøde", "attendance"),
    "superuser": Text("superbruger", "superuser"),
    "call": Text("opslag", "call"),
    "organisation": Text("organisation", "organisation"),
    "relation": Text("henvisning", "relation"),
    "agenda-point": Text("dagsordenspunkt", "agenda point"),
    "ballot": Text("stemmeseddel", "ballot"),
    "deputy": Text("stedfortræder", "deputy"),
    "consultation": Text("høring", "consultation"),
    "round": Text("runde", "round"),
    "release": Text("frist for en version", "release cut-off"),
    "person": Text("person", "person"),
    "rulebook": Text("regelsæt", "rulebook"),
}
"""What the things beside the items are called, one of a kind."""
