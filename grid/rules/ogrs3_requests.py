"""What must be known before OGRS3 can be scored, and what to say when it is not.

Source: HMPPS's public re-implementation of OASys: two stages, with its types, texts, fields and order. A first stage
looks at each field by itself; only when it is clean does a second look at the ages and the offence together. The
sentence for staff beside each problem is ours.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from grid.reference.ogrs3 import YOUNGEST, Category, Sex
from grid.reference.ogrs3_offences import OFFENCES, NoCategory
from grid.rules.ogrs3 import Inputs, completed_years, quick_score
from staff.errors import RuleBroken

CODE_LENGTH = 5  # a class of three digits and a sub-code of two; only the length is checked before the table is asked


class ProblemType(StrEnum):
    MISSING = "MISSING_MANDATORY_INPUT"
    NO_SANCTIONS = "TOTAL_NUMBER_OF_SANCTIONS_LESS_THAN_ONE"
    CODE_FORMAT = "OFFENCE_CODE_INCORRECT_FORMAT"
    TOO_YOUNG = "AGE_AT_CURRENT_CONVICTION_LESS_THAN_TEN"
    FIRST_AFTER_CURRENT = "AGE_AT_FIRST_SANCTION_AFTER_AGE_AT_CURRENT_CONVICTION"
    CODE_UNKNOWN = "OFFENCE_CODE_MAPPING_NOT_FOUND"
    CODE_TOO_BROAD = "NEED_DETAILS_OF_EXACT_OFFENCE"
    UNEXPECTED = "UNEXPECTED_ERROR"


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why there is no score: type, message and fields for systems, a sentence for staff."""

    type: str
    message: str
    fields: tuple[str, ...]
    sentence: str

    def as_json(self):
        return {"type": self.type, "message": self.message, "fields": list(self.fields)}


class CannotScore(RuleBroken):
    """There is no score. The message is the problems' sentences; the problems come with it."""

    def __init__(self, problems):
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.sentence for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Request:
    """The facts as a case holds them; None is not known. The number of sanctions counts the current one."""

    sex: Sex | None
    born_on: date | None
    convicted_on: date | None
    followup_on: date | None  # a community sentence's start, or release
    sanctions_total: int | None
    age_first_sanction: int | None
    offence_code: str | None


@dataclass(frozen=True, slots=True)
class Derived:
    """The facts with the ages and the category already worked out; None is not known."""

    sex: Sex | None
    sanctions_total: int | None
    age_conviction: int | None
    age_first_sanction: int | None
    age_followup: int | None
    category: Category | str | None
    offence_weight: float | None = None  # in place of a category


@dataclass(frozen=True, slots=True)
class Field:
    name: str  # as systems write it
    words: str  # as staff say it


REQUEST_FIELDS = {
    "sex": Field("gender", "sex"),
    "born_on": Field("dateOfBirth", "date of birth"),
    "convicted_on": Field("dateOfCurrentConviction", "date of the current conviction"),
    "followup_on": Field(
        "dateAtStartOfFollowupCalculated", "date the community sentence or release starts"
    ),
    "sanctions_total": Field("totalNumberOfSanctionsForAllOffences", "number of sanctions"),
    "age_first_sanction": Field("ageAtFirstSanction", "age at first sanction"),
    "offence_code": Field("currentOffenceCode", "current offence code"),
}
DERIVED_FIELDS = {
    "sex": Field("sex", "sex"),
    "sanctions_total": Field("sanctions_total", "number of sanctions"),
    "age_conviction": Field("age_conviction", "age at the current conviction"),
    "age_first_sanction": Field("age_first_sanction", "age at first sanction"),
    "age_followup": Field("age_followup", "age when the community sentence or release starts"),
    "category": Field("category", "category of the current offence"),
}


def prepare(request):
    """The formula's inputs from a Request. Raises CannotScore."""
    refuse(find_field_problems(request, REQUEST_FIELDS))
    age_conviction = age_on(request.born_on, request.convicted_on, "convicted_on")
    age_followup = age_on(request.born_on, request.followup_on, "followup_on")
    code = request.offence_code
    category = OFFENCES.get(code)
    conviction = ("dateOfBirth", "dateOfCurrentConviction")
    refuse(
        [
            *find_age_problems(age_conviction, request.age_first_sanction, conviction, "ageAtFirstSanction"),
            *find_offence_problems(code, category),
        ]
    )  # fmt: skip
    refuse(find_followup_problems(age_followup))
    return Inputs(
        request.sex,
        request.sanctions_total,
        age_conviction,
        request.age_first_sanction,
        age_followup,
        category,
    )


def prepare_derived(derived):
    """The formula's inputs from a Derived. Raises CannotScore."""
    refuse(find_field_problems(derived, DERIVED_FIELDS))
    ages = find_age_problems(
        derived.age_conviction,
        derived.age_first_sanction,
        ("age_conviction",),
        "age_first_sanction",
    )
    refuse([*ages, *find_category_problems(derived)])
    refuse(find_followup_problems(derived.age_followup))
    return Inputs(
        derived.sex,
        derived.sanctions_total,
        derived.age_conviction,
        derived.age_first_sanction,
        derived.age_followup,
        None if derived.category is None else Category(derived.category),
        derived.offence_weight,
    )


