"""The forms of taking clients on."""

from __future__ import annotations

from typing import Any, Literal

from django import forms
from django.core.files.uploadedfile import UploadedFile

from pactdesk.apps.conversations.models import LONGEST_ADDRESS
from pactdesk.documents.formats.docx import View
from pactdesk.web.clients.handed_in import LARGEST, PAPERS, TERMS
from pactdesk.web.worded import WordedForm

VIEWS: tuple[View, ...] = ("accepted", "original")


class ClientsForm(WordedForm):
    """Words from `clients: field`."""

    section = "clients"


class FileForm(ClientsForm):
    """A paper or a terms file."""

    file = forms.FileField(widget=forms.FileInput(attrs={"accept": ",".join((*PAPERS, *TERMS))}))

    def clean_file(self) -> UploadedFile:
        """Neither larger nor named longer than what is kept of it."""
        file: UploadedFile = self.cleaned_data["file"]
        return self.not_too_large(file)

    def not_too_large(self, file: UploadedFile) -> UploadedFile:
        """The file; raises ValidationError."""
        if (file.size or 0) > LARGEST or len(file.name or "") > 200:
            raise forms.ValidationError(self.word("too_large", most=LARGEST // 2**20))
        return file


class PaperForm(FileForm):
    """A paper, and which of its two texts is meant where it has tracked changes."""

    view = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["view"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  said above
        field.choices = [(one, self.word(f"view.{one or 'none'}")) for one in ("", *VIEWS)]

    def view_chosen(self) -> View | None:
        """None where nobody chose."""
        chosen: View | Literal[""] = self.cleaned_data["view"]
        return chosen or None


class ReplacementForm(PaperForm):
    """New terms of a contract in force."""

    since = forms.DateField(input_formats=["%Y-%m"], widget=forms.TextInput)
    note = forms.CharField(max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["file", "view", "since", "note"])


class ContractForm(PaperForm):
    """With whom, what it is read from, and terms that were typed, where no machine can read it."""

    client = forms.ChoiceField()
    typed = forms.FileField(
        required=False, widget=forms.FileInput(attrs={"accept": ",".join(TERMS)})
    )
    code = forms.RegexField(r"^[A-Za-z0-9][A-Za-z0-9._-]*\Z", max_length=100, required=False)

    def __init__(self, *args: Any, clients: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["client"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  said above
        field.choices = clients
        self.order_fields(["client", "file", "view", "typed", "code"])

    def clean_typed(self) -> UploadedFile | None:
        """As small as the paper."""
        file: UploadedFile | None = self.cleaned_data["typed"]
        return self.not_too_large(file) if file else None


class SiteForm(ClientsForm):
    """A shop that carries the chat window."""

    site_name = forms.CharField(max_length=100)
    origins = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    privacy_url = forms.CharField(max_length=LONGEST_ADDRESS, required=False)

    def origins_given(self) -> list[str]:
        """One a line, or with spaces between."""
        return list(dict.fromkeys(self.cleaned_data["origins"].split()))


class NewSiteForm(SiteForm):
    """One more."""

    contract = forms.ChoiceField()

    def __init__(self, *args: Any, contracts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["contract"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  said above
        field.choices = contracts
        self.order_fields(["contract", "site_name", "origins", "privacy_url"])
