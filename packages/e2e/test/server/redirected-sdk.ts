import twilio from "twilio";
import RequestClient from "twilio/lib/base/RequestClient.js";

/** The part of the vendor's SDK that calls the Memory API. */
export type VendorSdk = ReturnType<typeof twilio>["memory"]["v1"];

/**
 * Creates the vendor's SDK with a client that sends its requests to another host.
 *
 * @param origin without a trailing slash
 */
export function redirectedSdk(
  origin: string,
  credentials: { apiKey: string; apiSecret: string },
  options?: RequestClient.RequestClientOptions,
): VendorSdk {
  const httpClient = new RedirectedClient(origin, options);
  return twilio(credentials.apiKey, credentials.apiSecret, { accountSid: `AC${"0".repeat(32)}`, httpClient }).memory.v1;
}

class RedirectedClient extends RequestClient {
  readonly #origin: string;

  constructor(origin: string, options?: RequestClient.RequestClientOptions) {
    super(options);
    this.#origin = origin;
  }

  override request<Body>(options: RequestClient.RequestOptions<Body>) {
    const { pathname, search } = new URL(options.uri);
    return super.request({ ...options, uri: this.#origin + pathname + search });
  }
}
