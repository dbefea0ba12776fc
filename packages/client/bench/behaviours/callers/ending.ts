/** How a call ended, as its caller sees it. */
export type Ending =
  | { readonly how: "gives"; readonly value: unknown; readonly isRedirected?: boolean }
  | { readonly how: "fails"; readonly error: unknown }
  /** Fulfilled, with an error where a success would have its data. */
  | { readonly how: "gives error"; readonly error: unknown; readonly status: number }
  | { readonly how: "gives nothing" };

/** How a call ended that gives its success, and throws or is rejected for all else. */
export async function endingOf(call: () => PromiseLike<unknown>): Promise<Ending> {
  try {
    return { how: "gives", value: await call() };
  } catch (error) {
    return { how: "fails", error };
  }
}

/** In words, as they come after the name of a client. */
export function told(ending: Ending): string {
  if (ending.how === "gives") return "succeeds";
  if (ending.how === "gives nothing") return "gives neither `data` nor `error`";
  if (ending.how === "gives error") return `gives \`error\`, status ${ending.status}`;
  const { name, status, constructor: kindOf } = Object(ending.error);
  const kind = name === "Error" ? kindOf.name : name;
  return `fails with \`${kind}\`${typeof status === "number" ? `, status ${status}` : ""}`;
}
