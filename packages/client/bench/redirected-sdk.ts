/// <reference path="./jsonwebtoken.d.ts" />
import twilio from "twilio";
import RequestClient from "twilio/lib/base/RequestClient.js";

/** The part of the vendor's SDK that calls the Memory API. */
export type VendorSdk = ReturnType<typeof twilio>["memory"]["v1"];

/**
 * Returns the vendor's SDK, unchanged except that its requests go to another host.
 *
 * @param origin without a trailing slash
 */
export function redirectedSdk(origin: string, options: RequestClient.RequestClientOptions = {}): VendorSdk {
  const httpClient = new RedirectedClient(origin, options);
  return twilio("SK0", "secret", { accountSid: `AC${"0".repeat(32)}`, httpClient }).memory.v1;
}

class RedirectedClient extends RequestClient {
  readonly #origin: string;

  constructor(origin: string, options: RequestClient.RequestClientOptions) {
    super(options);
    this.#origin = origin;
  }

  /** Replaces only the origin of the URL. */
  override request<Body>(options: RequestClient.RequestOptions<Body>) {
    return super.request({ ...options, uri: options.uri.replace(/^https:\/\/[^/]+/, this.#origin) });
  }
}
