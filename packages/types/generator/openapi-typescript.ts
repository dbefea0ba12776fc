import { createRequire } from "node:module";
import { operationsOf } from "@memory-api/spec";
import type { OpenAPIV3_1 } from "openapi-types";
import openapiTS, { astToString, type SchemaObject } from "openapi-typescript";
import ts from "typescript";
import { isOpenEnum } from "./contract-names.ts";
import { tsdoc } from "./tsdoc.ts";

/** Name and version of the generator, for the header of the generated files. */
export const generator: { readonly name: string; readonly version: string } = createRequire(import.meta.url)(
  "openapi-typescript/package.json",
);

/**
 * The seam to openapi-typescript, and the only module that imports it: takes a bundle and returns the source of its types. The
 * source declares the interfaces `paths`, `components` and `operations`, and documents each operation by its summary and
 * description.
 */
export async function typesOf(bundle: OpenAPIV3_1.Document): Promise<string> {
  const nodes = await openapiTS(JSON.stringify(bundle), {
    silent: true,
    transform: preciseType,
    defaultNonNullable: false, // A default is what the service assumes. It does not promise that the property is present.
  });
  const interfaces = nodes.filter(ts.isInterfaceDeclaration);
  const interfaceOf = (name: string) => {
    const found = interfaces.find((declared) => declared.name.text === name);
    if (found === undefined) throw new Error(`The generator declares no interface ${name}.`);
    return found;
  };
  const operations = interfaceOf("operations");
  for (const { id, operation } of operationsOf(bundle)) {
    const member = operations.members.find(
      ({ name }) => name !== undefined && ts.isIdentifier(name) && name.text === id,
    );
    if (member === undefined) throw new Error(`The generator declares no operation ${id}.`);
    const text = `${operation.summary}.\n\n${operation.description}`;
    ts.addSyntheticLeadingComment(member, ts.SyntaxKind.MultiLineCommentTrivia, tsdoc({ text }), true);
  }
  return astToString([interfaceOf("paths"), interfaceOf("components"), operations]);
}

/** Returns a narrower type than `string` for a pattern with a prefix, `string` for an extensible enum, else `undefined`. */
function preciseType(schema: SchemaObject): ts.TypeNode | undefined {
  if (!("type" in schema) || schema.type !== "string") return undefined;
  const prefixed = "pattern" in schema && typeof schema.pattern === "string" && prefixedType(schema.pattern);
  if (prefixed) return prefixed;
  // Not `(string & {})` beside the known values: the types of openapi-fetch take that for an object.
  return isOpenEnum(schema) ? ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword) : undefined;
}

/** Turns `^mem_(store|service)_[…` into `` `mem_store_${string}` | `mem_service_${string}` ``. */
function prefixedType(pattern: string): ts.TypeNode | undefined {
  const [, before, alternatives] = /^\^((?:[a-z]+_)+)(?:\(([a-z|]+)\)_)?\[/.exec(pattern) ?? [];
  if (before === undefined) return undefined;
  const prefixes = alternatives?.split("|").map((alternative) => `${before}${alternative}_`) ?? [before];
  return ts.factory.createUnionTypeNode(prefixes.map(templateOf));
}

function templateOf(prefix: string): ts.TypeNode {
  return ts.factory.createTemplateLiteralType(ts.factory.createTemplateHead(prefix), [
    ts.factory.createTemplateLiteralTypeSpan(
      ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
      ts.factory.createTemplateTail(""),
    ),
  ]);
}
