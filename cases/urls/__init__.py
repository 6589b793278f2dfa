"""Addresses of the pages about one case, of imports and of data quality. A person's name never stands in one."""

from django.urls import path

from cases.urls import (
    agency_meetings,
    arriving,
    assessing,
    breaches,
    complaints,
    contact,
    desk,
    enforcing,
    enquiries,
    holding,
    hub,
    letters,
    liaison,
    recalls,
    standing_still,
)
from cases.views import (
    access,
    case,
    contact_details,
    cover,
    imports,
    policy,
    raising,
    summary,
)

urlpatterns = [
    path("policy/of/<slug:name>/", policy.read_policy, name="policy"),
    path("policy/of/<slug:name>/new-version/", policy.change_policy, name="set-policy"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<int:run>/", imports.one_import, name="import"),
    path("data-quality/", imports.data_quality, name="data-quality"),
    path("cases/<crn:crn>/", case.overview, name="case"),
    path("cases/<crn:crn>/sentence/", case.sentence, name="case-sentence"),
    path("cases/<crn:crn>/person/", case.person, name="case-person"),
    path(
        "cases/<crn:crn>/contact-details/", contact_details.contact_details, name="contact-details"
    ),
    path("cases/<crn:crn>/contact-details/add/", contact_details.add_contact, name="add-contact"),
    path(
        "cases/<crn:crn>/contact-details/<int:reachable>/remove/",
        contact_details.remove_contact,
        name="remove-contact",
    ),
    path("cases/<crn:crn>/history/", case.history, name="case-history"),
    path("cases/<crn:crn>/emergency/", access.emergency_view, name="emergency-view"),
    path("cases/<crn:crn>/raise/", raising.raise_now, name="raise-now"),
    path("cases/<crn:crn>/raises/", raising.raises, name="raises"),
    path("away/", cover.away_and_cover, name="away-and-cover"),
    path("away/<int:absence>/cancel/", cover.cancel, name="cancel-absence"),
    path("cases/<crn:crn>/summary/", summary.case_summary, name="case-summary"),
    *agency_meetings.urlpatterns,
    *arriving.urlpatterns,
    *enquiries.urlpatterns,
    *enforcing.urlpatterns,
    *letters.urlpatterns,
    *hub.urlpatterns,
    *breaches.urlpatterns,
    *recalls.urlpatterns,
    *standing_still.urlpatterns,
    *complaints.urlpatterns,
    *contact.urlpatterns,
    *desk.urlpatterns,
    *assessing.urlpatterns,
    *holding.urlpatterns,
    *liaison.urlpatterns,
]
