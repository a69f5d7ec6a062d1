"""Staff sign-in on the platform's own host; the names are those allauth looks for."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.apps import apps
from django.forms import Form
from django.urls import URLPattern, path
from django.views import View

from edem.foundation.people import forms, views
from edem.foundation.people.access import Audience, anyone, open_to, staff_before_second_factor
from edem.foundation.people.pages import PAGES


def _page(address: str, name: str, view: type[View], *, audience: Audience, **options: Any) -> URLPattern:
    words = PAGES.get(name)
    if words is not None:
        options = {
            "template_name": "people/form_page.html",
            "extra_context": {"page": words, "no_fields": Form(), "is_sandbox": views.is_sandbox},
        } | options
    return path(f"staff/{address}", open_to(audience)(view.as_view(**options)), name=name)


def _own(address: str, name: str, view: type[View], **options: Any) -> URLPattern:
    return _page(address, name, view, audience=staff_before_second_factor, **options)


KEY = {"template_name": "people/key_page.html"}

urlpatterns: list[URLPattern] = [
    path("staff/enter/", views.enter, name="staff_enter"),
    path("staff/sandbox/", views.sandbox, name="staff_sandbox"),
    _page("sign-in/", "account_login", views.StaffSignIn, audience=anyone,
          template_name="people/sign_in.html", form_class=forms.SignInForm),
    _page("sign-in/code/", "mfa_authenticate", views.SecondFactorPage, audience=anyone,
          template_name="people/second_step.html", form_class=forms.CodeForm),
    _page("sign-in/key/", "mfa_login_webauthn", webauthn.LoginWebAuthnView, audience=anyone),
    _page("sign-out/", "account_logout", account.LogoutView, audience=anyone),
    _page("closed/", "account_inactive", account.AccountInactiveView, audience=anyone,
          template_name="people/word_page.html"),
    _own("again/", "account_reauthenticate", account.ReauthenticateView, form_class=forms.PasswordForm),
    _own("again/code/", "mfa_reauthenticate", mfa.ReauthenticateView, form_class=forms.CodeAgainForm),
    _own("again/key/", "mfa_reauthenticate_webauthn", webauthn.ReauthenticateWebAuthnView, **KEY),
    _own("password/", "account_change_password", account.PasswordChangeView, form_class=forms.NewPasswordForm),
    _own("second-factor/", "mfa_index", mfa.IndexView, template_name="people/second_factor.html"),
    _own("second-factor/app/", "mfa_activate_totp", totp.ActivateTOTPView,
         template_name="people/app_set_up.html", form_class=forms.FirstCodeForm),
    _own("second-factor/app/off/", "mfa_deactivate_totp", totp.DeactivateTOTPView),
    _own("second-factor/codes/", "mfa_view_recovery_codes", recovery.ViewRecoveryCodesView,
         template_name="people/recovery_codes.html"),
    _own("second-factor/codes/new/", "mfa_generate_recovery_codes", recovery.GenerateRecoveryCodesView),
    _own("second-factor/codes/file/", "mfa_download_recovery_codes", recovery.DownloadRecoveryCodesView),
    _own("second-factor/keys/", "mfa_list_webauthn", webauthn.ListWebAuthnView, template_name="people/keys.html"),
    _own("second-factor/keys/add/", "mfa_add_webauthn", webauthn.AddWebAuthnView, form_class=forms.NewKeyForm, **KEY),
    _own("second-factor/keys/<int:pk>/", "mfa_edit_webauthn", webauthn.EditWebAuthnView, form_class=forms.KeyNameForm),
    _own("second-factor/keys/<int:pk>/remove/", "mfa_remove_webauthn", webauthn.RemoveWebAuthnView),
]  # fmt: skip
if apps.is_installed("allauth.socialaccount"):
    from edem.foundation.people.outside.urls import urlpatterns as outside

    urlpatterns += outside
