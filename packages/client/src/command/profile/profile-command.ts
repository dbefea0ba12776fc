import { UsageError } from "../arguments/usage-error.ts";

/** Does to a profile what the first argument says. What the others need is not loaded. */
export async function profileCommand(given: readonly string[], signal: AbortSignal): Promise<number> {
  const [action, ...rest] = given;
  switch (action) {
    case "get":
      return (await import("./get-profile.ts")).getProfile(rest, signal);
    case "create":
      return (await import("./create-profile.ts")).createProfile(rest, signal);
    case "patch":
      return (await import("./patch-profile.ts")).patchProfile(rest, signal);
    case "delete":
      return (await import("./delete-profile.ts")).deleteProfile(rest, signal);
    case "list":
      return (await import("./list-profiles.ts")).listProfiles(rest, signal);
    default:
      throw new UsageError("Say what to do: profile get, create, patch, delete or list. See memory --help.");
  }
}
