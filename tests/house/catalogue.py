"""Questions to the catalogue of PostgreSQL. Each answers the names of what is not as it must be; `%s` is the list of the app's roles."""

OURS = "n.nspname NOT LIKE 'pg\\_%%' AND n.nspname <> 'information_schema' AND %s::text[] IS NOT NULL"
FUNCTIONS = f"SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {OURS} AND p.prosecdef AND "
GRANTS = f"""
WITH grants AS (
  SELECT c.oid, n.nspname || '.' || c.relname AS name, c.relkind, c.relrowsecurity AND c.relforcerowsecurity AS walled, a.privilege_type AS what
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, LATERAL (
    SELECT * FROM aclexplode(c.relacl) UNION ALL SELECT x.* FROM pg_attribute t, aclexplode(t.attacl) x WHERE t.attrelid = c.oid) a
  WHERE {OURS} AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND (a.grantee = 0 OR a.grantee::regrole::text = ANY (%s)))
"""

WALLED = "RLS enabled and forced on every table an app role reaches"
GRANTED = "no TRUNCATE, REFERENCES, TRIGGER or MAINTAIN, and DELETE only on the tables of sign-in"
VIEWS = "no view without security_invoker, and no materialised view"
PATHS = "a pinned search_path on every SECURITY DEFINER function"
EXECUTE = "no SECURITY DEFINER function that everybody may call"
MIGHTY = "no app role, nor one it can become, that owns a table, passes the wall, or makes roles or databases"

CHECKS = {
    WALLED: f"{GRANTS} SELECT DISTINCT name FROM grants WHERE NOT walled AND relkind <> 'v'",
    GRANTED: f"""{GRANTS} SELECT DISTINCT name || ': ' || what FROM grants
        WHERE what NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE') OR (what = 'DELETE' AND walled)""",
    VIEWS: f"""SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {OURS} AND (c.relkind = 'm' OR
        (c.relkind = 'v' AND NOT coalesce(c.reloptions && ARRAY['security_invoker=true', 'security_invoker=on'], false)))""",
    PATHS: f"{FUNCTIONS} NOT EXISTS (SELECT FROM unnest(p.proconfig) c WHERE c LIKE 'search\\_path=%%')",
    EXECUTE: f"{FUNCTIONS} (p.proacl IS NULL OR EXISTS (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 0))",
    MIGHTY: """SELECT a.rolname || ' as ' || b.rolname FROM pg_roles a JOIN pg_roles b ON pg_has_role(a.oid, b.oid, 'MEMBER')
        WHERE a.rolname = ANY (%s) AND (b.rolsuper OR b.rolbypassrls OR b.rolcreatedb OR b.rolcreaterole OR b.rolreplication
        OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = b.oid))""",
}
