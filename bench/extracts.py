"""Extracts of nDelius as large as wanted, of invented people: ten lines a person, two in a thousand lines bad.

The reference and the system read the very same file. Its documents are as docs/import.md has them, no longer than real ones.
"""

import json
from datetime import date, timedelta
from random import Random

from bench.names import BEGIN, END
from cases.management.demo import names

LINES_OF_ONE = (
    10  # an offender, a conviction, a requirement, two registers, four contacts, a circumstance
)
TEAMS, OFFICERS = 30, 450
EVERY_HUNDREDTH, EVERY_FIFTIETH, EVERY_TENTH = 100, 50, 10
SEED = 2018
BEGAN = date(2018, 5, 1)
CONTACTS = 4
SURNAMES = [*names.BRITISH_SURNAMES, *(first + last for first in BEGIN for last in END)]


def write(path, people, *, changed=False):
    """This many people's lines at this path; `changed`: of one in a hundred, and of what is theirs, as it is a day later."""
    rng = Random(SEED)
    with path.open("w", encoding="utf-8") as file:
        for number in range(people):
            for document in _lines(rng, number, changed and number % EVERY_HUNDREDTH == 0):
                file.write(_said(document, number))


def officer_code(number):
    """The staff code of one of the officers that the documents name."""
    return f"C16B{number:03}"


