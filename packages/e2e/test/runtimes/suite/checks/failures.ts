import { createMemoryClient, isConnectionError, isInvalidParameterError, isMemoryApiError } from "@memory-api/client";
import { equal, holds, rejectionOf } from "../assertions.ts";
import type { Check } from "../check.ts";

const nobody = "mem_profile_00000000000000000000000000";

export const failureChecks: readonly Check[] = [
  {
    name: "narrows an error to an operation and a status",
    async run({ memory, settings: { storeId } }) {
      const error = await rejectionOf(memory().store(storeId).profiles.fetch(nobody));
      if (!isMemoryApiError(error, "fetchProfile", 404)) throw error;
      const { code, attempts, requestId = "" } = error;
      equal([code, attempts, error.body.status], [20404, 1, 404]);
      holds(requestId !== "", "there is a request ID");
      holds(!isMemoryApiError(error, "deleteProfile"), "it is of no other operation");
    },
  },
  {
    name: "says that credentials are refused",
    async run({ memory, settings: { storeId } }) {
      const { profiles } = memory({ credentials: { apiKey: "SK1", apiSecret: "wrong" } }).store(storeId);
      const error = await rejectionOf(profiles.fetch(nobody));
      if (!isMemoryApiError(error, "fetchProfile", 401)) throw error;
      equal(error.code, 20003);
    },
  },
  {
    name: "tells how a call ended without throwing",
    async run({ memory, settings: { storeId, unreachableUrl } }) {
      const { profiles } = memory().store(storeId);
      const elsewhere = memory({ baseUrl: unreachableUrl, retry: false }).store(storeId);
      const made = await profiles.create({ traits: { Contact: { email: "safe@example.com" } } }).safe();
      const missed = await profiles.fetch(nobody).safe();
      const unanswered = await elsewhere.profiles.fetch(nobody).safe();
      equal([made.status, missed.status, unanswered.status], [202, 404, "unanswered"]);
    },
  },
  {
    name: "sends nothing for a path parameter that is malformed",
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
      holds(isInvalidParameterError(error), "it is an InvalidParameterError");
      equal([Object(error).parameter, sent], ["profileId", 0]);
    },
  },
  {
    name: "says that nobody answered",
    async run({ memory, settings: { storeId, unreachableUrl, tellsRefusals } }) {
      const { profiles } = memory({ baseUrl: unreachableUrl, retry: { attempts: 2, baseMs: 1 } }).store(storeId);
      const error = await rejectionOf(profiles.fetch(nobody));
      holds(isConnectionError(error), "it is a ConnectionError");
      const { operationId, attempts, mayHaveArrived } = Object(error);
      equal([operationId, attempts, mayHaveArrived], ["fetchProfile", 2, !tellsRefusals]);
    },
  },
  {
    name: "says which credentials are missing",
    async run({ settings: { baseUrl } }) {
      const error = await rejectionOf((async () => createMemoryClient({ baseUrl }))());
      holds(error instanceof TypeError, "it is a TypeError");
      holds(String(error).includes("TWILIO_API_KEY"), `it names the variable, not: ${error}`);
    },
  },
];
