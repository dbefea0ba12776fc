/** What the tracking of a response reports to. */
export interface ResponseListener {
  /** Parses the body for `json()`. */
  parse(text: string): unknown;
  /** The body was read as something other than JSON. `JSON.parse` may follow. */
  readText(): void;
  /** @param name as the consumer spelled it; `undefined` if it listed all headers */
  readHeader(name: string | undefined): void;
}

const TEXT_METHODS = ["text", "arrayBuffer", "blob", "bytes", "formData"];
const LISTING_METHODS = ["entries", "keys", "values", "forEach", Symbol.iterator];

/** Reports what a consumer reads from a response. The response itself is returned to the consumer: its methods are replaced, not its identity. */
export function trackResponse(response: Response, listener: ResponseListener): void {
  const { headers } = response;
  const text = response.text.bind(response);
  replaceMethod(response, "json", () => async () => listener.parse(await text()));
  for (const name of TEXT_METHODS) {
    replaceMethod(response, name, (original) => (...values) => {
      listener.readText();
      return original(...values);
    });
  }
  replaceMethod(response, "clone", (original) => () => {
    const copy = original();
    if (copy instanceof Response) trackResponse(copy, listener);
    return copy;
  });
  const body = Object.getOwnPropertyDescriptor(response, "body") ?? descriptorOf(response, "body");
  Object.defineProperty(response, "body", {
    configurable: true,
    get() {
      listener.readText();
      return body?.get === undefined ? body?.value : body.get.call(response);
    },
  });
  for (const name of ["get", "has"]) {
    replaceMethod(headers, name, (original) => (...values) => {
      listener.readHeader(String(values[0]));
      return original(...values);
    });
  }
  for (const name of LISTING_METHODS) {
    replaceMethod(headers, name, (original) => (...values) => {
      listener.readHeader(undefined);
      return original(...values);
    });
  }
}

type Method = (...values: unknown[]) => unknown;

/** Replaces a method of one object. A method that the platform does not have is left out. */
function replaceMethod(object: object, name: PropertyKey, replacement: (original: Method) => Method): void {
  const original: unknown = Reflect.get(object, name);
  if (typeof original !== "function") return;
  const value = replacement((...values) => Reflect.apply(original, object, values));
  Object.defineProperty(object, name, { value, configurable: true, writable: true });
}

function descriptorOf(object: object, name: string): PropertyDescriptor | undefined {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (typeof prototype !== "object" || prototype === null) return undefined;
  return Object.getOwnPropertyDescriptor(prototype, name) ?? descriptorOf(prototype, name);
}
