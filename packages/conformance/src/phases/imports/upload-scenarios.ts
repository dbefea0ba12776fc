import { bounds } from "@memory-api/types";
import { type Exchange, type HttpRequest, headerOf } from "../../http/exchange.ts";
import type { Scenario } from "../../scenarios/scenario.ts";
import { describeResponse, type Session } from "../../scenarios/session.ts";
import {
  type CreatedImport,
  createImport,
  descriptionOf,
  expectTraits,
  failImport,
  isUploadOfContract,
  setTraits,
  untilEnded,
  upload,
} from "./import-file.ts";

const ID = "uploadImportFile";
const NO_TOKEN = "upload-without-token-accepted";
const OBJECT_STORAGE = "the upload URL leads to another server or path, where the contract does not apply";

interface WrongUpload {
  /** In kebab-case. */
  readonly name: string;
  readonly code: string;
  readonly status: number;
  readonly request: (created: CreatedImport) => HttpRequest;
}

const WRONG_UPLOADS: readonly WrongUpload[] = [
  ...[0.25, 0.5, 0.75, 0.95].map((place) =>
    wrongToken(`altered-token-${100 * place}`, (token) => altered(token, Math.floor(token.length * place))),
  ),
  wrongToken("truncated-token", (token) => token.slice(0, -4)),
  wrongToken("longer-token", (token) => `${token}0`),
  wrongToken("empty-token", () => ""),
  wrongToken("token-too-long", (token) => token.padEnd(bounds.UploadToken.maxLength + 1, "0")),
  wrongUrl("no-token", (url) => url.searchParams.delete("token")),
  wrongUrl("token-twice", (url) => url.searchParams.append("token", String(url.searchParams.get("token")))),
  wrongHeaders("no-length", "upload-length-ignored", 411, { "Transfer-Encoding": "chunked" }),
  wrongBody("shorter", 400, (body) => body.subarray(0, -1)),
  wrongBody("empty", 400, () => Buffer.alloc(0)),
  wrongBody("longer", 413, (body) => Buffer.concat([body, Buffer.from("\n")])),
  wrongBody("much-longer", 413, (body) => Buffer.concat([body, Buffer.alloc(200_000, "\n")])),
  wrongHeaders("json", "upload-media-type-ignored", 415, { "Content-Type": "application/json" }),
  wrongHeaders("plain-text", "upload-media-type-ignored", 415, { "Content-Type": "text/plain" }),
  {
    name: "no-media-type",
    code: "upload-media-type-ignored",
    status: 415,
    request: ({ upload: { headers: _, ...request } }) => ({ ...request, headers: {} }),
  },
  wrongHeaders("gzip", "upload-coding-ignored", 415, { "Content-Encoding": "gzip" }),
];

function wrongUrl(name: string, change: (url: URL) => void): WrongUpload {
  return {
    name,
    code: NO_TOKEN,
    status: 403,
    request: (created) => {
      const url = new URL(created.url);
      change(url);
      return { ...created.upload, url: url.href };
    },
  };
}

function wrongToken(name: string, change: (token: string) => string): WrongUpload {
  return wrongUrl(name, (url) => url.searchParams.set("token", change(String(url.searchParams.get("token")))));
}

function altered(token: string, at: number): string {
  return token.slice(0, at) + (token[at] === "a" ? "b" : "a") + token.slice(at + 1);
}

function wrongHeaders(
  name: string,
  code: string,
  status: number,
  headers: Readonly<Record<string, string>>,
): WrongUpload {
  return {
    name,
    code,
    status,
    request: ({ upload: request }) => ({ ...request, headers: { ...request.headers, ...headers } }),
  };
}

function wrongBody(name: string, status: number, change: (body: Buffer) => Buffer): WrongUpload {
  return {
    name,
    code: "upload-length-ignored",
    status,
    request: ({ upload: request }) => ({ ...request, body: change(Buffer.from(request.body)) }),
  };
}

/** Creates an import of one person, whose upload follows the rules of the contract. */
async function createForUpload(session: Session, firstName = "Ada"): Promise<CreatedImport> {
  const created = await createImport(session, `email,first,city\n${session.person().email},${firstName},Oakland\n`);
  if (isUploadOfContract(created)) return created;
  return session.notRun(OBJECT_STORAGE);
}

function expectUpload(session: Session, code: string, exchange: Exchange, status: number): void {
  session.expectStatus(code, ID, exchange, [status], descriptionOf(session, ID));
}

/** Each wrong upload is rejected, and the correct one then succeeds. */
const wrongUploads = WRONG_UPLOADS.map(({ name, code, status, request }): Scenario => {
  return {
    name: `imports/upload-${name}`,
    isWriting: true,
    run: async (session) => {
      const created = await createForUpload(session);
      const exchange = await session.sendRaw(request(created), ID);
      expectUpload(session, code, exchange, status);
      if (name === "gzip" && headerOf(exchange.response, "accept-encoding") !== "identity") {
        session.report({
          code,
          operationId: ID,
          expected: "the header Accept-Encoding: identity",
          received: `Accept-Encoding: ${headerOf(exchange.response, "accept-encoding") ?? "absent"}`,
          source: { kind: "standard", section: "RFC 9110, section 15.5.16" },
        });
      }
      expectUpload(session, "upload-not-repeatable", await session.sendRaw(created.upload, ID), 200);
    },
  };
});

