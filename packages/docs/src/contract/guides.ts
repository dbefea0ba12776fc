import { at } from "./site.ts";

/** The guides that are pages of `docs` in the repository, where they belong to the code. The others are in `src/content/docs/guides`. */
export const repositoryGuides = [
  {
    name: "openapi-fetch",
    title: "openapi-fetch and React",
    description: "Use the openapi-fetch client, its React Query and SWR bindings, and MSW.",
  },
  {
    name: "testing",
    title: "Test your code",
    description: "Four ways to test code that calls the API, and when to use which.",
  },
  {
    name: "consumer-tests",
    title: "Contract tests of a consumer",
    description: "Check what your program sends and reads against the contract, and record it in a manifest.",
  },
  {
    name: "migration",
    title: "Migrate from the vendor's SDK",
    description: "Each call of the vendor's SDK, and the same call of this client.",
  },
  {
    name: "security",
    title: "Security",
    description: "What the server protects, and what it leaves to you.",
  },
  {
    name: "scale",
    title: "Scale the server",
    description: "Disk, memory and processes for a number of profiles and of writes per second.",
  },
  {
    name: "operations",
    title: "Operate the server",
    description: "Sizing, deployment, backup, keys, monitoring, and what to do when something fails.",
  },
  {
    name: "versioning",
    title: "How the contract evolves",
    description: "What a version number promises, and how changes are rated.",
  },
] as const;

/** The URL of the page of a guide. */
export function guidePage(name: string): string {
  return at(`/guides/${name}/`);
}

/** Whether a page of `docs` in the repository is a guide on the site. */
export function isGuide(name: string): boolean {
  return repositoryGuides.some((guide) => guide.name === name);
}
