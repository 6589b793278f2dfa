"""Asking the agencies that must be asked, and never were, as something is begun that needs their answers.

Source: product rules, checks (asked before risk is analysed, and before unpaid work).
"""

from django.db import transaction

from cases.queries.assessing import kinds_required
from cases.queries.enquiries import check_facts
from cases.reference.checks import EnquiryState
from cases.rules.enquiries import asked_about
from cases.services.checks import ask_agencies

WAITED_FOR = (EnquiryState.DUE, EnquiryState.SENT)


@transaction.atomic
def ask_those_never_asked(*, case, because, by, today, or_waited_for=True):
    """Of the agencies that must be asked, ask those that never were since the sentence. Returns the enquiries.

    `or_waited_for`: one that is still to answer counts as asked, for its answer comes after the sentence.
    """
    known = check_facts([case], today)[case.pk]
    asked = {
        one.kind
        for one in known.enquired
        if (or_waited_for and one.state in WAITED_FOR) or _of_this_sentence(one, known)
    }
    opened = []
    for kind in kinds_required(known):
        if kind not in asked:
            opened += ask_agencies(
                case=case,
                kind=kind,
                because=because,
                subjects=asked_about(kind, known.about),
                triggered_on=today,
                by=by,
                today=today,
            )
    return opened


def _of_this_sentence(one, known):
    last = max(filter(None, (one.triggered_on, one.replied_on)))
    return one.state != EnquiryState.SUPERSEDED and last >= known.sentenced_on
