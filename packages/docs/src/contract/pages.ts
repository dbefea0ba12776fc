import { schemas } from "./document.ts";
import { errorCodes } from "./error-codes.ts";
import { operations } from "./operations.ts";
import { at } from "./site.ts";

/** The URL of the page of an operation. */
export function operationPage(id: string): string {
  return at(`/reference/operations/${kebab(id)}/`);
}

/** The URL of the page of a schema. */
export function schemaPage(name: string): string {
  return at(`/reference/schemas/${kebab(name)}/`);
}

/** The URL of the page of an error code. */
export function errorPage(code: number | string): string {
  return at(`/reference/errors/${code}/`);
}

/** @returns the URL of the page of an operation ID, schema name or specific error code; `undefined` for any other text */
export function pageOf(name: string): string | undefined {
  if (operations.some(({ id }) => id === name)) return operationPage(name);
  if (Object.hasOwn(schemas, name)) return schemaPage(name);
  return errorCodes.some(({ code }) => code > 999 && String(code) === name) ? errorPage(name) : undefined;
}

/** `createProfilesImportV2` becomes `create-profiles-import-v2`. */
export function kebab(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase();
}
