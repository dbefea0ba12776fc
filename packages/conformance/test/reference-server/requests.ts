import { openapi } from "@memory-api/spec";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { Rejection } from "./responses.ts";
import type { ContactChanges } from "./store.ts";

/** A request as the reference server reads it. */
export interface ReadRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly header: (name: string) => string | undefined;
  readonly body: Buffer;
}

const TRAITS = [..."firstName lastName email phone street city state postalCode country preferredLanguage".split(" ")];
const MIB = 1024 * 1024;

const ajv = new Ajv2020({ strict: false });
formats.default(ajv);
ajv.addSchema({ $id: "contract", ...Object(openapi) });

const validators = new Map<string, ValidateFunction>();

/** Rejects a value that does not match a schema of the contract. */
export function expectSchema(name: string, value: unknown, subject: string, code: number): void {
  const validate = validators.get(name) ?? ajv.compile({ $ref: `contract#/components/schemas/${name}` });
  validators.set(name, validate);
  if (validate(value)) return;
  const [error] = validate.errors ?? [];
  throw new Rejection(400, code, `${subject}${error?.instancePath ?? ""}: ${error?.message}`);
}

/** Reads a JSON body that must match a schema of the contract. */
export function readJson(request: ReadRequest, schema: string, limit = 5 * MIB): unknown {
  if (request.body.length > limit) throw new Rejection(413, 20413, `The body is longer than ${limit} bytes`);
  expectMediaType(request, "application/json");
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(request.body));
  } catch {
    throw new Rejection(400, 520046, "The body is not valid JSON");
  }
  expectSchema(schema, json, "", 520046);
  return json;
}

export const BULK_LIMIT = 16 * MIB;

export function expectMediaType({ header }: ReadRequest, mediaType: string): void {
  const codings = (header("content-encoding") ?? "").split(",").map((coding) => coding.trim().toLowerCase());
  if (codings.some((coding) => coding !== "" && coding !== "identity")) {
    throw new Rejection(415, 20415, "The content coding is not supported", { "Accept-Encoding": "identity" });
  }
  const sent = header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (sent !== mediaType) throw new Rejection(415, 20415, `Content-Type must be ${mediaType}`);
}

/** The traits of the group `Contact`, the only one that the stores declare. */
export function contactOf(traits: unknown, pointer: string): ContactChanges {
  for (const [group, values] of Object.entries(Object(traits))) {
    if (group !== "Contact") throw new Rejection(400, 520047, `${pointer}/traits/${group}: not declared`);
    for (const [name, value] of Object.entries(Object(values))) {
      const place = `${pointer}/traits/Contact/${name}`;
      if (!TRAITS.includes(name)) throw new Rejection(400, 520047, `${place}: not declared`);
      if (typeof value !== "string" && value !== null) throw new Rejection(400, 520046, `${place}: must be a string`);
    }
  }
  return Object(Object(traits).Contact);
}

/** Rejects column mappings that break a rule that no schema expresses. */
export function checkMappings(mappings: readonly { readonly traitGroup: string; readonly traitName: string }[]): void {
  const targets: string[] = [];
  for (const [at, { traitGroup, traitName }] of mappings.entries()) {
    const target = `${traitGroup}.${traitName}`;
    const place = `/columnMappings/${at}`;
    if (traitGroup !== "Contact" || !TRAITS.includes(traitName)) {
      throw new Rejection(400, 520047, `${place}: the store does not declare the trait ${target}`);
    }
    if (targets.includes(target)) throw new Rejection(400, 400, `${place}: ${target} is already a target`);
    targets.push(target);
  }
  if (!targets.some((target) => /\.(email|phone)$/.test(target))) {
    throw new Rejection(400, 400, "/columnMappings: no target is promoted to an identifier");
  }
}

/** Reads the query of a list. */
export function readPageQuery({ query }: ReadRequest): {
  readonly pageSize: number;
  readonly orderBy: string;
  readonly pageToken: string | null;
} {
  const size = query.get("pageSize") ?? "50";
  expectSchema("PageSize", /^-?\d+$/.test(size) ? Number(size) : size, "pageSize", 400);
  const orderBy = query.get("orderBy") ?? "DESC";
  expectSchema("OrderBy", orderBy, "orderBy", 400);
  const pageToken = query.get("pageToken");
  if (pageToken !== null) expectSchema("PageToken", pageToken, "pageToken", 400);
  return { pageSize: Number(size), orderBy, pageToken };
}
