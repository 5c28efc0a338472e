-- The functions that every policy asks. Run by access/wall.py as the owner of the tables, in the transaction that rebuilds the wall.
-- PL/pgSQL on purpose (an SQL function calling another is five times dearer); SECURITY DEFINER with a pinned search_path;
-- app.maintenance lets the owner read tables whose row-level security is forced, and means nothing to any other role.
CREATE SCHEMA sec;
CREATE TABLE sec.key (inner_pad bytea NOT NULL, outer_pad bytea NOT NULL);

-- {user, clinic} of the signed token when it is valid, not expired and of the wanted kind; else NULL, which matches no row.
CREATE FUNCTION sec.actor(wanted text) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
DECLARE token text := current_setting('app.actor', true); message text; part text[]; key sec.key;
BEGIN
  IF token IS NULL OR token !~ '^[a-z]+:[0-9a-f-]{36}:[0-9a-f-]{36}:[0-9]{10}:[0-9a-f]{64}$' THEN RETURN NULL; END IF;
  message := left(token, -65);
  SELECT * INTO key FROM sec.key;
  IF encode(sha256(key.outer_pad || sha256(key.inner_pad || convert_to(message, 'UTF8'))), 'hex') <> right(token, 64) THEN RETURN NULL; END IF;
  part := string_to_array(message, ':');
  IF part[1] <> wanted OR part[4]::bigint < extract(epoch FROM clock_timestamp()) THEN RETURN NULL; END IF;
  RETURN ARRAY[part[2]::uuid, part[3]::uuid];
END $$;

-- Clients whose record the acting therapist may read: assigned in any kind, or assigned to somebody she supervises; now.
CREATE FUNCTION sec.readable_client_ids() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog SET app.maintenance = 'on' AS $$
DECLARE me uuid[] := sec.actor('therapist');
BEGIN
  IF me IS NULL THEN RETURN '{}'; END IF;
  RETURN (SELECT coalesce(array_agg(DISTINCT a.client_id), '{}') FROM public.clients_careassignment a
          WHERE a.clinic_id = me[2] AND a.starts_at <= statement_timestamp() AND (a.ends_at IS NULL OR a.ends_at > statement_timestamp())
            AND (a.therapist_id = me[1] OR (a.kind <> 'break_glass' AND a.therapist_id IN (
                 SELECT s.supervisee_id FROM public.accounts_supervision s WHERE s.supervisor_id = me[1] AND s.clinic_id = me[2]
                   AND s.starts_at <= statement_timestamp() AND (s.ends_at IS NULL OR s.ends_at > statement_timestamp())))));
END $$;

-- Clients in whose record the acting therapist may write.
CREATE FUNCTION sec.writable_client_ids() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog SET app.maintenance = 'on' AS $$
DECLARE me uuid[] := sec.actor('therapist');
BEGIN
  IF me IS NULL THEN RETURN '{}'; END IF;
  RETURN (SELECT coalesce(array_agg(DISTINCT a.client_id), '{}') FROM public.clients_careassignment a
          WHERE a.clinic_id = me[2] AND a.therapist_id = me[1] AND a.kind IN ('primary', 'co', 'cover')
            AND a.starts_at <= statement_timestamp() AND (a.ends_at IS NULL OR a.ends_at > statement_timestamp()));
END $$;

-- The record of the person signed in to the portal, in the clinic she acts in; after a discharge as many days as the clinic says.
CREATE FUNCTION sec.own_client_id() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog SET app.maintenance = 'on' AS $$
DECLARE me uuid[] := sec.actor('portal');
BEGIN
  RETURN (SELECT c.id FROM public.clients_client c JOIN public.accounts_clinic k ON k.id = c.clinic_id
          WHERE c.portal_user_id = me[1] AND c.clinic_id = me[2] AND (c.status <> 'discharged' OR EXISTS (
            SELECT FROM public.clients_episode e WHERE e.client_id = c.id AND (e.ended_on IS NULL
               OR e.ended_on + k.portal_days_after_discharge >= (statement_timestamp() AT TIME ZONE 'UTC')::date))));
END $$;

-- The same while she may write in it: until she is discharged.
CREATE FUNCTION sec.own_open_client_id() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog SET app.maintenance = 'on' AS $$
DECLARE me uuid[] := sec.actor('portal');
BEGIN
  RETURN (SELECT c.id FROM public.clients_client c WHERE c.portal_user_id = me[1] AND c.clinic_id = me[2] AND c.status <> 'discharged');
END $$;

-- Staff of the actor's clinic, whoever of the staff asks.
CREATE FUNCTION sec.staff_user_ids() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog SET app.maintenance = 'on' AS $$
DECLARE me uuid[] := coalesce(sec.actor('therapist'), sec.actor('admin'));
BEGIN
  RETURN (SELECT coalesce(array_agg(DISTINCT m.user_id), '{}') FROM public.accounts_membership m WHERE m.clinic_id = me[2] AND m.role <> 'client');
