"""Terms as YAML and JSON, both ways, and their published schema."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.errors import PactError

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class TermsUnreadable(PactError):
    """`file` is not YAML: `problem`, at line `line`."""


class TermTwice(TermsUnreadable):
    """`file` says `problem` twice in one place, the second time at line `line`."""


class TermsInvalid(PactError):
    """`file`: the term at `path` is not acceptable: `problem`; subclasses say it plainer."""


class FieldMissing(TermsInvalid):
    """`file`: nothing stands at `path`, where a term or a blank must."""


class FieldUnknown(TermsInvalid):
    """`file`: no term is called `path`."""


class ChoiceUnknown(TermsInvalid):
    """`file`: at `path` one of `expected` must stand, not `given`."""


class NumberUnquoted(TermsInvalid):
    """`file`: the number at `path` (`given`) has no quotes; a float has lost digits by then."""


class NumberUnreadable(TermsInvalid):
    """`file`: at `path` a decimal in quotes must stand, not `given`."""


class DateUnreadable(TermsInvalid):
    """`file`: at `path` a date such as 2026-10-01 must stand, not `given`."""


class NumberOutOfRange(TermsInvalid):
    """`file`: the number at `path` (`given`) must be `expected`, such as "≤ 1"."""


class IdTwice(TermsInvalid):
    """`file`: two clauses have the id `given`."""


class _PlainLoader(_LOADER):  # type: ignore[misc]  # the loader class is chosen at run time
    """YAML as people mean it: 2026-10-01 stays a text until its field reads it, `on` and `no`
    are words, 010 is not eight, and nothing is said twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        """The mapping; a key that stands there twice is refused, not the last one taken."""
        keys: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.tag != _MERGE:
                if key.value in keys:
                    raise _TwiceInYaml(key.value, key.start_mark.line + 1)
                keys.add(key.value)
        return super().construct_mapping(node, deep)


class _TwiceInYaml(Exception):
    """`key` stands a second time in its mapping, on `line`."""

    def __init__(self, key: str, line: int) -> None:
        self.key, self.line = key, line
        super().__init__(key)


class _Writer(yaml.SafeDumper):
    """Writes every text so that it is read back the same."""


def _written(writer: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # PyYAML writes these line breaks as they are, and reads them back as others.
    style = '"' if _ODD_BREAKS.search(text) else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _written)
_ODD_BREAKS = re.compile("[\r\x85\u2028\u2029]")
_MERGE = "tag:yaml.org,2002:merge"
_TOLD_OTHERWISE = {f"tag:yaml.org,2002:{kind}" for kind in ("timestamp", "bool", "int")}

_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag not in _TOLD_OTHERWISE]
    for first, resolvers in _LOADER.yaml_implicit_resolvers.items()
}
_PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"(true|false)\Z"), list("tf")
)
_PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"-?(0|[1-9][0-9]*)\Z"), list("-0123456789")
)


DEEPEST = 100
"""Brackets within brackets; the C loader would overrun its stack long after any sense ends."""

MOST_VALUES = 200_000
"""Aliases of aliases make a few lines into more than any machine can hold."""


def _nesting(text: str) -> int:
    depth = deepest = 0
    for character in text:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}" and depth:
            depth -= 1
    return deepest


def plain_yaml(text: str, file: str) -> Any:
    """YAML as plain lists, dicts, texts, integers; `file` is named in errors."""
    if _nesting(text) > DEEPEST:
        raise TermsUnreadable(file=file, line=1, problem=f"[[[…{{{{{{ > {DEEPEST}")
    try:
        value = yaml.load(text, Loader=_PlainLoader)  # noqa: S506 - a safe loader, see above
    except _TwiceInYaml as twice:
        raise TermTwice(file=file, line=twice.line, problem=twice.key) from None
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        said = getattr(problem, "problem", None) or str(problem).splitlines()[0]
        raise TermsUnreadable(file=file, line=mark.line + 1 if mark else 1, problem=said) from None
    if _spread_out(value, {}) > MOST_VALUES:
        raise TermsUnreadable(file=file, line=1, problem=f"&…*… > {MOST_VALUES}")
    return value


def _spread_out(value: object, known: dict[int, int]) -> int:
    """How many values it is with every alias (`*name`) written out; a circle counts once."""
    if not isinstance(value, list | dict):
        return 1
    if id(value) not in known:
        known[id(value)] = 1
        inside = value.values() if isinstance(value, dict) else value
        known[id(value)] += sum(_spread_out(each, known) for each in inside)
    return known[id(value)]


