import { createMemoryClient, isConnectionError, isInvalidParameterError, isMemoryApiError } from "@memory-api/client";
import { assert, assertEqual, rejectionOf } from "../assertions.ts";
import type { Check } from "../check.ts";

const unknownId = "mem_profile_00000000000000000000000000";

export const failureChecks: readonly Check[] = [
  {
    name: "narrows an error by operation and status",
    async run({ memory, settings: { storeId } }) {
      const error = await rejectionOf(memory().store(storeId).profiles.fetch(unknownId));
      if (!isMemoryApiError(error, "fetchProfile", 404)) throw error;
      const { code, attempts, requestId = "" } = error;
      assertEqual([code, attempts, error.body.status], [20404, 1, 404]);
      assert(requestId !== "", "the error has a request ID");
      assert(!isMemoryApiError(error, "deleteProfile"), "the guard rejects another operation");
    },
  },
  {
    name: "rejects with a MemoryApiError if the credentials are wrong",
    async run({ memory, settings: { storeId } }) {
      const { profiles } = memory({ credentials: { apiKey: "SK1", apiSecret: "wrong" } }).store(storeId);
      const error = await rejectionOf(profiles.fetch(unknownId));
      if (!isMemoryApiError(error, "fetchProfile", 401)) throw error;
      assertEqual(error.code, 20003);
    },
  },
  {
    name: "resolves every outcome of a call with safe()",
    async run({ memory, settings: { storeId, unreachableUrl } }) {
      const { profiles } = memory().store(storeId);
      const unreachable = memory({ baseUrl: unreachableUrl, retry: false }).store(storeId);
      const created = await profiles.create({ traits: { Contact: { email: "safe@example.com" } } }).safe();
      const missing = await profiles.fetch(unknownId).safe();
      const unanswered = await unreachable.profiles.fetch(unknownId).safe();
      assertEqual([created.status, missing.status, unanswered.status], [202, 404, "unanswered"]);
    },
  },
  {
    name: "sends nothing if a path parameter is malformed",
    async run({ memory, settings: { storeId } }) {
      let sent = 0;
      const { profiles } = memory({
        middleware: [
          (request, next) => {
            sent++;
            return next(request);
          },
        ],
      }).store(storeId);
      const error = await rejectionOf(profiles.fetch("mem_profile_/../Imports"));
      assert(isInvalidParameterError(error), "the error is an InvalidParameterError");
      assertEqual([Object(error).parameter, sent], ["profileId", 0]);
    },
  },
  {
    name: "rejects with a ConnectionError if the connection is refused",
    async run({ memory, settings: { storeId, unreachableUrl, detectsRefusedConnections } }) {
      const { profiles } = memory({ baseUrl: unreachableUrl, retry: { attempts: 2, baseMs: 1 } }).store(storeId);
      const error = await rejectionOf(profiles.fetch(unknownId));
      assert(isConnectionError(error), "the error is a ConnectionError");
      const { operationId, attempts, mayHaveArrived } = Object(error);
      assertEqual([operationId, attempts, mayHaveArrived], ["fetchProfile", 2, !detectsRefusedConnections]);
    },
  },
  {
    name: "throws an error that names the variables of missing credentials",
    async run({ settings: { baseUrl } }) {
      const error = await rejectionOf((async () => createMemoryClient({ baseUrl }))());
      assert(error instanceof TypeError, "the error is a TypeError");
      assert(String(error).includes("TWILIO_API_KEY"), `the message names the variable: ${error}`);
    },
  },
];
