import type { paths } from "@memory-api/types";
import { HttpResponse, http } from "msw";

type Method = "get" | "put" | "post" | "patch" | "delete";
type MethodOf<Path extends keyof paths> = { [M in Method]: paths[Path][M] extends object ? M : never }[Method];
type JsonOf<Message> = Message extends { content: { "application/json": infer Body } } ? Body : undefined;

/** The documented statuses of an operation, each with its body. */
type ResponseOf<Operation> = Operation extends { responses: infer Responses }
  ? { [Status in keyof Responses & number]: { status: Status; body: JsonOf<Responses[Status]> } }[keyof Responses &
      number]
  : never;

interface Call<Operation> {
  path: Operation extends { parameters: { path: infer Path } } ? Path : never;
  query: URLSearchParams;
  body: Operation extends { requestBody: infer Body } ? JsonOf<Body> : undefined;
}

/** An MSW handler for an operation of the contract, whose response the compiler checks. */
export function handler<Path extends keyof paths, M extends MethodOf<Path>>(
  method: M,
  path: Path,
  respond: (call: Call<paths[Path][M]>) => ResponseOf<paths[Path][M]>,
) {
  return http[method]<never, never>(`*${path.replaceAll(/\{(\w+)\}/g, ":$1")}`, async ({ request, params }) => {
    const text = await request.text();
    const call = { path: params, query: new URL(request.url).searchParams, body: text ? JSON.parse(text) : undefined };
    const { status, body } = respond(call as Call<paths[Path][M]>);
    return HttpResponse.json(body ?? null, { status });
  });
}
