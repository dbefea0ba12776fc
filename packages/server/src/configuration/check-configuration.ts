import type { ErrorObject } from "ajv";
import type { Configuration } from "#generated/configuration.js";
import { validateConfiguration } from "#generated/validate-configuration.js";
import { jsonPointer } from "../json-pointer.ts";
import type { Mistake } from "./configuration-error.ts";

/**
 * Holds a document against the schema of the configuration.
 *
 * @param mistakes is added to
 * @returns the document; an empty configuration if it has mistakes
 */
export function checkConfiguration(document: unknown, mistakes: Mistake[]): Configuration {
  if (validateConfiguration(document)) return document;
  for (const error of validateConfiguration.errors ?? []) {
    if (isOwn(error)) mistakes.push({ path: pathOf(error), reason: reasonOf(error) });
  }
  return {};
}

/** The branches of a choice, and an object with a wrong name in it, would say the same mistake again. */
function isOwn({ keyword, schemaPath }: ErrorObject): boolean {
  return keyword !== "propertyNames" && !schemaPath.includes("/oneOf/");
}

function pathOf({ instancePath, propertyName }: ErrorObject): string {
  return instancePath + (propertyName === undefined ? "" : jsonPointer(propertyName)) || "/";
}

/** Says the rule, never the value: that may be a secret. */
function reasonOf({ keyword, params, message, parentSchema = {}, propertyName }: ErrorObject): string {
  switch (keyword) {
    case "additionalProperties":
      return `has no property ${params["additionalProperty"]}; it knows ${Object.keys(parentSchema["properties"]).join(", ")}`;
    case "enum":
      return `must be ${params["allowedValues"].join(" or ")}`;
    case "not":
      return `must have only one of ${parentSchema["not"].required.join(" and ")}`;
    case "oneOf":
      return `must have one of ${parentSchema["oneOf"].flatMap(({ required }: Choice) => required).join(" and ")}`;
    default:
      return `${propertyName === undefined ? "" : "its name "}${message}`;
  }
}

interface Choice {
  required: string[];
}