def contract_from_plain(value: object, file: str = "terms") -> Contract:
    """Checks plain data strictly: unknown fields, unquoted amounts, wrong kinds are refused."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError) as odd:  # bytes or sets of YAML's own, or a circle
        raise TermsInvalid(file=file, path=".", problem=str(odd), expected="", given="") from None
    try:
        return Contract.model_validate_json(text)
    except ValidationError as problem:
        raise _told(_most_telling(problem), file, value) from None


def contract_from_yaml(text: str, file: str = "terms.yaml") -> Contract:
    """Reads what `contract_to_yaml` wrote, or what a person wrote in that form."""
    return contract_from_plain(plain_yaml(text, file), file)


def contract_to_plain(contract: Contract) -> dict[str, Any]:
    """Plain data; fields that are absent (None, no sources) are left out."""
    plain = contract.model_dump(mode="json", exclude_none=True)
    for part in ("amendments", "accepted"):
        if not plain[part]:
            del plain[part]
    changes = (change for each in plain.get("amendments", []) for change in each["changes"])
    for clause in (*plain["clauses"], *(each["to"] for each in changes if "to" in each)):
        if not clause.get("sources"):
            clause.pop("sources", None)
    return plain


def contract_to_yaml(contract: Contract) -> str:
    """The file a person keeps: the paper's order, block style, amounts quoted."""
    return str(
        yaml.dump(
            contract_to_plain(contract),
            Dumper=_Writer,
            allow_unicode=True,
            sort_keys=False,
            width=100,
        )
    )


def contract_to_json(contract: Contract) -> str:
    """The same as JSON."""
    return json.dumps(contract_to_plain(contract), ensure_ascii=False, indent=1)


def json_schema() -> dict[str, Any]:
    """The published JSON Schema of the terms file."""
    return TypeAdapter(Contract).json_schema(mode="validation")


_TOLD: dict[str, type[TermsInvalid]] = {
    "missing": FieldMissing,
    "extra_forbidden": FieldUnknown,
    "literal_error": ChoiceUnknown,
    "enum": ChoiceUnknown,
    "union_tag_invalid": ChoiceUnknown,
    "unquoted_number": NumberUnquoted,
    "not_decimal": NumberUnreadable,
    "not_day": DateUnreadable,
    **dict.fromkeys(("greater_than", "greater_than_equal", "less_than_equal"), NumberOutOfRange),
    "date_parsing": DateUnreadable,
    "date_from_datetime_parsing": DateUnreadable,
    "id_twice": IdTwice,
}
"""pydantic's error type → the plainer error."""


def _told(error: Any, file: str, value: object) -> TermsInvalid:
    context = error.get("ctx", {})
    given = context.get("given") or context.get("tag") or str(error["input"])[:60]
    return _TOLD.get(error["type"], TermsInvalid)(
        file=file,
        path=_path_of(error["loc"], value),
        problem=error["msg"],
        expected=str(context.get("expected") or context.get("expected_tags") or _bound(context)),
        given=given,
    )


def _bound(context: dict[str, Any]) -> str:
    """What a number must keep to: "≤ 1"."""
    return " ".join(f"{_BOUNDS[key]} {context[key]}" for key in _BOUNDS if key in context)


_BOUNDS = {"gt": ">", "ge": "≥", "le": "≤"}


def _most_telling(problem: ValidationError) -> Any:
    """A field that may be one of several shapes fails for each; tell the shape that was meant."""
    errors = problem.errors(include_url=False)
    other_shapes = {
        e["loc"][:-1] for e in errors if e["type"] == "literal_error" and e["loc"][-1] == "kind"
    }
    meant = [e for e in errors if "Blank" not in e["loc"] and e["loc"][:-1] not in other_shapes]
    return (meant or errors)[0]


def _path_of(location: tuple[int | str, ...], value: object) -> str:
    """ "clauses.3.unit_price" told by clause id: "fee-1.unit_price"."""
    parts = [str(part) for part in location]
    if len(parts) >= 2 and parts[0] == "clauses" and isinstance(value, dict):
        clauses = value.get("clauses")
        index = int(parts[1]) if parts[1].isdigit() else -1
        if isinstance(clauses, list) and 0 <= index < len(clauses):
            clause = clauses[index]
            name = clause.get("id", parts[1]) if isinstance(clause, dict) else parts[1]
            # The third part is the kind, which the id already tells; shapes that pydantic
            # tried ("PerPoint", "date", "function-before[…]") stand between the fields.
            rest = [part for part in parts[3:] if part.isdigit() or _is_field_name(part)]
            return ".".join([str(name), *rest])
    return ".".join(parts) or "."


def _is_field_name(part: str) -> bool:
    return part.isidentifier() and part == part.lower() and part not in {"date", "str", "int"}