/** Forms of a correct upload. */
const correctUploads = Object.entries({
  charset: { "Content-Type": "text/csv; charset=utf-8" },
  "upper-case": { "Content-Type": "TEXT/CSV" },
  identity: { "Content-Encoding": "identity" },
}).map(([name, headers]): Scenario => {
  return {
    name: `imports/upload-${name}`,
    isWriting: true,
    run: async (session) => {
      const created = await createForUpload(session);
      const request = { ...created.upload, headers: { ...created.upload.headers, ...headers } };
      expectUpload(session, "upload-rejected", await session.sendRaw(request, ID), 200);
    },
  };
});

/** A method that no operation has is rejected, as everywhere. */
const wrongMethods = ["GET", "POST", "PATCH", "DELETE"].map((method): Scenario => {
  return {
    name: `imports/upload-method-${method.toLowerCase()}`,
    isWriting: true,
    run: async (session) => {
      const created = await createForUpload(session);
      const { body, ...request } = created.upload;
      const exchange = await session.sendRaw({ ...request, method, ...(method !== "GET" && { body }) });
      const { status } = exchange.response;
      const allowed = headerOf(exchange.response, "allow");
      if (status !== 405 || allowed !== "PUT") {
        session.fail({
          code: "upload-method-accepted",
          operationId: ID,
          expected: "status 405 with Allow: PUT",
          received: `${describeResponse(exchange)}, Allow: ${allowed ?? "absent"}`,
          source: { kind: "contract", pointer: "/info/description" },
        });
      }
      expectUpload(session, "upload-not-repeatable", await session.sendRaw(created.upload, ID), 200);
    },
  };
});

const otherToken: Scenario = {
  name: "imports/upload-token-of-another-import",
  isWriting: true,
  run: async (session) => {
    const created = await createForUpload(session);
    const other = await createForUpload(session);
    const url = created.url.replace(created.importId, other.importId);
    expectUpload(session, NO_TOKEN, await session.sendRaw({ ...other.upload, url }, ID), 403);
    expectUpload(session, "upload-not-repeatable", await session.sendRaw(other.upload, ID), 200);
  },
};

const twice: Scenario = {
  name: "imports/upload-twice",
  isWriting: true,
  run: async (session) => {
    const created = await createForUpload(session);
    await upload(session, created);
    expectUpload(session, "upload-repeated", await session.sendRaw(created.upload, ID), 409);
    await untilEnded(session, created.importId);
    expectUpload(session, "upload-repeated", await session.sendRaw(created.upload, ID), 409);
    // The state of an import is checked last, so only its uploader learns it.
    const url = new URL(created.url);
    url.searchParams.set("token", "forged");
    expectUpload(session, NO_TOKEN, await session.sendRaw({ ...created.upload, url: url.href }, ID), 403);
  },
};

/** Of uploads at once, one succeeds, and its bytes are imported. */
const atOnce: Scenario = {
  name: "imports/upload-at-once",
  isWriting: true,
  run: async (session) => {
    const { email } = session.person();
    const names = ["Ada", "Ben", "Cyd"];
    const file = (name: string) => `email,first,city\n${email},${name},Oakland\n`;
    const created = await createImport(session, file("Ada"));
    if (!isUploadOfContract(created)) return session.notRun(OBJECT_STORAGE);
    const exchanges = await Promise.all(
      names.map((name) => session.sendRaw({ ...created.upload, body: file(name) }, ID)),
    );
    const statuses = exchanges.map(({ response }) => response.status);
    if (
      statuses.filter((status) => status === 200).length !== 1 ||
      statuses.some((each) => each !== 200 && each !== 409)
    )
      failImport(session, {
        code: "upload-repeated",
        operationId: ID,
        expected: "status 200 once, and 409 for the others",
        received: `status ${statuses.join(", ")}`,
        source: descriptionOf(session, ID),
      });
    await untilEnded(session, created.importId);
    const firstName = names[statuses.indexOf(200)] ?? "";
    const traits = { email, firstName, city: "Oakland" };
    await expectTraits(session, "upload-mixed-up", await setTraits(session, { email }), traits);
  },
};

/** An upload whose connection is closed does not use up the URL. */
const interrupted: Scenario = {
  name: "imports/upload-interrupted",
  isWriting: true,
  run: async (session) => {
    const created = await createForUpload(session);
    await session.sendInParts(created.upload, ID, async () => false);
    expectUpload(session, "upload-not-repeatable", await session.sendRaw(created.upload, ID), 200);
  },
};

export const uploadScenarios: readonly Scenario[] = [
  ...correctUploads,
  ...wrongUploads,
  ...wrongMethods,
  otherToken,
  twice,
  atOnce,
  interrupted,
];
