"""Forms whose words come from the message catalogue."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from pactdesk.messages.catalogue import has_text, text
from pactdesk.web.ui.words import page_language


class WordedForm(forms.Form):
    """Each field has its label, and where there is one its help, under `<section>: field`."""

    section: ClassVar[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = page_language()
        for name, field in self.fields.items():
            field.label = text(self.section, f"field.{name}.label", language)
            if has_text(self.section, f"field.{name}.help", language):
                field.help_text = text(self.section, f"field.{name}.help", language)
            field.error_messages["required"] = text("ui", "form.required", language)
            for code in ("invalid", "max_length", "invalid_choice"):
                # Also of the field's validators, whose own words these replace.
                field.error_messages[code] = text("ui", "form.wrong", language)

    def word(self, key: str, **facts: object) -> str:
        """A text of the form's section."""
        return text(self.section, key, page_language(), **facts)
