import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** The content of a repository, in the format of GitHub's API. */
export interface FakeContent {
  pulls?: { number: number; head: { label: string; sha: string } }[];
  issues?: { number: number; body: string }[];
  comments?: { id: number; issue: number; body: string; user: { login: string } }[];
  /** IDs of the runs of preview.yml, by commit. */
  previews?: Record<string, number>;
}

/** A server with the part of GitHub's API that the scripts use. It keeps what they write. */
export class FakeGitHub {
  readonly issues: { number: number; title?: string; body: string }[];
  readonly comments: { id: number; issue: number; body: string; user: { login: string } }[];
  readonly #content: FakeContent;
  readonly #server: Server;

  constructor(content: FakeContent) {
    this.#content = content;
    this.issues = [...(content.issues ?? [])];
    this.comments = [...(content.comments ?? [])];
    this.#server = createServer((request, response) => {
      void this.#respond(request).then((body) => {
        response.statusCode = body === undefined ? 404 : 200;
        response.end(JSON.stringify(body ?? { message: "Not Found" }));
      });
    });
  }

  /** Starts the server, and returns the variables that GitHub Actions would set. */
  async start(): Promise<NodeJS.ProcessEnv> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    const address = this.#server.address();
    const { port } = address as AddressInfo;
    return {
      GITHUB_API_URL: `http://127.0.0.1:${port}`,
      GITHUB_REPOSITORY: "memory-api/contract",
      GITHUB_SERVER_URL: "https://github.test",
      GITHUB_TOKEN: "token",
    };
  }

  stop(): void {
    this.#server.close();
  }

  async #respond(request: IncomingMessage): Promise<unknown> {
    const url = new URL(request.url ?? "", "http://127.0.0.1");
    const path = url.pathname.replace("/repos/memory-api/contract", "");
    const [, issue = ""] = /^\/issues\/(\d+)\/comments$/.exec(path) ?? [];
    const [, comment = ""] = /^\/issues\/comments\/(\d+)$/.exec(path) ?? [];
    const body = request.method === "GET" ? {} : Object(await json(request));
    if (request.headers.authorization !== "Bearer token") return undefined;
    switch (`${request.method} ${path.replace(/\d+/, "N")}`) {
      case "GET /pulls":
        return this.#page(url, this.#pullsOf(url.searchParams.get("head")));
      case "GET /actions/workflows/preview.yml/runs": {
        const id = this.#content.previews?.[url.searchParams.get("head_sha") ?? ""];
        return { workflow_runs: id === undefined ? [] : [{ id }] };
      }
      case "GET /issues/N/comments":
        return this.#page(
          url,
          this.comments.filter((each) => String(each.issue) === issue),
        );
      case "POST /issues/N/comments":
        return this.#add(this.comments, { issue: Number(issue), ...body });
      case "PATCH /issues/comments/N":
        return Object.assign(this.comments.find(({ id }) => String(id) === comment) ?? {}, body);
      case "GET /issues":
        return this.#page(url, this.issues);
      case "POST /issues":
        return this.#add(this.issues, { number: this.issues.length + 1, ...body });
      default:
        return undefined;
    }
  }

  #add<T>(list: T[], item: T): T {
    list.push(item);
    return item;
  }

  #pullsOf(head: string | null) {
    return (this.#content.pulls ?? []).filter((pull) => pull.head.label === head);
  }

  #page(url: URL, items: readonly object[]): readonly object[] {
    const [size, page] = ["per_page", "page"].map((name) => Number(url.searchParams.get(name)));
    return size && page ? items.slice(size * (page - 1), size * page) : items;
  }
}
