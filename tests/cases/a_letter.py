"""A warning whose letter is owed, of somebody with an address at which it is safe to write to them; and its steps."""

from datetime import date

from django.utils.timezone import localtime

from cases.models import ComplianceWarning
from cases.models.person import Address, Person
from cases.queries.enquiries import MAIN_ADDRESS
from cases.services.enforcement.letters import ask_for_letter, make_ready, write_letter
from cases.services.enforcement.letters_sent import send_letter
from tests.factories import ComplianceWarningFactory, FailureFactory, SentenceFactory, UserFactory

NONE_BOOKED = "We will ring you to arrange the next appointment."
PROOF = "Certificate 12"


def a_letter(by, at, case=None, **person):
    """`case`: one that is there; `person`: what is recorded of them."""
    given = {"case": case, "source_id": f"L{case.pk}"} if case else {}
    sentence = SentenceFactory(started_on=date(2018, 1, 3), **given)
    case = sentence.case
    if case.officer is None:
        case.officer = UserFactory(team=case.team)
        case.save()
    Address.objects.create(
        case=case, status_code=MAIN_ADDRESS, lines="1 Fern Road", town="Reading", postcode="RG1 1AA", safe_to_write=True
    )  # fmt: skip
    Person.objects.update_or_create(case=case, defaults=person)
    today = localtime(at).date()
    warning = ComplianceWarningFactory(sentence=sentence, decided_on=today, decided_by=by)
    FailureFactory(
        sentence=sentence, happened_on=today, became_aware_on=today, answer="warn", because="x", answered_at=at,
        answered_by=by, recorded_by=by, warning=warning,
    )  # fmt: skip
    return ask_for_letter(
        case=case, kind="warning", warning=warning, by=by, now=at, why="A warning"
    )


def written(by, at, case=None, **person):
    return write_letter(
        letter=a_letter(by, at, case, **person), words={"no_appointment": NONE_BOOKED}, welsh=False, by=by, now=at
    )  # fmt: skip


def ready(by, at, case=None, **person):
    return make_ready(letter=written(by, at, case, **person), by=by, now=at)


def sent(by, at, case=None, **person):
    return send_letter(letter=ready(by, at, case, **person), proof=PROOF, by=by, now=at)


def withdraw(letter, at):
    """Its warning counts no more."""
    ComplianceWarning.objects.filter(pk=letter.warning_id).update(
        withdrawn_on=localtime(at).date(), withdrawn_because="Proof came"
    )
