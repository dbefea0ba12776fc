/**
 * Returns the changelogs of all packages as one Markdown text, after the changes of the next release.
 *
 * @param changelogs the texts of the `CHANGELOG.md` files that `changeset` writes
 * @param changesets the texts of the changesets of the next release
 */
export function changelogOf(changelogs: readonly string[], changesets: readonly string[]): string {
  const next = changesets.map((text) => `- ${text.trim().replaceAll("\n", "\n  ")}`);
  const released = changelogs.map((text) => text.trim().replaceAll(/^#/gm, "##")).toSorted();
  return [
    ...(next.length > 0 ? [`## Next release\n\n${next.join("\n")}`] : []),
    ...(released.length > 0 ? released : ["Nothing is released yet."]),
  ].join("\n\n");
}
