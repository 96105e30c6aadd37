"""What people write about a statement: an objection's reason, and the answer."""

from __future__ import annotations

from typing import Any

from django import forms

from pactdesk.apps.statements.objecting import LONGEST_REASON
from pactdesk.web.portal.said import say


def _text(label: str, missing: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=say(label),
        help_text=help_text and say(help_text),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": say(missing)},
    )


class ObjectionForm(forms.Form):
    """Why the client does not agree to a line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = _text(
            "objection.reason", "objection.reason_missing", "objection.reason_help"
        )


class AnswerForm(forms.Form):
    """Why the provider accepts or rejects it; its prefix is the objection's id."""

    use_required_attribute = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"] = _text("objection.answer", "objection.answer_missing")
