import type { FetchResponse } from "../connection/fetch.ts";

/** An answer of which everything is there. */
export class WholeResponse implements FetchResponse {
  readonly status: number;
  readonly headers: FetchResponse["headers"];
  readonly #text: string;

  /** @param headers by names in lower case */
  constructor(status: number, headers: Record<string, string | string[] | undefined>, text: string) {
    this.status = status;
    this.headers = {
      get(name) {
        const key = name.toLowerCase();
        return Object.hasOwn(headers, key) ? String(headers[key]) : null;
      },
    };
    this.#text = text;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  async text(): Promise<string> {
    return this.#text;
  }
}