END $$;

-- Everybody of the actor's clinic: for its office and its worker.
CREATE FUNCTION sec.clinic_user_ids() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog SET app.maintenance = 'on' AS $$
DECLARE me uuid[] := coalesce(sec.actor('admin'), sec.actor('worker'));
BEGIN
  RETURN (SELECT coalesce(array_agg(DISTINCT m.user_id), '{}') FROM public.accounts_membership m WHERE m.clinic_id = me[2]);
END $$;

-- Those who have been assigned to the portal's own record, now or earlier, or have opened it: their names may be shown to her.
CREATE FUNCTION sec.my_therapist_ids() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog SET app.maintenance = 'on' AS $$
DECLARE own uuid := sec.own_client_id();
BEGIN
  RETURN (SELECT coalesce(array_agg(DISTINCT x.id), '{}') FROM (
            SELECT a.therapist_id AS id FROM public.clients_careassignment a WHERE a.client_id = own
            UNION SELECT e.actor_id FROM public.audit_auditevent e WHERE e.client_id = own AND e.verb = 'record_opened') x WHERE x.id IS NOT NULL);
END $$;

-- Portal invitations that belong to clients the acting therapist may read.
CREATE FUNCTION sec.readable_invitation_ids() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog SET app.maintenance = 'on' AS $$
BEGIN
  RETURN (SELECT coalesce(array_agg(c.invitation_id), '{}') FROM public.clients_client c
          WHERE c.id = ANY (sec.readable_client_ids()) AND c.invitation_id IS NOT NULL);
END $$;

