-- Whatever gave a person her sessions changes: they end, whoever changed it and by whatever way. Run by access/wall.py after wall.sql.
CREATE FUNCTION sec.end_sessions() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET app.maintenance = 'on' AS $$
DECLARE changed jsonb := CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
BEGIN
  DELETE FROM public.accounts_browsersession WHERE user_id = (changed ->> TG_ARGV[0])::uuid;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION sec.end_sessions() FROM PUBLIC;

CREATE TRIGGER end_sessions AFTER UPDATE OF role, active ON accounts_membership FOR EACH ROW
  WHEN (OLD.role <> NEW.role OR OLD.active <> NEW.active) EXECUTE FUNCTION sec.end_sessions('user_id');
CREATE TRIGGER end_sessions AFTER UPDATE OF password, is_active ON accounts_user FOR EACH ROW
  WHEN (OLD.password <> NEW.password OR OLD.is_active <> NEW.is_active) EXECUTE FUNCTION sec.end_sessions('id');
CREATE TRIGGER end_sessions AFTER INSERT OR DELETE ON mfa_authenticator FOR EACH ROW EXECUTE FUNCTION sec.end_sessions('user_id');
