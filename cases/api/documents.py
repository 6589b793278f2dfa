"""Documents of a case: what each is, when it came and how to be sure of its bytes; never the bytes."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import Document
from cases.queries.documents import documents_open_in
from staff.permissions import Action


class DocumentOut(serializers.ModelSerializer):
    class Meta:
        model = Document
        fields = [
            "id", "enquiry", "kind", "name", "media_type", "size", "sha256", "sharing", "at",
        ]  # fmt: skip


class Documents(CaseAPI):
    action = Action.VIEW_DOCUMENTS

    @extend_schema(operation_id="list_documents", responses=DocumentOut(many=True))
    def get(self, request, crn):
        """Every document of the case but minutes of meetings of agencies, the latest first."""
        found = documents_open_in(self.case).order_by("-at", "-pk")
        return Response(DocumentOut(found, many=True).data)
