import { errorResponse } from "../../../support/errors.ts";
import type { Fault } from "../../../support/faulty-proxy.ts";
import type { ProxiedResponse } from "../../../support/proxied-messages.ts";
import { ALL_OPERATIONS, type PlantedBug } from "../../planted-bug.ts";

/** Rejects some of the requests with 429, as a server at its rate limit does. */
function limiting(respond: (response: ProxiedResponse) => ProxiedResponse): () => Fault {
  return () => {
    let count = 0;
    return (request, forward) =>
      ++count % 20 === 0 ? Promise.resolve(respond(errorResponse(429, 20429, "Too many requests."))) : forward(request);
  };
}

/** What a server says when it is at its rate limit. */
export const RATE_LIMIT_BUGS: readonly PlantedBug[] = [
  {
    name: "retry-after-missing",
    breaks: "429 has no Retry-After.",
    in: [...ALL_OPERATIONS],
    foundBy: ["authentication"],
    fault: limiting((response) => response),
  },
  {
    name: "retry-after-fractional",
    breaks: "Retry-After of 429 is not a whole number.",
    in: [...ALL_OPERATIONS],
    foundBy: ["authentication"],
    fault: limiting((response) => response.withHeader("Retry-After", "0.01")),
  },
  {
    name: "retry-after-date",
    breaks: "Retry-After of 429 is a date.",
    in: [...ALL_OPERATIONS],
    foundBy: ["authentication"],
    fault: limiting((response) => response.withHeader("Retry-After", "Wed, 21 Oct 2026 07:28:00 GMT")),
  },
  {
    name: "too-many-requests-html",
    breaks: "429 has an HTML body, as from a gateway.",
    in: [...ALL_OPERATIONS],
    foundBy: ["authentication"],
    fault: limiting((response) =>
      response.withBody("<h1>Too many requests</h1>", "text/html").withHeader("Retry-After", "0"),
    ),
  },
  {
    name: "retry-after-dishonest",
    breaks: "A request that is sent after the time of Retry-After is rejected again.",
    in: [...ALL_OPERATIONS],
    // Only a request that is sent alone shows it, and only this phase does so on purpose.
    foundBy: ["rate-limits"],
    profile: "full",
    fault: () => {
      let count = 0;
      return async (request, forward) => {
        count++;
        const isRejected = count > 20 && count % 20 < 4;
        return isRejected
          ? errorResponse(429, 20429, "Too many requests.").withHeader("Retry-After", "0")
          : forward(request);
      };
    },
  },
];
