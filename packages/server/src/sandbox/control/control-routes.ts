import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from "fastify";
import { readJsonBody } from "../../http/checks/read-body.ts";
import { type ApiError, invalidBody, notFound } from "../../operations/api-error.ts";
import type { SandboxSnapshot } from "../check-snapshot.ts";
import { isSandboxTime } from "../sandbox-clock.ts";
import type { SandboxControl } from "../sandbox-control.ts";
import { readTime } from "../seed/seed-values.ts";
import { rejectOtherHosts, rejectWebPages } from "./check-caller.ts";
import { type ControlBodies, checkControlBody } from "./check-control-body.ts";
import { CONTROL_PREFIX } from "./control-prefix.ts";
import { readOverview } from "./read-overview.ts";

/** Bytes. */
const MAX_BODY = 64 * 1024 * 1024;
/** Milliseconds. */
const BODY_TIMEOUT = 60_000;
/** A snapshot is as large as the data of the sandbox, and tests may never delete one. */
const MAX_SNAPSHOTS = 100;

/**
 * The control API, under `/__sandbox/`. It requires no credentials: anyone who can reach a sandbox can control it. Web pages are the
 * exception, because a browser on the same machine can reach the sandbox. Routes that change anything reject requests from web
 * pages other than the sandbox's own, and all routes reject other host names than those of the machine.
 */
export function controlRoutes(control: SandboxControl): FastifyPluginAsync {
  return async (app) => {
    await app.register(async (routes) => addRoutes(routes, control), { prefix: CONTROL_PREFIX });
  };
}

function addRoutes(app: FastifyInstance, control: SandboxControl): void {
  app.addHook("onRequest", async (request) => {
    rejectOtherHosts(request);
    if (request.method !== "GET") rejectWebPages(request);
  });
  app.setNotFoundHandler(async () => {
    throw notFound("The control API has no such route");
  });
  app.post("reset", async (_request, reply) => {
    await control.reset();
    return reply.code(204).send();
  });
  app.post("seed", async (request) => control.seed(await readBody(request, "seed")));
  addSnapshotRoutes(app, control);
  addClockRoutes(app, control);
  addConsistencyRoutes(app, control);
  addFaultRoutes(app, control);

  app.get("overview", async () => readOverview(control));
  app.get("requests", async () => ({ requests: control.requests.exchanges() }));
  app.delete("requests", async (_request, reply) => {
    control.requests.clear();
    return reply.code(204).send();
  });
}

function addSnapshotRoutes(app: FastifyInstance, control: SandboxControl): void {
  /** By ID, in the order of their last use. */
  const snapshots = new Map<string, SandboxSnapshot>();
  let taken = 0;
  const keep = (id: string, snapshot: SandboxSnapshot) => {
    snapshots.delete(id);
    snapshots.set(id, snapshot);
    for (const oldest of snapshots.keys()) {
      if (snapshots.size <= MAX_SNAPSHOTS) break;
      snapshots.delete(oldest);
    }
  };
  app.post("snapshots", async (_request, reply) => {
    const id = `snapshot-${++taken}`;
    keep(id, await control.snapshot());
    return reply.code(201).send({ id });
  });
  app.post<{ Params: { id: string } }>("snapshots/:id/restore", async ({ params: { id } }, reply) => {
    const snapshot = snapshots.get(id);
    if (snapshot === undefined) throw noSnapshot();
    keep(id, snapshot);
    await control.restore(snapshot);
    return reply.code(204).send();
  });
  app.delete<{ Params: { id: string } }>("snapshots/:id", async ({ params }, reply) => {
    if (!snapshots.delete(params.id)) throw noSnapshot();
    return reply.code(204).send();
  });
}

function noSnapshot(): ApiError {
  return notFound(
    `No snapshot has this ID. A sandbox keeps the ${MAX_SNAPSHOTS} snapshots that were taken or restored last`,
  );
}

function addClockRoutes(app: FastifyInstance, { sources: { clock } }: SandboxControl): void {
  const state = () => ({ now: new Date(clock.now()).toISOString(), frozen: clock.isFrozen });
  app.get("clock", async () => state());
  app.put("clock", async (request) => {
    const { now, frozen = clock.isFrozen } = await readBody(request, "clock");
    clock.freeze(now === undefined ? clock.now() : readTime(now, "/now"));
    if (!frozen) clock.resume();
    await clock.advance(0);
    return state();
  });
  app.post("clock/advance", async (request) => {
    const { ms } = await readBody(request, "advance");
    if (!isSandboxTime(clock.now() + ms))
      throw invalidBody("/ms: advances the clock beyond 2199, the last year of a sandbox");
    await clock.advance(ms);
    return state();
  });
}

function addConsistencyRoutes(app: FastifyInstance, { storage }: SandboxControl): void {
  app.get("consistency", async () => storage.consistency());
  app.put("consistency", async (request) => {
    await storage.setConsistency(await readBody(request, "consistency"));
    return storage.consistency();
  });
  app.post("consistency/step", async (request) => {
    const { count } = await readBody(request, "step");
    return { shown: await storage.step(count) };
  });
}

function addFaultRoutes(app: FastifyInstance, { faults }: SandboxControl): void {
  const state = () => ({ plan: faults.plan(), fired: faults.fired() });
  app.get("faults", async () => state());
  app.put("faults", async (request) => {
    const { plan } = await readBody(request, "faults");
    faults.setPlan(plan);
    return state();
  });
  app.delete("faults", async (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
}

async function readBody<Name extends keyof ControlBodies>(
  request: FastifyRequest,
  name: Name,
): Promise<ControlBodies[Name]> {
  return checkControlBody(
    name,
    await readJsonBody(request, { limit: MAX_BODY, timeoutMs: BODY_TIMEOUT, reserve: () => {} }),
  );
}