-- Whoever added a client may take the first assignment, once: while it has never had one.
CREATE FUNCTION sec.may_take_first(wanted uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog SET app.maintenance = 'on' AS $$
DECLARE me uuid[] := sec.actor('therapist');
BEGIN
  RETURN EXISTS (SELECT FROM public.clients_client c WHERE c.id = wanted AND c.clinic_id = me[2] AND c.created_by_id = me[1])
     AND NOT EXISTS (SELECT FROM public.clients_careassignment a WHERE a.client_id = wanted);
END $$;

-- How many entries a client keeps to herself, by pillar: the one thing staff may know about them.
CREATE FUNCTION sec.private_counts(wanted uuid[]) RETURNS TABLE (client_id uuid, pillar text, n bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog SET app.maintenance = 'on' AS $$
DECLARE mine uuid[] := sec.readable_client_ids();
BEGIN
  RETURN QUERY SELECT t.client_id, t.pillar::text, count(*) FROM public.clients_timelineentry t
    WHERE t.client_id = ANY (wanted) AND t.client_id = ANY (mine) AND t.visibility = 'only_me' AND t.withdrawn_at IS NULL
    GROUP BY 1, 2;
END $$;

-- Reminder preferences of the worker's clinic whose outbox no longer fits: filled less far than `wanted` or by another clock than the client's,
-- or with reminders still to come (`over`) though they are off, care has ended or nobody signs in. Ids alone: the worker reads no preference.
CREATE FUNCTION sec.reminders_to_plan(wanted timestamptz) RETURNS TABLE (preference_id uuid, client_id uuid, recipient_id uuid, over boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog SET app.maintenance = 'on' AS $$
DECLARE me uuid[] := sec.actor('worker');
BEGIN
  RETURN QUERY SELECT p.id, p.client_id, c.portal_user_id, NOT (p.is_on AND c.status IN ('waiting', 'active') AND c.portal_user_id IS NOT NULL)
    FROM public.reminders_reminderpreference p JOIN public.clients_client c ON c.id = p.client_id
    WHERE p.clinic_id = me[2] AND CASE
      WHEN p.is_on AND c.status IN ('waiting', 'active') AND c.portal_user_id IS NOT NULL
        THEN p.planned_until IS NULL OR p.planned_until < wanted OR p.planned_zone <> c.timezone
      ELSE EXISTS (SELECT FROM public.reminders_reminder r WHERE r.preference_id = p.id AND r.state <> 'sending' AND r.ready_at IS NOT NULL) END;
END $$;

-- Public facts of the crisis lines of a country with the looks at them, for Help now, which knows nobody, and for a safety plan: of one clinic, or (mine is NULL) of every real one.
-- A look is [number of the person, moment, found right]: no id of anybody leaves. Whether they are enough, safety.checked says.
CREATE FUNCTION sec.looked_at_lines(wanted text, mine uuid) RETURNS TABLE (key text, facts jsonb, zone text, looks jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog SET app.maintenance = 'on' AS $$
BEGIN
  RETURN QUERY SELECT l.key::text, l.facts, k.timezone::text, jsonb_agg(jsonb_build_array(c.who, c.at, c.is_right))
    FROM public.safety_crisisline l JOIN public.accounts_clinic k ON k.id = l.clinic_id
    JOIN (SELECT x.*, dense_rank() OVER (ORDER BY x.created_by_id) AS who FROM public.safety_linecheck x) c
      ON c.line_id = l.id AND c.clinic_id = l.clinic_id AND c.line_version = l.version
    WHERE l.country = wanted AND NOT l.is_emergency AND CASE WHEN mine IS NULL THEN NOT k.is_demo ELSE l.clinic_id = mine END
    GROUP BY l.id, k.timezone;
END $$;

-- Invitations are read and used through these two alone, by the login that knows nobody yet.
CREATE FUNCTION sec.invitation(hash text) RETURNS TABLE (id uuid, clinic_id uuid, clinic_name text, role text, email text, name text, state text, expires_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog SET app.maintenance = 'on' AS $$
BEGIN
  RETURN QUERY SELECT i.id, i.clinic_id, c.name::text, i.role::text, i.email::text, i.name::text, i.state::text, i.expires_at
    FROM public.accounts_invitation i JOIN public.accounts_clinic c ON c.id = i.clinic_id WHERE i.token_hash = hash;
END $$;

-- One row lock: the membership is made, the portal sign-in is bound, the trail is written. Answers 'accepted' (also when she had used it
-- before), or why not: 'used' by somebody else, 'withdrawn', 'expired', 'other_address', 'unknown'.
CREATE FUNCTION sec.accept_invitation(hash text, who uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET app.maintenance = 'on' AS $$
DECLARE i public.accounts_invitation; address text;
BEGIN
  SELECT * INTO i FROM public.accounts_invitation WHERE token_hash = hash FOR UPDATE;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  IF i.state = 'accepted' THEN RETURN CASE WHEN i.accepted_by_id = who THEN 'accepted' ELSE 'used' END; END IF;
  IF i.state <> 'sent' THEN RETURN i.state; END IF;
  IF i.expires_at <= clock_timestamp() THEN RETURN 'expired'; END IF;
  SELECT u.email INTO address FROM public.accounts_user u WHERE u.id = who AND u.is_active;
  IF address IS NULL OR address <> lower(i.email) THEN RETURN 'other_address'; END IF;
  IF i.role = 'client' THEN
    UPDATE public.clients_client SET portal_user_id = who WHERE invitation_id = i.id AND clinic_id = i.clinic_id AND status <> 'discharged' AND (portal_user_id IS NULL OR portal_user_id = who);
    IF NOT FOUND THEN RETURN 'withdrawn'; END IF;
  END IF;
  INSERT INTO public.accounts_membership (id, created_at, created_by_id, user_id, clinic_id, role, active)
    VALUES (uuidv7(), clock_timestamp(), i.created_by_id, who, i.clinic_id, i.role, true)
    ON CONFLICT (user_id, clinic_id, role) DO UPDATE SET active = true;
  UPDATE public.accounts_invitation SET state = 'accepted', accepted_at = clock_timestamp(), accepted_by_id = who WHERE id = i.id;
  INSERT INTO public.audit_auditevent (id, at, clinic_id, actor_id, actor_kind, verb, object_kind, object_id, request_id, detail)
    VALUES (uuidv7(), clock_timestamp(), i.clinic_id, who, '', 'invitation_accepted', 'accounts.invitation', i.id, '', jsonb_build_object('role', i.role));
  RETURN 'accepted';
END $$;

REVOKE ALL ON SCHEMA public, sec FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA sec FROM PUBLIC;
GRANT USAGE ON SCHEMA public, sec TO app_web, app_admin, app_therapist, app_portal, app_worker;
GRANT EXECUTE ON FUNCTION sec.invitation(text), sec.accept_invitation(text, uuid) TO app_web;
GRANT EXECUTE ON FUNCTION sec.looked_at_lines(text, uuid) TO app_web, app_therapist, app_portal;
GRANT EXECUTE ON FUNCTION sec.actor(text) TO app_admin, app_therapist, app_portal, app_worker;
GRANT EXECUTE ON FUNCTION sec.readable_client_ids(), sec.writable_client_ids(), sec.readable_invitation_ids(), sec.may_take_first(uuid), sec.private_counts(uuid[]) TO app_therapist;
GRANT EXECUTE ON FUNCTION sec.own_client_id(), sec.own_open_client_id(), sec.my_therapist_ids() TO app_portal;
GRANT EXECUTE ON FUNCTION sec.staff_user_ids() TO app_therapist, app_admin;
GRANT EXECUTE ON FUNCTION sec.clinic_user_ids() TO app_admin, app_worker;
GRANT EXECUTE ON FUNCTION sec.reminders_to_plan(timestamptz) TO app_worker;
