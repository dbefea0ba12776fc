/** An API key SID with its secret, or an Account SID with its auth token. */
export type Credentials = { apiKey: string; apiSecret: string } | { accountSid: string; authToken: string };

/** The value of the `Authorization` header, HTTP Basic (RFC 7617) in UTF-8. */
export function basicAuthorization(credentials: Credentials): string {
  const [name, secret] =
    "apiKey" in credentials
      ? [credentials.apiKey, credentials.apiSecret]
      : [credentials.accountSid, credentials.authToken];
  const bytes = new TextEncoder().encode(`${name}:${secret}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}
