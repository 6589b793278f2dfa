"""An offender document as a case, the person it is about, and who held it.

Source: nDelius `OffenderDetail`, whole or as a search cuts it down. A part that was not sent leaves
what we hold as it is; within a part that was sent, what is missing is blank.
"""

from cases.reference.codes import Given, Sex
from cases.rules.importing.document import LEAVE, given
from cases.rules.importing.held import map_held, map_limit
from cases.rules.importing.keys import LineRejected, same_crn
from cases.rules.importing.values import is_placeholder
from cases.rules.search import PNC, folded, pnc

SEXES = {"male": Sex.MALE, "m": Sex.MALE, "female": Sex.FEMALE, "f": Sex.FEMALE}
NOT_STATED = {"not stated", "prefer not to say", "refused", "declined", "not disclosed"}
UNKNOWN = {"unknown", "not known", "not known not recorded"}
SENTENCE_FLAGS = {"1": True, "0": False}
NAME_LENGTH = 220  # of a name to sort by
CUT_ADDRESS = ", "


def map_offender(doc):
    """{part: row or rows}. Raises LineRejected."""
    doc.drop("kind", "crn", "age", "highlight", "partitionArea", "id")
    doc.drop("Preferred name or commonly known as", "convictionId")
    names, ext = _names(doc), doc.part("ext")
    if doc.flag("accessDenied"):  # of a refused reader: only the number, limits and managers hold
        case = given({"imported": True, "deleted": _if_sent(doc, "softDeleted", doc.flag)})
        parts = {"case": case, "case_new": names, "person": {}, "denied": True}
    else:
        parts = _person(doc, names, ext)
    return parts | map_held(doc, ext) | map_limit(doc, ext)


def left(doc, parts):
    """What no column holds; nothing of a record the reader was refused."""
    return {} if parts.get("denied") else doc.left()


def _names(doc):
    surname, forename = doc.text("surname"), doc.text("firstName")
    forename = forename or doc.text("forename") or ""
    if not surname:
        raise LineRejected("no surname")
    sort_name = folded(f"{surname} {forename}")[:NAME_LENGTH]
    return {"surname": surname, "forename": forename, "sort_name": sort_name}


def _person(doc, names, ext):
    gender = _if_sent(doc, "gender", doc.text)
    deleted = _if_sent(doc, "softDeleted", doc.flag)
    case = names | {
        "imported": True,
        "born_on": _if_sent(doc, "dateOfBirth", doc.day),
        "sex": LEAVE if gender is LEAVE else SEXES.get(gender.casefold(), Sex.UNKNOWN),
        "deleted": LEAVE if deleted is LEAVE else bool(deleted),
    }
    person = {
        "title": _if_sent(doc, "title", doc.text),
        "middle_names": _if_sent(doc, "middleNames", lambda key: " ".join(doc.texts(key))),
        "preferred_name": _if_sent(doc, "preferredName", doc.text),
        "sex_as_given": gender,
        "has_sentence": _has_sentence(doc),
    }
    parts = {"identifiers": _identifiers(doc, ext)}
    if any(key in doc for key in ("offenderAliases", "previousSurname", "previousSurnames")):
        parts["other_names"] = _other_names(doc)
    if "contactDetails" in doc:
        contact = doc.part("contactDetails")
        person["may_text"] = contact.flag("allowSMS")
        parts |= {"reachable": _reachable(contact), "addresses": _addresses(contact)}
    if "offenderProfile" in doc:
        profile = doc.part("offenderProfile")
        person |= _profile(profile)
        parts["disabilities"] = _disabilities(profile)
    return parts | {"case": given(case), "person": given(person)}


def _if_sent(doc, key, read):
    return read(key) if key in doc else LEAVE


def _has_sentence(doc):
    """The newer flag, or the older number; LEAVE when neither says."""
    newer, older = doc.flag("activeProbationManagedSentence"), doc.text("currentDisposal")
    if newer is not None and newer is not LEAVE:
        return newer
    if older and older not in SENTENCE_FLAGS:
        doc.reject("currentDisposal", "is neither 1 nor 0")
    return SENTENCE_FLAGS.get(older, LEAVE) if older else LEAVE


def _other_names(doc):
    names = [
        {
            "previous": False,
            "surname": alias.text("surname") or "",
            "forename": alias.text("firstName") or "",
            "born_on": alias.day("dateOfBirth") or None,
        }
        for alias in doc.parts("offenderAliases")
    ]
    before = [doc.text("previousSurname"), *doc.texts("previousSurnames")]
    names += [
        {"previous": True, "surname": surname, "forename": "", "born_on": None}
        for surname in sorted({name for name in before if name})
    ]
    for name in names:
        name["sort_name"] = folded(f"{name['surname']} {name['forename']}")[:NAME_LENGTH]
    return [name for name in names if name["sort_name"]]


