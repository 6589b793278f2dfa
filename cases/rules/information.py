"""What a piece of information calls for: by when it is read, whom we ask, who is kept apart.

Sources: product rules, information in (same-day read when harm) and checks (a call-out, a new child or
adult concern); report 2.3 and 2.4 (call-outs nobody acted on; one service user attacked by another).
"""

from datetime import date

from cases.reference.checks import Because, CheckKind
from cases.reference.information import InformationKind, ReadAs, Relation
from cases.rules.enquiries import ASKED_ABOUT, Concern
from staff.errors import RuleBroken
from staff.rules.dates import say_date

MIRROR = {  # the same seen from the other side; one not named here reads alike from both
    Relation.ATTACKED: Relation.ATTACKED_BY,
    Relation.ATTACKED_BY: Relation.ATTACKED,
    Relation.THREATENED: Relation.THREATENED_BY,
    Relation.THREATENED_BY: Relation.THREATENED,
    Relation.WITH_VICTIM: Relation.VICTIM_WITH,
    Relation.VICTIM_WITH: Relation.WITH_VICTIM,
}
KEPT_APART = frozenset({*MIRROR, Relation.AT_ODDS})  # those who could harm one another
OF_VIOLENCE = frozenset({InformationKind.CALL_OUT, InformationKind.ARREST})
CALLS_FOR = {  # whom we ask when it comes in, and what for
    InformationKind.CALL_OUT: (Because.CALL_OUT, (CheckKind.POLICE,)),
    InformationKind.ARREST: (Because.NEW_CONCERN, (CheckKind.POLICE,)),
    InformationKind.CHILD: (Because.NEW_CONCERN, ASKED_ABOUT[Concern.CHILD]),
    InformationKind.ADULT: (Because.NEW_CONCERN, ASKED_ABOUT[Concern.ADULT]),
}


def mirrored(relation):
    """The same relation, told of the other person."""
    return MIRROR.get(Relation(relation), Relation(relation))


def keeps_apart(relation):
    """Whether two people so related must not meet where we bring people together."""
    return relation in KEPT_APART


def reading_kind(*, harm):
    """The kind of deadline under which it is read: the same day where somebody could be hurt."""
    return "read_information_today" if harm else "read_information"


def enquiries_called_for(kind, *, children, main=True, apart=False):
    """The enquiries that this opens on a case, as (kind, because).

    `children`: there are some around the person, so children's social care hears of violence too.
    Of others whom it names, those are asked about who were in it: a call-out or arrest that `apart`.
    """
    if kind not in CALLS_FOR or not (main or (apart and kind in OF_VIOLENCE)):
        return []
    because, kinds = CALLS_FOR[kind]
    if kind in OF_VIOLENCE and children:
        kinds = (*kinds, CheckKind.CHILDREN)
    return [(one, because) for one in kinds]


def check_information(*, who, text, happened_on: date, today: date):
    """Refuse what nobody could act on."""
    if not who.strip():
        raise RuleBroken("Say who told us: a name, or the service and desk.")
    if not text.strip():
        raise RuleBroken("Say what was said.")
    if happened_on > today:
        raise RuleBroken(f"{say_date(happened_on)} is still to come. Say when it happened.")


def check_outcome(read_as, *, because, raised, action):
    """Refuse a reading that does not say what it comes to."""
    if read_as not in set(ReadAs):
        raise RuleBroken("Say what it changes.")
    if read_as == ReadAs.NOTHING and not because.strip():
        raise RuleBroken("Say why it changes nothing.")
    if read_as == ReadAs.RAISED and raised is None:
        raise RuleBroken("Raise the risk, a flag or the contact level first, then say so here.")
    if read_as == ReadAs.PLAN and action is None:
        raise RuleBroken("Say what is to be done, by whom and by when.")
