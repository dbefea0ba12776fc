import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import type { Account, Target } from "../../src/target.ts";
import { applyFile, newImport, type ReferenceImport, signed } from "./imports.ts";
import {
  BULK_LIMIT,
  checkMappings,
  contactOf,
  expectMediaType,
  expectSchema,
  type ReadRequest,
  readJson,
  readPageQuery,
} from "./requests.ts";
import { Rejection, type Reply } from "./responses.ts";
import { identifiersOf, ReferenceStore } from "./store.ts";

/** What an operation works on. */
interface Context {
  readonly request: ReadRequest;
  readonly host: string;
  readonly storeId: string;
  readonly store: ReferenceStore;
  /** Newest first. */
  readonly imports: ReferenceImport[];
  /** The last segment of the path. */
  readonly id: string;
}

type Operation = (context: Context) => Reply;

const MAX_PAGE = 100;
const NO_IDENTIFIER = "The request must contain at least one trait that is promoted to an identifier";
const accepted = (body: object = {}): Reply => ({ status: 202, body: { message: "The request is accepted", ...body } });
const notFound = () => new Rejection(404, 20404, "There is no such resource");

/** Returns the reply to a request for a profile that does not exist. */
function movedOr404({ store, id, host, storeId }: Context, status: 301 | 308): Reply {
  const canonical = store.canonicalOf(id);
  if (canonical === undefined || !store.has(canonical)) throw notFound();
  const uri = `http://${host}/v1/Stores/${storeId}/Profiles/${canonical}`;
  const headers = { Location: uri, "Canonical-Profile-Id": canonical };
  return { status, headers, body: { message: "The profile was merged into another profile", uri } };
}

const listProfiles: Operation = ({ request, store, storeId }) => {
  const { pageSize, orderBy, pageToken } = readPageQuery(request);
  const [place = "", direction] = pageToken?.split(".") ?? [];
  if (pageToken !== null && pageToken !== signed(`${place}.${direction}.${storeId}.${orderBy}`)) {
    throw new Rejection(400, 400, "pageToken: was not issued for this store and order");
  }
  const size = Math.min(pageSize, MAX_PAGE);
  const ids = orderBy === "ASC" ? store.ids : store.ids.reverse();
  const isBefore = (id: string) => (orderBy === "ASC" ? id < place : id > place);
  const before = ids.filter(isBefore);
  const after = ids.filter((id) => id !== place && !isBefore(id));
  const isBackwards = direction === "before";
  const profiles = pageToken === null ? ids.slice(0, size) : isBackwards ? before.slice(-size) : after.slice(0, size);
  const start = profiles[0] === undefined ? ids.length : ids.indexOf(profiles[0]);
  const tokenOf = (id: string | undefined, way: string) => signed(`${id}.${way}.${storeId}.${orderBy}`);
  const meta = {
    key: "profiles",
    pageSize: size,
    ...(start + profiles.length < ids.length && { nextToken: tokenOf(profiles.at(-1), "after") }),
    ...(start > 0 && profiles.length > 0 && { previousToken: tokenOf(profiles[0], "before") }),
  };
  return { status: 200, body: { profiles, meta } };
};

const createProfile: Operation = ({ request, store }) => {
  const contact = contactOf(Object(readJson(request, "CreateProfileRequest")).traits, "");
  const id = store.upsert(contact);
  if (id === undefined) throw new Rejection(400, 400, NO_IDENTIFIER);
  return accepted({ id });
};

const updateProfilesBulk: Operation = ({ request, store }) => {
  const { profiles }: { readonly profiles?: readonly unknown[] } = Object(
    readJson(request, "UpdateProfilesBulkRequest", BULK_LIMIT),
  );
  if (profiles === undefined) throw new Rejection(400, 520046, "/profiles: must have at least 1 item");
  const contacts = profiles.map((item, at) => {
    const contact = contactOf(Object(item).traits, `/profiles/${at}`);
    if (identifiersOf(contact).length === 0) throw new Rejection(400, 400, `/profiles/${at}: ${NO_IDENTIFIER}`);
    return contact;
  });
  for (const contact of contacts) store.upsert(contact);
  return accepted();
};

