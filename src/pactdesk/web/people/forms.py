"""The forms of the administrators' pages."""

from __future__ import annotations

from typing import Any

from django import forms

from pactdesk.apps.parties.kinds import OrganisationKind
from pactdesk.web.people.naming import kind_text
from pactdesk.web.worded import WordedForm


class PeopleForm(WordedForm):
    """Words from `people: field`."""

    section = "people"


class InviteForm(PeopleForm):
    """Somebody new."""

    name = forms.CharField(max_length=100)
    email = forms.EmailField(max_length=254)
    is_administrator = forms.BooleanField(required=False)

    def leave_out(self, name: str) -> None:
        """Not to be asked here."""
        del self.fields[name]


class RoleForm(PeopleForm):
    """A role in a contract."""

    contract = forms.ChoiceField()
    role = forms.ChoiceField()

    def __init__(
        self,
        *args: Any,
        contracts: list[tuple[str, str]],
        roles: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("contract", contracts), ("role", roles)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  said above
            field.choices = choices


class OrganisationForm(PeopleForm):
    """A client or a third party."""

    org_name = forms.CharField(max_length=200)
    kind = forms.ChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  said above
        others = (OrganisationKind.CLIENT, OrganisationKind.THIRD_PARTY)
        field.choices = [(one.value, kind_text(one.value)) for one in others]


class ImportForm(PeopleForm):
    """The file."""

    file = forms.FileField(widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))
