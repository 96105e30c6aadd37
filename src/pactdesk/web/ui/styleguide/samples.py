"""Invented values for the style guide: a merchant, a month, a late answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.paginator import Paginator

from pactdesk.core.units.instants import Instant, instant_at
from pactdesk.core.units.money import Money
from pactdesk.core.units.ratio import Ratio
from pactdesk.messages.catalogue import text
from pactdesk.web.ui.values import (
    Clock,
    ClockState,
    Column,
    Event,
    Figure,
    LevelBar,
    Line,
    MoneyTable,
    Named,
    Place,
    Quote,
    Shell,
    Tab,
    Table,
    Why,
    running_clock,
)
from pactdesk.web.ui.words import page_language

NOW = instant_at("2026-11-20T17:58:00+08:00")
_MINUTE = 60_000
_HOUR = 60 * _MINUTE


def samples() -> Mapping[str, Any]:
    """What `ui/styleguide.html` shows."""
    return {
        "shell": _shell(),
        "figures": _figures(),
        "quote": _quote(),
        "clocks": _clocks(),
        "levels": _levels(),
        "statement": _statement(),
        "table": _table(),
        "events": _events(),
        "form": _form({}),
        "wrong_form": _form({"email": "lin@", "reason": ""}),
        "page": Paginator(range(95), 20).page(3),
        "tabs": _tabs(),
    }


def _t(key: str, **facts: object) -> str:
    return text("styleguide", key, page_language(), **facts)


def _shell() -> Shell:
    places = (("desk", "inbox"), ("levels", "level"), ("statements", "paper"), ("people", "person"))
    entries = (
        Place(_t(f"place.{key}"), "?" if key == "levels" else f"?{key}", icon, key == "levels")
        for key, icon in places
    )
    return Shell(_t("organisation"), _t("person"), tuple(entries))


def _clause(number: str) -> str:
    return text("ui", "clause", page_language(), clause=number)


def _quote() -> Quote:
    # The contract's own words stay Chinese in either language.
    return Quote(_clause("5.2"), text("styleguide", "quote", "zh"), _t("document"))


def _why(key: str) -> Why:
    facts = (
        Named(_t("fact.answered"), "1,826"),
        Named(_t("fact.counted"), "2,000"),
        Named(_t("fact.excluded"), "14"),
        Named(_t("fact.fee"), "¥ 48,000.00"),
    )
    return Why(key, _quote(), _t("formula"), facts)


def _figures() -> tuple[Figure, ...]:
    return (
        Figure(_t("figure.reply"), "91.30", "%", _t("figure.reply_note"), _why("reply")),
        Figure(
            _t("figure.risk"), "¥ −1,440.00", "", _t("figure.risk_note"), _why("risk"), tone="bad"
        ),
        Figure(_t("figure.open"), "27", _t("figure.open_unit"), _t("figure.open_note")),
        Figure(_t("figure.rating"), "4.6", "/ 5", _t("figure.rating_note"), _why("rating")),
    )


def _clocks() -> tuple[Clock, ...]:
    """Every state; those that tick have 14 hours ahead, the first crosses a closing time."""
    tonight, tomorrow = (NOW - 8 * _HOUR, NOW + 3 * _HOUR), (NOW + 15 * _HOUR, NOW + 27 * _HOUR)
    hours = tuple((Instant(start), Instant(end)) for start, end in (tonight, tomorrow))

    def ticking(minutes_ms: int, from_: tuple[tuple[Instant, Instant], ...] = hours) -> Clock:
        due = Instant(NOW + minutes_ms)
        return running_clock(_t("clock.reply"), now=NOW, due_at=due, hours=from_)

    return (
        ticking(4 * _MINUTE + 32_000),
        ticking(16 * _HOUR),
        ticking(48_000),
        ticking(16 * _HOUR, hours[1:]),
        Clock(_t("clock.solve"), ClockState.PAUSED, 95 * _MINUTE, NOW, reason=_t("clock.reason")),
        Clock(_t("clock.reply"), ClockState.MET, 42_000, NOW),
        Clock(_t("clock.solve"), ClockState.MISSED, 190_000, NOW),
    )


def _levels() -> tuple[LevelBar, ...]:
    ninety = Ratio(90, 100)
    return (
        LevelBar(
            _t("level.solved"), _clause("5.3"), ninety, Ratio(1912, 2000), True, why=_why("solved")
        ),
        LevelBar(
            *(_t("level.reply"), _clause("5.2"), Ratio(95, 100), Ratio(1826, 2000), False, 14),
            why=_why("bar"),
        ),
        LevelBar(_t("level.rating"), _clause("5.5"), ninety, Ratio(311, 340)),
        LevelBar(_t("level.calls"), _clause("5.4"), ninety, reason=_t("level.reason")),
    )


def _statement() -> MoneyTable:
    lines = (
        Line(_t("line.fee"), "6.1", _t("line.fee_basis"), Money.of("48000.00")),
        Line(_t("line.late"), "7.2(b)", _t("line.late_basis"), Money.of("-1440.00"), _why("late")),
        Line(_t("line.extra"), "6.3", _t("line.extra_basis"), Money.of("265.20")),
    )
    return MoneyTable(_t("line.caption"), lines)


def _table() -> Table:
    columns = (
        Column(_t("table.conversation")),
        Column(_t("table.merchant")),
        Column(_t("table.messages"), is_number=True),
        Column(_t("table.first"), is_number=True),
    )
    rows = (
        ("C-20817", _t("table.tea"), "12", "00:42"),
        ("C-20818", _t("table.lamp"), "7", "01:16"),
        ("C-20819", _t("table.tea"), "118", "1:03:05"),
    )
    return Table(_t("table.caption"), columns, rows)


def _events() -> tuple[Event, ...]:
    day = "2026-11-20T"
    return (
        Event("14:02:10", f"{day}14:02:10", _t("event.customer"), _t("event.asks"), "chat"),
        Event(
            "14:02:52", f"{day}14:02:52", _t("event.agent"), _t("event.answers"), "check", "good",
            _t("event.after", time="00:42"),
        ),
        Event(
            "14:09:30", f"{day}14:09:30", _t("event.agent"), _t("event.waits"), "pause", "info",
            _t("event.after", time="06:38"),
        ),
        Event(
            "18:20:00", f"{day}18:20:00", _t("event.system"), _t("event.misses"), "late", "bad",
            _t("event.after", time="4:10:30"),
        ),
        Event(
            "18:23:10", f"{day}18:23:10", _t("event.customer"), _t("event.rates"), "star", "",
            _t("event.after", time="03:10"),
        ),
    )  # fmt: skip


def _tabs() -> tuple[Tab, ...]:
    counts = (("open", 12), ("waiting", 3), ("closed", None))
    return tuple(Tab(key, _t(f"tab.{key}"), count) for key, count in counts)


def _form(data: Mapping[str, str]) -> forms.Form:
    class Objection(forms.Form):
        """Shows each kind of field."""

        email = forms.EmailField(label=_t("form.email"), help_text=_t("form.email_help"))
        line = forms.ChoiceField(
            label=_t("form.line"), choices=[("7.2", _t("line.late")), ("6.1", _t("line.fee"))]
        )
        reason = forms.CharField(
            label=_t("form.reason"),
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": _t("form.reason_missing")},
        )
        note = forms.CharField(label=_t("form.note"), required=False)
        copy = forms.BooleanField(label=_t("form.copy"), required=False)

    prefix = "wrong" if data else "clean"
    given = {f"{prefix}-{name}": value for name, value in data.items()}
    return Objection(given or None, prefix=prefix)
