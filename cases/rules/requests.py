"""What an enquiry says to the agency it is put to: whom it is about, why we may ask, what we ask.

Sources: product rules, checks and sharing (purpose and legal basis recorded, told or why not); the
policy "requests", which says what each kind of agency is asked. An answer covers only those named.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cases.reference.checks import CheckKind, SubjectKind
from cases.rules.references import reference_of
from cases.rules.words import counted
from staff.errors import RuleBroken
from staff.rules.dates import say_date

COVERS = (
    "Your answer will be read as covering only those named here. That you hold nothing on them "
    "says nothing of anybody else."
)
EACH = "Please answer for each of them by number, and say so where you hold nothing."
UNKNOWN = "date of birth not known"
TOLD = {
    True: "The person on probation has been told that we ask.",
    False: "The person on probation has not been told that we ask. Please do not tell them.",
}
NOT_NAMED = "Not named"


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """Whom the agency answers."""

    name: str
    organisation: str
    address: str
    email: str
    telephone: str


@dataclass(frozen=True, slots=True)
class Asking:
    """What one kind of agency is asked, and why we may ask it."""

    purpose: str
    legal_basis: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RequestPolicy:
    version: int
    reply_to: ReplyTo
    kinds: Mapping[CheckKind, Asking]


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or somewhere a request is about."""

    kind: SubjectKind
    name: str
    born_on: date | None = None
    address: str = ""

    @property
    def is_somebody(self):
        return self.kind != SubjectKind.ADDRESS


@dataclass(frozen=True, slots=True)
class Request:
    """A request whole. It is about its subjects, and nobody more and nobody less."""

    reference: str
    on: date
    agency: str
    agency_address: str
    kind: CheckKind
    asking: Asking
    subjects: tuple[Named, ...]
    reply_to: ReplyTo
    told_person: bool | None = None  # None: not yet said


def read_request_policy(body, version):
    """Raises RuleBroken where a kind of agency, or anything that must be said, is missing."""
    try:
        reply_to = ReplyTo(**{name: _said(body["reply_to"][name]) for name in ReplyTo.__slots__})
        kinds = {CheckKind(kind): _asking(said) for kind, said in body["kinds"].items()}
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise RuleBroken(f"The policy on requests cannot be read: {problem}.") from problem
    missing = [kind.title for kind in CheckKind if kind not in kinds]
    if missing:
        raise RuleBroken(f"Say what is asked of {missing[0]}.")
    return RequestPolicy(version, reply_to, kinds)


def _asking(said):
    basis, questions = (tuple(map(_said, said[name])) for name in ("legal_basis", "questions"))
    if not basis or not questions:
        raise ValueError("each kind needs a legal basis and a question")
    return Asking(_said(said["purpose"]), basis, questions)


def _said(text):
    if not text.strip():
        raise ValueError("something is blank")
    return text.strip()


# What is missing


def missing_from(subjects):
    """What is not recorded and the agency needs to find them, in words that name nobody."""
    found = []
    for one in subjects:
        what = SubjectKind(one.kind).title
        if not one.name.strip():
            found.append(f"{what}: name not recorded")
        elif one.is_somebody and one.born_on is None:
            found.append(f"{what}: date of birth not recorded")
    return found


def check_names(subjects):
    """Refuse a request about somebody or somewhere without a name: nobody could answer it."""
    if not subjects:
        raise RuleBroken("Nobody is named in this enquiry. Open one that says whom it is about.")
    if any(not one.name.strip() for one in subjects):
        raise RuleBroken("A name is not recorded. Record it first: nobody could answer without it.")


def check_birth_dates(subjects):
    """Refuse a request that an agency may find nobody by, unless somebody has thought about it."""
    missing = [one for one in missing_from(subjects) if "birth" in one]
    if missing:
        raise RuleBroken(
            f"{counted(len(missing), 'date')} of birth not recorded. Record it first, or open the "
            "enquiry and send it without."
        )


