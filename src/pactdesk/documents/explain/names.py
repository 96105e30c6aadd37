"""What things are called: clauses by their number, terms by their field, levels, lines."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pactdesk.core.settle.quantities.volume import ANY
from pactdesk.core.settle.trace import Op
from pactdesk.core.terms.base import Blank, ClauseBase, Source
from pactdesk.core.terms.clauses.compensation import AGREED_SUM, Compensation
from pactdesk.core.terms.clauses.conventions import Conventions
from pactdesk.core.terms.clauses.deduction import Deduction
from pactdesk.core.terms.clauses.fee_fixed import FixedFee
from pactdesk.core.terms.clauses.fee_per_unit import Measure, PerUnitFee
from pactdesk.core.terms.clauses.fee_surcharge import Surcharge
from pactdesk.core.terms.clauses.service_level import Metric, ServiceLevel
from pactdesk.core.terms.contract import Contract, kind_name
from pactdesk.core.terms.durations import Duration
from pactdesk.core.units.exact import decimal_text
from pactdesk.documents.explain.values import Plain, month_text, percent_text
from pactdesk.messages.catalogue import Language, has_text, text

_MONTH = re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True, slots=True)
class Names:
    """The words for one contract in one language."""

    contract: Contract
    language: Language

    def say(self, key: str, **values: object) -> str:
        """A text of the `explain` section."""
        return text("explain", key, self.language, **values)

    def clause_number(self, clause_id: str) -> str:
        """第 4.1 条; clauses that stand on no paper are named by what added them."""
        clause = self.contract.clause(clause_id)
        if clause.source is not None and clause.source.clause:
            return self._numbered(clause.source)
        if isinstance(clause, Conventions):
            return self.say("clause.conventions")
        return self._added(clause)

    def _added(self, clause: ClauseBase) -> str:
        """补充约定·按量计费之二: by its kind, and which of them where there are several."""
        kind = kind_name(type(clause))
        what = text("kinds", kind, self.language)
        alike = [
            each.id
            for each in self.contract.clauses
            if kind_name(type(each)) == kind and not (each.source and each.source.clause)
        ]
        if len(alike) == 1:
            return self.say("clause.added", what=what)
        return self.say("clause.added_nth", what=what, nth=self._nth(alike.index(clause.id) + 1))

    def term(self, path: str) -> str:
        """The field's name: 人员单价."""
        clause = self.contract.clause(path.split(".")[0])
        parts = path.split(".")[1:]
        field = ".".join(part for part in parts if not part.isdigit())
        if isinstance(clause, FixedFee) and field == "amount":
            field = f"amount_{clause.per}"
        if field == "tax_rate":
            return self.say("term.tax_rate")
        places = [self._nth(int(part) + 1) for part in parts if part.isdigit()]
        return self.say(f"term.{clause.kind}.{field}", nth="".join(places[:1]))

    def _nth(self, n: int) -> str:
        """第几档: an ordinal in letters, so that no figure stands where none was counted."""
        key = f"nth.{n}"
        return self.say(key) if has_text("explain", key, self.language) else str(n)

    def term_place(self, path: str) -> str:
        """The clause that agrees the term: where its field stands, else where the clause does."""
        clause_id, *fields = path.split(".")
        clause: ClauseBase = self.contract.clause(clause_id)
        source = clause.sources.get(".".join(fields))
        if source is not None and source.clause:
            return self._numbered(source)
        return self.clause_number(clause_id)

    def level(self, clause_id: str) -> str:
        """首次响应及时率: the paper's title (in Chinese), else what the metric is called."""
        clause = self.contract.clause(clause_id)
        assert isinstance(clause, ServiceLevel)  # noqa: S101 - only levels are asked for here
        if clause.title and self.language == "zh":
            return clause.title
        name = self.say(f"metric.{clause.metric}", within=self.duration(clause.within))
        # Two levels of one metric differ in whom they are about.
        narrow = [self.say(f"narrow.{each}") for each in (clause.channel, clause.case_type) if each]
        return self.say("narrowed", name=name, what=narrow) if narrow else name

    def duration(self, length: Duration | Blank | None) -> str:
        """30 秒."""
        if not isinstance(length, Duration):
            return ""
        one = ".one" if length.n == 1 else ""
        return self.say(f"duration.{length.unit}{one}", n=length.n)

    def target(self, clause_id: str, value: Any) -> str:
        """≥ 95%."""
        clause = self.contract.clause(clause_id)
        assert isinstance(clause, ServiceLevel)  # noqa: S101 - only levels are asked for here
        return self.say(f"comparator.{clause.comparator}", value=self.level_value(clause, value))

    def level_value(self, clause: ServiceLevel, value: Any, places: int = 4) -> str:
        """A value of the level in its own unit."""
        if clause.metric is Metric.FIRST_RESPONSE_AVERAGE:
            return text("explain_values", "unit.s", self.language, n=decimal_text(value, places))
        return percent_text(value, places)

    def for_days(self, name: str, entry: Plain) -> str:
        """The name; for a line or level that is not for the whole month, with its days."""
        days = self.days(entry)
        return self.say("for_days", name=name, days=days) if days else name

    def days(self, entry: Plain) -> str:
        """2026-10-01 至 2026-10-15; empty for the whole month."""
        if "days" not in entry:
            return ""
        first, last = entry["days"].split("|")
        return self.say("days", first=first, last=last)

    def line_title(self, line: Plain) -> str:
        """What the line is about, for which days, and for a line at zero why it stands there."""
        return self.for_days(self.item(line), line)

    def changed_line(self, line: Plain) -> str:
        """A line of another month, by its kind and clause."""
        clause = next((e for e in self.contract.clauses if e.id == line["clause"]), None)
        if clause is None:
            return str(line["clause"])
        place = self.clause_number(clause.id)
        # What stands on no paper is told by its kind, and which of them it is, already.
        if clause.source is None or not clause.source.clause:
            return place
        return self.say("changed_line", place=place, number=clause.id)

    def item(self, line: Plain) -> str:
        """What the line is about, without its days."""
        if "of" in line:
            month = month_text(line["of"], self.language)
            return self.say(f"line.{line['kind']}.title", month=month)
        clause = self.contract.clause(line["clause"])
        exact = line["trace"]["inputs"][0]
        if isinstance(clause, Deduction):
            state = exact.get("label") if exact["op"] == Op.CONSTANT else "level_missed"
            return self.say(f"line.deduction.{state}", level=self.level(clause.level))
        if line["kind"] == "vat":
            rate = self.contract.value(f"{clause.id}.tax_rate")
            return self.say("line.vat.title", rate=percent_text(Fraction(str(rate))))
        if isinstance(clause, PerUnitFee) and line["kind"] == "fee_per_unit":
            return self.say("line.fee_per_unit.title", measure=self.measure(clause))
        if isinstance(clause, Compensation) and clause.id.startswith(AGREED_SUM):
            state = "agreed_none" if exact["op"] == Op.CONSTANT else "agreed"
            return self.say(f"line.compensation.{state}")
        if isinstance(clause, Surcharge) and line["kind"] == "fee_surcharge":
            return self.say("line.fee_surcharge.title", what=self._surcharge(clause))
        key = f"line.{line['kind']}.zero"
        is_zero_said = line["amount_fen"] == 0 and has_text("explain", key, self.language)
        what = self._word(str(getattr(clause, "what", None) or getattr(clause, "item", "")))
        return self.say(key if is_zero_said else f"line.{line['kind']}.title", what=what)

    def measure(self, clause: PerUnitFee) -> str:
        """What the parties call the fee, else its unit; a measure of their own by its own name."""
        if clause.title and self.language == "zh":
            return clause.title
        return self._word(str(clause.usage if clause.measure is Measure.USAGE else clause.measure))

    def _surcharge(self, clause: Surcharge) -> str:
        """What the parties call it, else by what it is reckoned."""
        if clause.title and self.language == "zh":
            return clause.title
        kind = "" if isinstance(clause.rule, Blank) else clause.rule.kind
        return self.say(f"line.fee_surcharge.{kind}")

    def quantity(self, of: str) -> str:
        """What was counted: 有效会话数（在线）; of which clause, the line says."""
        name, *arguments = of.split("|")
        if name == "resettled":
            month, day = arguments
            return self.say(f"quantity.{name}", month=month_text(month, self.language), day=day)
        unsaid = {ANY, *(clause.id for clause in self.contract.clauses)}
        told = [self._argument(each) for each in arguments if each not in unsaid]
        return self.say(f"quantity.{name}", of=told)

    def _argument(self, argument: str) -> str:
        """A place in a list is told by its ordinal."""
        if argument.isdigit():
            return self._nth(int(argument) + 1)
        if _MONTH.fullmatch(argument):
            return month_text(argument, self.language)
        return self._word(argument)

    def _word(self, argument: str) -> str:
        for section, key in (("explain", f"narrow.{argument}"), ("values", argument)):
            if has_text(section, key, self.language):
                return text(section, key, self.language)
        return argument

    def cause(self, reason: str) -> str:
        """Why something was taken out; a cause that the parties wrote stays in their words."""
        known = has_text("explain", f"reason.{reason}", self.language)
        return (
            self.say(f"reason.{reason}")
            if known
            else self.say("reason.own", cause=self._word(reason))
        )

    def _numbered(self, source: Source) -> str:
        """ "5.2/（1）" is item （1） of 5.2."""
        number, _, items = source.clause.partition("/")
        items = items.replace("/", "")
        if self.language == "en":
            items = unicodedata.normalize("NFKC", items)
        # Paper that numbers by 第三条 already says the word.
        # So does the heading of the paper, 首部, which has no number.
        is_spoken = number.startswith(("第", "附", "首")) or "条" in number
        return (number if is_spoken else self.say("clause.number", number=number)) + items
