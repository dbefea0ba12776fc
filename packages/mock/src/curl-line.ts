import { openapi } from "@memory-api/spec";

/**
 * A line for the shell that creates a profile.
 *
 * @throws {Error} if the contract has no such operation or no example of it
 */
export function curlLine(url: string, credentials: string): string {
  const [path] =
    Object.entries(openapi.paths ?? {}).find(([, item]) => item?.post?.operationId === "createProfile") ?? [];
  const storeId = valueAt("components", "schemas", "StoreId", "examples", "0");
  const example = valueAt("components", "examples", "CreateProfileRequestExample", "value");
  if (path === undefined || storeId === undefined || example === undefined) {
    throw new Error("The contract has no createProfile, or no example of it.");
  }
  const target = `${url}${path.replace("{storeId}", String(storeId))}`;
  const body = JSON.stringify(example).replaceAll("'", "'\\''");
  return `curl --user ${credentials} --header 'Content-Type: application/json' --data '${body}' ${target}`;
}

function valueAt(...keys: string[]): unknown {
  return keys.reduce<unknown>((node, key) => Object(node)[key], openapi);
}
