import { type OperationId, operations } from "@memory-api/types";
import type { FastifyReply, FastifyRequest, RouteOptions } from "fastify";
import { checkBody } from "#generated/check-request.js";
import { writeAnswer } from "#generated/write-answer.cjs";
import { forbidden, invalidBody, storeNotFound } from "../api-error.ts";
import type { StoreRules } from "../domain/store-rules.ts";
import type { Answer, Operation, OperationRequest } from "../operations/operation.ts";
import type { Parts } from "../parts.ts";
import type { Admission } from "./admission.ts";
import { explainMismatch } from "./explain-mismatch.ts";
import { bodyLimitOf, OPERATION_CLASSES } from "./operation-class.ts";
import { readJsonBody } from "./read-body.ts";
import { readPath, readQuery } from "./read-parameters.ts";
import { routeUrl } from "./route-url.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The operation that a route answers. */
    operationId?: OperationId;
  }
}

const NO_RULES: StoreRules = { traitGroups: new Map(), identifierTypes: new Map() };

/** The route of one operation. Its checks run in the order that the contract names. */
export function operationRoute<Id extends OperationId>(
  id: Id,
  operation: Operation<Id>,
  parts: Parts,
  admission: Admission,
): RouteOptions {
  const { method, path: template, pathParameters, queryParameters, authenticated, mediaType } = operations[id];
  return {
    method,
    url: routeUrl(template),
    config: { operationId: id },
    handler: async (request, reply) => {
      const account = authenticated ? admission.ofAccount(request, OPERATION_CLASSES[id]) : undefined;
      if (account === undefined) admission.ofAddress(request);
      const path = readPath(pathParameters, request.params);
      const rules = account === undefined ? NO_RULES : openStore(parts, account, path["storeId"]);
      const query = readQuery(queryParameters, request.url);
      const body = mediaType === "application/json" ? await readBody(id, request, parts) : request.raw;
      const checked = { path, query, body, headers: request.headers, rules, origin: originOf(parts, request) };
      // All of it was held against the contract above.
      const answer = await operation(parts, checked as unknown as OperationRequest<Id>);
      return send(id, answer, reply);
    },
  };
}

/** @throws {ApiError} 404 if there is no such store, 403 if it is another account's */
function openStore({ settings }: Parts, account: string, storeId = ""): StoreRules {
  const store = settings.stores.get(storeId);
  if (store === undefined) throw storeNotFound();
  if (store.accountSid !== account) throw forbidden();
  return store.rules;
}

async function readBody(id: OperationId, request: FastifyRequest, { settings }: Parts): Promise<unknown> {
  const body = await readJsonBody(request, bodyLimitOf(id), settings.timeouts.bodyMs);
  const check = Object.entries(checkBody).find(([name]) => name === id)?.[1];
  if (check === undefined) throw new Error(`There is no check of the body of ${id}.`);
  const [error] = check(body) ? [] : (check.errors ?? []);
  if (error) throw invalidBody(explainMismatch("", error));
  return body;
}

/** What a proxy says of the protocol may be anything. */
function originOf({ settings }: Parts, { protocol, host }: FastifyRequest): string {
  return settings.publicUrl ?? `${protocol === "https" ? "https" : "http"}://${host}`;
}

function send<Id extends OperationId>(
  id: Id,
  { status, body, headers }: Answer<Id>,
  reply: FastifyReply,
): FastifyReply {
  reply.code(status);
  if (headers) reply.headers(headers);
  const write = writeAnswer[`${id} ${status}`];
  return write === undefined ? reply.send() : reply.type("application/json; charset=utf-8").send(write(body));
}
