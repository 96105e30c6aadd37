"""The forms of the account's pages."""

from __future__ import annotations

from typing import Any

from django import forms

from pactdesk.web.worded import WordedForm

LONGEST_PASSWORD = 200


class AccountForm(WordedForm):
    """Words from `account: field`."""

    section = "account"


class LogInForm(AccountForm):
    """E-mail and password."""

    email = forms.EmailField(
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("email"):
            # Back after an error: only the password has to be written again.
            del self.fields["email"].widget.attrs["autofocus"]
            self.fields["password"].widget.attrs["autofocus"] = True


class ResetForm(AccountForm):
    """Where to send the link."""

    email = forms.EmailField(
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )


class CodeForm(AccountForm):
    """Six digits of an authenticator, or a recovery code."""

    code = forms.CharField(
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True}
        ),
    )


class ProfileForm(AccountForm):
    """What people say of themselves."""

    name = forms.CharField(max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(choices=[("zh", "中文"), ("en", "English")])
