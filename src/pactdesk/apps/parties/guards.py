"""The guards that the migration puts before a client's people: as `in_charge.py`, in SQL.

Triggers and not walls, because they ask the table itself, which a policy cannot. They run with
the caller's rights; without a scope (a restore, the owner) they let everything through.
"""

from __future__ import annotations

MEMBERS = """
CREATE FUNCTION pactdesk.guard_clients_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT pactdesk.scope_is_operator() OR NEW.org_id = pactdesk.scope_org() OR EXISTS (
        SELECT FROM parties_organisation AS org
        WHERE org.id = NEW.org_id AND (org.kind <> 'client' OR org.people_left_to_provider)
    ) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' AND NEW.is_administrator AND NOT EXISTS (
        SELECT FROM parties_membership AS one
        WHERE one.org_id = NEW.org_id AND one.is_administrator AND one.ended_at IS NULL
    ) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE'
        AND OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL
        AND (OLD.id, OLD.person_id, OLD.org_id, OLD.is_administrator, OLD.started_at)
            = (NEW.id, NEW.person_id, NEW.org_id, NEW.is_administrator, NEW.started_at)
        AND NOT EXISTS (
            SELECT FROM parties_membership AS one
            JOIN parties_person AS person ON person.id = one.person_id
            WHERE one.org_id = OLD.org_id AND one.is_administrator AND one.ended_at IS NULL
                AND person.password NOT LIKE '!%'  -- came in: has chosen a password
        )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the people of a client are its own' USING ERRCODE = 'insufficient_privilege';
END
$$
"""

GUARD_MEMBERS = """
CREATE TRIGGER guard_clients_people BEFORE INSERT OR UPDATE ON parties_membership
FOR EACH ROW EXECUTE FUNCTION pactdesk.guard_clients_people()
"""

CONSENT = """
CREATE FUNCTION pactdesk.guard_clients_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pactdesk.scope_is_operator() AND NEW.id IS DISTINCT FROM pactdesk.scope_org()
        AND NEW.people_left_to_provider
        AND (TG_OP = 'INSERT' OR NOT OLD.people_left_to_provider)
    THEN
        RAISE EXCEPTION 'only the client says so' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$
"""

GUARD_CONSENT = """
CREATE TRIGGER guard_clients_consent BEFORE INSERT OR UPDATE ON parties_organisation
FOR EACH ROW EXECUTE FUNCTION pactdesk.guard_clients_consent()
"""

MADE = (MEMBERS, GUARD_MEMBERS, CONSENT, GUARD_CONSENT)
UNMADE = (
    "DROP TRIGGER guard_clients_consent ON parties_organisation",
    "DROP FUNCTION pactdesk.guard_clients_consent()",
    "DROP TRIGGER guard_clients_people ON parties_membership",
    "DROP FUNCTION pactdesk.guard_clients_people()",
)
