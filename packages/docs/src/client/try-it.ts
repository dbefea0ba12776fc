/** A form that sends a request to the server that serves this page, and shows the request and the response. */
class TryIt extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#send(new FormData(form));
    });
    this.querySelector("[data-action=credentials]")?.addEventListener("click", () => void this.#fillCredentials());
  }

  async #fillCredentials(): Promise<void> {
    const response = await fetch(this.dataset["credentials"] ?? "", { headers: { Accept: "application/json" } }).catch(
      () => undefined,
    );
    if (!response?.ok)
      return this.#show("This page is not served by a sandbox. Run `npx -y pnpm@12 start`, and open its /docs.");
    const { user, password, store } = await response.json();
    this.#fill("user", user);
    this.#fill("password", password);
    this.#fill("path:storeId", store);
  }

  #fill(name: string, value: string): void {
    const field = this.querySelector<HTMLInputElement>(`[name="${name}"]`);
    if (field) field.value = value;
  }

  async #send(fields: FormData): Promise<void> {
    const { method = "GET", mediaType } = this.dataset;
    const url = this.#url(fields);
    const headers = new Headers({ Accept: "application/json" });
    const user = fields.get("user");
    if (user) headers.set("Authorization", `Basic ${btoa(`${user}:${fields.get("password")}`)}`);
    const body = mediaType === undefined ? undefined : String(fields.get("body"));
    if (mediaType !== undefined) headers.set("Content-Type", mediaType);
    const started = performance.now();
    try {
      // With the credentials of the browser, a 401 would open its login dialog, and the form would wait for it.
      const init = { method, headers, redirect: "manual", credentials: "omit" } as const;
      const response = await fetch(url, { ...init, ...(body !== undefined && { body }) });
      const ms = Math.round(performance.now() - started);
      this.#show(requestText(method, url, headers, body), await responseText(response, ms));
    } catch (error) {
      this.#show(requestText(method, url, headers, body), `No response: ${String(error)}`);
    }
  }

  #url(fields: FormData): string {
    const query = new URLSearchParams();
    let { path = "" } = this.dataset;
    for (const [key, value] of fields) {
      const [place, name] = key.split(":");
      if (name === undefined || typeof value !== "string" || value === "") continue;
      if (place === "path") path = path.replace(`{${name}}`, encodeURIComponent(value));
      if (place === "query") query.append(name, value);
    }
    return query.size > 0 ? `${path}?${query}` : path;
  }

  #show(...texts: string[]): void {
    const result = this.querySelector(".try-it-result");
    result?.replaceChildren(
      ...texts.map((text) => {
        const block = document.createElement("pre");
        block.tabIndex = 0;
        block.textContent = text;
        return block;
      }),
    );
    // Beside the text, the form scrolls by itself, and the result is below it.
    result?.scrollIntoView({ block: "nearest" });
  }
}

/** The credentials are not repeated. */
function requestText(method: string, url: string, headers: Headers, body?: string): string {
  const lines = [...headers].map(([name, value]) => `${name}: ${name === "authorization" ? "Basic …" : value}`);
  return [`${method} ${url}`, ...lines, ...(body === undefined ? [] : ["", body])].join("\n");
}

async function responseText(response: Response, ms: number): Promise<string> {
  if (response.type === "opaqueredirect") {
    return "The profile was merged into another one. A browser does not show the headers of a redirect; curl does.";
  }
  const text = await response.text();
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`);
  return [`${response.status} ${response.statusText} (${ms} ms)`, ...headers, "", formatted(text)].join("\n");
}

function formatted(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

customElements.define("try-it", TryIt);
