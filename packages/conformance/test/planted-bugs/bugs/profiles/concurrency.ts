import { errorResponse } from "../../../support/errors.ts";
import type { Fault } from "../../../support/faulty-proxy.ts";
import type { ProxiedRequest } from "../../../support/proxied-messages.ts";
import { unusedEmail } from "../../ledger.ts";
import { type PlantedBug, successOf } from "../../planted-bug.ts";

const emailOf = ({ contact }: ProxiedRequest) => (typeof contact["email"] === "string" ? contact["email"] : undefined);

/** Behaves differently towards a request while others with the same key are in progress. */
function whileOthers(
  keyOf: (request: ProxiedRequest) => string | undefined,
  respond: (...sent: [...Parameters<Fault>, others: number]) => ReturnType<Fault>,
): () => Fault {
  return () => {
    const active = new Map<string, number>();
    return async (request, forward) => {
      const key = keyOf(request);
      if (key === undefined) return forward(request);
      const others = active.get(key) ?? 0;
      active.set(key, others + 1);
      try {
        return await (others > 0 ? respond(request, forward, others) : forward(request));
      } finally {
        active.set(key, (active.get(key) ?? 1) - 1);
      }
    };
  };
}

const createOf = (request: ProxiedRequest) => (request.operation === "createProfile" ? "create" : undefined);

const createOfEmail = (request: ProxiedRequest) =>
  request.operation === "createProfile" ? emailOf(request) : undefined;

const patchOf = ({ operation, target }: ProxiedRequest) => (operation === "patchProfileTraits" ? target : undefined);

/** What goes wrong only while other requests are in progress. */
export const CONCURRENCY_BUGS: readonly PlantedBug[] = [
  {
    name: "concurrent-creates-make-two-profiles",
    breaks: "Two creates of one identifier at the same instant make two profiles.",
    in: ["createProfile"],
    foundBy: ["concurrency"],
    fault: whileOthers(createOfEmail, (request, forward) => forward(request.withContact({ email: unusedEmail() }))),
  },
  {
    name: "concurrent-creates-conflict",
    breaks: "One of two creates of one identifier at the same instant fails.",
    in: ["createProfile"],
    foundBy: ["concurrency"],
    fault: whileOthers(createOfEmail, async () =>
      errorResponse(500, 20500, "duplicate key value violates unique constraint"),
    ),
  },
  {
    name: "concurrent-creates-mixed",
    breaks: "Of two creates of different people at the same instant, both write to the profile of the first.",
    in: ["createProfile"],
    foundBy: ["concurrency"],
    fault: () => {
      let first: string | undefined;
      return async (request, forward) => {
        const email = emailOf(request);
        if (request.operation !== "createProfile" || email === undefined) return forward(request);
        if (first !== undefined) return forward(request.withContact({ email: first, phone: undefined }));
        first = email;
        try {
          return await forward(request);
        } finally {
          first = undefined;
        }
      };
    },
  },
  {
    name: "concurrent-create-dropped",
    breaks: "A create is accepted but not stored while many others are in progress.",
    in: ["createProfile"],
    foundBy: ["concurrency"],
    fault: whileOthers(createOf, async (request, forward, others) =>
      others > 12 ? successOf(request) : forward(request),
    ),
  },
  {
    name: "concurrent-create-loses-traits",
    breaks: "A create that joins another one in progress does not store its other traits.",
    in: ["createProfile"],
    foundBy: ["concurrency"],
    fault: whileOthers(createOf, (request, forward) => forward(request.withContact({ city: undefined }))),
  },
  {
    name: "concurrent-create-loses-identifier",
    breaks: "While another create is in progress, the phone number of a create identifies nobody.",
    in: ["createProfile"],
    foundBy: ["concurrency"],
    fault: whileOthers(createOf, (request, forward) =>
      forward(emailOf(request) === undefined ? request : request.withContact({ phone: undefined })),
    ),
  },
  {
    name: "lost-update",
    breaks: "Of two patches of one profile at the same instant, one is accepted and lost.",
    in: ["patchProfileTraits"],
    foundBy: ["concurrency"],
    fault: whileOthers(patchOf, async (request) => successOf(request)),
  },
  {
    name: "concurrent-fetches-mixed",
    breaks: "Of two fetches at the same instant, both return the profile of the first.",
    in: ["fetchProfile"],
    foundBy: ["concurrency", "parameters", "model"],
    fault: () => {
      let first: ReturnType<Fault> | undefined;
      return async (request, forward) => {
        if (request.operation !== "fetchProfile") return forward(request);
        if (first !== undefined) return first;
        first = forward(request);
        try {
          return await first;
        } finally {
          first = undefined;
        }
      };
    },
  },
];
