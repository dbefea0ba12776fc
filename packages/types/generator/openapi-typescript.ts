import type { OpenAPIV3_1 } from "openapi-types";
import openapiTS, { astToString, type SchemaObject } from "openapi-typescript";
import ts from "typescript";
import { withDocumentedBounds } from "./documented-bounds.ts";

/**
 * The seam to openapi-typescript, and the only module that knows it: a bundle in, the source of its types out. The source
 * declares the interfaces `components` and `operations`.
 */
export async function typesOf(bundle: OpenAPIV3_1.Document): Promise<string> {
  const source = JSON.stringify(withDocumentedBounds(bundle));
  return astToString(await openapiTS(source, { silent: true, transform: preciseType }));
}

/** A narrower type than `string` where the contract says more, or nothing where the generator's own is right. */
function preciseType(schema: SchemaObject): ts.TypeNode | undefined {
  if (!("type" in schema) || schema.type !== "string") return undefined;
  if ("pattern" in schema && typeof schema.pattern === "string") return prefixedType(schema.pattern);
  if (schema.enum !== undefined && "x-extensible-enum" in schema) return openEnum(schema.enum.map(String));
  return undefined;
}

/** `^mem_(store|service)_[…` becomes `` `mem_store_${string}` | `mem_service_${string}` ``. */
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

/** Known values, and any other string: `(string & {})` keeps completion for the known ones. */
function openEnum(values: readonly string[]): ts.TypeNode {
  const anyString = ts.factory.createIntersectionTypeNode([
    ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
    ts.factory.createTypeLiteralNode([]),
  ]);
  return ts.factory.createUnionTypeNode([
    ...values.map((value) => ts.factory.createLiteralTypeNode(ts.factory.createStringLiteral(value))),
    ts.factory.createParenthesizedType(anyString),
  ]);
}
