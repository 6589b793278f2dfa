"""What a tablet takes along of one session, to be kept encrypted there and nowhere else."""

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from unpaidwork.api.register import DisagreementOut
from unpaidwork.api.sheets import OneSession, SheetOut
from unpaidwork.reference.sessions import Came
from unpaidwork.services.offline import take_along


def pairs():
    return serializers.ListField(child=serializers.ListField(child=serializers.CharField()))


class OfflineSaidOut(serializers.Serializer):
    came = serializers.ChoiceField(choices=Came.choices())
    arrived_at = serializers.DateTimeField(allow_null=True)
    left_at = serializers.DateTimeField(allow_null=True)
    break_minutes = serializers.IntegerField()
    penalty_minutes = serializers.IntegerField()
    outcome = serializers.CharField()
    hi_vis = serializers.BooleanField(allow_null=True)
    intensive = serializers.BooleanField()
    quality = serializers.CharField()
    behaviour = serializers.CharField()
    task = serializers.CharField()
    skills = serializers.ListField(child=serializers.CharField())
    note = serializers.CharField()
    sensitive = serializers.BooleanField()


class OfflineRowOut(serializers.Serializer):
    """What the register says of one person. `version`: what the tablet has `seen`, when it sends."""

    attendance = serializers.IntegerField(source="key")
    version = serializers.IntegerField()
    stands = serializers.CharField()
    said = OfflineSaidOut()


class ChoicesOut(serializers.Serializer):
    """What may be chosen, each as a code and its words. `reasons`: for an absence, where the reader may say one."""

    grades = pairs()
    skills = pairs()
    reasons = pairs()
    kinds = pairs()
    matters = pairs()
    relations = pairs()


class OfflineOut(serializers.Serializer):
    """`until`: when the tablet erases it. `now`: our clock. `user`: who took it, and alone may send."""

    sheet = SheetOut()
    user = serializers.IntegerField()
    now = serializers.DateTimeField()
    until = serializers.DateTimeField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    hi_vis = serializers.BooleanField()
    tasks = serializers.ListField(child=serializers.CharField())
    usual_task = serializers.CharField()
    rows = OfflineRowOut(many=True)
    disagree = DisagreementOut(many=True)
    choices = ChoicesOut()


class OfflineSheet(OneSession):
    @extend_schema(operation_id="offline_day_sheet", responses=OfflineOut)
    def get(self, request, session):
        """That day's minimum, on its day or the evening before. Each person each time is in the trail."""
        pack = take_along(session=self.session, by=request.user, now=now())
        return Response(OfflineOut(pack).data, headers={"Cache-Control": "no-store"})
