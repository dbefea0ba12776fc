import type { Fetch } from "../../transports/fetch.ts";

/** The used part of `XMLHttpRequest`: this package is compiled without the types of browsers. */
interface UploadRequest {
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  send(body: unknown): void;
  abort(): void;
  getAllResponseHeaders(): string;
  readonly status: number;
  readonly responseText: string;
  readonly upload: { onprogress: ((event: { readonly loaded: number }) => void) | null };
  onload: (() => void) | null;
  onerror: (() => void) | null;
}
declare const XMLHttpRequest: new () => UploadRequest;

export function hasXhr(): boolean {
  return typeof XMLHttpRequest !== "undefined";
}

/**
 * Returns a transport over `XMLHttpRequest`, the only one in a browser that reports the progress of an upload. It follows redirects; an
 * upload has no credentials that could leak.
 *
 * @param onLoaded called with the number of bytes that were sent
 */
export function xhrFetch(onLoaded: (loaded: number) => void): Fetch {
  return (url, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const xhr = new XMLHttpRequest();
      xhr.open(method, url);
      for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
      xhr.upload.onprogress = ({ loaded }) => onLoaded(loaded);
      const onAbort = () => {
        xhr.abort();
        reject(signal.reason);
      };
      signal.addEventListener("abort", onAbort, { once: true });
      xhr.onerror = () =>
        reject(new TypeError("The network failed, or the CORS policy of the service does not allow the request"));
      xhr.onload = () =>
        resolve({
          status: xhr.status,
          ok: xhr.status >= 200 && xhr.status < 300,
          // `getResponseHeader` logs an error for a header that CORS does not expose.
          headers: { get: (name) => new RegExp(`^${name}: (.*)`, "im").exec(xhr.getAllResponseHeaders())?.[1] ?? null },
          text: async () => xhr.responseText,
        });
      xhr.send(body);
    });
}