const fetchProfile: Operation = (context) => {
  const { request, store, id } = context;
  const groups = request.query.get("traitGroups");
  if (groups !== null) expectSchema("TraitGroupList", groups, "traitGroups", 400);
  const found = store.fetch(id);
  if (found === undefined) return movedOr404(context, 301);
  const isShown = groups === null || groups.split(",").includes("Contact");
  const traits = isShown ? { Contact: found.contact } : {};
  return { status: 200, body: { id, createdAt: found.createdAt, traits } };
};

const patchProfileTraits: Operation = (context) => {
  const { request, store, id } = context;
  const contact = contactOf(Object(readJson(request, "PatchProfileTraitsRequest")).traits, "");
  if (!store.has(id)) return movedOr404(context, 308);
  store.patch(id, contact);
  return accepted();
};

const deleteProfile: Operation = (context) => {
  const { store, id } = context;
  if (!store.has(id)) return movedOr404(context, 308);
  store.delete(id);
  return accepted();
};

const createImport: Operation = ({ request, imports, host }) => {
  const json = readJson(request, "CreateProfilesImportV2Request") as Parameters<typeof newImport>[0];
  checkMappings(json.columnMappings);
  const created = newImport(json);
  imports.unshift(created);
  const { importId, token } = created;
  return { status: 201, body: { importId, url: `http://${host}/uploads/${importId}?token=${token}` } };
};

const listImports: Operation = ({ imports }) => {
  return { status: 200, body: { imports: imports.slice(0, MAX_PAGE).map(({ importId }) => importId) } };
};

const fetchImport: Operation = ({ imports, id }) => {
  const found = imports.find(({ importId }) => importId === id);
  if (found === undefined) throw notFound();
  const { state, expiresAt } = found;
  if (state.status === "PENDING" && Date.now() >= expiresAt) state.status = "FAILED";
  return { status: 200, body: state };
};

const upload: Operation = ({ request, imports, store, id }) => {
  const found = imports.find(({ importId }) => importId === id);
  const tokens = request.query.getAll("token");
  const isValid = found !== undefined && tokens.length === 1 && tokens[0] === found.token;
  if (!isValid || Date.now() >= found.expiresAt) throw new Rejection(403, 403, "The upload URL is invalid or expired");
  if (request.header("content-length") === undefined) throw new Rejection(411, 20411, "Send Content-Length");
  const { fileSize, status } = found.state;
  if (request.body.length > fileSize) throw new Rejection(413, 20413, `The body is longer than ${fileSize} bytes`);
  expectMediaType(request, "text/csv");
  if (request.body.length < fileSize) throw new Rejection(400, 400, `The body is shorter than ${fileSize} bytes`);
  if (status !== "PENDING") throw new Rejection(409, 20409, "The file was already uploaded");
  found.state.status = "PROCESSING";
  setImmediate(() => applyFile(found, store, request.body));
  return { status: 200 };
};

/** A literal path precedes the templated ones. */
const ROUTES: readonly {
  readonly pattern: RegExp;
  readonly id?: string;
  readonly methods: Record<string, Operation>;
}[] = [
  { pattern: /^\/v1\/Stores\/([^/]*)\/Profiles$/, methods: { GET: listProfiles, POST: createProfile } },
  { pattern: /^\/v1\/Stores\/([^/]*)\/Profiles\/Bulk$/, methods: { PUT: updateProfilesBulk } },
  { pattern: /^\/v1\/Stores\/([^/]*)\/Profiles\/Imports$/, methods: { GET: listImports, POST: createImport } },
  { pattern: /^\/v1\/Stores\/([^/]*)\/Profiles\/Imports\/([^/]*)$/, id: "ImportId", methods: { GET: fetchImport } },
  {
    pattern: /^\/v1\/Stores\/([^/]*)\/Profiles\/([^/]*)$/,
    id: "ProfileId",
    methods: { GET: fetchProfile, PATCH: patchProfileTraits, DELETE: deleteProfile },
  },
  { pattern: /^\/uploads\/()([^/]*)$/, id: "ImportId", methods: { PUT: upload } },
];

