"""Row-level security as a migration operation: who may see and write which rows of a table.

    EnableRowSecurity("cases_case", by_contract(), app="SELECT, INSERT, UPDATE", worker="SELECT")

turns it on, forces it (also on the owner), lets the roles do what is said and nothing else, and
makes its policies. A rule is SQL over the table's own columns and the functions of the schema
`pactdesk` (migration walls 0001); each is called once a statement, not once a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

APP, WORKER = "pactdesk_app", "pactdesk_worker"

PERSON = "(SELECT pactdesk.scope_person())"
ORG = "(SELECT pactdesk.scope_org())"
CONTRACTS = "(SELECT pactdesk.scope_contracts())"
OPERATOR = "(SELECT pactdesk.scope_is_operator())"
ADMINISTRATOR = "(SELECT pactdesk.scope_is_administrator())"
LOGIN = "(SELECT pactdesk.scope_login())"
CONVERSATIONS = "(SELECT pactdesk.scope_conversations())"
SITE = "(SELECT pactdesk.scope_site())"


@dataclass(frozen=True, slots=True)
class Rule:
    """SQL conditions: rows that may be seen (and changed), and what a written row must fulfil.

    see         rows that can be read
    change      rows that can be updated or deleted; the same as `see` unless given
    write       what a new or changed row must fulfil; the same as `change` unless given
    worker_all  whether jobs see and write every row, for tables that jobs drain
    """

    see: str
    change: str = ""
    write: str = ""
    worker_all: bool = False

    def policies(self, quoted: str) -> list[str]:
        """The statements that put the rule on a table."""
        change = self.change or self.see
        write = self.write or change
        made = {
            "see": f"FOR SELECT TO {APP}, {WORKER} USING ({self.see})",
            "add": f"FOR INSERT TO {APP}, {WORKER} WITH CHECK ({write})",
            "change": f"FOR UPDATE TO {APP}, {WORKER} USING ({change}) WITH CHECK ({write})",
            "remove": f"FOR DELETE TO {APP}, {WORKER} USING ({change})",
        }
        if self.worker_all:
            made["jobs"] = f"TO {WORKER} USING (true) WITH CHECK (true)"
        return [f"CREATE POLICY {name} ON {quoted} {rule}" for name, rule in made.items()]


def by_contract(column: str = "contract_id") -> Rule:
    """Rows of the contracts in the scope."""
    return Rule(f"{column} = ANY ({CONTRACTS}::uuid[])")


def by_conversation(column: str = "conversation_id") -> Rule:
    """Rows of the contracts in the scope; of a customer's, their conversation's alone."""
    return Rule(
        f"contract_id = ANY ({CONTRACTS}::uuid[])"
        f" AND ({CONVERSATIONS} IS NULL OR {column} = ANY ({CONVERSATIONS}::uuid[]))"
    )


def by_organisation(column: str = "org_id") -> Rule:
    """Rows of the organisation of the scope's person."""
    return Rule(f"{column} = {ORG}")


def by_person(column: str = "person_id") -> Rule:
    """Rows of the scope's person."""
    return Rule(f"{column} = {PERSON}")


class EnableRowSecurity(Operation):
    """Force row-level security on `table`; grant `app` and `worker` what is named, no more."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str, rule: Rule, *, app: str, worker: str) -> None:
        self.table, self.rule, self.app, self.worker = table, rule, app, worker

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Django's form, for printing a migration."""
        grants = {"app": self.app, "worker": self.worker}
        return type(self).__name__, [self.table, self.rule], grants

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing that models know of."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Run again with another rule it replaces the one before."""
        table, rule = schema_editor.quote_name(self.table), self.rule
        schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", params=None)
        schema_editor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY", params=None)
        _drop_policies(schema_editor, table)
        for policy in rule.policies(table):
            schema_editor.execute(policy, params=None)
        grant(schema_editor, self.table, app=self.app, worker=self.worker)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """The wall stays up without its policy: nobody sees anything until the table is gone."""
        table = schema_editor.quote_name(self.table)
        _drop_policies(schema_editor, table)
        grant(schema_editor, self.table, app="", worker="")

    def describe(self) -> str:
        """One line for `migrate`."""
        return f"Force row-level security on {self.table}"


class GrantOnly(EnableRowSecurity):
    """Grants without rows walls, for the few tables that belong to no organisation.

    Each stands, with its reason, in the list of the architecture tests.
    """

    def __init__(self, table: str, *, app: str, worker: str) -> None:
        super().__init__(table, Rule("true"), app=app, worker=worker)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Django's form, for printing a migration."""
        return type(self).__name__, [self.table], {"app": self.app, "worker": self.worker}

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Only the grants."""
        grant(schema_editor, self.table, app=self.app, worker=self.worker)

    def describe(self) -> str:
        """One line for `migrate`."""
        return f"Grants on {self.table}"


def grant(schema_editor: BaseDatabaseSchemaEditor, table: str, *, app: str, worker: str) -> None:
    """Let the roles do exactly what is named ("" for nothing) on `table`."""
    quoted = schema_editor.quote_name(table)
    schema_editor.execute(f"REVOKE ALL ON {quoted} FROM PUBLIC, {APP}, {WORKER}", params=None)
    for role, rights in ((APP, app), (WORKER, worker)):
        if rights:
            schema_editor.execute(f"GRANT {rights} ON {quoted} TO {role}", params=None)


def _drop_policies(schema_editor: BaseDatabaseSchemaEditor, quoted: str) -> None:
    for policy in ("see", "add", "change", "remove", "jobs"):
        schema_editor.execute(f"DROP POLICY IF EXISTS {policy} ON {quoted}", params=None)
