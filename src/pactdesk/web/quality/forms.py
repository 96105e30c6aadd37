"""Forms of quality: marks with reasons, a plan, words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from pactdesk.apps.quality.kinds import Cycle, Outcome
from pactdesk.apps.quality.models import LONGEST_TEXT
from pactdesk.apps.quality.planning import MOST, Wanted
from pactdesk.core.measure.marking import Item, Mark
from pactdesk.web.quality.said import item_help, item_name, say

_WHOLE = 100


def whole(label: str, least: int, most: int, **more: Any) -> forms.IntegerField:
    """A whole number between two."""
    wrong = say("wrong.number", least=least, most=most)
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
        **more,
    )


def words(label: str, *, required: bool = False, rows: int = 2, **more: Any) -> forms.CharField:
    """Room for a few sentences."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": say("wrong.reason"),
            "max_length": say("wrong.long", most=LONGEST_TEXT),
        },
        **more,
    )


@dataclass(frozen=True, slots=True)
class ItemFields:
    """The fields of one item, together."""

    name: str
    most: int
    help: str
    points: forms.BoundField
    reason: forms.BoundField
    quote: forms.BoundField | None


@dataclass(frozen=True, slots=True)
class LineFields:
    """The fields of one red line."""

    crossed: forms.BoundField
    reason: forms.BoundField
    quote: forms.BoundField | None


class MarksForm(forms.Form):
    """Points for each item, a reason where any are lost.

    quotes  (sequence, how it begins) of messages that can be quoted
    """

    use_required_attribute = False

    def __init__(
        self,
        items: Sequence[Item],
        data: Any = None,
        *,
        lines: Iterable[str] = (),
        quotes: Sequence[tuple[int, str]] = (),
    ) -> None:
        super().__init__(data)
        self.items, self.lines, self.quotes = tuple(items), tuple(lines), tuple(quotes)
        for n, item in enumerate(self.items):
            self.fields[f"points_{n}"] = whole(
                say("form.points", most=item.most), 0, item.most, initial=item.most
            )
            self.fields[f"reason_{n}"] = words(say("form.reason"))
            self._ask_quote(f"quote_{n}")
        for n, line in enumerate(self.lines):
            self.fields[f"line_{n}"] = forms.BooleanField(label=item_name(line), required=False)
            self.fields[f"line_reason_{n}"] = words(say("form.line_reason"))
            self._ask_quote(f"line_quote_{n}")
        self.fields["note"] = words(say("form.note"), rows=3)

    def _ask_quote(self, name: str) -> None:
        if self.quotes:
            self.fields[name] = forms.TypedChoiceField(
                label=say("form.quote"),
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", say("form.no_quote")), *self.quotes],
                error_messages={"invalid_choice": say("wrong.quote")},
            )

    def clean(self) -> dict[str, Any]:
        """What was lost says why."""
        told: dict[str, Any] = super().clean() or {}
        for n, item in enumerate(self.items):
            lost = told.get(f"points_{n}", item.most) < item.most
            if lost and not told.get(f"reason_{n}", "").strip():
                self.add_error(f"reason_{n}", say("wrong.lost"))
        for n, _ in enumerate(self.lines):
            if told.get(f"line_{n}") and not told.get(f"line_reason_{n}", "").strip():
                self.add_error(f"line_reason_{n}", say("wrong.line"))
        return told

    @property
    def rows(self) -> list[ItemFields]:
        """For the template."""
        return [
            ItemFields(
                item_name(item.key),
                item.most,
                item_help(item.key),
                self[f"points_{n}"],
                self[f"reason_{n}"],
                self[f"quote_{n}"] if self.quotes else None,
            )
            for n, item in enumerate(self.items)
        ]

    @property
    def red_lines(self) -> list[LineFields]:
        """For the template."""
        return [
            LineFields(
                self[f"line_{n}"],
                self[f"line_reason_{n}"],
                self[f"line_quote_{n}"] if self.quotes else None,
            )
            for n, _ in enumerate(self.lines)
        ]

    @property
    def marks(self) -> list[Mark]:
        """What the valid form gives."""
        told = self.cleaned_data
        return [
            Mark(item.key, told[f"points_{n}"], told[f"reason_{n}"], told.get(f"quote_{n}"))
            for n, item in enumerate(self.items)
        ]

    @property
    def crossed(self) -> list[Mark]:
        """The red lines that were crossed."""
        told = self.cleaned_data
        return [
            Mark(line, 0, told[f"line_reason_{n}"], told.get(f"line_quote_{n}"))
            for n, line in enumerate(self.lines)
            if told[f"line_{n}"]
        ]

    @property
    def note(self) -> str:
        """What was written below."""
        return str(self.cleaned_data["note"])


class PlanForm(forms.Form):
    """How much is sampled."""

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["cycle"] = forms.ChoiceField(
            label=say("plan.cycle"),
            choices=[(each.value, say(f"plan.cycle_of.{each}")) for each in reversed(Cycle)],
        )
        self.fields["how"] = forms.ChoiceField(
            label=say("plan.how"),
            choices=[(each, say(f"plan.how_of.{each}")) for each in ("number", "percent")],
        )
        self.fields["size"] = whole(say("plan.size"), 1, MOST, help_text=say("plan.size_help"))
        self.fields["each_agent"] = forms.BooleanField(
            label=say("plan.ask_each_agent"), required=False
        )
        self.fields["double_percent"] = whole(
            say("plan.double"), 0, _WHOLE, help_text=say("plan.double_help")
        )
        self.fields["pass_percent"] = whole(
            say("plan.pass"), 0, _WHOLE, help_text=say("plan.pass_help")
        )

    def clean(self) -> dict[str, Any]:
        """A share has a limit of its own."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("how") == "percent" and told.get("size", 1) > _WHOLE:
            self.add_error("size", say("wrong.number", least=1, most=_WHOLE))
        return told

    @property
    def wanted(self) -> Wanted:
        """What the valid form asks for."""
        told = self.cleaned_data
        is_share = told["how"] == "percent"
        return Wanted(
            cycle=Cycle(told["cycle"]),
            number=None if is_share else told["size"],
            percent=told["size"] if is_share else None,
            each_agent=told["each_agent"],
            double_percent=told["double_percent"],
            pass_percent=told["pass_percent"],
        )


class ReasonForm(forms.Form):
    """Why somebody does not agree, or what they answer."""

    def __init__(self, label: str, data: Any = None, prefix: str | None = None) -> None:
        super().__init__(data, prefix=prefix)
        self.fields["reason"] = words(say(label), required=True, rows=3)


class DecisionForm(ReasonForm):
    """Keep a mark, or correct it."""

    def __init__(self, most: int, data: Any = None) -> None:
        super().__init__("decide.answer", data)
        choices = [(each.value, say(f"decide.{each}")) for each in Outcome]
        self.fields["outcome"] = forms.ChoiceField(
            label=say("decide.outcome"),
            choices=choices,
            error_messages={"required": say("wrong.outcome")},
        )
        if most:
            self.fields["points"] = whole(
                say("decide.points", most=most), 0, most, required=False,
                help_text=say("decide.points_help"),
            )  # fmt: skip
        self.order_fields(["outcome", "points", "reason"])

    @property
    def outcome(self) -> Outcome:
        """The decision."""
        return Outcome(self.cleaned_data["outcome"])

    @property
    def points(self) -> int | None:
        """None: all of them."""
        found: int | None = self.cleaned_data.get("points")
        return found
