"""Callers for the tests of pages and API: one of every kind, with offices that began long ago."""

from datetime import date

from governance.service import Caller, Office

BEGAN = date(2020, 1, 1)
BODY, PROJECT, STEERING = "referencegruppen", "projektgruppen", "kommunestyregruppen"


def caller(account, *offices, scopes=None):
    return Caller(account, account.capitalize(), tuple(offices), scopes)


def member(organisation, body=BODY):
    return caller(f"medlem-{organisation.lower()}", Office("medlem", body, organisation, BEGAN))


SECRETARIAT = caller("sekretariatet", Office("sekretariat", from_=BEGAN))
PROJECT_GROUP = caller("projektgruppen", Office("mandat", PROJECT, from_=BEGAN))
STEERING_GROUP = caller("styregruppen", Office("mandat", STEERING, from_=BEGAN))
READER = caller("læseren", Office("laeser", from_=BEGAN))
AUDITOR = caller("revisoren", Office("revisor", from_=BEGAN))
ADMINISTRATOR = caller("administratoren", Office("administrator", from_=BEGAN))
FORMER = caller("den tidligere", Office("sekretariat", from_=BEGAN, to=date(2020, 12, 31)))
NOBODY = caller("ingen")
EVERYTHING = caller("alt", Office("sekretariat", from_=BEGAN), Office("administrator", from_=BEGAN))
