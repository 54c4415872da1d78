"""The forms of sign-in, in our words: a label above each field and nothing inside it that vanishes while writing."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkey
from django import forms
from django.utils.translation import gettext_lazy as _

#: What a password must be; the validators of the settings decide, this says it.
PASSWORD_HINT = _(
    "At least twelve characters, and none that leaked elsewhere. Three or four unconnected words are good."
)


def _plain(form: forms.Form, bare: bool = True, **labels: Any) -> None:
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if name == "password1":
            field.help_text = PASSWORD_HINT
        elif bare:
            field.help_text = ""
        if name in labels:
            field.label = labels[name]
        if name == "code" and bare:
            field.widget.attrs |= {
                "class": "code-input",
                "inputmode": "text",
                "autocapitalize": "off",
                "spellcheck": "false",
            }


class SignIn(account.LoginForm):  # type: ignore[misc]
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, login=_("E-mail"))
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"


class PasswordAgain(account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class ChangePassword(account.ChangePasswordForm):  # type: ignore[misc]
    """The password so far, and a new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(
            self, oldpassword=_("Password so far"), password1=_("New password"), password2=_("New password once more")
        )


class SetPassword(account.SetPasswordForm):  # type: ignore[misc]
    """A password for who had none, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password1=_("Password"), password2=_("Password once more"))


class SecondFactor(factor.AuthenticateForm):  # type: ignore[misc]
    """A code of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class SecondFactorAgain(factor.ReauthenticateForm):  # type: ignore[misc]
    """A code once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class ActivateCodes(totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app that was just set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, code=_("Code that the app shows now"))


class AddPasskey(passkey.AddWebAuthnForm):  # type: ignore[misc]
    """A passkey or a security key: the name under which it is listed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(
            self, name=_("Name of the device"), passwordless=_("Sign in with this device alone, without the password")
        )
        self.fields["passwordless"].initial = True


class NewPassword(forms.Form):
    """A password by a one-time link or at the first run, twice."""

    password1 = account.SetPasswordField(label=_("Password"))
    password2 = account.PasswordField(label=_("Password once more"), autocomplete="new-password")

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].user = user  # type: ignore[attr-defined]
        _plain(self, bare=False)

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("password1") and told.get("password2") and told["password1"] != told["password2"]:
            self.add_error("password2", _("This is not the same as above."))
        return told
