"""What a wrong call is told: click's own errors, as facts with sentences in both languages."""

from __future__ import annotations

import click

from pactdesk.core.units.errors import PactError


class UsageWrong(PactError):
    """The call of `command` cannot be understood: `problem`."""


class ArgumentMissing(UsageWrong):
    """`command` needs `name`."""


class OptionUnknown(UsageWrong):
    """`command` has no option `name`."""


class CommandUnknown(UsageWrong):
    """There is no command `name`."""


class ValueUnusable(UsageWrong):
    """`name` of `command` must be `expected`."""


class TooManyArguments(UsageWrong):
    """`command` does not know what to do with `name`."""


def told(problem: click.UsageError) -> PactError:
    """The same problem as one of ours."""
    command = problem.ctx.command_path if problem.ctx else "pactdesk"
    said = problem.format_message()
    match problem:
        case click.MissingParameter(param=click.Parameter() as param):
            return ArgumentMissing(command=command, name=_shown(param), problem=said)
        case click.NoSuchCommand():
            return CommandUnknown(command=command, name=problem.command_name, problem=said)
        case click.NoSuchOption():
            return OptionUnknown(command=command, name=problem.option_name, problem=said)
        case click.BadParameter(param=click.Parameter() as param):
            return ValueUnusable(command=command, name=_shown(param), expected=_expected(param))
        case click.UsageError(message=message) if "extra argument" in message:
            return TooManyArguments(command=command, name=message.partition("(")[2].rstrip(")"))
    return UsageWrong(command=command, problem=said)


def _expected(param: click.Parameter) -> str:
    match param.type:
        case click.Choice(choices=choices):
            return " | ".join(map(str, choices))
        case click.DateTime():
            return "2026-10-31"
        case kind if kind.name == "integer":
            return "1, 2, 3 …"
        case kind:
            return kind.name


def _shown(param: click.Parameter) -> str:
    return (
        param.opts[0] if param.opts and param.opts[0].startswith("-") else param.human_readable_name
    )
