import { type OperationId, operations } from "@memory-api/types";
import type { FastifyReply, FastifyRequest, RouteOptions } from "fastify";
import { checkBody } from "#generated/check-request.js";
import { writeResponse } from "#generated/write-response.cjs";
import type { Store } from "../domain/stores/store-directory.ts";
import { forbidden, invalidBody, storeNotFound } from "../operations/api-error.ts";
import type { Dependencies } from "../operations/dependencies.ts";
import type { Operation, OperationRequest, OperationResponse } from "../operations/operation.ts";
import type { Reservation } from "../storage/storage.ts";
import type { Admission } from "./checks/admission.ts";
import { checkHost } from "./checks/check-host.ts";
import { explainMismatch } from "./checks/explain-mismatch.ts";
import { bodyLimitOf, OPERATION_CLASSES } from "./checks/operation-class.ts";
import { readJsonBody } from "./checks/read-body.ts";
import { readPath, readQuery } from "./checks/read-parameters.ts";
import { routeUrl } from "./route-url.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The operation that a route implements. */
    operationId?: OperationId;
  }
}

/**
 * The route of one operation. Its checks run in the order of the contract.
 *
 * @param current returns what a request that starts now depends on; a reload replaces it
 */
export function operationRoute<Id extends OperationId>(
  id: Id,
  operation: Operation<Id>,
  current: () => Dependencies,
  admission: Admission,
): RouteOptions {
  const { method, path: template, pathParameters, queryParameters, authenticated, mediaType } = operations[id];
  const handle = async (dependencies: Dependencies, request: FastifyRequest, reply: FastifyReply, account?: string) => {
    const path = readPath(pathParameters, request.params);
    const store = account === undefined ? undefined : await findStore(dependencies, account, path["storeId"]);
    if (store) request.storeId = store.id;
    checkHost(request);
    const query = readQuery(queryParameters, request.url);
    const reservation = dependencies.storage.reserve(store?.accountSid ?? "");
    try {
      const body =
        mediaType === "application/json" ? await readBody(id, request, dependencies, reservation) : request.raw;
      const { headers } = request;
      const isAbandoned = () => request.raw.socket.destroyed;
      const isFor = async (storeId: string) => {
        const { id = "", accountSid = "" } = (await dependencies.stores.find(storeId)) ?? {};
        request.storeId = id;
        request.accountSid = accountSid;
      };
      const origin = originOf(dependencies, request);
      const checked = { path, query, body, headers, store, origin, isAbandoned, isFor };
      // Everything was validated against the contract above.
      const response = await operation(dependencies, checked as unknown as OperationRequest<Id>);
      return send(id, response, reply);
    } finally {
      reservation.release();
    }
  };
  return {
    method,
    url: routeUrl(template),
    config: { operationId: id, runsOwnChecks: true },
    handler: async (request, reply) => {
      const dependencies = current();
      if (!authenticated) {
        admission.checkAddress(request);
        return handle(dependencies, request, reply);
      }
      const account = admission.checkAccount(request, OPERATION_CLASSES[id]);
      return admission.run(account, () => handle(dependencies, request, reply, account));
    },
  };
}

/** @throws {ApiError} 404 if there is no such store, 403 if it belongs to another account */
async function findStore({ stores }: Dependencies, account: string, storeId = ""): Promise<Store> {
  const store = await stores.find(storeId);
  if (store === undefined) throw storeNotFound();
  if (store.accountSid !== account) throw forbidden();
  return store;
}

async function readBody(
  id: OperationId,
  request: FastifyRequest,
  { settings }: Dependencies,
  reservation: Reservation,
): Promise<unknown> {
  const body = await readJsonBody(request, {
    limit: bodyLimitOf(id),
    timeoutMs: settings.timeouts.bodyMs,
    reserve: (bytes) => reservation.add(bytes),
  });
  const check = Object.entries(checkBody).find(([name]) => name === id)?.[1];
  if (check === undefined) throw new Error(`There is no check of the body of ${id}.`);
  const [error] = check(body) ? [] : (check.errors ?? []);
  if (error) throw invalidBody(explainMismatch("", error));
  return body;
}

/** A proxy may forward any text as the protocol. */
function originOf({ settings }: Dependencies, { protocol, host }: FastifyRequest): string {
  return settings.publicUrl ?? `${protocol === "https" ? "https" : "http"}://${host}`;
}

function send<Id extends OperationId>(
  id: Id,
  { status, body, headers }: OperationResponse<Id>,
  reply: FastifyReply,
): FastifyReply {
  reply.code(status);
  if (headers) reply.headers(headers);
  const write = writeResponse[`${id} ${status}`];
  return write === undefined ? reply.send() : reply.type("application/json; charset=utf-8").send(write(body));
}
