-- Citus' own functions as far as a database without Citus can tell: each refuses what Citus refuses, and remembers the rest.
CREATE TABLE citus_known (relation regclass PRIMARY KEY, kind text, key text, key_type regtype, home int, shards int);
CREATE TABLE citus_nodes (name text, port int);

CREATE FUNCTION citus_set_coordinator_host(name text, port int) RETURNS void LANGUAGE sql AS
$$ INSERT INTO citus_nodes VALUES (name, port) $$;
CREATE FUNCTION citus_add_node(name text, port int) RETURNS int LANGUAGE sql AS
$$ INSERT INTO citus_nodes VALUES (name, port) RETURNING 1 $$;
CREATE FUNCTION citus_rebalance_start() RETURNS bigint LANGUAGE sql AS $$ SELECT 1 $$;
CREATE FUNCTION citus_create_restore_point(name text) RETURNS pg_lsn LANGUAGE sql AS $$ SELECT '0/0'::pg_lsn $$;

CREATE FUNCTION citus_check_common(target regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE found record;
BEGIN
  SELECT * INTO found FROM pg_class WHERE oid = target;
  IF found.relkind <> 'r' OR found.relispartition OR found.relpersistence <> 'p' OR found.relhasrules
     OR EXISTS (SELECT FROM pg_inherits WHERE target IN (inhrelid, inhparent)) THEN
    RAISE '% is no plain table', target;
  END IF;
  IF EXISTS (SELECT FROM citus_known WHERE relation = target) THEN
    RAISE 'table % is already distributed', target;
  END IF;
  IF current_setting('citus.enable_unsafe_triggers', true) IS DISTINCT FROM 'on'
     AND EXISTS (SELECT FROM pg_trigger WHERE tgrelid = target AND NOT tgisinternal) THEN
    RAISE 'triggers are not supported on %', target;
  END IF;
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = target AND attidentity <> '' AND atttypid <> 'bigint'::regtype) THEN
    RAISE '% has an identity column that is no bigint', target;
  END IF;
  IF EXISTS (
    SELECT FROM pg_attribute a JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
     WHERE a.attrelid = target AND pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%' AND a.atttypid <> 'bigint'::regtype
  ) THEN
    RAISE '% has a sequence that is no bigint', target;
  END IF;
END $$;

CREATE FUNCTION create_reference_table(target regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE found record;
BEGIN
  PERFORM citus_check_common(target);
  IF NOT EXISTS (SELECT FROM citus_nodes) THEN
    RAISE 'local tables may refer to % only where the coordinator is known', target;
  END IF;
  FOR found IN SELECT * FROM pg_constraint WHERE contype = 'f' AND conrelid = target AND confrelid <> target LOOP
    IF NOT EXISTS (SELECT FROM citus_known WHERE relation = found.confrelid AND kind = 'reference') THEN
      RAISE '%: a reference table refers to %', found.conname, found.confrelid::regclass;
    END IF;
  END LOOP;
  INSERT INTO citus_known (relation, kind) VALUES (target, 'reference');
END $$;

CREATE FUNCTION create_distributed_table(target regclass, key text, colocate_with text DEFAULT 'default') RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  found record;
  place smallint;
  type regtype;
  beside citus_known;
BEGIN
  PERFORM citus_check_common(target);
  SELECT attnum, atttypid INTO place, type FROM pg_attribute
   WHERE attrelid = target AND attname = key AND NOT attisdropped AND attgenerated = '';
  IF place IS NULL THEN RAISE 'column % of % cannot tell rows apart', key, target; END IF;

  FOR found IN
    SELECT i.indexrelid::regclass AS name, i.indkey::smallint[] AS columns FROM pg_index i
     WHERE i.indrelid = target AND (i.indisunique OR i.indisexclusion)
  LOOP
    IF NOT place = ANY (found.columns) THEN RAISE '% of % leaves out %', found.name, target, key; END IF;
  END LOOP;

  IF colocate_with NOT IN ('default', 'none') THEN
    SELECT * INTO beside FROM citus_known WHERE relation = colocate_with::regclass AND kind = 'distributed';
    IF beside IS NULL THEN RAISE '% is not distributed yet', colocate_with; END IF;
    IF beside.key_type <> type THEN RAISE '% and % have keys of two types', target, colocate_with; END IF;
  END IF;

  FOR found IN SELECT * FROM pg_constraint WHERE contype = 'f' AND conrelid = target LOOP
    IF NOT EXISTS (SELECT FROM citus_known WHERE relation = found.confrelid AND kind = 'reference') AND NOT EXISTS (
      SELECT FROM citus_known k, generate_subscripts(found.conkey, 1) n
       WHERE k.relation = found.confrelid AND k.kind = 'distributed' AND k.home = beside.home AND found.conkey[n] = place
         AND found.confkey[n] = (SELECT attnum FROM pg_attribute WHERE attrelid = k.relation AND attname = k.key)
    ) THEN
      RAISE '%: % refers to %, which is neither a reference nor beside it', found.conname, target, found.confrelid::regclass;
    END IF;
  END LOOP;
  FOR found IN SELECT * FROM pg_constraint WHERE contype = 'f' AND confrelid = target AND conrelid <> target LOOP
    IF NOT EXISTS (SELECT FROM citus_known WHERE relation = found.conrelid AND kind = 'distributed' AND home = beside.home) THEN
      RAISE '%: % refers to %', found.conname, found.conrelid::regclass, target;
    END IF;
  END LOOP;

  INSERT INTO citus_known VALUES (
    target, 'distributed', key, type, coalesce(beside.home, (SELECT coalesce(max(home), 0) + 1 FROM citus_known)),
    current_setting('citus.shard_count')::int
  );
END $$;

CREATE FUNCTION undistribute_table(target regclass, cascade_via_foreign_keys boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM citus_known WHERE relation = target) THEN RAISE '% is not distributed', target; END IF;
  IF NOT cascade_via_foreign_keys
     AND EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND target IN (conrelid, confrelid)) THEN
    RAISE 'cannot complete operation because table % has a foreign key', target;
  END IF;
  IF EXISTS (
    WITH RECURSIVE bound (relation) AS (
      SELECT target::oid
      UNION
      SELECT CASE WHEN c.conrelid = b.relation THEN c.confrelid ELSE c.conrelid END
        FROM bound b JOIN pg_constraint c ON c.contype = 'f' AND b.relation IN (c.conrelid, c.confrelid)
    )
    SELECT FROM bound JOIN pg_attribute ON attrelid = relation WHERE attidentity <> ''
  ) THEN
    RAISE 'cannot complete operation on a table with identity column';
  END IF;
  DELETE FROM citus_known WHERE relation = target;
END $$;

CREATE VIEW citus_tables AS
SELECT relation AS table_name, kind AS citus_table_type, key AS distribution_column, shards AS shard_count FROM citus_known;
CREATE VIEW citus_shards AS
SELECT k.relation AS table_name, n.name AS nodename FROM citus_known k, citus_nodes n;
