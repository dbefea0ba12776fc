import type { OpenAPIV3_1 } from "openapi-types";

const BOUNDS = ["minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "maxProperties", "default"];

type Schema = OpenAPIV3_1.SchemaObject;

/** Returns the source of the bounds: one constant for each schema, so that a bundler drops those that are not used. */
export function contractBounds(bundle: OpenAPIV3_1.Document): string {
  return Object.entries(bundle.components?.schemas ?? {})
    .map(([name, schema]) => [name, { ...ownBounds(schema), ...boundsOfProperties(name, schema) }] as const)
    .filter(([, bounds]) => Object.keys(bounds).length > 0)
    .map(([name, bounds]) => constant(name, bounds))
    .join("\n");
}

function constant(name: string, bounds: object): string {
  if (!/^[A-Za-z_]\w*$/.test(name))
    throw new Error(`${name}: a schema that has bounds must have a name that is a valid identifier.`);
  return `export const ${name} = ${JSON.stringify(bounds, null, 2)} as const;\n`;
}

function ownBounds(schema: Schema): object {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => BOUNDS.includes(keyword)));
}

/** Bounds of the properties that are not references. */
function boundsOfProperties(name: string, { properties = {} }: Schema): object {
  const found = Object.entries(properties).flatMap(([property, child]) => {
    const bounds = "$ref" in child ? {} : ownBounds(child);
    return Object.keys(bounds).length === 0 ? [] : [[property, bounds] as const];
  });
  const [taken] = found.find(([property]) => BOUNDS.includes(property)) ?? [];
  if (taken !== undefined)
    throw new Error(`${name}: its property ${taken} would be mistaken for a bound of the schema itself.`);
  return Object.fromEntries(found);
}
