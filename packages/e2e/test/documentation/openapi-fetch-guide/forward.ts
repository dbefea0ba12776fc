const { MEMORY_BASE_URL = "https://memory.twilio.com", TWILIO_API_KEY, TWILIO_API_SECRET } = process.env;
const Authorization = `Basic ${btoa(`${TWILIO_API_KEY}:${TWILIO_API_SECRET}`)}`;

/** The route `/memory/*` of your own server. Check first whether the user may do this. */
export async function forward(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const path = /^\/memory(\/v1\/.+)$/.exec(pathname)?.[1];
  if (path === undefined) return new Response(null, { status: 404 });

  const response = await fetch(MEMORY_BASE_URL + path + search, {
    method: request.method,
    headers: { Authorization, "Content-Type": "application/json" },
    body: (await request.text()) || null,
    redirect: "manual",
  });
  const headers = new Headers();
  for (const name of ["Content-Type", "Retry-After", "Canonical-Profile-Id", "Location"]) {
    const value = response.headers.get(name);
    if (value !== null) headers.set(name, value.replace(MEMORY_BASE_URL, "/memory"));
  }
  return new Response(response.body, { status: response.status, headers });
}
