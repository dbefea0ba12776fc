/// <reference path="./jsonwebtoken.d.ts" />
import twilio from "twilio";
import RequestClient from "twilio/lib/base/RequestClient.js";

/** The Memory API in the vendor's SDK. */
export type VendorSdk = ReturnType<typeof twilio>["memory"]["v1"];

/**
 * The vendor's SDK as it is, but that its requests go to another host.
 *
 * @param origin without a slash at the end
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

  /** The rest of the URL stays as the SDK wrote it. */
  override request<Body>(options: RequestClient.RequestOptions<Body>) {
    return super.request({ ...options, uri: options.uri.replace(/^https:\/\/[^/]+/, this.#origin) });
  }
}
