"""Signing in and out, the way home, the account and help."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from staff.access import staff_view
from staff.audit import record
from staff.errors import RuleBroken
from staff.forms import GovukForm, Radios
from staff.navigation import home_of
from staff.permissions import Action, reach
from staff.reference import StatedSex
from staff.services import set_mobile, set_password, set_shortcuts, state_sex


class ShortcutsForm(forms.Form):
    uses_shortcuts = forms.BooleanField(
        required=False,
        label="Use keyboard shortcuts",
        help_text="Turn them off if they get in the way of a screen reader or voice control.",
    )


class MobileForm(GovukForm):
    mobile = forms.CharField(
        label="Your mobile number",
        help_text="For home visits: your buddy rings it, and we text it when somebody you watch has not called in. "
        "Colleagues on a visit with you see it. Leave it blank to take it away.",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )


# Whoever supervises unpaid work or leads groups: what they state of themselves bears on whom they are named for
ASKED_TO_STATE = (Action.RUN_SESSION, Action.KEEP_GROUP_REGISTER)


class StatedSexForm(GovukForm):
    """`stating` tells that this form was sent where nothing in it is chosen."""

    sex = forms.ChoiceField(
        label="Are you a woman or a man?",
        help_text="Some people on unpaid work must not be supervised by a woman, or by a man, and groups for women are led "
        "by women. Whoever names you for a session is told when you do not fit it. If you would rather not say, they "
        "ask you when it matters.",
        choices=StatedSex.choices(),
        widget=Radios(small=True),
        error_messages={"required": "Choose one of the answers, or leave it as it is"},
    )


class PasswordForm(GovukForm):
    """A new password of one's own, shown to be one's own by the old one."""

    old = forms.CharField(
        label="Your password now",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label="New password",
        help_text="12 characters or more. Three or four words that do not belong together are easy to remember.",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="The new password again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old(self):
        if not self.user.check_password(self.cleaned_data["old"]):
            raise forms.ValidationError("That is not your password now")
        return self.cleaned_data["old"]

    def clean(self):
        new, again = self.cleaned_data.get("new"), self.cleaned_data.get("again")
        if new and again and new != again:
            self.add_error("again", "Type the new password the same both times")


class SignIn(auth.LoginView):
    template_name = "staff/sign_in.html"
    redirect_authenticated_user = True
    extra_context = {"single_sign_on": bool(settings.OIDC_RP_CLIENT_ID)}

    def form_valid(self, form):
        answer = super().form_valid(form)
        record(by=self.request.user, action="signed_in")
        return answer


class SignOut(auth.LogoutView):
    def post(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            record(by=request.user, action="signed_out")
        return super().post(request, *args, **kwargs)


@login_required
def home(request):
    return redirect(home_of(request.user))


@staff_view(Action.VIEW_ACCOUNT)
def account(request):
    form, mobile, stated = _shortcuts(request), _mobile(request), _stated(request)
    if any(one.is_bound and one.is_valid() for one in (form, mobile, stated)):
        if mobile.is_bound:
            saved = mobile.carry_out(_keep_mobile, user=request.user)
        elif stated.is_bound:
            saved = stated.carry_out(_keep_stated, user=request.user)
        else:
            set_shortcuts(user=request.user, on=form.cleaned_data["uses_shortcuts"])
            saved = True
        if saved:
            messages.success(request, "Your settings are saved.")
            return redirect("account")
    context = {
        "form": form,
        "mobile": mobile,
        "stated": stated,
        "states": any(reach(request.user.role, one) for one in ASKED_TO_STATE),
        "may_arrange_cover": reach(request.user.role, Action.ARRANGE_COVER),
    }
    return render(request, "staff/account.html", context)


def _shortcuts(request):
    if request.method == "POST" and not {"mobile", "stating"} & request.POST.keys():
        return ShortcutsForm(request.POST)
    return ShortcutsForm(initial={"uses_shortcuts": request.user.uses_shortcuts})


def _mobile(request):
    if request.method == "POST" and "mobile" in request.POST:
        return MobileForm(request.POST)
    return MobileForm(initial={"mobile": request.user.mobile})


def _stated(request):
    if request.method == "POST" and "stating" in request.POST:
        return StatedSexForm(request.POST)
    return StatedSexForm(initial={"sex": request.user.sex})


def _keep_stated(*, user, sex):
    state_sex(user=user, sex=sex)
    return True


def _keep_mobile(*, user, mobile):
    set_mobile(user=user, mobile=mobile)
    return True


@staff_view(Action.VIEW_ACCOUNT)
@sensitive_post_parameters()
def change_password(request):
    """A new password signs every other session of this account out."""
    form = PasswordForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            set_password(user=request.user, password=form.cleaned_data["new"], by=request.user)
        except RuleBroken as refusal:
            form.add_error("new", str(refusal))
        else:
            update_session_auth_hash(request, request.user)
            messages.success(request, "Your password is changed. Anywhere else you are signed out.")
            return redirect("account")
    return render(request, "staff/change_password.html", {"form": form})


def help_page(request):
    return render(request, "staff/help.html")


@login_required
@require_POST
def stay_signed_in(request):
    """Any request keeps a session going. With no content the browser stays put, typing and all."""
    return HttpResponse(status=204)
