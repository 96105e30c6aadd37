"""Terms in words: field names, choices and durations, in one language, for screens and pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from pactdesk.core.terms.base import Blank, ClauseBase, Model, Source
from pactdesk.core.terms.clauses.service_level import Attribution, Clock, Metric, ServiceLevel
from pactdesk.core.terms.contract import kind_name
from pactdesk.core.terms.durations import Due, Duration
from pactdesk.messages.catalogue import Language, has_text, text

BLANK_MARK = "____"

_UNSAID_OF_CLAUSE = ("id", "kind", "source", "sources")
_USUAL_OF_LEVEL = {"clock": Clock.SERVICE_HOURS, "attribution": Attribution.OPENED}
_SHARES = {"share", "rate", "cap", "of_fee", "rate_per_day", "tax_rate", "most", "payable"}
_OF_LEVELS = {"step", "beyond", "worst", "reached"}


def _is_share(field: str, value: object) -> bool:
    """Whether it is said in percent; a cap above 1 is an amount of yuan, as of rewards.

    What is about a level is a share below 1, and from 1 on a number of seconds.
    """
    if field in _OF_LEVELS:
        return isinstance(value, Decimal) and value < 1
    is_amount = field == "cap" and isinstance(value, Decimal) and value > 1
    return field in _SHARES and not is_amount


@dataclass(frozen=True, slots=True)
class TermWords:
    """The words for terms in one language."""

    language: Language

    def field_name(self, field: str) -> str:
        """The field in words."""
        return text("fields", field, self.language)

    def kind_name(self, kind: str) -> str:
        """The clause kind in words."""
        return text("kinds", kind, self.language)

    def choice(self, value: str) -> str:
        """A value of a closed choice in words; anything else as it is."""
        for section, key in (("values", value), ("explain", f"narrow.{value}")):
            if has_text(section, key, self.language):
                return text(section, key, self.language)
        return value

    def shown(self, value: object) -> str:
        """A term in one line; a blank shows the mark and its suggestion."""
        match value:
            case Blank(suggested=None):
                return BLANK_MARK
            case Blank(suggested=suggested):
                return f"{BLANK_MARK}〔{self.suggestion(suggested)}?〕"
            case bool():
                return self.choice(str(value).lower())
            case Enum():
                return self.choice(str(value.value))
            case Decimal():
                return format(value, "f")
            case date():
                return value.isoformat()
            case Duration():
                return f"{self.shown(value.n)} {self.shown(value.unit)}"
            case Due():
                days = self.shown((value.n, *value.also)) if value.also else self.shown(value.n)
                said = f"{self.shown(value.event)} + {days} {self.shown(value.kind)}"
                needs = [f"{self.field_name('needs')} {self.shown(value.needs)}"]
                return self._between("parts").join([said, *(needs if value.needs else [])])
            case Model():
                return self._between("parts").join(
                    text("term_words", "field", self.language, name=name) + each
                    for name, each in self.rows(value)
                )
            case tuple():
                # What has parts of its own, such as a band with its price, stands further apart.
                between = "groups" if any(isinstance(each, Model) for each in value) else "items"
                return self._between(between).join(self.shown(item) for item in value)
            case str():
                return self.choice(value)
        return str(value)

    def rows(self, model: Model) -> list[tuple[str, str]]:
        """(field, value) in words, without what is absent or goes without saying."""
        if isinstance(model, ServiceLevel):
            return self._level_rows(model)
        unsaid = _UNSAID_OF_CLAUSE if isinstance(model, ClauseBase) else ()
        kind = kind_name(type(model)) if isinstance(model, ClauseBase) else ""
        return [
            (self._name(kind, field), self._value(field, value))
            for field in type(model).model_fields
            if field not in unsaid and (value := getattr(model, field)) is not None and value != ()
        ]

    def _name(self, kind: str, field: str) -> str:
        """The field in words; in some kinds it means something of its own."""
        own = f"{kind}.{field}"
        return self.field_name(own if has_text("fields", own, self.language) else field)

    def _value(self, field: str, value: object) -> str:
        """The value in words; of some fields a choice means something of its own."""
        own = f"{field}.{value.value if isinstance(value, Enum) else value}"
        if isinstance(value, str) and has_text("values", own, self.language):
            return text("values", own, self.language)
        return self.percent(value) if _is_share(field, value) else self.shown(value)

    def percent(self, share: object) -> str:
        """A share as percent: "0.0005" is 0.05%."""
        if not isinstance(share, Decimal):
            return self.shown(share)
        return f"{format((share * 100).normalize(), 'f')}%"

    def _level_rows(self, level: ServiceLevel) -> list[tuple[str, str]]:
        """The target with its comparison; the clock and the day only where they are unusual."""
        unusual = {
            field: self.shown(value)
            for field, usual in _USUAL_OF_LEVEL.items()
            if (value := getattr(level, field)) != usual
        }
        said = ("metric", "channel", "case_type", "within", "formula", "satisfied_from")
        parts = {
            field: self.shown(value)
            for field in said
            if (value := getattr(level, field)) is not None
        }
        aim = self.shown if level.metric is Metric.FIRST_RESPONSE_AVERAGE else self.percent
        parts["target"] = f"{self.shown(level.comparator)} {aim(level.target)}"
        if level.above_forecast is not None:
            parts["above_forecast"] = self.shown(level.above_forecast)
        if level.minimum_sample is not None:
            parts["minimum_sample"] = self.shown(level.minimum_sample)
        return [(self.field_name(field), value) for field, value in (parts | unusual).items()]

    def suggestion(self, value: object) -> str:
        """What is proposed for a blank, in one line."""
        match value:
            case dict():
                return " ".join(self.suggestion(each) for each in value.values())
            case list() | tuple():
                return self._between("items").join(self.suggestion(each) for each in value)
            case Model():
                return " ".join(each for _, each in self.rows(value))
            case bool():
                return self.choice(str(value).lower())
            case Enum():
                return self.choice(str(value.value))
        return self.choice(str(value))

    def _between(self, what: str) -> str:
        return text("term_words", f"between.{what}", self.language)


def unnumbered(source: Source) -> str:
    """The quote in one line, without the clause number that stands in its own column."""
    quote = "".join(source.quote.split("\n"))
    label = source.clause.rpartition("/")[2]
    return " ".join(quote.strip().removeprefix(label).strip(" 　:：").split())
