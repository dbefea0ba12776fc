import { errorResponse } from "../../../support/errors.ts";
import type { Fault } from "../../../support/faulty-proxy.ts";
import { type ProxiedRequest, ProxiedResponse } from "../../../support/proxied-messages.ts";
import { altered, type PlantedBug, rejecting } from "../../planted-bug.ts";

const UPLOADED = () => new ProxiedResponse(200).withHeader("Content-Length", "0");

/** Accepts an upload that the server rejects, without storing it. */
function acceptingUpload(status: number, when: (request: ProxiedRequest) => boolean = () => true): () => Fault {
  return altered(["uploadImportFile"], status, (response, request) => (when(request) ? UPLOADED() : response));
}

/** Uploads, and their URLs. */
export const UPLOAD_BUGS: readonly PlantedBug[] = [
  {
    name: "second-upload-accepted",
    breaks: "A second upload returns 200 instead of 409.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: acceptingUpload(409),
  },
  {
    name: "short-upload-accepted",
    breaks: "A body that is shorter than fileSize is accepted.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: acceptingUpload(400),
  },
  {
    name: "long-upload-accepted",
    breaks: "A body that is longer than fileSize is accepted.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: acceptingUpload(413),
  },
  {
    name: "long-upload-400",
    breaks: "A body that is longer than fileSize returns 400 instead of 413.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: altered(["uploadImportFile"], 413, () => errorResponse(400, 400)),
  },
  {
    name: "chunked-upload-accepted",
    breaks: "An upload without Content-Length is accepted.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: acceptingUpload(411),
  },
  {
    name: "upload-type-ignored",
    breaks: "An upload with another media type is accepted.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: acceptingUpload(415, (request) => request.header("content-encoding") === undefined),
  },
  {
    name: "upload-coding-ignored",
    breaks: "The content coding of an upload is ignored.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: acceptingUpload(415, (request) => request.header("content-encoding") !== undefined),
  },
  {
    name: "upload-signature-ignored",
    breaks: "The signature of an upload URL is not checked.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: acceptingUpload(403),
  },
  {
    name: "upload-without-token-accepted",
    breaks: "An upload without token is accepted.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: acceptingUpload(403, (request) => !request.query.has("token")),
  },
  {
    name: "upload-token-of-other-import-accepted",
    breaks: "The token of another import is accepted.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: () => {
      const tokens = new Map<string, string>();
      return async (request, forward) => {
        const response = await forward(request);
        const { importId, url } = Object(response.json);
        if (response.status === 201) tokens.set(new URL(url).searchParams.get("token") ?? "", importId);
        const owner = tokens.get(request.query.get("token") ?? "");
        const isOther = owner !== undefined && owner !== request.path["importId"];
        return request.operation === "uploadImportFile" && response.status === 403 && isOther ? UPLOADED() : response;
      };
    },
  },
  {
    name: "expired-url-accepted",
    breaks: "An upload to an expired URL is accepted.",
    in: ["uploadImportFile"],
    foundBy: ["clock"],
    fault: () => {
      const tokens = new Set<string>();
      return async (request, forward) => {
        const response = await forward(request);
        const { importId, url } = Object(response.json);
        if (response.status === 201) tokens.add(`${importId} ${new URL(url).searchParams.get("token")}`);
        const isIssued = tokens.has(`${request.path["importId"]} ${request.query.get("token")}`);
        return request.operation === "uploadImportFile" && response.status === 403 && isIssued ? UPLOADED() : response;
      };
    },
  },
  {
    name: "expired-url-404",
    breaks: "An upload to an expired URL returns 404 instead of 403.",
    in: ["uploadImportFile"],
    foundBy: ["clock"],
    fault: altered(["uploadImportFile"], 403, () => errorResponse(404, 20404)),
  },
  {
    name: "concurrent-uploads-accepted",
    breaks: "Two uploads at the same instant are both accepted.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: () => {
      const started = new Map<string, number>();
      return async (request, forward) => {
        if (request.operation !== "uploadImportFile") return forward(request);
        const id = request.path["importId"] ?? "";
        const active = (started.get(id) ?? 0) + 1;
        started.set(id, active);
        const response = await forward(request);
        started.set(id, (started.get(id) ?? 1) - 1);
        return response.status === 409 && active > 1 ? UPLOADED() : response;
      };
    },
  },
  {
    name: "upload-failure-is-final",
    breaks: "After an upload that was too short, no other upload is accepted.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: () => {
      const failed = new Set<string>();
      return async (request, forward) => {
        if (request.operation !== "uploadImportFile") return forward(request);
        const id = request.path["importId"] ?? "";
        if (failed.has(id)) return errorResponse(409, 20409);
        const response = await forward(request);
        if (response.status === 400 || response.status === 413) failed.add(id);
        return response;
      };
    },
  },
  {
    name: "small-import-rejected",
    breaks: "An import of a file of less than 1,000 bytes is rejected.",
    in: ["createProfilesImportV2"],
    foundBy: ["imports", "clock"],
    fault: rejecting(["createProfilesImportV2"], ({ json }) => Object(json).fileSize < 1000),
  },
  {
    name: "upload-url-relative",
    breaks: "The URL of an import is not absolute.",
    in: ["createProfilesImportV2"],
    foundBy: ["imports", "clock"],
    fault: altered(["createProfilesImportV2"], 201, (response) => {
      const { pathname, search } = new URL(Object(response.json).url);
      return response.withProperties({ url: pathname + search });
    }),
  },
  {
    name: "import-ids-repeat",
    breaks: "Two imports get the same ID.",
    in: ["createProfilesImportV2"],
    foundBy: ["imports", "clock"],
    fault: () => {
      let first: unknown;
      return async (request, forward) => {
        const response = await forward(request);
        if (request.operation !== "createProfilesImportV2" || response.status !== 201) return response;
        const { importId } = Object(response.json);
        first ??= importId;
        return response.withProperties({ importId: first });
      };
    },
  },
];
