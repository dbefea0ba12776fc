/**
 * Returns the changelogs of all packages as one Markdown text, after the changes of the next release.
 *
 * @param changelogs the texts of the `CHANGELOG.md` files that `changeset` writes
 * @param changesets the texts of the changesets of the next release
 */
export function changelogOf(changelogs: readonly string[], changesets: readonly string[]): string {
  const next = changesets.map((text) => `- ${text.trim().replaceAll("\n", "\n  ")}`);
  const released = changelogs.map(withoutNoise).toSorted();
  return [
    ...(next.length > 0 ? [`## Next release\n\n${next.join("\n")}`] : []),
    ...(released.length > 0 ? released : ["Nothing is released yet."]),
  ].join("\n\n");
}

/** Drops commits, and the entries that only name a new version of a dependency. The site has room for two levels of headings. */
function withoutNoise(changelog: string): string {
  return changelog
    .trim()
    .concat("\n")
    .replaceAll(/^- Updated dependencies.*\n(?: {2}.*\n)*/gm, "")
    .replaceAll(/^### .*\n+(?=##|$(?!\n))/gm, "")
    .replaceAll(/^- [0-9a-f]{7,40}: /gm, "- ")
    .replaceAll(/^### (.*)$/gm, "**$1**")
    .replaceAll(/^#/gm, "##")
    .trim();
}
