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
