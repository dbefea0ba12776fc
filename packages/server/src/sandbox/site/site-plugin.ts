import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { FastifyInstance, FastifyPluginAsync, FastifyReply } from "fastify";
import type { GeneratedCredential } from "../../configuration/generated-secrets.ts";
import { notFound } from "../../operations/api-error.ts";
import { rejectOtherMachines, rejectWebPages } from "../control/check-caller.ts";
import { CONTROL_PREFIX } from "../control/control-prefix.ts";
import { DOCS_PREFIX, docsPlugin } from "./docs-plugin.ts";

/** What the pages of a sandbox need besides its control API. */
export interface SiteOptions {
  /** Folder of the documentation site. Without it, there is no `/docs`. */
  readonly docsFolder?: string | undefined;
  /** The credential that the server generated. A configured one is stored as a hash, so no page can show it. */
  readonly credential?: GeneratedCredential | undefined;
  readonly storeId: string;
}

const { resolve } = createRequire(import.meta.url);
const PAGE_FILES = {
  "index.html": "text/html; charset=utf-8",
  "page.css": "text/css; charset=utf-8",
  "page.js": "text/javascript; charset=utf-8",
};
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * The pages of a sandbox, for a browser on the same machine: `/` shows what happens in the sandbox, and `/docs` is the documentation.
 * They are outside the order of checks of the contract, and the request log does not contain them.
 */
export function sitePlugin(options: SiteOptions): FastifyPluginAsync {
  return async (app) => {
    app.addHook("onRoute", (route) => {
      route.config = { ...route.config, isPage: true };
    });
    addPage(app, options);
    addCredentials(app, options);
    const { docsFolder } = options;
    if (docsFolder === undefined) return;
    app.get(DOCS_PREFIX, (_request, reply) => reply.redirect(`${DOCS_PREFIX}/`, 308));
    await app.register(docsPlugin(docsFolder), { prefix: DOCS_PREFIX });
  };
}

function addPage(app: FastifyInstance, { docsFolder }: SiteOptions): void {
  const send = async (reply: FastifyReply, name: keyof typeof PAGE_FILES) => {
    reply.type(PAGE_FILES[name]).header("Content-Security-Policy", PAGE_POLICY).header("Cache-Control", "no-cache");
    return reply.send(await readFile(resolve(`#page/${name}`), "utf8"));
  };
  app.register(async (page) => {
    page.addHook("onRequest", async (request) => rejectOtherMachines(request));
    page.get("/", (_request, reply) => send(reply, "index.html"));
    page.get(`${CONTROL_PREFIX}page.css`, (_request, reply) => send(reply, "page.css"));
    page.get(`${CONTROL_PREFIX}page.js`, (_request, reply) => send(reply, "page.js"));
    page.get(`${CONTROL_PREFIX}site`, async () => ({ docs: docsFolder === undefined ? null : DOCS_PREFIX }));
  });
}

function addCredentials(app: FastifyInstance, { credential, storeId }: SiteOptions): void {
  app.get(`${CONTROL_PREFIX}credentials`, async (request, reply) => {
    rejectOtherMachines(request);
    rejectWebPages(request);
    if (credential === undefined) {
      throw notFound("The configuration contains the accounts of this sandbox, and not their passwords");
    }
    reply.header("Cache-Control", "no-store");
    return { user: credential.apiKey, password: credential.apiSecret, store: storeId };
  });
}
