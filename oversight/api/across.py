"""The loop of enquiry, assessments and plans, and contact, as figures, and outcomes to log: as on their pages."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import SIZE, StaffAPI, page
from cases.api.cases import MaskedOut
from cases.api.contact_figures import DaysOut
from cases.models import Case, Contact
from cases.queries.outcomes import booking_of
from cases.rules.addresses import number
from cases.rules.content import Stands
from cases.services.policy import meeting_policy
from oversight.queries.arrivals import Stands as ArrivalStands
from oversight.queries.arrivals import Wanted as ArrivalsWanted
from oversight.queries.arrivals import page_of_arrivals
from oversight.queries.caseload import ALL, Wanted, narrowed, widest
from oversight.queries.contact import contact_of
from oversight.queries.content import content_of
from oversight.queries.departures import leaver_rows
from oversight.queries.loop import loop_of
from oversight.queries.outcomes import MINE, TEAM, page_to_log, scopes
from staff.permissions import Action, Role


class FiguresOut(serializers.Serializer):
    team = serializers.CharField(source="team.code", default=None, allow_null=True)
    counts = serializers.DictField(child=serializers.IntegerField())


class LoopOut(serializers.Serializer):
    whole = FiguresOut()
    teams = FiguresOut(many=True)


class Loop(StaffAPI):
    action = Action.VIEW_MEASURES

    @extend_schema(operation_id="read_loop", responses=LoopOut)
    def get(self, request):
        """How many people have a concern, and how far the loop of enquiry has come on them."""
        user = request.user
        wanted = Wanted(whose=widest(user, self.action))
        cases = narrowed(Case.objects.open_to(user, self.action), user, wanted)
        whole, teams = loop_of(cases, localdate())
        return Response(LoopOut({"whole": whole, "teams": teams}).data)


class ContentFiguresOut(serializers.Serializer):
    """On time beside on time and nothing missing: never one without the other."""

    team = serializers.CharField(source="team.code", default=None, allow_null=True)
    people = serializers.IntegerField()
    counts = serializers.SerializerMethodField()

    def get_counts(self, figures) -> dict[str, int]:
        return {str(code): figures.counts[code] for code in Stands}


class ContentOut(serializers.Serializer):
    whole = ContentFiguresOut()
    teams = ContentFiguresOut(many=True)


class ContentFigures(StaffAPI):
    action = Action.VIEW_MEASURES

    @extend_schema(operation_id="read_content", responses=ContentOut)
    def get(self, request):
        """Where assessments and plans stand, and how many were on time beside how many have nothing missing."""
        user = request.user
        wanted = Wanted(whose=widest(user, self.action))
        cases = narrowed(Case.objects.open_to(user, self.action), user, wanted)
        whole, teams = content_of(cases, localdate())
        return Response(ContentOut({"whole": whole, "teams": teams}).data)


class ContactSumsOut(DaysOut):
    """Days of contact, and people. `planned` and `standard_with_plan` are of those with a plan that says how often."""

    planned = serializers.IntegerField()
    standard_with_plan = serializers.IntegerField()
    people = serializers.IntegerField()
    below = serializers.IntegerField()
    no_plan = serializers.IntegerField()
    short = serializers.IntegerField()
    not_offered = serializers.IntegerField()


class TeamContactOut(serializers.Serializer):
    team = serializers.CharField()
    sums = ContactSumsOut()


class ContactFiguresOut(serializers.Serializer):
    """`not_counted`: people by why no standard is counted."""

    whole = ContactSumsOut()
    teams = TeamContactOut(many=True)
    not_counted = serializers.DictField(child=serializers.IntegerField())


class ContactFigures(StaffAPI):
    action = Action.VIEW_MEASURES

    @extend_schema(operation_id="read_contact_figures", responses=ContactFiguresOut)
    def get(self, request):
        """Contact delivered, planned and standard: an officer's own, and others' by team."""
        user, today = request.user, localdate()
        wanted = Wanted(whose="mine" if user.role == Role.OFFICER else ALL)
        cases = narrowed(Case.objects.open_to(user, self.action), user, wanted)
        found = contact_of(cases, today, meeting_policy(today).contact_weeks)
        teams = [{"team": team.code, "sums": sums} for team, sums in found.teams if team]
        not_counted = {str(why): count for why, count in found.not_counted.items()}
        body = {"whole": found.whole, "teams": teams, "not_counted": not_counted}
        return Response(ContactFiguresOut(body).data)


class ToLogOut(serializers.ModelSerializer):
    """`brought`: it came with an extract, and has no clock."""

    crn = serializers.CharField(source="case.crn")
    officer = serializers.SerializerMethodField()
    brought = serializers.SerializerMethodField()

    class Meta:
        model = Contact
        fields = ["id", "crn", "type_code", "type_name", "started_at", "officer", "brought"]

    def get_officer(self, contact) -> str | None:
        booking = booking_of(contact)
        officer = (booking and booking.officer) or contact.case.officer
        return officer.username if officer else None

    def get_brought(self, contact) -> bool:
        return booking_of(contact) is None


class ToLogPage(serializers.Serializer):
    results = ToLogOut(many=True)
    limited_access = MaskedOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class OutcomesToLog(StaffAPI):
    action = Action.RECORD_OUTCOME

    @extend_schema(
        operation_id="list_outcomes_to_log",
        parameters=[
            OpenApiParameter("whose", str, enum=[MINE, TEAM], description="mine unless said"),
            OpenApiParameter("after", int, description="the contact to start after"),
        ],
        responses=ToLogPage,
    )
    def get(self, request):
        """Past appointments of which nobody has said anything, the oldest first."""
        user = request.user
        whose = request.query_params.get("whose", MINE)
        after = number(request.query_params.get("after", "")) or ""
        whose = whose if whose in scopes(user) else MINE
        found = page_to_log(user, now(), whose=whose, after=after)
        reached = Case.objects.within_reach(user, self.action)
        masked = [] if after else reached.masked_to(user)[:SIZE]
        rows = ToLogOut(found.rows, many=True).data
        return Response(page(found, rows) | {"limited_access": MaskedOut(masked, many=True).data})


class DepartureOut(serializers.Serializer):
    """Of the cases open to the reader: `here`, offered to nobody; `offered`, and not answered; `accepted`."""

    id = serializers.IntegerField(source="key")
    user = serializers.CharField(source="username")
    last_on = serializers.DateField(source="last_day")
    here = serializers.IntegerField()
    offered = serializers.IntegerField()
    accepted = serializers.IntegerField()


class Departures(StaffAPI):
    action = Action.VIEW_MOVEMENTS

    @extend_schema(operation_id="list_departures", responses=DepartureOut(many=True))
    def get(self, request):
        """Staff who are leaving, the first to go first, and how far their cases have come."""
        rows = leaver_rows(request.user, localdate())
        return Response(DepartureOut(rows, many=True).data)


class ArrivalListed(serializers.Serializer):
    """`owned`: an officer at work is named; `first_owed`: the first appointment is not arranged yet."""

    id = serializers.IntegerField(source="pk")
    crn = serializers.CharField(source="case.crn")
    came_from = serializers.CharField()
    arrived_on = serializers.DateField()
    team = serializers.CharField(source="case.team.code", default=None, allow_null=True)
    officer = serializers.CharField(source="case.officer.username", default=None, allow_null=True)
    owned = serializers.BooleanField()
    first_owed = serializers.BooleanField(source="unbooked")
    read_on = serializers.DateField(allow_null=True)


class ArrivalPage(serializers.Serializer):
    results = ArrivalListed(many=True)
    limited_access = MaskedOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class Arrivals(StaffAPI):
    action = Action.VIEW_MOVEMENTS

    @extend_schema(
        operation_id="list_arrivals",
        parameters=[
            OpenApiParameter("stands", str, enum=[one.value for one in ArrivalStands if one]),
            OpenApiParameter("after", int, description="the arrival to start after"),
        ],
        responses=ArrivalPage,
    )
    def get(self, request):
        """Who has come and is not settled: whoever nobody holds first, then who came longest ago."""
        user, asked = request.user, request.query_params
        after = number(asked.get("after", "")) or ""
        stands = asked.get("stands", "")
        wanted = ArrivalsWanted(stands=stands if stands in set(ArrivalStands) else "")
        found = page_of_arrivals(user, wanted, after=after, size=SIZE)
        reached = Case.objects.within_reach(user, self.action).ours()
        masked = [] if after else reached.masked_to(user)[:SIZE]
        rows = ArrivalListed(found.rows, many=True).data
        return Response(page(found, rows) | {"limited_access": MaskedOut(masked, many=True).data})
