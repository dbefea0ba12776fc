import type { ImportWrites, StorageReads, StorageWrites } from "./storage.ts";

/** Every method of an interface. One that is missing does not compile. */
type Methods<Target> = Readonly<Record<keyof Target, true>>;

export const READS: Methods<StorageReads> = {
  fetchProfile: true,
  listProfiles: true,
  fetchImport: true,
  listImports: true,
  oldestDueImport: true,
};

export const IMPORT_WRITES: Methods<ImportWrites> = {
  createImport: true,
  acceptUpload: true,
  claimImport: true,
  applyRows: true,
  finishImport: true,
  releaseImport: true,
};

export const WRITES: Methods<StorageWrites> = {
  ...IMPORT_WRITES,
  commit: true,
  probe: true,
  snapshot: true,
  restore: true,
  close: true,
};

/**
 * Creates an object whose methods forward their calls.
 *
 * @param call forwards a call, and returns the result of the target's method
 */
export function forwarding<Target>(
  methods: Methods<Target>,
  call: (method: keyof Target, values: readonly unknown[]) => unknown,
): Target {
  const entries = Object.keys(methods).map((name) => {
    const method = name as keyof Target;
    return [method, (...values: unknown[]) => call(method, values)];
  });
  return Object.fromEntries(entries);
}

/** Forwards calls to the methods of a target. */
export function forwardingTo<Target extends object>(methods: Methods<Target>, target: Target): Target {
  return forwarding<Target>(methods, (method, values) => {
    const called: unknown = target[method];
    if (typeof called !== "function") throw new TypeError(`${String(method)} is not a method.`);
    return Reflect.apply(called, target, values);
  });
}
