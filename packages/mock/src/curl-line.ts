import { openapi } from "@memory-api/spec";

/**
 * Returns a shell command that creates a profile.
 *
 * @throws {Error} if the contract does not contain the operation or its example
 */
export function curlLine(url: string, credentials: string): string {
  const [path] =
    Object.entries(openapi.paths ?? {}).find(([, item]) => item?.post?.operationId === "createProfile") ?? [];
  const storeId = valueAt("components", "schemas", "StoreId", "examples", "0");
  const example = valueAt("components", "examples", "CreateProfileRequestExample", "value");
  if (path === undefined || storeId === undefined || example === undefined) {
    throw new Error("The contract does not contain the operation createProfile, or an example of its request body.");
  }
  const target = `${url}${path.replace("{storeId}", String(storeId))}`;
  const body = JSON.stringify(example).replaceAll("'", "'\\''");
  return `curl --user ${credentials} --header 'Content-Type: application/json' --data '${body}' ${target}`;
}

function valueAt(...keys: string[]): unknown {
  return keys.reduce<unknown>((node, key) => Object(node)[key], openapi);
}
