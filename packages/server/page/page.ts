// The page of the sandbox. It reads the overview once a second while it is visible, and sends what its buttons do to the control API.
import type { Overview, StoreOverview } from "../src/sandbox/control/overview.ts";
import { drawMerges } from "./draw-merges.ts";
import { byId, element } from "./elements.ts";

const CONTROL = "/__sandbox/";
const PERIOD_MS = 1000;
/** The same in nearly all requests. */
const STORE_PATH = /^\/v1\/Stores\/[^/?]+/;

const storeList = byId("store", HTMLSelectElement);

byId("base-url").textContent = location.origin;
byId("show-credentials").addEventListener("click", () => void showCredentials());
byId("advance").addEventListener("submit", (event) => {
  const fields = fieldsOf(event);
  const ms = Number(fields.get("amount")) * Number(fields.get("unit"));
  void act("POST", "clock/advance", { ms }, "The clock is advanced.");
});
byId("fault").addEventListener("submit", (event) => {
  const kind = String(fieldsOf(event).get("kind"));
  void act(
    "PUT",
    "faults",
    { plan: [{ times: 1, fault: faultOf(kind) }] },
    "The next request to the API gets this fault.",
  );
});
byId("clear-faults").addEventListener("click", () => void act("DELETE", "faults", undefined, "No faults are planned."));
byId("reset").addEventListener("submit", (event) => {
  event.preventDefault();
  if (confirm("Delete all profiles and imports of this sandbox?"))
    void act("POST", "reset", undefined, "The sandbox is empty.");
});
void start();

async function start(): Promise<void> {
  const { docs } = await read("site").catch(() => ({ docs: null }));
  byId("docs").hidden = docs === null;
  for (;;) {
    if (document.visibilityState === "visible") await refresh();
    await new Promise((resolve) => setTimeout(resolve, PERIOD_MS));
  }
}

async function refresh(): Promise<void> {
  const connection = byId("connection");
  try {
    show(await read("overview"));
    connection.textContent = "Live";
    connection.className = "good";
  } catch {
    connection.textContent = "The sandbox does not respond.";
    connection.className = "bad";
  }
}

function show({ now, isFrozen, stores, faults, requests }: Overview): void {
  byId("now").textContent = now.replace("T", " ").replace(/\.\d+Z$/, " UTC");
  byId("frozen").hidden = !isFrozen;
  const clear = byId("clear-faults", HTMLButtonElement);
  clear.disabled = faults === 0;
  clear.textContent = faults === 0 ? "No faults planned" : "Cancel the planned fault";

  if (storeList.options.length !== stores.length) storeList.replaceChildren(...stores.map(({ id }) => new Option(id)));
  const store = stores.find(({ id }) => id === storeList.value);
  if (store) showStore(store);

  byId("no-requests").hidden = requests.length > 0;
  byId("request-list").replaceChildren(
    ...requests.map(({ method, path, status }) =>
      element("li", {}, [
        element("span", { class: status !== undefined && status < 400 ? "good" : "bad" }, [String(status ?? "–")]),
        element("span", {}, [method]),
        element("span", { title: path }, [path.replace(STORE_PATH, "…")]),
      ]),
    ),
  );
}

function showStore(store: StoreOverview): void {
  const { count, imports } = store;
  byId("profile-count").textContent = count < 1000 ? String(count) : "1,000 or more";
  drawMerges(store);
  byId("no-imports").hidden = imports.length > 0;
  byId("import-list").replaceChildren(
    ...imports.map(({ filename, status, size, offset, rows, errors, warnings }) =>
      element("li", {}, [
        element("p", {}, [element("strong", {}, [filename]), element("span", { class: classOf(status) }, [status])]),
        element("progress", {
          max: String(size),
          value: String(status === "COMPLETED" ? size : offset),
          "aria-label": `Progress of ${filename}`,
        }),
        element("p", {}, [`${rows.toLocaleString("en")} rows, ${errors} errors, ${warnings} warnings`]),
      ]),
    ),
  );
}

function classOf(status: string): string {
  return status === "COMPLETED" ? "good" : status === "FAILED" ? "bad" : "";
}

function faultOf(kind: string): object {
  if (kind === "latency") return { kind, ms: 5000 };
  return kind === "reset" ? { kind } : { kind: "status", status: Number(kind) };
}

async function showCredentials(): Promise<void> {
  const block = byId("credentials");
  const response = await fetch(`${CONTROL}credentials`);
  const body = await response.json();
  block.textContent = response.ok
    ? `export MEMORY_BASE_URL=${location.origin}\nexport TWILIO_API_KEY=${body.user}\nexport TWILIO_API_SECRET=${body.password}`
    : body.message;
  block.hidden = false;
}

/** Sends a change to the control API, and says whether it succeeded. */
async function act(method: string, path: string, body: unknown, success: string): Promise<void> {
  const message = byId("message");
  const init =
    body === undefined ? {} : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(CONTROL + path, { method, ...init }).catch(() => undefined);
  message.textContent = response?.ok ? success : `Failed: ${(await response?.json())?.message ?? "no response"}`;
  await refresh();
}

async function read(path: string) {
  const response = await fetch(CONTROL + path);
  if (!response.ok) throw new Error(`The sandbox responded with ${response.status}.`);
  return response.json();
}

function fieldsOf(event: Event): FormData {
  event.preventDefault();
  if (!(event.target instanceof HTMLFormElement)) throw new Error("The event belongs to no form.");
  return new FormData(event.target);
}
