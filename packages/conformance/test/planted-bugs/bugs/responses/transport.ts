import { gzipSync } from "node:zlib";
import { errorResponse } from "../../../support/errors.ts";
import { ProxiedResponse } from "../../../support/proxied-messages.ts";
import { ALL_OPERATIONS, JSON_WRITES, type PlantedBug } from "../../planted-bug.ts";

/** Bodies and their headers, regardless of what they mean. */
export const TRANSPORT_BUGS: readonly PlantedBug[] = [
  {
    name: "body-limit-of-1-mib",
    breaks: "A body over 1 MiB is rejected with 413, although the limit of its operation is higher.",
    in: [...JSON_WRITES],
    foundBy: ["protocol", "requests"],
    fault: () => async (request, forward) =>
      request.operation !== "uploadImportFile" && request.body.length > 1024 * 1024
        ? errorResponse(413, 20413)
        : forward(request),
  },
  {
    name: "media-type-case-sensitive",
    breaks: "A media type in another case is rejected with 415.",
    in: [...JSON_WRITES],
    foundBy: ["protocol"],
    fault: () => async (request, forward) => {
      const mediaType = request.header("content-type") ?? "";
      const isRejected =
        /^application\/json/i.test(mediaType) && mediaType !== mediaType.toLowerCase() && request.body.length > 0;
      return isRejected ? errorResponse(415, 20415) : forward(request);
    },
  },
  {
    name: "response-compressed-unasked",
    breaks: "Responses are compressed although the request does not accept it.",
    in: [...ALL_OPERATIONS],
    foundBy: ["smoke", "model"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      if (response.body.length === 0) return response;
      const body = gzipSync(response.body);
      return new ProxiedResponse(response.status, response.headers, body)
        .withHeader("Content-Length", String(body.length))
        .withHeader("Content-Encoding", "gzip");
    },
  },
];