def score_quickly(
    scale,
    sex,
    born_on,
    convicted_on,
    followup_on,
    sanctions_total,
    age_first_sanction,
    offence_code,
):
    """What `quick_score` gives for the facts of a Request, or None where `prepare` would say why there is no score.

    For a whole caseload: takes SCALES[profile], then plain values in the order of Request.
    """
    category = OFFENCES.get(offence_code)
    facts = (sex, born_on, convicted_on, followup_on, sanctions_total, age_first_sanction)
    if category not in scale.offence or None in facts:
        return None
    try:
        return quick_score(
            scale,
            sex,
            sanctions_total,
            completed_years(born_on, convicted_on),
            age_first_sanction,
            completed_years(born_on, followup_on),
            category,
        )
    except ValueError:
        return None


def refuse(problems):
    problems = tuple(problems)
    if problems:
        raise CannotScore(problems)


def find_field_problems(facts, fields):
    """The first stage: all that is missing in one problem, then what is wrong with a field by itself."""
    missing = [
        field
        for attribute, field in fields.items()
        if getattr(facts, attribute) is None
        and not (attribute == "category" and facts.offence_weight is not None)
    ]
    if missing:
        yield Problem(
            ProblemType.MISSING,
            "Mandatory input field(s) missing",
            tuple(field.name for field in missing),
            f"Needs: {', '.join(field.words for field in missing)}.",
        )
    if facts.sanctions_total is not None and facts.sanctions_total < 1:
        yield Problem(
            ProblemType.NO_SANCTIONS,
            "Total number of sanctions must be one or greater",
            (fields["sanctions_total"].name,),
            "The number of sanctions counts the current one, so it cannot be less than 1.",
        )
    code = getattr(facts, "offence_code", None)
    if code is not None and len(code) != CODE_LENGTH:
        yield Problem(
            ProblemType.CODE_FORMAT,
            "Offence code must be a string of 5 digits",
            (fields["offence_code"].name,),
            "The offence code has 5 digits: three for the class and two for the offence in it.",
        )


def age_on(born_on, on, attribute):
    if on <= born_on:
        field = REQUEST_FIELDS[attribute]
        raise CannotScore(
            [
                unexpected(
                    f"{field.name} cannot be on or before date of birth.",
                    f"The {field.words} is not after the date of birth. Check both.",
                )
            ]
        )
    return completed_years(born_on, on)


def unexpected(reason, sentence):
    """What HMPPS's service answers where it stops in mid-calculation."""
    message = f"Unexpected error thrown during calculation, see logs for further details: {reason}"
    return Problem(ProblemType.UNEXPECTED, message, (), sentence)


def find_age_problems(age_conviction, age_first_sanction, conviction_fields, first_field):
    if age_conviction < YOUNGEST:
        yield Problem(
            ProblemType.TOO_YOUNG,
            "Age at current conviction must be 10 or greater",
            conviction_fields,
            f"The person would have been {age_conviction} at this conviction; nobody under 10 can be convicted. "
            "Check the date of birth and the conviction.",
        )
    if age_first_sanction > age_conviction:
        yield Problem(
            ProblemType.FIRST_AFTER_CURRENT,
            "Age at first sanction must be before age at current conviction",
            (*conviction_fields, first_field),
            f"The age at first sanction ({age_first_sanction}) is above the age at this conviction "
            f"({age_conviction}). Check both.",
        )


def find_followup_problems(age_followup):
    if age_followup < YOUNGEST:
        yield unexpected(
            f"Unhandled age: {age_followup}",
            f"The person would have been {age_followup} when the community sentence or release starts; "
            "OGRS3 starts at 10. Check the dates.",
        )


def find_offence_problems(code, category):
    field = (REQUEST_FIELDS["offence_code"].name,)
    if category == NoCategory.NEED_DETAILS:
        yield Problem(
            ProblemType.CODE_TOO_BROAD,
            "For this group of offences, the OGRS 3 offence category takes different values depending on the nature "
            "of the exact offence. Therefore, it is not possible to calculate an OGRS 3 score without details of the "
            "exact offence.",
            field,
            f"Offence code {code} covers offences that OGRS3 scores differently. Record the code of the exact offence.",
        )
    elif category is None or category == NoCategory.NO_WEIGHTING:
        known = "is not in the offence table" if category is None else "has no weight in OGRS3"
        yield unmapped(code, field, f"Offence code {code} {known}. Check the code of the main offence.")  # fmt: skip


def find_category_problems(derived):
    if derived.category is not None and derived.category not in CATEGORIES:
        sentence = f"{derived.category} is not a category of offence in OGRS3."
        yield unmapped(derived.category, (DERIVED_FIELDS["category"].name,), sentence)


def unmapped(what, fields, sentence):
    message = f"No offence code to actuarial weighting mapping found for {what}"
    return Problem(ProblemType.CODE_UNKNOWN, message, fields, sentence)


CATEGORIES = frozenset(Category)
