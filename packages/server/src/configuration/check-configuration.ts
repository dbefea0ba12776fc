import type { ErrorObject } from "ajv";
import type { Configuration } from "#generated/configuration.js";
import { validateConfiguration } from "#generated/validate-configuration.js";
import { jsonPointer } from "../domain/json-pointer.ts";
import type { Mistake } from "./configuration-error.ts";

/**
 * Validates a document against the schema of the configuration.
 *
 * @param mistakes the mistakes of the document are added to this list
 * @returns the document, or an empty configuration if it has mistakes
 */
export function checkConfiguration(document: unknown, mistakes: Mistake[]): Configuration {
  if (validateConfiguration(document)) return document;
  for (const error of validateConfiguration.errors ?? []) {
    if (!isDuplicate(error)) mistakes.push({ path: pathOf(error), reason: reasonOf(error) });
  }
  return {};
}

/** Ajv reports a mistake in a branch of `oneOf`, and an invalid property name, a second time. */
function isDuplicate({ keyword, schemaPath }: ErrorObject): boolean {
  return keyword === "propertyNames" || schemaPath.includes("/oneOf/");
}

function pathOf({ instancePath, propertyName }: ErrorObject): string {
  return instancePath + (propertyName === undefined ? "" : jsonPointer(propertyName)) || "/";
}

/** Names the rule but not the value, which may be a secret. */
function reasonOf({ keyword, params, message, parentSchema = {}, propertyName }: ErrorObject): string {
  switch (keyword) {
    case "additionalProperties":
      return `has the unknown property ${params["additionalProperty"]}; known properties: ${Object.keys(parentSchema["properties"]).join(", ")}`;
    case "enum":
      return `must be ${params["allowedValues"].join(" or ")}`;
    case "not":
      return `must have only one of ${parentSchema["not"].required.join(" and ")}`;
    case "oneOf":
      return `must have either ${parentSchema["oneOf"].flatMap(({ required }: Choice) => required).join(" or ")}`;
    default:
      return `${propertyName === undefined ? "" : "its name "}${message}`;
  }
}

interface Choice {
  required: string[];
}
