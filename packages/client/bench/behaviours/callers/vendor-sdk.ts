import { redirectedSdk } from "../../redirected-sdk.ts";
import { storeId } from "../service/answers.ts";
import { type Caller, importToCreate } from "./caller.ts";
import { endingOf } from "./ending.ts";

export function vendorSdk(origin: string, options: { autoRetry?: boolean } = {}): Caller {
  const sdk = redirectedSdk(origin, options);
  const profiles = () => sdk.profiles(storeId);
  const createImport = () => endingOf(() => sdk.imports(storeId).create(importToCreate));
  return {
    ...(options.autoRetry && { setting: "with `autoRetry`" }),
    // The type of the options has no signal.
    fetchProfile: (id, signal) => endingOf(() => profiles().get(id).fetch(Object({ signal }))),
    deleteProfile: (id) => endingOf(() => profiles().get(id).remove()),
    createImport,
    importFile: createImport,
    lists: {
      "list()": () => endingOf(() => profiles().list()),
      "each()": () => endingOf(() => each((given) => profiles().each(given))),
    },
  };
}

/** All that is called back, in an array. */
function each<Item>(
  read: (given: { callback: (item: Item) => void; done: (error?: Error) => void }) => void,
): Promise<Item[]> {
  const items: Item[] = [];
  return new Promise((resolve, reject) => {
    read({ callback: (item) => items.push(item), done: (error) => (error ? reject(error) : resolve(items)) });
  });
}
