-- The logins and acting roles of the wall. Run once per cluster, by a superuser, connected to the product's database:
--
--   createdb resilience
--   APP_OWNER_PASSWORD=... APP_WEB_PASSWORD=... APP_BACKUP_PASSWORD=... psql -d resilience -f access/roles.sql
--
-- Running it again is safe: it sets the passwords given and states every grant anew.
-- `make run` does all this by itself. For a server of your own also set in postgresql.conf
--   log_min_error_statement = panic    log_error_verbosity = terse
-- because the log would otherwise repeat what people wrote, and in pg_hba.conf scram-sha-256, never trust.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
\getenv owner_password APP_OWNER_PASSWORD
\getenv web_password APP_WEB_PASSWORD
\getenv backup_password APP_BACKUP_PASSWORD

SELECT format('CREATE ROLE %I', name)
FROM unnest(ARRAY['app_owner', 'app_web', 'app_admin', 'app_therapist', 'app_portal', 'app_worker', 'app_backup']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

BEGIN;
-- a password never reaches the server's log
SET LOCAL log_statement = 'none';
SET LOCAL log_min_duration_statement = -1;

-- migrations and loaders only; its password is not in the web process
ALTER ROLE app_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE PASSWORD :'owner_password';
-- web and Celery: owns nothing, inherits nothing, reads nothing clinical until it becomes one of the four acting roles
ALTER ROLE app_web LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB PASSWORD :'web_password';
-- pg_dump only; the one role that passes the wall
ALTER ROLE app_backup LOGIN NOSUPERUSER BYPASSRLS NOCREATEROLE NOCREATEDB PASSWORD :'backup_password';
GRANT pg_read_all_data TO app_backup;

ALTER ROLE app_admin NOLOGIN NOSUPERUSER NOBYPASSRLS;
ALTER ROLE app_therapist NOLOGIN NOSUPERUSER NOBYPASSRLS;
ALTER ROLE app_portal NOLOGIN NOSUPERUSER NOBYPASSRLS;
ALTER ROLE app_worker NOLOGIN NOSUPERUSER NOBYPASSRLS;
GRANT app_admin, app_therapist, app_portal, app_worker TO app_web WITH INHERIT FALSE, SET TRUE;
-- loaders go through the services, and services act as people
GRANT app_admin, app_therapist, app_portal, app_worker TO app_owner WITH INHERIT FALSE, SET TRUE;

-- without this CREATE FUNCTION ... SET app.maintenance is refused
GRANT SET ON PARAMETER app.maintenance TO app_owner;

ALTER DATABASE :"DBNAME" OWNER TO app_owner;
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO app_owner, app_web, app_backup;

-- a session cannot switch this back on: without it pg_stat_activity shows the SQL of other requests
ALTER ROLE app_web SET track_activities = off;
-- nor this: an error's message, even a terse one, may quote what was typed; the program that asked notes its kind
ALTER ROLE app_web SET log_min_messages = 'log';
ALTER ROLE app_owner SET log_min_messages = 'log';
ALTER ROLE app_web SET statement_timeout = '15s';
ALTER ROLE app_web SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE app_web SET transaction_timeout = '30s';
COMMIT;
