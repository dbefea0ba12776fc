import type { Bump } from "../rating/reported-change.ts";
import { REMOVED } from "./schema-keywords.ts";

type Expected = readonly [bump: Bump, why: string];

/** A change of anything but a keyword of a schema: JSON pointers with their new values, and what it and its reverse need. */
export type StructureRow = readonly [title: string, patch: Record<string, unknown>, there: Expected, back: Expected];

const items = "#/paths/~1stores~1{storeId}~1items";
const list = `${items}/get`;
const create = `${items}/post`;
const uploads = "#/paths/~1uploads~1{uploadId}";
const page = `${list}/responses/200`;
const json = "content/application~1json";
const schemas = "#/components/schemas";
const filter = `${list}/parameters/4`;
const object = { type: "object", properties: { id: { type: "string" } } };
const prose: Expected = ["patch", "Prose."];

export const structures: readonly StructureRow[] = [
  // Document
  ["another title of the API", { "#/info/title": "Things" }, prose, prose],
  ["no description of the API", { "#/info/description": REMOVED }, prose, prose],
  ["a contact", { "#/info/contact": { name: "Support" } }, prose, prose],
  ["another license", { "#/info/license/name": "ISC" }, prose, prose],
  ["a link to documentation", { "#/externalDocs": { url: "https://docs.example" } }, prose, prose],
  ["a tag", { "#/tags/1": { name: "Uploads" } }, prose, prose],
  ["another tag of an operation", { [`${list}/tags`]: ["Lists"] }, prose, prose],
  ["a later patch of OpenAPI", { "#/openapi": "3.1.1" }, ["patch", "Same meaning."], ["patch", "Same meaning."]],
  [
    "a later version of OpenAPI",
    { "#/openapi": "3.2.0" },
    ["major", "Tools for 3.1 reject it."],
    ["major", "Tools for 3.2 lose what is new."],
  ],
  [
    "another dialect of JSON Schema",
    { "#/jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base" },
    ["major", "Validators read every schema differently."],
    ["major", "Validators read every schema differently."],
  ],

  // Security
  [
    "security that is removed",
    { "#/security": REMOVED },
    ["major", "Callers no longer know how to authenticate."],
    ["major", "Callers must authenticate."],
  ],
  [
    "security that becomes empty",
    { "#/security": [] },
    ["minor", "Callers with credentials are still served."],
    ["major", "Callers must authenticate."],
  ],
  [
    "security that becomes optional",
    { "#/security": [{ basicAuth: [] }, {}] },
    ["minor", "Callers with credentials are still served."],
    ["major", "Callers must authenticate."],
  ],
  [
    "an operation without its empty security",
    { [`${uploads}/put/security`]: REMOVED },
    ["major", "Callers of the public upload must authenticate."],
    ["minor", "Callers with credentials are still served."],
  ],
  [
    "an operation that becomes public",
    { [`${list}/security`]: [] },
    ["minor", "Callers with credentials are still served."],
    ["major", "Callers must authenticate."],
  ],
  [
    "an operation that repeats the security of all",
    { [`${list}/security`]: [{ basicAuth: [] }] },
    ["patch", "It is inherited."],
    ["patch", "It is inherited."],
  ],
  [
    "a second scheme as an alternative",
    {
      "#/components/securitySchemes/token": { type: "http", scheme: "bearer" },
      "#/security": [{ basicAuth: [] }, { token: [] }],
    },
    ["minor", "Callers may use either."],
    ["major", "Callers with a token are rejected."],
  ],
  [
    "a second scheme in addition",
    {
      "#/components/securitySchemes/token": { type: "http", scheme: "bearer" },
      "#/security": [{ basicAuth: [], token: [] }],
    },
    ["major", "Callers need a token, too."],
    ["major", "Redocly reports a removed scheme."],
  ],
  [
    "another scheme",
    { "#/components/securitySchemes/basicAuth/scheme": "bearer" },
    ["major", "Callers need other credentials."],
    ["major", "Callers need other credentials."],
  ],
  [
    "another kind of scheme",
    { "#/components/securitySchemes/basicAuth": { type: "apiKey", in: "header", name: "Key" } },
    ["major", "Callers need other credentials."],
    ["major", "Callers need other credentials."],
  ],
  [
    "another hint on the format of a token",
    { "#/components/securitySchemes/basicAuth/bearerFormat": "JWT" },
    ["patch", "A hint for people."],
    ["patch", "A hint for people."],
  ],
  [
    "another URL of tokens",
    { "#/components/securitySchemes/oauth/flows/clientCredentials/tokenUrl": "https://items.example/oauth" },
    ["major", "Callers get no token from the old URL."],
    ["major", "Callers get no token from the old URL."],
  ],
  [
    "a second way to get a token",
    {
      "#/components/securitySchemes/oauth/flows/password": { tokenUrl: "https://items.example/password", scopes: {} },
    },
    ["minor", "Callers may use either."],
    ["major", "Callers of the removed flow."],
  ],
  [
    "security that requires a role",
    { "#/security": [{ basicAuth: ["admin"] }] },
    ["major", "Callers without the role are rejected."],
    ["minor", "More callers are accepted."],
  ],
  [
    "a scope of tokens",
    { "#/components/securitySchemes/oauth/flows/clientCredentials/scopes/write": "Change items." },
    ["minor", "Callers may request it."],
    ["major", "Callers that request the scope get no token."],
  ],
  ["a described scheme", { "#/components/securitySchemes/basicAuth/description": "Key and secret." }, prose, prose],

  // Servers
  [
    "another host",
    { "#/servers/0/url": "https://other.example" },
    ["major", "Callers use the removed host."],
    ["major", "Callers use the removed host."],
  ],
  [
    "a second server",
    { "#/servers/1": { url: "https://eu.items.example" } },
    ["minor", "Callers may use it."],
    ["major", "Callers use the removed host."],
  ],
  [
    "a second server that is the default",
    { "#/servers": [{ url: "https://eu.items.example" }, { url: "https://items.example", description: "Live" }] },
    ["major", "Clients use the first server."],
    ["major", "Callers use the removed host."],
  ],
  [
    "servers in another order",
    {
      [`${uploads}/servers`]: [
        { url: "http://127.0.0.1:{port}", variables: { port: { default: "4010", enum: ["4010", "4011"] } } },
        { url: "https://uploads.example" },
      ],
    },
    ["major", "Clients use the first server."],
    ["major", "Clients use the first server."],
  ],
  [
    "no servers",
    { "#/servers": REMOVED },
    ["major", "Callers no longer know the host."],
    ["major", "Callers used the host of the document."],
  ],
  ["another description of a server", { "#/servers/0/description": "Production" }, prose, prose],
  [
    "a path with its own server",
    { [`${items}/servers`]: [{ url: "https://lists.example" }] },
    ["major", "Callers use the host of the document."],
    ["major", "Callers use the host of the path."],
  ],
  [
    "an operation with its own server",
    { [`${list}/servers`]: [{ url: "https://lists.example" }] },
    ["major", "Callers use the host of the document."],
    ["major", "Callers use the host of the operation."],
  ],
  [
    "an operation that repeats the servers of all",
    { [`${list}/servers`]: [{ url: "https://items.example", description: "Live" }] },
    ["patch", "They are inherited."],
    ["patch", "They are inherited."],
  ],
  [
    "a path without its own servers",
    { [`${uploads}/servers`]: REMOVED },
    ["major", "Callers use the host of the path."],
    ["major", "Callers use the host of the document."],
  ],
  [
    "a server of a path that is removed",
    { [`${uploads}/servers`]: [{ url: "https://uploads.example" }] },
    ["major", "Callers use the removed host."],
    ["minor", "Callers may use it."],
  ],
  [
    "servers of a path that move to its operation",
    { [`${uploads}/put/servers`]: [{ url: "https://uploads.example" }], [`${uploads}/servers`]: REMOVED },
    ["major", "The second host is gone."],
    ["minor", "A second host."],
  ],
  [
    "a variable with fewer values",
    { [`${uploads}/servers/1/variables/port/enum`]: ["4010"] },
    ["major", "Callers of port 4011."],
    ["minor", "Another port."],
  ],
  [
    "a variable with any value",
    { [`${uploads}/servers/1/variables/port/enum`]: REMOVED },
    ["minor", "Any port."],
    ["major", "Callers of another port."],
  ],
  [
    "a variable with another default",
    { [`${uploads}/servers/1/variables/port/default`]: "4011" },
    ["major", "Callers that omit it reach another port."],
    ["major", "Callers that omit it reach another port."],
  ],
  ["a described variable", { [`${uploads}/servers/1/variables/port/description`]: "Port." }, prose, prose],

  // Paths and operations
  ["a path that is removed", { [items]: REMOVED }, ["major", "Callers of the path."], ["minor", "New operations."]],
  [
    "a renamed path",
    { "#/paths/~1shops~1{storeId}~1items": { $move: items } },
    ["major", "Callers of the old path."],
    ["major", "Callers of the old path."],
  ],
  [
    "an operation that is removed",
    { [`${items}/delete`]: REMOVED },
    ["major", "Its callers, although it was deprecated."],
    ["minor", "A new operation."],
  ],
  [
    "another operation ID",
    { [`${list}/operationId`]: "getItems" },
    ["major", "Methods and types are named after it."],
    ["major", "Methods and types are named after it."],
  ],
  [
    "an operation that becomes deprecated",
    { [`${list}/deprecated`]: true },
    ["minor", "Editors show it."],
    ["minor", "Editors show it."],
  ],
  [
    "an announced deprecation",
    {
      [`${list}/deprecated`]: true,
      [`${list}/x-deprecation`]: { since: "2026-12-01", sunset: "2027-12-01", replacement: "upload" },
    },
    ["minor", "Editors and headers show it."],
    ["minor", "It stays."],
  ],
  [
    "an operation that becomes repeatable",
    { [`${create}/x-repeatable`]: true },
    ["minor", "Clients may retry it."],
    ["major", "Retries may perform it twice."],
  ],
  [
    "an operation that does not say whether it is repeatable",
    { [`${create}/x-repeatable`]: REMOVED },
    ["patch", "It is not by default."],
    ["patch", "It is not by default."],
  ],
  ["another summary", { [`${list}/summary`]: "Get items" }, prose, prose],
  ["a summary of a path", { [`${items}/summary`]: "All items" }, prose, prose],

  // Parameters
  [
    "a new optional parameter",
    { [`${list}/parameters/5`]: { name: "color", in: "query", schema: { type: "string" } } },
    ["minor", "Callers may omit it."],
    ["major", "Callers that send it."],
  ],
  [
    "a new required parameter",
    { [`${list}/parameters/5`]: { name: "color", in: "query", required: true, schema: { type: "string" } } },
    ["major", "All callers."],
    ["major", "Callers that send it."],
  ],
  [
    "a first parameter",
    { [`${create}/parameters`]: [{ name: "dry", in: "query", schema: { type: "boolean" } }] },
    ["minor", "Callers may omit it."],
    ["major", "Callers that send it."],
  ],
  [
    "a parameter that becomes required",
    { [`${list}/parameters/1/required`]: true },
    ["major", "Callers that omit it."],
    ["minor", "Callers may omit it."],
  ],
  [
    "a renamed parameter",
    { [`${list}/parameters/1/name`]: "sort" },
    ["major", "Callers that send it."],
    ["major", "Callers that send it."],
  ],
  [
    "a header parameter in another case",
    { [`${list}/parameters/3/name`]: "x-trace" },
    ["patch", "Names of headers are not case-sensitive."],
    ["patch", "Names of headers are not case-sensitive."],
  ],
  [
    "a parameter in another place",
    { [`${list}/parameters/1/in`]: "header" },
    ["major", "Callers that send it in the query."],
    ["major", "Callers that send it in a header."],
  ],
  [
    "another style",
    { [`${list}/parameters/2/style`]: "pipeDelimited" },
    ["major", "Callers write it differently."],
    ["major", "Callers write it differently."],
  ],
  [
    "a list in one value",
    { [`${list}/parameters/2/explode`]: false },
    ["major", "Callers write it differently."],
    ["major", "Callers write it differently."],
  ],
  [
    "the default style, written out",
    { [`${list}/parameters/2/style`]: "form", [`${list}/parameters/2/explode`]: true },
    ["patch", "The default."],
    ["patch", "The default."],
  ],
  [
    "reserved characters",
    { [`${list}/parameters/1/allowReserved`]: true },
    ["major", "Callers write it differently."],
    ["major", "Callers write it differently."],
  ],
  [
    "an empty value",
    { [`${list}/parameters/1/allowEmptyValue`]: true },
    ["minor", "Callers may send it."],
    ["major", "Callers that send it."],
  ],
  [
    "a parameter as content",
    {
      [`${list}/parameters/1/content`]: { "application/json": { schema: { type: "string" } } },
      [`${list}/parameters/1/schema`]: REMOVED,
    },
    ["major", "Callers write it differently."],
    ["major", "Callers write it differently."],
  ],
  [
    "a parameter component as content",
    {
      "#/components/parameters/PageSize/content": { "application/json": { schema: { type: "integer" } } },
      "#/components/parameters/PageSize/schema": REMOVED,
    },
    ["major", "Callers write it differently."],
    ["major", "Callers write it differently."],
  ],
  [
    "another content of a parameter",
    { [`${filter}/content`]: { "text/plain": { schema: { type: "string" } } } },
    ["major", "Callers write it differently."],
    ["major", "Callers write it differently."],
  ],
  [
    "a narrower content of a parameter",
    { [`${filter}/${json}/schema/required`]: ["name"] },
    ["major", "Callers that omit the name."],
    ["minor", "Callers may omit it."],
  ],
  [
    "a parameter without a schema",
    { [`${list}/parameters/3/schema`]: REMOVED },
    ["minor", "Any value."],
    ["major", "Values are checked."],
  ],
  [
    "a parameter that becomes deprecated",
    { [`${list}/parameters/1/deprecated`]: true },
    ["minor", "Editors show it."],
    ["minor", "Editors show it."],
  ],
  ["another description of a parameter", { [`${list}/parameters/1/description`]: "Order." }, prose, prose],
  ["an example of a parameter", { [`${list}/parameters/1/example`]: "ASC" }, prose, prose],
  [
    "a parameter of the path that moves to its operations",
    {
      [`${list}/parameters/5`]: { $move: `${items}/parameters/0` },
      [`${create}/parameters`]: [{ name: "storeId", in: "path", required: true, schema: { type: "string" } }],
      [`${items}/delete/parameters`]: [{ name: "storeId", in: "path", required: true, schema: { type: "string" } }],
      [`${items}/parameters`]: REMOVED,
    },
    ["patch", "The same parameters."],
    ["patch", "The same parameters."],
  ],
  [
    "another default of a parameter",
    { [`${list}/parameters/1/schema/default`]: "DESC" },
    ["major", "Callers that omit it."],
    ["major", "Callers that omit it."],
  ],
  [
    "a default of a parameter that is removed",
    { [`${list}/parameters/1/schema/default`]: REMOVED },
    ["major", "Callers that omit it."],
    ["major", "Callers that omit it."],
  ],
  [
    "a schema of a parameter in a component",
    {
      [`${schemas}/Order`]: { $move: `${list}/parameters/1/schema` },
      [`${list}/parameters/1/schema`]: { $ref: `${schemas}/Order` },
    },
    ["minor", "A new type."],
    ["major", "The type is gone."],
  ],

  // Request bodies
  [
    "a required body that is added",
    { [`${items}/delete/requestBody`]: { required: true, content: { "application/json": { schema: object } } } },
    ["major", "Callers send none."],
    ["major", "Callers send one."],
  ],
  [
    "an optional body that is added",
    { [`${items}/delete/requestBody`]: { content: { "application/json": { schema: object } } } },
    ["minor", "Callers may omit it."],
    ["major", "Callers send one."],
  ],
  [
    "a body that becomes optional",
    { [`${create}/requestBody/required`]: REMOVED },
    ["minor", "Callers may omit it."],
    ["major", "Callers that omit it."],
  ],
  [
    "a second media type of a request",
    { [`${create}/requestBody/content/text~1csv`]: { schema: { type: "string" } } },
    ["minor", "Callers may use it."],
    ["major", "Callers that use it."],
  ],
  [
    "another media type of a request",
    { [`${create}/requestBody/content/application~1merge-patch+json`]: { $move: `${create}/requestBody/${json}` } },
    ["major", "Callers send JSON."],
    ["major", "Callers send merge patches."],
  ],
  [
    "a request without a schema",
    { [`${create}/requestBody/${json}/schema`]: REMOVED },
    ["minor", "Any body."],
    ["major", "Bodies are checked."],
  ],
  [
    "another encoding",
    { [`${uploads}/put/requestBody/content/multipart~1form-data/encoding/file/contentType`]: "text/plain" },
    ["major", "Callers write it differently."],
    ["major", "Callers write it differently."],
  ],
  [
    "no encoding",
    { [`${uploads}/put/requestBody/content/multipart~1form-data/encoding`]: REMOVED },
    ["major", "Callers write it differently."],
    ["major", "Callers write it differently."],
  ],
  [
    "a property that callers must send",
    { [`${schemas}/NewItem/required`]: ["name", "kind", "count"] },
    ["major", "Callers that omit it."],
    ["minor", "Callers may omit it."],
  ],
  [
    "a new property that callers must send",
    {
      [`${schemas}/NewItem/required`]: ["name", "kind", "size"],
      [`${schemas}/NewItem/properties/size`]: { type: "number" },
    },
    ["major", "All callers."],
    ["major", "All callers send it."],
  ],
  [
    "a new optional property of a closed body",
    { [`${schemas}/NewItem/properties/size`]: { type: "number" } },
    ["minor", "Callers may omit it."],
    ["major", "Callers that send it."],
  ],
  [
    "required properties in another order",
    { [`${schemas}/NewItem/required`]: ["kind", "name"] },
    ["patch", "A set."],
    ["patch", "A set."],
  ],
  [
    "a body that is open",
    { [`${schemas}/NewItem/additionalProperties`]: REMOVED },
    ["minor", "Callers may send more."],
    ["major", "Callers that send more."],
  ],

  // Responses
  [
    "a new error status",
    { [`${list}/responses/429`]: { description: "Wait." } },
    ["minor", "Consumers handle any error."],
    ["major", "Its name is gone from the types."],
  ],
  [
    "a new redirect",
    { [`${list}/responses/301`]: { description: "Moved." } },
    ["minor", "Consumers handle any status."],
    ["major", "Its name is gone from the types."],
  ],
  [
    "a second success status",
    { [`${list}/responses/206`]: { description: "A part.", content: { "application/json": { schema: object } } } },
    ["major", "The type of the result becomes a union."],
    ["major", "Consumers of the status."],
  ],
  [
    "another success status",
    { [`${create}/responses/200`]: { $move: `${create}/responses/202` } },
    ["major", "Consumers of the status."],
    ["major", "Consumers of the status."],
  ],
  [
    "a documented 404 that is removed",
    { [`${list}/responses/404`]: REMOVED },
    ["major", "Its name is gone from the types."],
    ["minor", "Consumers handle any error."],
  ],
  [
    "a documented 500 that is removed",
    { [`${list}/responses/500`]: REMOVED },
    ["major", "Its name is gone from the types."],
    ["minor", "Consumers handle any error."],
  ],
  [
    "a default response that is removed",
    { [`${create}/responses/default`]: REMOVED },
    ["major", "Its name is gone from the types."],
    ["minor", "Consumers handle any error."],
  ],
  ["another description of a response", { [`${page}/description`]: "Items." }, prose, prose],
  [
    "a response without a schema",
    { [`${page}/${json}/schema`]: REMOVED },
    ["major", "Consumers read the body."],
    ["minor", "The body is described."],
  ],
  [
    "a response without content",
    { [`${page}/content`]: REMOVED },
    ["major", "Consumers read the body."],
    ["minor", "There is a body."],
  ],
  [
    "a second media type of a response",
    { [`${page}/content/text~1csv`]: { schema: { type: "string" } } },
    ["minor", "Consumers get what they ask for."],
    ["major", "Consumers that ask for it."],
  ],
  [
    "another media type of a response",
    { [`${page}/content/application~1hal+json`]: { $move: `${page}/${json}` } },
    ["major", "Consumers of JSON."],
    ["major", "Consumers of HAL."],
  ],
  ["another example", { [`${page}/${json}/examples/one/value`]: { items: [], next: 1 } }, prose, prose],
  ["a second example", { [`${page}/${json}/examples/two`]: { value: { items: [] } } }, prose, prose],
  ["no examples", { [`${page}/${json}/examples`]: REMOVED }, prose, prose],
  [
    "a response property that may be absent",
    { [`${schemas}/Page/required`]: REMOVED },
    ["major", "Consumers read it."],
    ["minor", "It is always there."],
  ],
  [
    "a new response property",
    { [`${schemas}/Page/properties/total`]: { type: "integer" } },
    ["minor", "Consumers ignore it."],
    ["major", "Consumers read it."],
  ],
  [
    "a response without properties",
    { [`${schemas}/Problem/properties`]: REMOVED },
    ["major", "Consumers read them."],
    ["minor", "The properties are described."],
  ],
  [
    "items with another schema",
    { [`${schemas}/Page/properties/items/items`]: { type: "string" } },
    ["major", "Consumers read objects."],
    ["major", "Consumers read strings."],
  ],
  [
    "items without a schema",
    { [`${schemas}/Page/properties/items/items`]: REMOVED },
    ["major", "Consumers read objects."],
    ["minor", "The items are described."],
  ],
  [
    "a new header",
    { [`${page}/headers/X-More`]: { schema: { type: "string" } } },
    ["minor", "Consumers ignore it."],
    ["major", "Consumers read it."],
  ],
  [
    "a header that is removed",
    { [`${page}/headers/X-Total`]: REMOVED },
    ["major", "Consumers read it."],
    ["minor", "Consumers ignore it."],
  ],
  [
    "no headers",
    { [`${page}/headers`]: REMOVED },
    ["major", "Consumers read them."],
    ["minor", "Consumers ignore them."],
  ],
  [
    "a renamed header",
    { [`${page}/headers/X-Sum`]: { $move: `${page}/headers/X-Total` } },
    ["major", "Consumers read it."],
    ["major", "Consumers read it."],
  ],
  [
    "a header in another case",
    { [`${page}/headers/x-total`]: { $move: `${page}/headers/X-Total` } },
    ["patch", "Names of headers are not case-sensitive."],
    ["patch", "Names of headers are not case-sensitive."],
  ],
  [
    "a header that may be absent",
    { [`${page}/headers/X-Total/required`]: REMOVED },
    ["major", "Consumers read it."],
    ["minor", "It is always there."],
  ],
  [
    "a header with larger numbers",
    { [`${page}/headers/X-Total/schema/maximum`]: 2000 },
    ["major", "Consumers get larger numbers."],
    ["minor", "Smaller numbers."],
  ],
  [
    "a header of another type",
    { [`${page}/headers/X-Note/schema/type`]: "integer" },
    ["major", "Consumers read text."],
    ["major", "Consumers read a number."],
  ],
  [
    "a header without a schema",
    { [`${page}/headers/X-Note/schema`]: REMOVED },
    ["major", "Any value."],
    ["minor", "The value is described."],
  ],
  [
    "a header that is written differently",
    { [`${page}/headers/X-Note/explode`]: true },
    ["major", "Consumers parse it."],
    ["major", "Consumers parse it."],
  ],
  ["a described header", { [`${page}/headers/X-Note/description`]: "A note." }, prose, prose],
  [
    "a link that is removed",
    { [`${page}/links/next`]: REMOVED },
    ["minor", "Tools that follow links."],
    ["minor", "Tools that follow links."],
  ],
  [
    "no links",
    { [`${page}/links`]: REMOVED },
    ["minor", "Tools that follow links."],
    ["minor", "Tools that follow links."],
  ],
  [
    "a link to another operation",
    { [`${page}/links/next/operationId`]: "createItem" },
    ["minor", "Tools that follow links."],
    ["minor", "Tools that follow links."],
  ],
  ["another description of a link", { [`${page}/links/next/description`]: "The next page." }, prose, prose],

  [
    "a renamed parameter of a path",
    {
      "#/paths/~1stores~1{shopId}~1items": { $move: items },
      "#/paths/~1stores~1{shopId}~1items/parameters/0/name": "shopId",
    },
    ["major", "Clients name it."],
    ["major", "Clients name it."],
  ],
  [
    "a server without its variable",
    { [`${uploads}/servers/1/variables`]: REMOVED },
    ["major", "Callers replace it in the URL."],
    ["major", "Redocly takes it for another server."],
  ],

  // Parts that the contract does not have yet
  [
    "a callback",
    {
      [`${create}/callbacks`]: {
        done: { "{$request.body#/url}": { post: { responses: { "200": { description: "Done." } } } } },
      },
    },
    ["minor", "Consumers ignore it."],
    ["major", "Consumers wait for it."],
  ],
  [
    "a webhook",
    { "#/webhooks": { done: { post: { operationId: "done", responses: { "200": { description: "Done." } } } } } },
    ["minor", "Consumers ignore it."],
    ["major", "Consumers wait for it."],
  ],
  [
    "a range of statuses beside a success",
    { [`${list}/responses/2XX`]: { description: "A success." } },
    ["major", "The type of the result becomes a union."],
    ["major", "Consumers of the status."],
  ],
  [
    "content of a response that had none",
    { [`${items}/delete/responses/204/content`]: { "application/json": { schema: object } } },
    ["minor", "Consumers ignore it."],
    ["major", "Consumers read it."],
  ],
  [
    "an unknown extension of the document",
    { "#/x-internal": true },
    ["minor", "A program may read it."],
    ["minor", "A program may read it."],
  ],
  [
    "a body in a component",
    {
      "#/components/requestBodies": {},
      "#/components/requestBodies/NewItem": { $move: `${create}/requestBody` },
      [`${create}/requestBody`]: { $ref: "#/components/requestBodies/NewItem" },
    },
    ["patch", "The same body."],
    ["patch", "The same body."],
  ],
  [
    "a renamed security scheme",
    {
      "#/components/securitySchemes/account": { $move: "#/components/securitySchemes/basicAuth" },
      "#/security": [{ account: [] }],
    },
    ["major", "Redocly reports a removed scheme, and clients are configured by name."],
    ["major", "Redocly reports a removed scheme, and clients are configured by name."],
  ],
  [
    "an operation that moves to another path",
    { "#/paths/~1things": {}, "#/paths/~1things/get": { $move: list } },
    ["major", "Callers of the old path."],
    ["major", "Callers of the old path."],
  ],

  // Components and references
  [
    "an unused schema",
    { [`${schemas}/New`]: { type: "string" } },
    ["minor", "A new type."],
    ["major", "The type is gone."],
  ],
  [
    "a renamed schema",
    {
      [`${schemas}/Size`]: { $move: `${schemas}/PageSize` },
      "#/components/parameters/PageSize/schema/$ref": `${schemas}/Size`,
    },
    ["major", "The type is gone."],
    ["major", "The type is gone."],
  ],
  [
    "a narrower schema that no operation uses",
    { [`${schemas}/Unused/maxLength`]: 5 },
    ["minor", "Only the type of the schema."],
    ["minor", "Only the type of the schema."],
  ],
  [
    "a schema of both directions that becomes narrower",
    { [`${schemas}/Tag/properties/name/maxLength`]: 32 },
    ["major", "Callers."],
    ["major", "Consumers."],
  ],
  [
    "a new property of a schema of both directions",
    { [`${schemas}/Tag/properties/color`]: { type: "string" } },
    ["minor", "Consumers ignore it."],
    ["major", "Consumers read it."],
  ],
  [
    "a referenced schema that is written in place",
    { "#/components/parameters/PageSize/schema": { type: "integer", minimum: 1, maximum: 1000 } },
    ["patch", "The same schema."],
    ["patch", "The same schema."],
  ],
  [
    "a referenced response that is written in place",
    { [`${list}/responses/404`]: { $move: "#/components/responses/NotFound" } },
    ["patch", "The same response."],
    ["patch", "The same response."],
  ],
  [
    "a parameter in a component",
    {
      "#/components/parameters/OrderBy": { $move: `${list}/parameters/1` },
      [`${list}/parameters/1`]: { $ref: "#/components/parameters/OrderBy" },
    },
    ["patch", "The same parameter."],
    ["patch", "The same parameter."],
  ],
  [
    "a schema that is split with allOf",
    {
      [`${schemas}/Problem`]: {
        allOf: [
          { type: "object", properties: { message: { type: "string" } } },
          { type: "object", properties: { status: { const: 404 } } },
        ],
      },
    },
    ["patch", "The same schema."],
    ["patch", "The same schema."],
  ],
  [
    "an enum that is written as variants",
    {
      [`${list}/parameters/1/schema`]: {
        type: "string",
        default: "ASC",
        oneOf: [
          { const: "DESC", title: "Newest first" },
          { const: "ASC", title: "Oldest first" },
        ],
      },
    },
    ["patch", "The same values."],
    ["patch", "The same values."],
  ],
  [
    "types that are written as alternatives",
    { [`${schemas}/Tag/properties/name`]: { anyOf: [{ type: "string" }, { type: "null" }], maxLength: 64 } },
    ["major", "Consumers get null."],
    ["major", "Callers send null."],
  ],
  [
    "a renamed response component",
    {
      "#/components/responses/Missing": { $move: "#/components/responses/NotFound" },
      [`${list}/responses/404`]: { $ref: "#/components/responses/Missing" },
    },
    ["patch", "Only the contract uses its name."],
    ["patch", "Only the contract uses its name."],
  ],
  [
    "an unused header component",
    { "#/components/headers": { "X-Unused": { schema: { type: "string" } } } },
    ["patch", "Only the contract uses its name."],
    ["patch", "Only the contract uses its name."],
  ],
  [
    "an unused security scheme",
    { "#/components/securitySchemes/token": { type: "http", scheme: "bearer" } },
    ["minor", "No operation accepts it."],
    ["major", "Redocly cannot tell whether it was used."],
  ],
];
