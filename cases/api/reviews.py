"""Reviews: those of a case, what has happened, answering, signing, countersigning and giving back."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.api.plan_parts import ConflictsOut
from cases.api.review_shapes import (
    AnswerEventsIn,
    BeginReviewIn,
    CountersignReviewIn,
    DropReviewIn,
    EventOut,
    NothingIn,
    ReturnReviewIn,
    ReviewAnswersIn,
    ReviewOut,
    ReviewToDoOut,
    SignReviewIn,
)
from cases.queries.event_reach import readable
from cases.queries.happened import events_since
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.queries.review_desk import find_review, review_desk
from cases.queries.reviews_owed import under_review
from cases.rules.gaps import gates as shut_gates
from cases.rules.reviews_owed import events_from
from cases.services import review_events, review_signing
from cases.services import reviews as services
from staff.permissions import Action
from staff.rules.merging import marks


class Happened(CaseAPI):
    action = Action.VIEW_REVIEW

    @extend_schema(operation_id="list_events_of_case", responses=EventOut(many=True))
    def get(self, request, crn):
        """What has happened since the last review, or since the day it would look back to."""
        today = localdate()
        back = under_review([self.case], today)[self.case.pk]
        since = events_from(back.since, began=back.began)
        may = actions_on(self.case, request.user)
        names = names_for(self.case, may)
        found = readable(events_since(self.case, since, today), may)
        return Response(EventOut(found, many=True, context={"names": names}).data)


class Reviews(CaseAPI):
    action = Action.VIEW_REVIEW
    actions = {"POST": Action.WRITE_REVIEW}

    @extend_schema(operation_id="list_reviews_of_case", responses=ReviewOut(many=True))
    def get(self, request, crn):
        """Every review of the case, the latest first."""
        rows = self.case.reviews.select_related("signed_by", "countersigned_by")
        found = rows.prefetch_related("happened").order_by("-pk")
        return Response(_shown(found, self.case, request.user, many=True))

    @extend_schema(operation_id="begin_review", request=BeginReviewIn, responses={201: ReviewOut})
    def post(self, request, crn):
        """Begin one, or give the one that is not finished."""
        given = BeginReviewIn(data=request.data)
        given.is_valid(raise_exception=True)
        key = given.validated_data.get("recommendation")
        named = get_object_or_404(self.case.recommendations, pk=key) if key else None
        review = services.begin_review(
            case=self.case,
            because=given.validated_data["because"],
            recommendation=named,
            by=request.user,
            today=localdate(),
        )
        return Response(_shown(review, self.case, request.user), status=201)


class ReviewToDo(CaseAPI):
    action = Action.VIEW_REVIEW

    @extend_schema(operation_id="see_what_stands_before_a_review", responses=ReviewToDoOut)
    def get(self, request, crn, review):
        """What stands in the way of signing it now, in the words of the page."""
        found = get_object_or_404(self.case.reviews.unfinished(), pk=review)
        may = actions_on(self.case, request.user)
        names = names_for(self.case, may)
        desk = review_desk(find_review(self.case, found.pk), names, localdate())
        warned = zip(desk.warned(), desk.warnings, strict=True)
        unread = {f"event:{one.key}" for one in desk.facts.events if not readable([one], may)}
        gates = zip(shut_gates(desk.found), desk.gaps, strict=True)
        answer = {
            "gates": [gap.sentence for one, gap in gates if one.question not in unread],
            "warnings": {one.key: gap.sentence for one, gap in warned},
            "countersign": desk.countersign,
            "changes": {one.key: one.in_a_line for one in desk.changes if one.substantive},
            "read": desk.known.mark,
        }
        return Response(ReviewToDoOut(answer).data)


class ReviewStep(CaseAPI):
    """One step in the life of a review of the case."""

    action = Action.WRITE_REVIEW

    def take(self, request, key, form, service, **known):
        found = get_object_or_404(self.case.reviews, pk=key)
        given = form(data=request.data)
        given.is_valid(raise_exception=True)
        known |= {"review": found, "by": request.user, "today": localdate()}
        service(**known, **given.validated_data)
        return Response(_shown(find_review(self.case, key), self.case, request.user))


class AnswerReview(ReviewStep):
    @extend_schema(
        operation_id="answer_review",
        request=ReviewAnswersIn,
        responses={200: ReviewOut, 409: ConflictsOut},
    )
    def post(self, request, crn, review):
        """Put answers in place by their codes. Without `seen` what stands is written over."""
        found = get_object_or_404(self.case.reviews, pk=review)
        given = ReviewAnswersIn(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        seen = said.get("seen", marks(services.stands_of(found), said["given"]))
        outcome = services.answer_review(
            review=found, given=said["given"], seen=seen, by=request.user, today=localdate()
        )
        if outcome.conflicts:
            return Response({"conflicts": list(outcome.conflicts)}, status=409)
        return Response(_shown(find_review(self.case, review), self.case, request.user))


class AnswerReviewEvents(ReviewStep):
    @extend_schema(operation_id="answer_events", request=AnswerEventsIn, responses=ReviewOut)
    def post(self, request, crn, review):
        """Answer one event, or several with the same words."""
        return self.take(request, review, AnswerEventsIn, review_events.answer_events, now=now())


class RefreshReviewChecks(ReviewStep):
    @extend_schema(operation_id="refresh_checks_of_review", request=None, responses=ReviewOut)
    def post(self, request, crn, review):
        """Ask the agencies again, where there is a concern."""
        return self.take(request, review, NothingIn, services.refresh_checks)


class SignReview(ReviewStep):
    @extend_schema(operation_id="sign_review", request=SignReviewIn, responses=ReviewOut)
    def post(self, request, crn, review):
        """Sign it. `read`: as the list of what is to do gives it."""
        return self.take(request, review, SignReviewIn, review_signing.sign_review, now=now())


class CountersignReview(ReviewStep):
    action = Action.COUNTERSIGN

    @extend_schema(
        operation_id="countersign_review", request=CountersignReviewIn, responses=ReviewOut
    )
    def post(self, request, crn, review):
        """Sign as the senior. `note`: what was found, where no change is recorded."""
        return self.take(
            request, review, CountersignReviewIn, review_signing.countersign_review, now=now()
        )


class ReturnReview(ReviewStep):
    action = Action.COUNTERSIGN

    @extend_schema(operation_id="return_review", request=ReturnReviewIn, responses=ReviewOut)
    def post(self, request, crn, review):
        """Give it back, to the box that is to be put right."""
        return self.take(request, review, ReturnReviewIn, review_signing.return_review, now=now())


class DropReview(ReviewStep):
    @extend_schema(operation_id="drop_review", request=DropReviewIn, responses=ReviewOut)
    def post(self, request, crn, review):
        """Give it up, with why."""
        return self.take(request, review, DropReviewIn, services.drop_review)


def _shown(reviews, case, user, many=False):
    may = actions_on(case, user)
    context = {"names": names_for(case, may), "may": may}
    return ReviewOut(reviews, many=many, context=context).data
