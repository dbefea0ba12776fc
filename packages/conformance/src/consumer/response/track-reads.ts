import type { SchemaPlace } from "../schema-place.ts";

/** Called for each property that a consumer reads. */
export interface ReadListener {
  read(place: SchemaPlace): void;
  /** @param place of the object that does not have the property */
  readUnknown(place: SchemaPlace, name: string): void;
}

/**
 * Names that languages and libraries read from any object to find out what it is: promises, `JSON.stringify`, test matchers, lodash. A
 * consumer that reads them does not rely on them.
 */
const PROBES = new Set([
  ...[
    "then",
    "toJSON",
    "length",
    "splice",
    "callee",
    "inspect",
    "default",
    "nodeType",
    "nodeName",
    "tagName",
    "window",
  ],
  ...["asymmetricMatch", "jquery", "sample", "size", "isImmutable"],
]);
const PROBE_PREFIX = /^(__|@@|\$\$|_is)/;

/**
 * Wraps a JSON value so that each read of a property is reported. Objects and arrays inside are replaced by their wrappers.
 *
 * @returns the same value, if it is neither an object nor an array
 */
export function trackReads(value: unknown, place: SchemaPlace, listener: ReadListener): unknown {
  if (Array.isArray(value)) {
    const items = place.items();
    value.forEach((item, index) => {
      value[index] = trackReads(item, items, listener);
    });
    return new Proxy(value, arrayHandler(items, listener));
  }
  if (typeof value !== "object" || value === null) return value;
  for (const [name, property] of Object.entries(value)) {
    const found = place.property(name);
    if (found === undefined) continue;
    // Not an assignment, since a trait group may have the name `__proto__`.
    Object.defineProperty(value, name, {
      value: trackReads(property, found, listener),
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
  return new Proxy(value, objectHandler(place, listener));
}

function arrayHandler(items: SchemaPlace, listener: ReadListener): ProxyHandler<unknown[]> {
  return {
    get(target, key, receiver) {
      if (typeof key === "string" && /^\d+$/.test(key)) listener.read(items);
      return Reflect.get(target, key, receiver);
    },
  };
}

function objectHandler(place: SchemaPlace, listener: ReadListener): ProxyHandler<object> {
  /** What the consumer itself added. */
  const written = new Set<PropertyKey>();
  const readIfKnown = (key: PropertyKey) => {
    const found = typeof key === "string" && !written.has(key) ? place.property(key) : undefined;
    if (found !== undefined) listener.read(found);
    return found !== undefined;
  };
  return {
    get(target, key, receiver) {
      const isProperty =
        typeof key === "string" && !written.has(key) && (Object.hasOwn(target, key) || !(key in target));
      if (isProperty && !readIfKnown(key) && !isProbe(target, key)) listener.readUnknown(place, key);
      return Reflect.get(target, key, receiver);
    },
    // Whether a property exists is information, too. An unknown one may be the point of the question, so it is not reported.
    has(target, key) {
      readIfKnown(key);
      return Reflect.has(target, key);
    },
    getOwnPropertyDescriptor(target, key) {
      readIfKnown(key);
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
    // Without this trap, a write would look up the descriptor first, and count as a read.
    set(target, key, value) {
      written.add(key);
      return Reflect.set(target, key, value);
    },
    defineProperty(target, key, descriptor) {
      written.add(key);
      return Reflect.defineProperty(target, key, descriptor);
    },
  };
}

function isProbe(target: object, name: string): boolean {
  return !Object.hasOwn(target, name) && (PROBES.has(name) || PROBE_PREFIX.test(name));
}