def check_told(told_person, because):
    """Refuse to ask before it is said whether the person was told that we ask, or why not."""
    if told_person is None:
        raise RuleBroken("Say whether the person on probation was told that we ask.")
    if not told_person and not because.strip():
        raise RuleBroken("Say why the person on probation was not told.")


# Words


def subject_line(one):
    """ "Child: Robin Marsh, born 3 May 2015, of 4 X Street": on one line, whatever the name holds."""
    return f"{SubjectKind(one.kind).title}: {subject_words(one)}"


def subject_words(one):
    """The same without saying what they are."""
    words = [_in_a_line(one.name) or NOT_NAMED]
    if one.is_somebody:
        words.append(f"born {say_date(one.born_on)}" if one.born_on else UNKNOWN)
    if one.address:
        words.append(f"of {_in_a_line(one.address)}")
    return ", ".join(words)


def as_data(request):
    """The request as the template of the letter takes it: plain words, ready to be placed."""
    reply_to = request.reply_to
    return {
        "reference": request.reference,
        "on": say_date(request.on),
        "agency": _in_a_line(request.agency),
        "agency_address": [
            part.strip() for part in _in_a_line(request.agency_address).split(",") if part.strip()
        ],
        "title": f"Request for information: {CheckKind(request.kind).title}",
        "purpose": request.asking.purpose,
        "legal_basis": list(request.asking.legal_basis),
        "subjects": [_row(one) for one in request.subjects],
        "questions": list(request.asking.questions),
        "notes": [note for note in (EACH, COVERS, TOLD.get(request.told_person)) if note],
        "reply_to": {name: getattr(reply_to, name) for name in ReplyTo.__slots__},
    }


def _row(one):
    born = say_date(one.born_on) if one.born_on else "Not known"
    return {
        "kind": SubjectKind(one.kind).title,
        "name": _in_a_line(one.name) or NOT_NAMED,
        "born": born if one.is_somebody else "",
        "address": _in_a_line(one.address),
    }


def as_text(request):
    """The request as the text of an e-mail, or to be read out or typed into a web form."""
    said = as_data(request)
    reply_to = request.reply_to
    return "\n".join(
        [
            f"Our reference: {request.reference}",
            "Please quote it in your answer.",
            "",
            f"To: {said['agency']}",
            f"Date: {said['on']}",
            "",
            said["title"],
            "",
            "Why we ask",
            said["purpose"],
            "",
            "Legal basis",
            *(f"- {one}" for one in said["legal_basis"]),
            "",
            f"Whom and where we ask about: {len(request.subjects)} in all",
            *(f"{n}. {subject_line(one)}" for n, one in enumerate(request.subjects, 1)),
            "",
            "What we ask",
            *(f"{n}. {one}" for n, one in enumerate(said["questions"], 1)),
            "",
            *said["notes"],
            "",
            "Please answer to",
            f"{reply_to.name}, {reply_to.organisation}",
            reply_to.email,
            reply_to.telephone,
            reply_to.address,
            "",
        ]
    )


def subject_of_the_email(request):
    """The heading of the e-mail: no name of anybody."""
    return f"{request.reference}: request for information"


def _in_a_line(text):
    return " ".join(text.split())


# The weekly chase


def chase_key(agency, today):
    """What makes a chase the same: the agency and the week."""
    year, week, _ = today.isocalendar()
    return f"chase-{agency}-{year}-{week:02}"


def chase_subject(number):
    return f"{counted(number, 'enquiry', 'enquiries')} awaiting your answer"


def chase_text(agency, asked, reply_to):
    """One e-mail about all of them. `asked`: (number of the enquiry, the day it was sent). No names."""
    return "\n".join(
        [
            f"To: {agency}",
            "",
            "We have had no answer to these enquiries. Each is about the safety of somebody.",
            "",
            *(f"{reference_of(number)}, sent {say_date(on)}" for number, on in asked),
            "",
            "If you have answered one of them, or cannot, please tell us which by its reference.",
            "If you need an enquiry again, ask us for it by its reference.",
            "",
            "Please answer to",
            f"{reply_to.name}, {reply_to.organisation}",
            reply_to.email,
            reply_to.telephone,
            "",
        ]
    )
