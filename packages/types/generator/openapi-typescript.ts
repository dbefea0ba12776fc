import { createRequire } from "node:module";
import type { OpenAPIV3_1 } from "openapi-types";
import openapiTS, { astToString, type SchemaObject } from "openapi-typescript";
import ts from "typescript";
import { operationsOf } from "./operations-of.ts";
import { tsdoc } from "./tsdoc.ts";

/** What makes the types, for the header of the files. */
export const generator: { readonly name: string; readonly version: string } = createRequire(import.meta.url)(
  "openapi-typescript/package.json",
);

/**
 * The seam to openapi-typescript, and the only module that knows it: a bundle in, the source of its types out. The source
 * declares the interfaces `components` and `operations`, and each operation bears its summary and description.
 */
export async function typesOf(bundle: OpenAPIV3_1.Document): Promise<string> {
  const nodes = await openapiTS(JSON.stringify(bundle), {
    silent: true,
    transform: preciseType,
    defaultNonNullable: false, // A default is what the service assumes, no promise that the property is there.
  });
  const interfaces = nodes.filter(ts.isInterfaceDeclaration);
  const [components, operations] = ["components", "operations"].map((name) =>
    interfaces.find((declared) => declared.name.text === name),
  );
  if (components === undefined || operations === undefined) throw new Error("The generator declares no operations.");
  for (const { id, operation } of operationsOf(bundle)) {
    const member = operations.members.find(
      ({ name }) => name !== undefined && ts.isIdentifier(name) && name.text === id,
    );
    if (member === undefined) throw new Error(`The generator declares no operation ${id}.`);
    const text = `${operation.summary}.\n\n${operation.description}`;
    ts.addSyntheticLeadingComment(member, ts.SyntaxKind.MultiLineCommentTrivia, tsdoc({ text }), true);
  }
  return astToString([components, operations]);
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
