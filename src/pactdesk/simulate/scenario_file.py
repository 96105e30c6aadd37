"""A scenario as a small YAML file: what it names replaces the default, the rest stays."""

from __future__ import annotations

import types
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pactdesk.core.facts.kinds import CaseType
from pactdesk.core.terms.text import plain_yaml
from pactdesk.core.units.errors import PactError
from pactdesk.simulate.limits import Limit
from pactdesk.simulate.scenario import Scenario


class ScenarioValueWrong(PactError):
    """In `file`, `value` at `path` is not what a scenario may hold there: `expected`."""


class ScenarioFieldUnknown(PactError):
    """In `file`, `path` names nothing that a scenario has; `known` lists what it has there."""


class ScenarioFieldMissing(PactError):
    """In `file`, the entry `path` is not given, and it has no default."""


class AgentUnknown(PactError):
    """`path` of a scenario speaks of `agent`, whom the roster does not have; `known` does."""


class ScenarioNameTwice(PactError):
    """`path` of a scenario names `name` twice; their facts could not be told apart."""


class ChannelUnserved(PactError):
    """Customers come through `channel`, but the scenario has no handling for it, or no agent."""


class CaseTypeUnserved(PactError):
    """The scenario does not say what follows from a `case_type`."""


def scenario_from_yaml(text: str, file: str = "scenario.yaml") -> Scenario:
    """The default scenario with what `text` changes.

    A list replaces the whole list of the default; inside a group such as `shifts` only the
    named entries change.

    raises  TermsUnreadable (no YAML), ScenarioValueWrong, ScenarioFieldUnknown,
            ScenarioFieldMissing, and what `checked` raises

    >>> scenario_from_yaml("customers: 900").customers
    900
    """
    plain = plain_yaml(text, file)
    read: Scenario = _Reader(file).group(Scenario, {} if plain is None else plain, "", Scenario())
    return checked(read)


def checked(scenario: Scenario) -> Scenario:
    """The same scenario, if its parts speak of each other rightly.

    raises  AgentUnknown, ScenarioNameTwice, ChannelUnserved, CaseTypeUnserved
    """
    known = [agent.name for agent in scenario.agents]
    _refuse_twice("agents", known)
    _refuse_twice("demand", [demand.channel.value for demand in scenario.demand])
    shifts = scenario.shifts
    for name, days in (
        ("absences", shifts.absences),
        ("forgotten_clock_outs", shifts.forgotten_clock_outs),
        ("share_changes", shifts.share_changes),
    ):
        for each in days:
            if each.agent not in known:
                raise AgentUnknown(path=f"shifts.{name}", agent=each.agent, known=known)
    handled = {each.channel for each in scenario.handling}
    served = {channel for agent in scenario.agents for channel in agent.channels}
    for demand in scenario.demand:
        if demand.channel not in handled & served:
            raise ChannelUnserved(channel=demand.channel.value)
    _check_case_types(scenario)
    return scenario


def _refuse_twice(path: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise ScenarioNameTwice(path=path, name=name)


def _check_case_types(scenario: Scenario) -> None:
    for case_type in CaseType:
        if case_type not in {habits.case_type for habits in scenario.cases}:
            raise CaseTypeUnserved(case_type=case_type.value)


class _Reader:
    """Reads plain data into the shapes that the annotations name."""

    def __init__(self, file: str) -> None:
        self._file = file

    def group(self, shape: type[Any], plain: object, path: str, default: object) -> Any:
        """A dataclass from a mapping; entries not named come from `default`."""
        if not isinstance(plain, dict):
            raise self._wrong(path or ".", plain, "{…}")
        known = {each.name: each for each in fields(shape)}
        for name in plain:
            if name not in known:
                where = _below(path, str(name))
                raise ScenarioFieldUnknown(file=self._file, path=where, known=list(known))
        hints = get_type_hints(shape, include_extras=True)
        values = {}
        for name, each in known.items():
            start = _default(each) if default is None else getattr(default, name)
            where = _below(path, name)
            if name in plain:
                values[name] = self.value(hints[name], plain[name], where, start)
            elif start is MISSING:
                raise ScenarioFieldMissing(file=self._file, path=where)
            else:
                values[name] = start
        return shape(**values)

    def value(self, hint: Any, plain: object, path: str, default: object = None) -> Any:
        """`plain` as what `hint` asks for."""
        if get_origin(hint) is Annotated:
            kind, *limits = get_args(hint)
            return self._limited(self.value(kind, plain, path), limits, path)
        if get_origin(hint) in (Union, types.UnionType):
            if plain is None:
                return None
            return self.value(get_args(hint)[0], plain, path, default)
        if get_origin(hint) is tuple:
            return self._items(get_args(hint)[0], plain, path)
        if is_dataclass(hint) and isinstance(hint, type):
            start = default if isinstance(default, hint) else None
            return self.group(hint, plain, path, start)
        return self._plain(hint, plain, path)

    def _items(self, hint: Any, plain: object, path: str) -> tuple[Any, ...]:
        if not isinstance(plain, list):
            raise self._wrong(path, plain, "[…]")
        return tuple(self.value(hint, item, f"{path}.{at}") for at, item in enumerate(plain))

    def _limited(self, value: Any, limits: list[Limit], path: str) -> Any:
        for limit in limits:
            if not limit.accepts(value):
                raise self._wrong(path, value, str(limit))
        return value

    def _plain(self, hint: Any, plain: object, path: str) -> Any:
        if isinstance(hint, type) and issubclass(hint, Enum):
            words = [str(word.value) for word in hint]
            if plain not in words:
                raise self._wrong(path, plain, "|".join(words))
            return hint(plain)
        whole = isinstance(plain, int) and not isinstance(plain, bool)
        if hint is float and whole:
            return plain
        if isinstance(plain, hint) and (whole or hint is not int):
            return plain
        raise self._wrong(path, plain, {str: '"…"', int: "1, 2, 3 …", float: "0.5"}[hint])

    def _wrong(self, path: str, value: object, expected: str) -> ScenarioValueWrong:
        shown = str(value)[:80]
        return ScenarioValueWrong(file=self._file, path=path, value=shown, expected=expected)


def _default(each: Field[Any]) -> object:
    if each.default_factory is not MISSING:
        return each.default_factory()
    return each.default


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