def _said(document, number):
    """One line. Of every fiftieth person one line is bad: each of five kinds of bad in turn."""
    wrong = (number // EVERY_FIFTIETH) % 5 if number % EVERY_FIFTIETH == 1 else None
    if document["kind"] == "personal_circumstance" and wrong is not None:
        if wrong == 0:
            return json.dumps(document)[:-9] + "\n"  # cut short
        document |= (
            {},
            {"personalCircumstanceId": None},
            {"crn": "NOBODY1"},
            {"personalCircumstanceType": {}},
            {"startDate": "31/12/2017"},  # the line lands without its date
        )[wrong]
    return json.dumps(document, ensure_ascii=False) + "\n"


def _lines(rng, number, changed):
    crn, first = f"B{number:06}", number * LINES_OF_ONE
    yield _offender(rng, crn, number, changed)
    yield _conviction(rng, crn, first)
    yield {
        "kind": "requirement", "crn": crn, "convictionId": first, "requirementId": first + 1, "active": True,
        "startDate": "2018-05-01", "length": 60, "lengthUnit": "Hours",
        "requirementTypeMainCategory": {"code": "W", "description": "Unpaid Work"},
        "requirementTypeSubCategory": {"code": "W01", "description": "Regular"},
    }  # fmt: skip
    yield _register(crn, first + 2, "RMRH", "Medium RoSH", active=True)
    yield _register(crn, first + 3, "ADVP", "Domestic Abuse Perpetrator", active=not changed)
    for nth in range(CONTACTS):
        yield _contact(rng, crn, first, nth, changed and nth == 0)
    yield {
        "kind": "personal_circumstance", "crn": crn, "personalCircumstanceId": first + 9,
        "personalCircumstanceType": {"code": "B", "description": "Employment"},
        "personalCircumstanceSubType": {"code": "B02", "description": "Full-time employed"},
        "startDate": "2017-01-09", "evidenced": False, "notes": "",
    }  # fmt: skip


def _offender(rng, crn, number, changed):
    surname, born = rng.choice(SURNAMES), date(1960, 1, 1) + timedelta(days=rng.randrange(14000))
    team = number % TEAMS
    officer = team * (OFFICERS // TEAMS) + number // TEAMS % (OFFICERS // TEAMS)
    since = rng.randrange(300)
    aliases = [{"surname": rng.choice(SURNAMES), "firstName": "Sam"}]
    return {
        "kind": "offender", "crn": crn, "offenderId": number, "title": "Mr", "firstName": rng.choice(names.BRITISH_MEN),
        "middleNames": [rng.choice(names.BRITISH_MEN)], "surname": f"{surname}-Reed" if changed else surname,
        "dateOfBirth": born.isoformat(), "gender": "Male",
        "otherIds": {"crn": crn, "pncNumber": f"{1980 + number % 30}/{number:07}{'ABCDEFGHJKLMNPQRTUVWXYZ'[number % 23]}"},
        "currentDisposal": "1", "softDeleted": False, "currentRestriction": number % EVERY_HUNDREDTH == 7,
        "currentExclusion": False, "offenderAliases": [] if number % EVERY_TENTH else aliases,
        "offenderManagers": [{
            "active": True, "fromDate": (BEGAN + timedelta(days=2)).isoformat(),
            "probationArea": {"code": "C16", "description": "CPA Thames Valley", "nps": False},
            "staff": {"code": officer_code(officer), "forenames": "Asha", "surname": f"Khan{officer}", "unallocated": False},
            "team": {"code": f"C16B{team:02}", "description": f"Team {team}", "localDeliveryUnit": {"code": "C16BRK", "description": "Berkshire"}},
        }],
        "contactDetails": {
            "phoneNumbers": [{"number": f"07700 9{number % 100000:05}", "type": "MOBILE"}],
            "addresses": [{
                "status": {"code": "M", "description": "Main"}, "addressNumber": str(1 + since), "streetName": "Sample Road",
                "town": "Reading", "postcode": f"RG{1 + number % 9} {number % 9}AA", "from": (date(2016, 2, 1) + timedelta(days=since)).isoformat(),
                "noFixedAbode": False,
            }],
        },
        "offenderProfile": {
            "ethnicity": "White: British/English/Welsh/Scottish/Northern Irish", "nationality": "British",
            "offenderLanguages": {"primaryLanguage": "English", "requiresInterpreter": False},
        },
    }  # fmt: skip


def _conviction(rng, crn, number):
    return {
        "kind": "conviction", "crn": crn, "convictionId": number, "index": "1", "active": True, "inBreach": False,
        "convictionDate": BEGAN.isoformat(), "referralDate": BEGAN.isoformat(),
        "offences": [{
            "offenceId": f"M{number}", "mainOffence": True, "detail": {"code": "10501", "description": "Common assault and battery"},
            "offenceDate": "2018-03-11T00:00:00", "offenceCount": 1,
        }],
        "latestCourtAppearanceOutcome": {"code": "329", "description": "ORA Community Order"},
        "responsibleCourt": {"code": "READMC", "courtName": "Reading Magistrates Court"},
        "sentence": {
            "description": "ORA Community Order", "originalLength": 12, "originalLengthUnits": "Months", "lengthInDays": 365,
            "startDate": BEGAN.isoformat(), "expectedSentenceEndDate": "2019-04-30",
        },
        "ext": {
            "allocatedToCrcOn": "2018-05-03",
            "ogrs": {"oneYear": rng.randrange(5, 60), "twoYears": rng.randrange(60, 90), "assessedOn": "2018-05-02", "source": "nDelius"},
        },
    }  # fmt: skip


def _register(crn, number, code, words, *, active):
    return {
        "kind": "registration", "crn": crn, "registrationId": number, "type": {"code": code, "description": words},
        "register": {"code": "1", "description": "RoSH"}, "startDate": "2018-05-08", "active": active,
        "reviewPeriodMonths": 6, "nextReviewDate": "2018-11-08",
    }  # fmt: skip


def _contact(rng, crn, first, nth, changed):
    day = BEGAN + timedelta(days=14 * nth + rng.randrange(10))
    officer = rng.randrange(OFFICERS)
    return {
        "kind": "contact", "crn": crn, "contactId": first + 4 + nth, "convictionId": first,
        "contactStart": f"{day}T10:00:00+01:00", "contactEnd": f"{day}T10:30:00+01:00",
        "type": {"code": "COAP", "description": "Planned Office Visit (NS)", "appointment": True, "nationalStandard": True},
        "outcome": {"code": "ATTC", "description": "Attended - Complied", "attended": True, "complied": True},
        "staff": {"code": officer_code(officer), "forenames": "Asha", "surname": f"Khan{officer}", "unallocated": False},
        "sensitive": False, "notes": "Came on time; talked of work and of where they live." + (" He rang later." if changed else ""),
    }  # fmt: skip
