using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "sign-up", worker = .signUp),
    # "private" lets the Worker reach a sandbox on this machine. Remove it where you deploy.
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (), service = "sign-up")],
);

const signUp :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "dist/worker.js")],
  compatibilityDate = "2026-11-01",
  bindings = [
    (name = "MEMORY_BASE_URL", fromEnvironment = "MEMORY_BASE_URL"),
    (name = "TWILIO_API_KEY", fromEnvironment = "TWILIO_API_KEY"),
    (name = "TWILIO_API_SECRET", fromEnvironment = "TWILIO_API_SECRET"),
  ],
);
