// Every statement on the tables of profiles. `$1` is the store. Lists come as arrays, one a column.
// `OFFSET 0` keeps a subquery apart, so that a long list is looked up key by key; else the planner reads the whole table.

/** Inserts what is new and locks what is not, in the order of the arrays. Tells what it inserted. */
export const claimIdentifiers = `
  INSERT INTO identifiers (store_id, type, value, profile_id, added_at)
  SELECT $1, claim.type, claim.value, claim.profile_id, claim.added_at
  FROM unnest($2::text[], $3::text[], $4::text[], $5::bigint[])
    WITH ORDINALITY AS claim (type, value, profile_id, added_at, position)
  ORDER BY claim.position
  ON CONFLICT (store_id, type, value) DO UPDATE SET added_at = identifiers.added_at WHERE false
  RETURNING type, value`;

export const selectOwners = `
  SELECT found.type, found.value, found.profile_id
  FROM unnest($2::text[], $3::text[]) AS claim (type, value)
  CROSS JOIN LATERAL (
    SELECT type, value, profile_id FROM identifiers
    WHERE store_id = $1 AND type = claim.type AND value = claim.value OFFSET 0
  ) AS found`;

export const selectRedirects = `
  SELECT found.lost_id, found.canonical_id
  FROM unnest($2::text[]) AS wanted (id)
  CROSS JOIN LATERAL (
    SELECT lost_id, canonical_id FROM redirects WHERE store_id = $1 AND lost_id = wanted.id OFFSET 0
  ) AS found`;

/** In the order of the array. */
export const lockProfiles = `
  SELECT found.id, found.created_at
  FROM unnest($2::text[]) WITH ORDINALITY AS wanted (id, position)
  CROSS JOIN LATERAL (
    SELECT id, created_at FROM profiles WHERE store_id = $1 AND id = wanted.id FOR UPDATE
  ) AS found
  ORDER BY wanted.position`;

/** Out of order: rather than wait, and maybe for each other, it fails. */
export const lockProfilesNow = `
  SELECT found.id, found.created_at
  FROM unnest($2::text[]) AS wanted (id)
  CROSS JOIN LATERAL (
    SELECT id, created_at FROM profiles WHERE store_id = $1 AND id = wanted.id FOR UPDATE NOWAIT
  ) AS found`;

export const selectMergedIds = `
  SELECT found.lost_id, found.canonical_id
  FROM unnest($2::text[]) AS wanted (id)
  CROSS JOIN LATERAL (
    SELECT lost_id, canonical_id FROM redirects WHERE store_id = $1 AND canonical_id = wanted.id OFFSET 0
  ) AS found`;

export const selectIdentifiers = `
  SELECT found.type, found.value, found.profile_id, found.added_at
  FROM unnest($2::text[]) AS wanted (id)
  CROSS JOIN LATERAL (
    SELECT type, value, profile_id, added_at FROM identifiers WHERE store_id = $1 AND profile_id = wanted.id OFFSET 0
  ) AS found`;

export const selectTraitGroups = `
  SELECT found.profile_id, found.name, found.traits
  FROM unnest($2::text[]) AS wanted (id)
  CROSS JOIN LATERAL (
    SELECT profile_id, name, traits FROM trait_groups WHERE store_id = $1 AND profile_id = wanted.id OFFSET 0
  ) AS found`;

export const insertProfiles = `
  INSERT INTO profiles (store_id, id, created_at)
  SELECT $1, id, created_at FROM unnest($2::text[], $3::bigint[]) AS created (id, created_at)`;

export const deleteProfiles = `
  DELETE FROM profiles WHERE store_id = $1 AND id = ANY ($2::text[])`;

export const deleteTraitGroupsOfProfiles = `
  DELETE FROM trait_groups WHERE store_id = $1 AND profile_id = ANY ($2::text[])`;

export const upsertRedirects = `
  INSERT INTO redirects (store_id, lost_id, canonical_id)
  SELECT $1, lost_id, canonical_id FROM unnest($2::text[], $3::text[]) AS merged (lost_id, canonical_id)
  ON CONFLICT (store_id, lost_id) DO UPDATE SET canonical_id = excluded.canonical_id`;

export const deleteRedirects = `
  DELETE FROM redirects WHERE store_id = $1 AND lost_id = ANY ($2::text[])`;

export const upsertIdentifiers = `
  INSERT INTO identifiers (store_id, type, value, profile_id, added_at)
  SELECT $1, type, value, profile_id, added_at
  FROM unnest($2::text[], $3::text[], $4::text[], $5::bigint[]) AS attached (type, value, profile_id, added_at)
  ON CONFLICT (store_id, type, value) DO UPDATE SET profile_id = excluded.profile_id, added_at = excluded.added_at`;

export const lockIdentifiersNow = `
  SELECT FROM unnest($2::text[], $3::text[]) AS detached (type, value)
  JOIN identifiers ON identifiers.store_id = $1
    AND identifiers.type = detached.type AND identifiers.value = detached.value
  FOR UPDATE OF identifiers NOWAIT`;

export const deleteIdentifiers = `
  DELETE FROM identifiers
  USING unnest($2::text[], $3::text[]) AS detached (type, value)
  WHERE identifiers.store_id = $1 AND identifiers.type = detached.type AND identifiers.value = detached.value`;

export const upsertTraitGroups = `
  INSERT INTO trait_groups (store_id, profile_id, name, traits)
  SELECT $1, profile_id, name, traits
  FROM unnest($2::text[], $3::text[], $4::text[]) AS written (profile_id, name, traits)
  ON CONFLICT (store_id, profile_id, name) DO UPDATE SET traits = excluded.traits`;

export const deleteTraitGroups = `
  DELETE FROM trait_groups
  USING unnest($2::text[], $3::text[]) AS emptied (profile_id, name)
  WHERE trait_groups.store_id = $1
    AND trait_groups.profile_id = emptied.profile_id AND trait_groups.name = emptied.name`;

/** One row a group, or one without a group. `$3` names the groups; null is all of them. */
export const selectProfile = `
  SELECT profiles.created_at, trait_groups.name, trait_groups.traits
  FROM profiles
  LEFT JOIN trait_groups ON trait_groups.store_id = $1 AND trait_groups.profile_id = $2
    AND ($3::text[] IS NULL OR trait_groups.name = ANY ($3::text[]))
  WHERE profiles.store_id = $1 AND profiles.id = $2
  ORDER BY trait_groups.name`;

export const listProfilesAscending = `
  SELECT id FROM profiles WHERE store_id = $1 AND id > $2 ORDER BY id LIMIT $3`;

export const listProfilesDescending = `
  SELECT id FROM profiles WHERE store_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3`;
