import { redirectedSdk } from "../../redirected-sdk.ts";
import { storeId } from "../scripted-service.ts";
import { type Caller, importToCreate, outcomeOf } from "./caller.ts";

export function vendorSdk(origin: string, options: { autoRetry?: boolean } = {}): Caller {
  const sdk = redirectedSdk(origin, options);
  const profiles = () => sdk.profiles(storeId);
  const createImport = () => outcomeOf(() => sdk.imports(storeId).create(importToCreate));
  return {
    ...(options.autoRetry && { setting: "with `autoRetry`" }),
    // The type of the options has no signal.
    fetchProfile: (id, signal) => outcomeOf(() => profiles().get(id).fetch(Object({ signal }))),
    deleteProfile: (id) => outcomeOf(() => profiles().get(id).remove()),
    createImport,
    importFile: createImport,
    lists: {
      "list()": () => outcomeOf(() => profiles().list()),
      "each()": () => outcomeOf(() => collected((options) => profiles().each(options))),
    },
  };
}

/** Resolves to the items that are passed to a callback. */
function collected<Item>(
  read: (options: { callback: (item: Item) => void; done: (error?: Error) => void }) => void,
): Promise<Item[]> {
  const items: Item[] = [];
  return new Promise((resolve, reject) => {
    read({ callback: (item) => items.push(item), done: (error) => (error ? reject(error) : resolve(items)) });
  });
}
