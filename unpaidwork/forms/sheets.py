"""Which sessions to show, and who supervises one."""

from django import forms

from staff.forms import Checkboxes, GovukForm
from unpaidwork.queries.publishing import may_supervise
from unpaidwork.queries.session_pages import Show, When, projects_with_sessions
from unpaidwork.queries.supervising import elsewhere_at

EVERY = "all"  # project


class SessionsForm(GovukForm):
    when = forms.ChoiceField(label="When", required=False, choices=When.choices())
    project = forms.ChoiceField(label="Project", required=False)
    show = forms.ChoiceField(label="Show", required=False, choices=Show.choices())

    def __init__(self, data):
        self.projects = {one.code: one for one in projects_with_sessions()}
        data = data.copy()
        data["when"] = data.get("when") or When.WEEK
        data["project"] = data.get("project") or EVERY
        data["show"] = data.get("show") or Show.ALL
        super().__init__(data)
        known = ((code, one.name) for code, one in self.projects.items())
        self.offer("project", [(EVERY, "Every project"), *known])

    def asked(self):
        """{name: code} of what is in force; a code that is not on offer is left out and said so on the form."""
        said = self.cleaned_data
        return {
            "when": said.get("when") or When.WEEK,
            "project": said.get("project") or EVERY,
            "show": said.get("show") or Show.ALL,
        }

    def chosen(self, codes):
        """The same, as the list takes it."""
        return {**codes, "project": self.projects.get(codes["project"])}


class StaffForm(GovukForm):
    staff = forms.MultipleChoiceField(
        label="Who supervises?",
        help_text="Each reads the sheet and says so before they open the register.",
        widget=Checkboxes(small=True),
        required=False,
    )

    def __init__(self, *args, session, **kwargs):
        """Members of the team that runs the project are offered first; of whoever is on another site then it is said."""
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in may_supervise(session.project.team_id)}
        self.offer("staff", [(key, one.name) for key, one in self.known.items()])
        self.busy = {str(pk): f"On {'; '.join(each)}" for pk, each in elsewhere_at(session).items()}
        self.fields["staff"].widget.hints = self.busy

    def given(self):
        return {"staff": [self.known[key] for key in self.cleaned_data["staff"]]}
