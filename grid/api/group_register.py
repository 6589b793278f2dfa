"""The register of a session of a group over the API: read, said of one or of the rest, put right, and sent.

The same rules as on the pages; every answer is the register as it stands after it.
"""

from django.http import Http404
from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import StaffAPI
from cases.api.cases import MaskedOut
from cases.models import Case
from grid.queries.group_register import KEEP, expected_on, find_session, is_unsaid
from grid.queries.group_register_page import register_of
from grid.queries.group_sessions import my_groups
from grid.reference.group_marks import Mark
from grid.rules.group_register import MOST_NOTE, MOST_REASON, Said
from grid.services import group_register as services
from grid.services.series_changes import LONGEST_BECAUSE
from grid.services.session_ended import end_session
from staff.permissions import Action


class GroupSessionOut(serializers.Serializer):
    """One session that the reader leads, or for a senior one whose register others have not sent."""

    session = serializers.IntegerField(source="key")
    title = serializers.CharField()
    which = serializers.CharField(source="session", help_text="Such as: Session 3 of 12")
    day = serializers.CharField()
    hours = serializers.CharField()
    where = serializers.CharField()
    leaders = serializers.CharField()
    people = serializers.CharField()
    called_off = serializers.CharField(source="because", help_text="Why; blank where it was not")
    late = serializers.BooleanField()


class MyGroupsOut(serializers.Serializer):
    today = GroupSessionOut(many=True)
    not_sent = GroupSessionOut(many=True)
    to_come = GroupSessionOut(many=True)
    of_team = GroupSessionOut(many=True)


class GroupSafetyOut(serializers.Serializer):
    lead = serializers.CharField()
    text = serializers.CharField()


class GroupMarkOut(serializers.Serializer):
    mark = serializers.CharField()
    late_minutes = serializers.IntegerField()
    excuse = serializers.CharField()


class GroupCardOut(serializers.Serializer):
    """One person. `version`: to be sent back with what is said next. `said`: null where nothing that stands is said here."""

    attendance = serializers.IntegerField(source="key")
    name = serializers.CharField()
    crn = serializers.CharField()
    safety = GroupSafetyOut(many=True)
    stands = serializers.CharField()
    who = serializers.CharField()
    said = GroupMarkOut(allow_null=True)
    note = serializers.CharField()
    sensitive = serializers.BooleanField()
    version = serializers.IntegerField()
    to_say = serializers.BooleanField()


class GroupRegisterOut(serializers.Serializer):
    """`version`: to be sent back as the register is sent. `sent`, `called_off`: blank where it was not."""

    session = serializers.IntegerField(source="key")
    version = serializers.IntegerField()
    title = serializers.CharField()
    which = serializers.CharField(source="session")
    on = serializers.DateField()
    hours = serializers.CharField()
    where = serializers.CharField()
    leaders = serializers.ListField(child=serializers.CharField())
    open = serializers.BooleanField()
    called_off = serializers.CharField()
    sent = serializers.CharField()
    cards = GroupCardOut(many=True)
    masked = MaskedOut(many=True)
    kept = serializers.CharField()


class GroupMarkIn(serializers.Serializer):
    """What came of it for one person. `because`: why, where what stands is put right.

    `excuse`: the code of the outcome that says why somebody was excused.
    """

    attendance = serializers.IntegerField()
    version = serializers.IntegerField()
    mark = serializers.ChoiceField(choices=Mark.choices())
    late_minutes = serializers.IntegerField(required=False, min_value=0, default=0)
    excuse = serializers.CharField(required=False, allow_blank=True, default="", max_length=10)
    note = serializers.CharField(required=False, allow_blank=True, default="", max_length=MOST_NOTE)
    sensitive = serializers.BooleanField(required=False, default=False)
    because = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=MOST_REASON
    )


class GroupVersionIn(serializers.Serializer):
    attendance = serializers.IntegerField()
    version = serializers.IntegerField()


class GroupRestIn(serializers.Serializer):
    """Those of whom nothing is said and who came and took part, each with the version that was shown."""

    people = GroupVersionIn(many=True, allow_empty=False)


