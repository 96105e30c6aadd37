"""What a password must be, in the words of the catalogue."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from pactdesk.apps.parties.models import Person
from pactdesk.messages.catalogue import text
from pactdesk.web.account.forms import LONGEST_PASSWORD, AccountForm
from pactdesk.web.ui.words import page_language


def password_problems(password: str, person: Person) -> list[str]:
    """What is wrong with it, each in a sentence; nothing if it will do."""
    try:
        validate_password(password, person)
    except ValidationError as problem:
        return [
            text("account", f"password.{one.code}", page_language()) for one in problem.error_list
        ]
    return []


def _input(autocomplete: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": autocomplete})


class NewPasswordForm(AccountForm):
    """A new password, twice; `person` is whose."""

    new_password = forms.CharField(
        max_length=LONGEST_PASSWORD, strip=False, widget=_input("new-password")
    )
    again = forms.CharField(max_length=LONGEST_PASSWORD, strip=False, widget=_input("new-password"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any]:
        """Both are the same, and good enough."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        password = said.get("new_password")
        if password:
            for problem in password_problems(password, self.person):
                self.add_error("new_password", problem)
            if said.get("again") and said["again"] != password:
                self.add_error("again", self.word("password.differs"))
        return said


class AcceptForm(NewPasswordForm):
    """Name and password of somebody new."""

    name = forms.CharField(max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ("name", "new_password", "again")


class ChangePasswordForm(NewPasswordForm):
    """The one there is, and the new one."""

    password = forms.CharField(
        max_length=LONGEST_PASSWORD, strip=False, widget=_input("current-password")
    )
    field_order = ("password", "new_password", "again")
