// For the coordinator of a Citus cluster only.

/** A row if the database belongs to a cluster. */
export const selectExtension = "SELECT FROM pg_extension WHERE extname = 'citus'";

/** 0 on the coordinator. */
export const selectGroup = "SELECT groupid AS group FROM pg_dist_local_group";

/** How each table (`$1`) is distributed: `h` by a column, `n` as a copy on every node, null not at all. */
export const selectDistribution = `
  SELECT given.name, partmethod AS method, column_to_column_name(logicalrelid, partkey) AS key,
    colocationid AS colocation, shardcount AS shards
  FROM unnest($1::text[]) WITH ORDINALITY AS given (name, position)
  LEFT JOIN pg_dist_partition ON logicalrelid = to_regclass(given.name)
  LEFT JOIN pg_dist_colocation USING (colocationid)
  ORDER BY position`;

/** Processes that distribute at the same time wait for this row, as they do to migrate. */
export const lockVersion = "SELECT FROM schema_version WHERE id = 1 FOR UPDATE";

export const copyToAllNodes = "SELECT create_reference_table($1)";
export const distributeFirst =
  "SELECT create_distributed_table($1, 'store_id', colocate_with := 'none', shard_count := $2)";
export const distributeBeside = "SELECT create_distributed_table($1, 'store_id', colocate_with := $2)";
/** Removes the rows that the coordinator had before it copied them to the nodes. */
export const deleteCopied = "SELECT truncate_local_data_after_distributing_table($1)";

/** The nodes of stores (`$1`), with one of the stores for each. */
export const selectNodes = `
  SELECT node.nodeid AS id, min(given.store_id) AS store_id
  FROM unnest($1::text[]) AS given (store_id)
  JOIN pg_dist_placement AS placement
    ON placement.shardid = get_shard_id_for_distribution_column('profiles', given.store_id)
  JOIN pg_dist_node AS node ON node.groupid = placement.groupid AND node.noderole = 'primary'
  GROUP BY node.nodeid
  ORDER BY node.nodeid`;
