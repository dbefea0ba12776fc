import twilio from "twilio";
import RequestClient from "twilio/lib/base/RequestClient.js";

/** The Memory API in the vendor's SDK. */
export type VendorSdk = ReturnType<typeof twilio>["memory"]["v1"];

/**
 * The SDK as it is, but that its requests go to another host.
 *
 * @param origin without a slash at the end
 */
export function redirectedSdk(
  origin: string,
  login: { apiKey: string; apiSecret: string },
  options?: RequestClient.RequestClientOptions,
): VendorSdk {
  const httpClient = new RedirectedClient(origin, options);
  return twilio(login.apiKey, login.apiSecret, { accountSid: `AC${"0".repeat(32)}`, httpClient }).memory.v1;
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