/** Starts a small implementation of the contract, which shares no code with the server of this project. It keeps everything in memory. */
export async function startReferenceServer(
  accounts: readonly [Account, Account],
): Promise<{ target: Target; stop(): void }> {
  const stores = new Map(
    accounts.map((account) => [
      account.storeId,
      { account, store: new ReferenceStore(), imports: [] as ReferenceImport[] },
    ]),
  );

  const replyTo = (request: ReadRequest, host: string): Reply => {
    const isUpload = request.path.startsWith("/uploads/");
    const username = isUpload ? undefined : userOf(accounts, request);
    const route = ROUTES.find(({ pattern }) => pattern.test(request.path));
    if (route === undefined) throw notFound();
    const operation = route.methods[request.method];
    if (operation === undefined) {
      throw new Rejection(405, 20405, "The method is not supported", { Allow: Object.keys(route.methods).join(", ") });
    }
    const [storeId = "", id = ""] = (route.pattern.exec(request.path) ?? []).slice(1).map(decoded);
    if (!isUpload) expectSchema("StoreId", storeId, "storeId", 520049);
    if (route.id !== undefined) expectSchema(route.id, id, route.id, 400);
    const owner = [...stores.values()].find(({ imports }) => imports.some(({ importId }) => importId === id));
    const found = isUpload ? (owner ?? [...stores.values()][0]) : stores.get(storeId);
    if (found === undefined) throw new Rejection(404, 520041, "There is no such store");
    if (!isUpload && found.account.username !== username) throw new Rejection(403, 403, "No access to this store");
    return operation({ request, host, storeId, id, store: found.store, imports: found.imports });
  };

  const server = createServer({ requireHostHeader: false }, async (incoming, outgoing) => {
    const body = await buffer(incoming).catch(() => undefined);
    if (body === undefined) return;
    const reply = attempt(() => replyTo(readRequest(incoming, body), hostOf(incoming)));
    const text = reply.body === undefined ? "" : JSON.stringify(reply.body);
    const type = text === "" ? {} : { "Content-Type": "application/json; charset=utf-8" };
    outgoing
      .writeHead(reply.status, { ...type, "Content-Length": Buffer.byteLength(text), ...reply.headers })
      .end(text);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The server has no port.");
  const [account, otherAccount] = accounts;
  const baseUrl = `http://127.0.0.1:${address.port}`;
  return {
    target: { baseUrl, account, otherAccount, isImmediate: true, eventualWithinMs: 5000, isReadOnly: false },
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function attempt(reply: () => Reply): Reply {
  try {
    return reply();
  } catch (error) {
    return error instanceof Rejection ? error.reply : new Rejection(500, 20500, String(error)).reply;
  }
}

function readRequest({ method = "", url = "", headers }: IncomingMessage, body: Buffer): ReadRequest {
  const [path = "", ...query] = url.split("?");
  const header = (name: string) => headers[name]?.toString();
  return { method, path, query: new URLSearchParams(query.join("?")), header, body };
}

function hostOf({ headersDistinct }: IncomingMessage): string {
  const [host = "", ...others] = headersDistinct.host ?? [];
  if (!/^[\w.[\]:-]+$/.test(host) || !URL.canParse(`http://${host}`) || others.length > 0) {
    throw new Rejection(400, 400, "Send one valid Host");
  }
  return host;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return "%";
  }
}

/** @returns the user name of the credentials */
function userOf(accounts: readonly Account[], { header }: ReadRequest): string {
  const [scheme = "", encoded = ""] = (header("authorization") ?? "").split(" ");
  const credentials = Buffer.from(encoded, "base64").toString();
  const found = accounts.find(({ username, password }) => credentials === `${username}:${password}`);
  if (found !== undefined && scheme.toLowerCase() === "basic") return found.username;
  throw new Rejection(401, 20003, "Send valid credentials", {
    "WWW-Authenticate": 'Basic realm="Memory API", charset="UTF-8"',
  });
}
