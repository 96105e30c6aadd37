"""The group of commands, and the one place where an error becomes a sentence and a code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import click

from pactdesk.cli.exits import Exit
from pactdesk.cli.language import LANGUAGE, words
from pactdesk.cli.usage import told
from pactdesk.core.units.errors import PactError
from pactdesk.messages.catalogue import say

COMMANDS = (
    "read", "fill", "lint", "simulate", "import", "keys", "seal",
    "measure", "settle", "payslip", "obligations", "explain", "verify", "backtest", "demo",
)  # fmt: skip
"""In the order of the work; each in `commands/<name>_.py`, as `command`."""

OPERATIONS = (
    "init", "serve", "upgrade", "doctor", "backup", "restore", "rotate-vault", "demodesk",
)  # fmt: skip
"""What runs a desk. They see everything, so they are in `config/commands`, which may import us
and which we load by name, when one is asked for."""


DEBUG = "PACTDESK_DEBUG"


class Unforeseen(PactError):
    """A mistake of ours: `kind`, `problem`; with `variable` set, Python shows where."""


class Worded(click.Command):
    """A command whose help speaks the user's language."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=words("usage") + " ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = (each for each in self.get_params(ctx) if isinstance(each, click.Option))
        rows = [row for each in options if (row := each.get_help_record(ctx))]
        if rows:
            with formatter.section(words("options")):
                formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = words("help.help")
        return option


class Group(Worded, click.Group):
    """`pactdesk`: loads a command's module only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return [*COMMANDS, *OPERATIONS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in (*COMMANDS, *OPERATIONS):
            return None
        package = "cli" if cmd_name in COMMANDS else "config"
        module = import_module(f"pactdesk.{package}.commands.{cmd_name.replace('-', '_')}_")
        command: click.Command = module.command
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        Worded.format_options(self, ctx, formatter)
        for title, names in (("commands", COMMANDS), ("operations", OPERATIONS)):
            with formatter.section(words(title)):
                formatter.write_dl([(name, words(f"{name}.short")) for name in names])
        formatter.write_paragraph()
        with formatter.section(words("exit_codes")):
            formatter.write_dl(
                [(str(int(code)), words(f"exit.{code.name.lower()}")) for code in Exit]
            )


def declared(name: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Declares `pactdesk <name>` with its help from the catalogue."""
    return click.command(
        name, cls=Worded, help=words(f"{name}.help"), short_help=words(f"{name}.short")
    )


def option(*names: str, **settings: Any) -> Callable[[Any], Any]:
    """An option whose help is `help.<name>` of the catalogue."""
    key = max((each for each in names if each.startswith("--")), key=len).split("/")[0]
    return click.option(*names, help=words(f"help.{key.removeprefix('--')}"), **settings)


as_json_option = option("--json", "as_json", is_flag=True)


@click.group(cls=Group, help=words("group.help"), context_settings={"max_content_width": 100})
@click.version_option(package_name="pactdesk", prog_name="pactdesk", help=words("help.version"))
def cli() -> None:
    """`pactdesk`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; every error becomes one sentence on standard error and an exit code."""
    try:
        code = cli.main(args=arguments, prog_name="pactdesk", standalone_mode=False)
        return int(code or 0)
    except click.exceptions.NoArgsIsHelpError as shown:
        click.echo(shown.format_message())
        return Exit.DONE
    except click.UsageError as problem:
        return _tell(told(problem))
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(words("interrupted"), err=True)
        return 130
    except PactError as problem:
        return _tell(problem)
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.DONE
    except Exception as problem:
        if os.environ.get(DEBUG):
            raise
        return _tell(Unforeseen(kind=type(problem).__name__, problem=str(problem), variable=DEBUG))


def _tell(problem: PactError) -> int:
    click.echo(f"{words('error')} {say(problem, LANGUAGE)}", err=True)
    return Exit.UNUSABLE
