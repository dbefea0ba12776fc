/** @import { Oas3Parameter, Oas3PathItem, Oas3Rule, Oas3Schema, Oas3_1Schema } from "@redocly/openapi-core" */

/**
 * @typedef {object} Template
 * @property {string} path
 * @property {string[]} segments
 */

const methods = /** @type {const} */ (["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"]);

/**
 * A literal segment takes precedence over a template, from left to right. `no-ambiguous-paths` of Redocly rejects every two
 * paths that can match the same URL, unless one of them has fewer templates. That also excludes usual paths, such as
 * `/Profiles/Imports/{importId}` next to `/Profiles/{profileId}/Traits`.
 *
 * A path is still rejected if its literal could be a value of the template that it precedes, because no request could reach
 * that resource.
 *
 * @type {Oas3Rule}
 */
export const pathsUnambiguous = () => ({
  Paths(paths, { report, resolve, location }) {
    /** @type {Template[]} */
    const seen = [];
    for (const [path, item] of Object.entries(paths)) {
      const current = { path, segments: path.split("/") };
      for (const fault of [...faultsOfSegments(current), ...seen.flatMap((other) => faultsOfPair(current, other))]) {
        report({ message: fault, location: location.child(path).key() });
      }
      seen.push(current);

      /**
       * @param {Template} one
       * @param {Template} other
       */
      function faultsOfPair(one, other) {
        if (!canMatchTheSame(one, other)) return [];
        const at = one.segments.findIndex(
          (segment, index) => isTemplate(segment) !== isTemplate(other.segments[index]),
        );
        if (at === -1) return [`Remove one of the paths ${other.path} and ${one.path}: they match the same URLs.`];
        const [literal, templated] = isTemplate(one.segments[at]) ? [other, one] : [one, other];
        const value = literal.segments[at] ?? "";
        const name = templated.segments[at]?.slice(1, -1) ?? "";
        if (!accepts(schemaOf(templated === one ? item : paths[other.path], name), value)) return [];
        return [
          `Give ${name} a pattern or an enum without "${value}", or rename this segment: ${literal.path} takes precedence over ${templated.path}, so the value "${value}" of ${name} could not be reached.`,
        ];
      }

      /**
       * The schema of a path parameter.
       *
       * @param {Oas3PathItem | { $ref: string } | undefined} pathItem
       * @param {string} name
       */
      function schemaOf(pathItem, name) {
        const target = resolve(pathItem ?? {});
        const node = /** @type {Oas3PathItem | undefined} */ (target.node);
        const from = target.location?.source.absoluteRef;
        const lists = [node?.parameters, ...methods.map((method) => node?.[method]?.parameters)];
        for (const parameter of lists.flatMap((list) => list ?? [])) {
          const found = resolve(parameter, from);
          const { in: place, name: itsName, schema } = /** @type {Partial<Oas3Parameter>} */ (found.node ?? {});
          if (place !== "path" || itsName !== name || schema === undefined) continue;
          return resolve(schema, found.location?.source.absoluteRef).node;
        }
        return undefined;
      }
    }
  },
});

/** @param {string | undefined} segment */
function isTemplate(segment) {
  return segment?.startsWith("{") === true;
}

/** @param {Template} template */
function faultsOfSegments({ segments }) {
  return segments
    .filter((segment) => /[{}]/.test(segment) && !/^\{[^{}]+\}$/.test(segment))
    .map(
      (segment) => `Make "${segment}" either a literal or one parameter: routers do not agree on parts of a segment.`,
    );
}

/**
 * Whether a URL exists that both paths match.
 *
 * @param {Template} one
 * @param {Template} other
 */
function canMatchTheSame({ segments }, other) {
  if (segments.length !== other.segments.length) return false;
  return segments.every((segment, at) => {
    const rival = other.segments[at];
    return segment === rival || isTemplate(segment) || isTemplate(rival);
  });
}

/**
 * @param {Oas3Schema | Oas3_1Schema | undefined} schema
 * @param {string} value
 */
function accepts(schema, value) {
  if (schema?.enum !== undefined && !schema.enum.includes(value)) return false;
  return schema?.pattern === undefined || new RegExp(schema.pattern, "u").test(value);
}
