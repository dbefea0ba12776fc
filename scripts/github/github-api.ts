/** Sends a request to the API of GitHub. Returns the body of the response. */
export type GitHubRequest = (method: "GET" | "POST" | "PATCH", path: string, body?: object) => Promise<unknown>;

/**
 * Returns a function that sends requests about this repository, with the variables that GitHub Actions sets.
 *
 * @param environment needs `GITHUB_API_URL`, `GITHUB_REPOSITORY` and `GITHUB_TOKEN`
 */
export function connectToGitHub(environment: NodeJS.ProcessEnv): GitHubRequest {
  const url = `${required(environment, "GITHUB_API_URL")}/repos/${required(environment, "GITHUB_REPOSITORY")}`;
  const headers = {
    accept: "application/vnd.github+json",
    authorization: `Bearer ${required(environment, "GITHUB_TOKEN")}`,
    "x-github-api-version": "2022-11-28",
  };
  return async (method, path, body) => {
    const response = await fetch(url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} failed with status ${response.status}: ${text}`);
    return JSON.parse(text);
  };
}

/** Returns all items of a list that has several pages. */
export async function allPages(request: GitHubRequest, path: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for (let page = 1; ; page += 1) {
    const list = await request("GET", `${path}${path.includes("?") ? "&" : "?"}per_page=100&page=${page}`);
    if (!Array.isArray(list)) throw new Error(`The response to GET ${path} is not a list.`);
    items.push(...list);
    if (list.length < 100) return items;
  }
}

/** Returns an environment variable, which must have a value. */
export function required(environment: NodeJS.ProcessEnv, name: string): string {
  const value = environment[name];
  if (value) return value;
  throw new Error(`${name} is missing. A workflow of GitHub Actions sets it.`);
}
