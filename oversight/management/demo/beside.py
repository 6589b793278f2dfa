"""What is under way beside: the duty desk, meetings of agencies, a court, a victim, a journey, a complaint, a charge."""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone

from cases.management.demo import life
from cases.models import Case, RelatedPerson
from cases.reference.agency_meetings import AgencyMeetingKind
from cases.reference.courts import CourtWants
from cases.reference.duty import CameFor, FareKind
from cases.reference.worst_days import ComplaintFrom
from cases.services.agency_meetings import record_meeting
from cases.services.complaints import take_complaint
from cases.services.courts import record_request
from cases.services.duty import share_out_duty
from cases.services.fares import give_fare
from cases.services.travels import ask_travel
from cases.services.victim_liaison import add_notice, name_liaison
from cases.services.walk_ins import record_walk_in
from oversight.management.demo.acts import senior_of
from oversight.services.further_offences import record_further_offence
from staff.models import Team, User
from staff.permissions import Role

AT_THE_DESK = "Locked out of the hostel since last night, and has nowhere to go until six."
JOURNEY = "Oxford to Didcot, return"
ROOM = "St Aldates police station, room 2"
COURT, CLERK = "Oxford Magistrates’ Court", "The court officer, court 2"
COURT_ASKS = "How the order has gone, for sentence this afternoon."
LIAISON = ("Marian Foulkes", "NPS Thames Valley, victim liaison unit", "01632 960417")
HAPPENED = "The conditions of where he may go are to be asked for anew."
TRAVEL = ("Poland", "Her grandmother’s funeral, with the letter of the parish")
COMPLAINS = "Two letters went to the address that I had left, and my landlord opened them."
CHARGE, CHARGED_BY = "Wounding with intent", "Thames Valley Police, CID, by telephone"


def befall(acts):
    _desk(acts)
    _meetings(acts)
    _court(acts)
    _victim(acts)
    case = _case(acts, "travel")
    where, why = TRAVEL
    first = acts.today + timedelta(days=12)
    ask_travel(
        case=case, where=where, why=why, from_on=first, to_on=first + timedelta(days=6),
        by=case.officer, now=acts.at(acts.day(1)),
    )  # fmt: skip
    take_complaint(
        case=_case(acts, "complaint"), made_by=ComplaintFrom.PERSON, who="", about=None, words=COMPLAINS,
        wants="That it does not happen again.", received_on=acts.day(3), by=acts.hub, now=acts.at(acts.day(3), 15),
    )  # fmt: skip
    _charge(acts)


def _case(acts, name):
    crn = acts.planted["beside"][name]
    return Case.objects.select_related("officer", "team").get(crn=crn)


def _desk(acts):
    """One team has its rota of four weeks; somebody waits at the desk, and a fare was given."""
    team, morning = Team.objects.get(code=acts.planted["rota"]), acts.at(acts.today, 9)
    senior = User.objects.filter(role=Role.SPO, team=team).first()
    share_out_duty(team=team, by=senior, now=acts.at(acts.today, 7))
    record_walk_in(
        case=_case(acts, "walk_in"), came_for=CameFor.HELP, words=AT_THE_DESK, safe=None, place=None,
        by=acts.hub, now=morning,
    )  # fmt: skip
    given = acts.at(acts.day(1), 12)
    give_fare(
        case=_case(acts, "fare"), kind=FareKind.CASH, pence=640, journey=JOURNEY, voucher="",
        signed_for=True, by=acts.hub, now=given,
    )  # fmt: skip


def _meetings(acts):
    """A MARAC whose report is late, and a core group whose report is still to come."""
    asked = acts.day(6)
    for name, kind, days, report_by in (
        ("marac", AgencyMeetingKind.MARAC, 6, acts.day(life.REPORT_LATE)),
        ("core_group", AgencyMeetingKind.CORE_GROUP, 9, acts.today + timedelta(days=5)),
    ):
        case = _case(acts, name)
        child = RelatedPerson.objects.filter(case=case, kind="child").first()
        record_meeting(
            case=case, kind=kind, held_at=acts.at(acts.today + timedelta(days=days), 10), where=ROOM,
            invited_on=asked, report_by_on=report_by, by=case.officer, now=acts.at(asked),
            about=child if kind == AgencyMeetingKind.CORE_GROUP else None,
        )  # fmt: skip


def _court(acts):
    asked = acts.at(acts.today, 9)
    this_afternoon = datetime.combine(acts.today, time(15), get_current_timezone())
    record_request(
        case=_case(acts, "court"), court=COURT, asked_by=CLERK, wants=CourtWants.PROGRESS, words=COURT_ASKS,
        asked_at=asked, needed_by=this_afternoon, by=acts.hub, now=asked,
    )  # fmt: skip


def _victim(acts):
    case, on = _case(acts, "victim"), acts.day(1)
    officer, unit, reach = LIAISON
    name_liaison(
        case=case, officer=officer, unit=unit, reach=reach, since_on=acts.day(30), by=case.officer,
        now=acts.at(acts.day(30)),
    )  # fmt: skip
    add_notice(case=case, words=HAPPENED, happened_on=on, by=case.officer, now=acts.at(on, 16))


def _charge(acts):
    case, on = _case(acts, "charged"), acts.day(1)
    record_further_offence(
        case=case, charged_on=on, offence=CHARGE, told_by=CHARGED_BY, learnt_at=acts.at(on, 9),
        by=senior_of(case), now=acts.at(on, 10),
    )  # fmt: skip
