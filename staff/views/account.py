"""Signing in and out, the way home, the account and help."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from staff.access import staff_view
from staff.audit import record
from staff.navigation import home_of
from staff.permissions import Action
from staff.services import set_shortcuts


class ShortcutsForm(forms.Form):
    uses_shortcuts = forms.BooleanField(
        required=False,
        label="Use keyboard shortcuts",
        help_text="Turn them off if they get in the way of a screen reader or voice control.",
    )


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
    if request.method == "POST":
        form = ShortcutsForm(request.POST)
        if form.is_valid():
            set_shortcuts(user=request.user, on=form.cleaned_data["uses_shortcuts"])
            messages.success(request, "Your settings are saved.")
            return redirect("account")
    else:
        form = ShortcutsForm(initial={"uses_shortcuts": request.user.uses_shortcuts})
    return render(request, "staff/account.html", {"form": form})


def help_page(request):
    return render(request, "staff/help.html")


@login_required
@require_POST
def stay_signed_in(request):
    """Any request keeps a session going. With no content the browser stays put, typing and all."""
    return HttpResponse(status=204)
