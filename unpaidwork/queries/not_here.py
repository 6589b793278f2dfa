"""Why nobody expects somebody at work at all: they have left us, or cannot be seen as usual.

Source: product rules, clocks; `cases.reference.pauses`. Asked of whoever is to be given a place, and again of whoever has one.
"""

from cases.models import Case, Pause
from cases.queries.among import among
from cases.reference.holding import LeftAs
from cases.reference.pauses import PauseKind
from cases.rules.pauses import SINCE
from cases.rules.words import within_a_sentence
from staff.rules.dates import say_date

LEFT = {
    LeftAs.DIED: "They have died.",
    LeftAs.ENDED: "Their case has ended here.",
    LeftAs.ELSEWHERE: "Another provider has this case.",
}


def not_here(cases, rows=None):
    """{case: why, in a sentence} of these, as rows or keys, of whom nobody is to be expected. Two statements.

    `rows`: the cases, where the caller has just read them: then one.
    """
    these = among(cases)
    running = Pause.objects.running().filter(case__in=these).order_by("from_on", "pk")
    found = {
        case: f"They cannot come: {within_a_sentence(SINCE[PauseKind(kind)])} {say_date(on)}."
        for case, kind, on in running.values_list("case", "kind", "from_on")
    }
    if rows is None:
        left = Case.objects.filter(pk__in=these).exclude(left_as=LeftAs.STILL_HERE)
        gone = list(left.values_list("pk", "left_as"))
    else:
        gone = [(one.pk, one.left_as) for one in rows if one.left_as != LeftAs.STILL_HERE]
    return found | {pk: LEFT[LeftAs(how)] for pk, how in gone}
