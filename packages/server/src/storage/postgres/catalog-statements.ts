// What the role may do, and what the database contains. These statements read only the catalog, and the row of the schema version.

/** The server, and what the role may do in it. `schema_name` is null if the search path names no schema that exists. */
export const selectServer = `
  SELECT
    current_setting('server_version') AS version,
    current_setting('transaction_read_only') = 'on' AS is_read_only,
    current_database() AS database_name,
    current_user::text AS role_name,
    current_schema() AS schema_name,
    coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS can_create`;

/** The tables with the given names, in their order, with the privileges that the role has, and those that it lacks of those that a server needs. */
export const selectTables = `
  SELECT
    given.name,
    class.oid IS NOT NULL AS is_there,
    coalesce(pg_has_role(class.relowner, 'USAGE'), false) AS is_owned,
    coalesce(has_table_privilege(class.oid, 'SELECT'), false) AS is_readable,
    array(
      SELECT privilege FROM unnest('{SELECT,INSERT,UPDATE,DELETE}'::text[]) AS privilege
      WHERE class.oid IS NOT NULL AND NOT has_table_privilege(class.oid, privilege)
    ) AS lacks
  FROM unnest($1::text[]) WITH ORDINALITY AS given (name, position)
  LEFT JOIN pg_class AS class ON class.oid = to_regclass(given.name)
  ORDER BY given.position`;