def _identifiers(doc, ext):
    ids = doc.part("otherIds")
    ids.drop("crn", "niNumber")  # the insurance number is sensitive and serves nothing here
    ids.drop("pncNumberLongYear", "pncNumberShortYear", "croNumberLowercase", "offenderId")
    found = [
        ("pnc", ids.text("pncNumber") or ids.text("pnc")),
        ("cro", ids.text("croNumber") or ids.text("cro")),
        ("noms", ids.text("nomsNumber")),
        ("booking", ids.text("mostRecentPrisonerNumber")),
        *(("merged", same_crn(crn)) for crn in [*ext.texts("mergedCrns"), ids.text("previousCrn")]),
    ]
    rows = {
        (kind, match_form(kind, value)): value
        for kind, value in found
        if value and not is_placeholder(value)
    }
    return [{"kind": kind, "match": match, "value": value} for (kind, match), value in rows.items()]


def match_form(kind, value):
    """The form in which an identifier is matched: capitals, no spaces, a PNC with its year in full."""
    together = "".join(value.upper().split())
    if kind == "pnc" and (found := PNC.fullmatch(together)):
        return pnc(*found.groups())
    return together


def _reachable(contact):
    numbers = [
        {
            "kind": "mobile" if phone.text("type") == "MOBILE" else "telephone",
            "value": phone.text("number") or "",
        }
        for phone in contact.parts("phoneNumbers")
    ]
    emails = [{"kind": "email", "value": text} for text in contact.texts("emailAddresses")]
    unlike = {(row["kind"], row["value"]): row for row in numbers + emails if row["value"]}
    return list(unlike.values())


def _addresses(contact):
    return [_address(address) for address in contact.parts("addresses")]


def _address(address):
    from_on, to_on = address.day("from") or None, address.day("to") or None
    if from_on and to_on and to_on < from_on:
        address.reject("to", "is before the day they moved in")
        to_on = None
    street = f"{address.text('addressNumber') or ''} {address.text('streetName') or ''}".strip()
    lines = [address.text("buildingName"), street, address.text("district")]
    status = (address.part("status").text("code") or "").upper()
    address.note_code("address_status", status)
    type_code, type_name = address.code("type", "address_types")
    address.drop("id", "createdDatetime", "createdDateTime")
    address.drop("lastUpdatedDatetime", "lastUpdatedDateTime")
    return {
        "status_code": status,
        "lines": CUT_ADDRESS.join(line for line in lines if line),
        "town": address.text("town") or "",
        "county": address.text("county") or "",
        "postcode": address.text("postcode") or "",
        "no_fixed_abode": bool(address.flag("noFixedAbode")),
        "type_code": type_code,
        "type_name": type_name,
        "telephone": address.text("telephoneNumber") or "",
        "from_on": from_on,
        "to_on": to_on,
        "notes": address.text("notes") or "",
    }


def _profile(profile):
    languages = profile.part("offenderLanguages")
    others = languages.texts("otherLanguages")
    spoken = [f"Also speaks {', '.join(others)}" if others else ""]
    return {
        "ethnicity": _answer(profile, "ethnicity"),
        "nationality": _answer(profile, "nationality"),
        "religion": _answer(profile, "religion"),
        "sexual_orientation": _answer(profile, "sexualOrientation"),
        "gender_identity": _identity(profile),
        "second_nationality": profile.text("secondaryNationality"),
        "immigration_status": profile.text("immigrationStatus"),
        "first_language": languages.text("primaryLanguage"),
        "needs_interpreter": languages.flag("requiresInterpreter"),
        "language_notes": _lines(languages.text("languageConcerns"), *spoken),
        "notes": _lines(profile.text("notes"), profile.text("offenderDetails")),
    }


def _answer(profile, key):
    """Words as given, or why there are none. The code is found by the words where they are known."""
    words = profile.text(key)
    if words is LEAVE:
        return LEAVE
    if is_placeholder(words):
        return Given.NOT_ASKED
    plain = folded(words)
    if plain in NOT_STATED:
        return Given.NOT_STATED
    return Given.UNKNOWN if plain in UNKNOWN else words or Given.NOT_ASKED


def _identity(profile):
    described = profile.text("selfDescribedGender") or ""
    answer = _answer(profile, "genderIdentity")
    own = described and not is_placeholder(described) and answer == "Prefer to self-describe"
    return described if own else answer


def _lines(*texts):
    return "\n".join(text for text in texts if text)


def _disabilities(profile):
    return [
        {
            "code": code,
            "name": name or code,
            "from_on": disability.day("startDate") or None,
            "to_on": disability.day("endDate") or None,
            "notes": disability.text("notes") or "",
        }
        for disability in profile.parts("disabilities")
        for code, name in [disability.code("disabilityType", "disabilities")]
        if code or name
    ]