class GroupSendIn(serializers.Serializer):
    version = serializers.IntegerField()


class GroupEndIn(serializers.Serializer):
    """Why the session cannot be held. Name nobody: it stands in the case of each."""

    because = serializers.CharField(max_length=LONGEST_BECAUSE)


class MyGroups(StaffAPI):
    action = Action.KEEP_GROUP_REGISTER

    @extend_schema(operation_id="list_my_groups", responses=MyGroupsOut)
    def get(self, request):
        """Sessions that the reader leads today and in the next days, and registers that are not sent."""
        return Response(MyGroupsOut(my_groups(request.user, now())).data)


class OneGroupSession(StaffAPI):
    """Something about the register of one session that the reader may open."""

    action = Action.KEEP_GROUP_REGISTER

    def initial(self, request, group_session, *args, **kwargs):
        super().initial(request, group_session, *args, **kwargs)
        self.session = self.found(request, group_session)

    def found(self, request, pk):
        found = find_session(request.user, pk)
        if found is None:
            raise Http404
        return found

    def register(self, request):
        page = register_of(self.found(request, self.session.pk), request.user, now())
        services.record_reading(
            session=page.key,
            crns=[one.crn for one in page.cards],
            masked=[one.crn for one in page.masked],
            by=request.user,
        )
        return Response(GroupRegisterOut(page).data)

    def given(self, kind, request):
        asked = kind(data=request.data)
        asked.is_valid(raise_exception=True)
        return asked.validated_data

    def person(self, request, pk):
        """One person on this register whose case is open to the reader."""
        open_now = Case.objects.open_to(request.user, KEEP)
        found = expected_on(self.session).filter(pk=pk, case__in=open_now).first()
        if found is None:
            raise Http404
        return found


class GroupRegister(OneGroupSession):
    @extend_schema(operation_id="group_register", responses=GroupRegisterOut)
    def get(self, request, group_session):
        """The register as it stands for this reader. Each view of each person is in the trail."""
        return self.register(request)

    @extend_schema(
        operation_id="say_on_group_register", request=GroupMarkIn, responses=GroupRegisterOut
    )
    def post(self, request, group_session):
        """Say what came of it for one person, or put right what was said. Refused with what stands by now."""
        given = dict(self.given(GroupMarkIn, request))
        one = self.person(request, given.pop("attendance"))
        version, sensitive = given.pop("version"), given.pop("sensitive")
        because = given.pop("because")
        known = {
            "attendance": one, "version": version, "sensitive": sensitive, "by": request.user, "now": now(),
            "said": Said(case=one.case_id, **given | {"mark": Mark(given["mark"])}),
        }  # fmt: skip
        if is_unsaid(one):
            services.say_of(**known)
        else:
            services.correct(because=because, **known)
        return self.register(request)


class GroupRest(OneGroupSession):
    @extend_schema(
        operation_id="say_the_rest_came", request=GroupRestIn, responses=GroupRegisterOut
    )
    def post(self, request, group_session):
        """Say of these, of whom nothing is said yet, that they came and took part; or of nobody."""
        people = self.given(GroupRestIn, request)["people"]
        versions = {one["attendance"]: one["version"] for one in people}
        services.rest_came(session=self.session, versions=versions, by=request.user, now=now())
        return self.register(request)


class GroupSend(OneGroupSession):
    @extend_schema(
        operation_id="send_group_register", request=GroupSendIn, responses=GroupRegisterOut
    )
    def post(self, request, group_session):
        """Send the register, which says of everybody what came of it."""
        version = self.given(GroupSendIn, request)["version"]
        services.send_register(session=self.session, version=version, by=request.user, now=now())
        return self.register(request)


class GroupEnd(OneGroupSession):
    @extend_schema(operation_id="end_group_session", request=GroupEndIn, responses=GroupRegisterOut)
    def post(self, request, group_session):
        """Say that a session which has begun cannot be held: nobody of whom nothing is said yet fails by it.

        For those who lead it alone. The series is planned again, and the officer of each is told what follows.
        """
        because = self.given(GroupEndIn, request)["because"]
        end_session(session=self.session, because=because, by=request.user, now=now())
        return self.register(request)
