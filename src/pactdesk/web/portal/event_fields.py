"""Fields of the forms for events: a moment in the contract's zone, yuan, percent, a digest."""

from __future__ import annotations

import re
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from django import forms

from pactdesk.core.units.errors import PactError
from pactdesk.core.units.exact import exact_text
from pactdesk.core.units.instants import Instant, instant_of, local_time
from pactdesk.core.units.money import Money
from pactdesk.messages.catalogue import text
from pactdesk.web.ui.words import page_language

_PERCENT = re.compile(r"^\d{1,3}(\.\d{1,4})?$")
_DIGEST = re.compile(r"^[0-9a-f]{64}$")
MOST_FEN = 10**13


def say(key: str, **facts: object) -> str:
    """A text of the section `events` in the page's language."""
    return text("events", key, page_language(), **facts)


def local_moment(told: str, zone: ZoneInfo) -> Instant:
    """A minute as a browser writes it, "2026-11-05T14:03", on the clocks of `zone`.

    raises  ValueError
    """
    moment = datetime.fromisoformat(told)
    if moment.tzinfo is not None or not 1900 < moment.year < 2999:
        raise ValueError(told)
    return instant_of(moment.replace(tzinfo=zone))


class Moment(forms.CharField):
    """A minute on the contract's clocks, as an instant."""

    def __init__(self, zone: ZoneInfo, label: str, initial: Instant | None = None) -> None:
        self.zone = zone
        shown = "" if initial is None else f"{local_time(initial, zone):%Y-%m-%dT%H:%M}"
        super().__init__(
            label=label,
            help_text=say("form.zone", zone=zone.key),
            initial=shown,
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
            error_messages={"required": say("wrong.moment")},
        )

    def clean(self, value: object) -> Instant:
        """raises  ValidationError"""
        told: str = super().clean(value)
        try:
            return local_moment(told, self.zone)
        except ValueError:
            raise forms.ValidationError(say("wrong.moment")) from None


class Yuan(forms.CharField):
    """An amount above zero, written with at most two decimals; as fen."""

    def __init__(self, label: str, least_fen: int = 1) -> None:
        self.least_fen = least_fen
        super().__init__(
            label=label,
            help_text=say("form.yuan"),
            max_length=16,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            error_messages={"required": say("wrong.yuan")},
        )

    def clean(self, value: object) -> int:
        """raises  ValidationError"""
        told: str = super().clean(value)
        if not told and not self.required:
            return 0
        try:
            fen = Money.of(told.replace(",", "")).fen
        except PactError:
            raise forms.ValidationError(say("wrong.yuan")) from None
        if not self.least_fen <= fen <= MOST_FEN:
            raise forms.ValidationError(say("wrong.yuan"))
        return fen


class Percent(forms.CharField):
    """From 0 to 100; as the exact share that facts hold."""

    def __init__(self, label: str, help_text: str = "", initial: str = "100") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            initial=initial,
            max_length=8,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            error_messages={"required": say("wrong.percent")},
        )

    def clean(self, value: object) -> str:
        """raises  ValidationError"""
        told: str = super().clean(value)
        if not _PERCENT.match(told) or Fraction(told) > 100:
            raise forms.ValidationError(say("wrong.percent"))
        return exact_text(Fraction(told) / 100)


class Digest(forms.CharField):
    """SHA-256 of a file, if there is one."""

    def __init__(self, label: str, *, required: bool) -> None:
        super().__init__(
            label=label,
            help_text=say("form.receipt_help"),
            required=required,
            max_length=64,
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            error_messages={"required": say("wrong.digest")},
        )

    def clean(self, value: object) -> str | None:
        """raises  ValidationError"""
        told = super().clean(value).lower()
        if told and not _DIGEST.match(told):
            raise forms.ValidationError(say("wrong.digest"))
        return told or None


def whole(label: str, initial: int, least: int = 1, most: int = 1_000_000) -> forms.IntegerField:
    """A count."""
    wrong = say("wrong.whole", least=least, most=most)
    return forms.IntegerField(
        label=label,
        initial=initial,
        min_value=least,
        max_value=most,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )


def month_field(month: str) -> forms.RegexField:
    """A month, "2026-10"; `month` stands in it at first."""
    return forms.RegexField(
        r"^[12]\d{3}-(0[1-9]|1[0-2])$",
        label=say("form.period"),
        initial=month,
        widget=forms.TextInput(attrs={"type": "month"}),
        error_messages=dict.fromkeys(("required", "invalid"), say("wrong.month")),
    )


def words(label: str, help_text: str = "", *, required: bool, most: int = 4000) -> forms.CharField:
    """What somebody writes."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": say("wrong.words")},
    )


def choice(label: str, choices: list[tuple[str, str]], help_text: str = "") -> forms.ChoiceField:
    """One of the words that the terms use."""
    wrong = say("wrong.choice")
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=help_text,
        error_messages=dict.fromkeys(("required", "invalid_choice"), wrong),
    )
