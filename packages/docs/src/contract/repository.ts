const REPOSITORY = "https://github.com/memory-api/contract";

/** The URL of a file of the repository. */
export function sourceUrl(file: string): string {
  return `${REPOSITORY}/blob/main/${file}`;
}

/** The URL at which to edit a file of the repository. */
export function editUrl(file: string): string {
  return `${REPOSITORY}/edit/main/${file}`;
}
