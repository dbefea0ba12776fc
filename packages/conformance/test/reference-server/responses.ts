/** A response, before it is sent. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A request that is rejected. */
export class Rejection extends Error {
  readonly reply: Reply;

  constructor(status: number, code: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    const text = message.slice(0, 1024).toWellFormed();
    const body = { code, message: text, more_info: `https://www.twilio.com/docs/api/errors/${code}`, status };
    this.reply = { status, headers, body };
  }
}
