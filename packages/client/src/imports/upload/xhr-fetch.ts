import type { Fetch } from "../../transports/fetch.ts";

/** As much of it as is used: the types of browsers are not among ours. */
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
 * Sends by XMLHttpRequest: in a browser nothing else tells how far an upload has come. It cannot leave redirects alone; the upload
 * bears no credentials that could go astray.
 *
 * @param onLoaded told how many bytes are sent
 */
export function xhrFetch(onLoaded: (loaded: number) => void): Fetch {
  return (url, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const xhr = new XMLHttpRequest();
      xhr.open(method, url);
      for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
      xhr.upload.onprogress = ({ loaded }) => onLoaded(loaded);
      const onAbort = () => {
        xhr.abort();
        reject(signal.reason);
      };
      signal.addEventListener("abort", onAbort, { once: true });
      xhr.onerror = () => reject(new TypeError("The network or the CORS rules of the service did not let it through"));
      xhr.onload = () =>
        resolve({
          status: xhr.status,
          ok: xhr.status >= 200 && xhr.status < 300,
          // To ask for one that the service does not show would be told as an error on the console.
          headers: { get: (name) => new RegExp(`^${name}: (.*)`, "im").exec(xhr.getAllResponseHeaders())?.[1] ?? null },
          text: async () => xhr.responseText,
        });
      xhr.send(body);
    });
}
