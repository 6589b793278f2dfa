"""An OGRS3 request as a document (a line of NDJSON, a body sent to the API), and the answer to it.

Source: field names of HMPPS's risk service, or the same facts with ages and category already worked out. A value that
cannot be read at all is refused before anything else is looked at, and says which and why.
"""

from datetime import date

from grid.reference.ogrs3 import CATEGORY_LABELS, Category, Profile, Sex
from grid.rules.ogrs3 import score
from grid.rules.ogrs3_requests import (
    DERIVED_FIELDS,
    REQUEST_FIELDS,
    CannotScore,
    Derived,
    Problem,
    Request,
    prepare,
    prepare_derived,
)

# Two types of our own: HMPPS's service refuses such a request whole, without naming the field.
INVALID_VALUE = "INVALID_VALUE"
UNREADABLE = "UNREADABLE_REQUEST"
LARGEST = 2**31 - 1  # the largest whole number HMPPS's service takes
LARGEST_WEIGHT = 10  # ours: no weight of the scale reaches 1

SEXES = {"MALE": Sex.MALE, "FEMALE": Sex.FEMALE, "M": Sex.MALE, "F": Sex.FEMALE}
CATEGORIES = {
    **{str(number): category for number, category in enumerate(Category)},
    **{str(category): category for category in Category},
    **{label.lower(): category for category, label in CATEGORY_LABELS.items()},
}
REQUEST_NAMES = {field.name for field in REQUEST_FIELDS.values()}
DERIVED_NAMES = {field.name for field in DERIVED_FIELDS.values()} | {"offence_weight"}


def answer(document):
    """The score as a document. Raises CannotScore."""
    inputs, profile = read(document)
    result = score(inputs, profile)
    return {
        "one_year": result.one_year,
        "two_year": result.two_year,
        "band": result.band,
        "p1": result.p1,
        "p2": result.p2,
    }


def read(document):
    """The formula's inputs and the profile asked for. Raises CannotScore."""
    if not isinstance(document, dict):
        raise unreadable("A request is a JSON object.")
    derived = DERIVED_NAMES & document.keys() and not REQUEST_NAMES & document.keys()
    values = read_values(document, DERIVED_READERS if derived else REQUEST_READERS)
    profile = values.pop("profile") or Profile.OPERATIONAL
    if derived:
        return prepare_derived(Derived(**values)), profile
    return prepare(Request(**values)), profile


def unreadable(reason):
    return CannotScore([Problem(UNREADABLE, reason, (), reason)])


def read_values(document, readers):
    """Every field of the form by the name our code gives it, None where it is absent or null."""
    values, problems = {}, []
    for attribute, (name, reader) in readers.items():
        value = document.get(name)
        try:
            values[attribute] = None if value is None else reader(value)
        except ValueError as error:
            reason = f"{name} {error}"
            problems.append(Problem(INVALID_VALUE, reason, (name,), f"In the request, {reason}."))
    if problems:
        raise CannotScore(problems)
    return values


def read_sex(value):
    """None for anything else: HMPPS's service counts it as missing."""
    return SEXES.get(value) if isinstance(value, str) else None


def read_date(value):
    if value == "":
        return None
    iso = isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-"
    try:
        return date.fromisoformat(value if iso else "")
    except ValueError:
        raise ValueError("must be a date written YYYY-MM-DD") from None


def read_whole(value):
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > LARGEST:
        raise ValueError("must be a whole number")
    return value


def read_age(value):
    if read_whole(value) < 0:
        raise ValueError("cannot be less than 0")
    return value


def read_code(value):
    """Anything but a string has no length to be right, so it fails the check of the format."""
    return value if isinstance(value, str) else ""


def read_category(value):
    """A number from 0, a name, or the label nDelius shows. What is none of these is refused by name."""
    text = str(value)
    return CATEGORIES.get(text.lower(), text)


def read_weight(value):
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not -LARGEST_WEIGHT <= value <= LARGEST_WEIGHT:
        raise ValueError(f"must be a number from -{LARGEST_WEIGHT} to {LARGEST_WEIGHT}")
    return float(value)


def read_profile(value):
    if value not in list(Profile):
        raise ValueError(f"must be one of: {', '.join(Profile)}")
    return Profile(value)


REQUEST_READERS = {
    "sex": ("gender", read_sex),
    "born_on": ("dateOfBirth", read_date),
    "convicted_on": ("dateOfCurrentConviction", read_date),
    "followup_on": ("dateAtStartOfFollowupCalculated", read_date),
    "sanctions_total": ("totalNumberOfSanctionsForAllOffences", read_whole),
    "age_first_sanction": ("ageAtFirstSanction", read_age),
    "offence_code": ("currentOffenceCode", read_code),
    "profile": ("profile", read_profile),
}
DERIVED_READERS = {
    "sex": ("sex", read_sex),
    "sanctions_total": ("sanctions_total", read_whole),
    "age_conviction": ("age_conviction", read_age),
    "age_first_sanction": ("age_first_sanction", read_age),
    "age_followup": ("age_followup", read_age),
    "category": ("category", read_category),
    "offence_weight": ("offence_weight", read_weight),
    "profile": ("profile", read_profile),
}
