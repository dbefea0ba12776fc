import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from "fastify";
import { invalidBody, notFound } from "../../api-error.ts";
import { readJsonBody } from "../../http/read-body.ts";
import { isSandboxTime } from "../sandbox-clock.ts";
import type { SandboxControl, SandboxSnapshot } from "../sandbox-control.ts";
import { readTime } from "../seed/seed-values.ts";
import { refuseOtherHosts, refusePages } from "./check-caller.ts";
import { type ControlBodies, checkControlBody } from "./check-control-body.ts";
import { CONTROL_PREFIX } from "./control-prefix.ts";

/** Bytes. */
const MAX_BODY = 64 * 1024 * 1024;
/** Milliseconds. */
const BODY_TIMEOUT = 60_000;

/**
 * The control API, under `/__sandbox/`. It asks for no credentials: whoever reaches a sandbox controls it. A web page does not,
 * though a browser on the same machine reaches it: what changes anything refuses all that a browser sends for a page, and all
 * of it refuses other names than those of the machine.
 */
export function controlRoutes(control: SandboxControl): FastifyPluginAsync {
  return async (app) => {
    await app.register(async (routes) => addRoutes(routes, control), { prefix: CONTROL_PREFIX });
  };
}

function addRoutes(app: FastifyInstance, control: SandboxControl): void {
  app.addHook("onRequest", async (request) => {
    refuseOtherHosts(request);
    if (request.method !== "GET") refusePages(request);
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

  app.get("requests", async () => ({ requests: control.requests.exchanges() }));
  app.delete("requests", async (_request, reply) => {
    control.requests.clear();
    return reply.code(204).send();
  });
}

function addSnapshotRoutes(app: FastifyInstance, control: SandboxControl): void {
  const snapshots = new Map<string, SandboxSnapshot>();
  let taken = 0;
  app.post("snapshots", async (_request, reply) => {
    const id = `snapshot-${++taken}`;
    snapshots.set(id, await control.snapshot());
    return reply.code(201).send({ id });
  });
  app.post<{ Params: { id: string } }>("snapshots/:id/restore", async ({ params }, reply) => {
    const snapshot = snapshots.get(params.id);
    if (snapshot === undefined) throw notFound("No snapshot has this ID");
    await control.restore(snapshot);
    return reply.code(204).send();
  });
  app.delete<{ Params: { id: string } }>("snapshots/:id", async ({ params }, reply) => {
    if (!snapshots.delete(params.id)) throw notFound("No snapshot has this ID");
    return reply.code(204).send();
  });
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
      throw invalidBody("/ms: leads beyond the last time of a sandbox, in the year 2199");
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
  return checkControlBody(name, await readJsonBody(request, MAX_BODY, BODY_TIMEOUT));
}
