import type { Fault } from "../../../support/faulty-proxy.ts";
import { contactOf, type ProxiedRequest, textOf } from "../../../support/proxied-messages.ts";
import { Substitution, unusedEmail, unusedPhone } from "../../ledger.ts";
import { altered, type PlantedBug } from "../../planted-bug.ts";

/** Replaces values on their way to the server, and back. */
function substituting(choose: (request: ProxiedRequest, values: Substitution) => void): () => Fault {
  return () => {
    const values = new Substitution();
    return async (request, forward) => {
      choose(request, values);
      return values.response(await forward(values.request(request)));
    };
  };
}

/** Which profile an identifier leads to. */
export const IDENTIFIER_BUGS: readonly PlantedBug[] = [
  {
    name: "email-case-sensitive",
    breaks: "Email addresses in another case are other identifiers.",
    in: ["createProfile"],
    foundBy: ["model", "concurrency"],
    fault: substituting(({ contact }, values) => {
      const email = textOf(contact["email"]);
      if (email !== undefined && email !== email.toLowerCase() && !values.has(email)) values.add(email, unusedEmail());
    }),
  },
  {
    name: "email-spaces-kept",
    breaks: "Spaces around an email address make another identifier.",
    in: ["createProfile"],
    foundBy: ["model", "concurrency"],
    fault: substituting(({ contact }, values) => {
      const email = textOf(contact["email"]);
      if (email !== undefined && /\s/.test(email) && /\S/.test(email) && !values.has(email))
        values.add(email, unusedEmail());
    }),
  },
  {
    name: "phone-not-normalized",
    breaks: "Another spelling of a phone number is another identifier.",
    in: ["createProfile"],
    foundBy: ["model", "concurrency"],
    fault: substituting(({ contact }, values) => {
      const phone = textOf(contact["phone"]);
      const isOther = phone !== undefined && /\d{3}.*\d{4}/.test(phone) && !/^\+\d+$/.test(phone);
      if (isOther && !values.has(phone)) values.add(phone, unusedPhone());
    }),
  },
  {
    name: "phone-never-an-identifier",
    breaks: "The phone number identifies nobody.",
    in: ["createProfile"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const seen = new Set<string>();
      const values = new Substitution();
      return async (request, forward) => {
        const phone = textOf(request.contact["phone"]);
        if (request.operation !== "createProfile" || phone === undefined)
          return values.response(await forward(request));
        if (!seen.has(phone)) {
          seen.add(phone);
          return values.response(await forward(request));
        }
        const substitute = unusedPhone();
        values.add(phone, substitute);
        return values.response(await forward(request.withContact({ phone: substitute })));
      };
    },
  },
  {
    name: "every-create-is-new",
    breaks: "Every create makes a new profile.",
    in: ["createProfile"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const seen = new Set<string>();
      const values = new Substitution();
      return async (request, forward) => {
        const email = textOf(request.contact["email"]);
        if (request.operation !== "createProfile" || email === undefined)
          return values.response(await forward(request));
        if (seen.has(email)) values.add(email, unusedEmail());
        seen.add(email);
        return values.response(await forward(values.request(request)));
      };
    },
  },
  {
    name: "stores-share-identifiers",
    breaks: "Identifiers resolve across stores.",
    in: ["createProfile"],
    foundBy: ["authentication", "model"],
    fault: () => {
      const owners = new Map<string, { readonly store: string; readonly id: string }>();
      return async (request, forward) => {
        const response = await forward(request);
        const email = textOf(request.contact["email"]);
        if (request.operation !== "createProfile" || response.status !== 202 || email === undefined) return response;
        const known = owners.get(email);
        const store = request.path["storeId"] ?? "";
        if (known !== undefined && known.store !== store) return response.withProperties({ id: known.id });
        owners.set(email, { store, id: String(Object(response.json).id) });
        return response;
      };
    },
  },
  {
    name: "identifier-history-lost",
    breaks: "Changing an email address frees the old one.",
    in: ["patchProfileTraits"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const current = new Map<string, string>();
      const values = new Substitution();
      return async (request, forward) => {
        const response = values.response(await forward(values.request(request)));
        const email = textOf(request.contact["email"]);
        if (response.status !== 202 || email === undefined) return response;
        const id = request.path["profileId"] ?? String(Object(response.json).id);
        const old = current.get(id);
        if (old !== undefined && old !== email) values.add(old, unusedEmail());
        current.set(id, email);
        return response;
      };
    },
  },
  {
    name: "removed-identifier-kept",
    breaks: "Removing the email address of a profile keeps it as an identifier.",
    in: ["patchProfileTraits"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const removed = new Set<string>();
      return async (request, forward) => {
        const id = request.path["profileId"] ?? "";
        const isRemoval = request.operation === "patchProfileTraits" && request.contact["email"] === null;
        const response = await forward(isRemoval ? request.withContact({ email: undefined }) : request);
        if (isRemoval && response.status === 202) removed.add(id);
        if (request.operation !== "fetchProfile" || response.status !== 200 || !removed.has(id)) return response;
        const { email: _, ...Contact } = contactOf(response);
        return response.withProperties({ traits: { Contact } });
      };
    },
  },
  {
    name: "values-stored-normalized",
    breaks: "The email address of a profile is returned in lower case instead of as it was sent.",
    in: ["fetchProfile"],
    foundBy: ["model", "concurrency"],
    fault: altered(["fetchProfile"], 200, (response) => {
      const Contact = contactOf(response);
      const email = textOf(Contact["email"]);
      return email === undefined
        ? response
        : response.withProperties({ traits: { Contact: { ...Contact, email: email.toLowerCase() } } });
    }),
  },
  {
    name: "patched-email-identifies-nobody",
    breaks: "An email address that a patch sets identifies nobody.",
    in: ["patchProfileTraits"],
    foundBy: ["model"],
    fault: () => {
      const values = new Substitution();
      return async (request, forward) => {
        const { email } = request.contact;
        if (request.operation !== "patchProfileTraits" || typeof email !== "string" || email.trim() === "")
          return values.response(await forward(request));
        const substitute = unusedEmail();
        values.add(email, substitute);
        return values.response(await forward(request.withContact({ email: substitute })));
      };
    },
  },
  {
    name: "empty-email-identifies",
    breaks: "An empty email address is an identifier, so that everybody without one shares a profile.",
    in: ["createProfile"],
    foundBy: ["model", "requests"],
    fault: () => {
      const values = new Substitution();
      const substitute = unusedEmail();
      return async (request, forward) => {
        const { email } = request.contact;
        if (request.operation !== "createProfile" || typeof email !== "string" || email.trim() !== "")
          return values.response(await forward(request));
        values.add(email, substitute);
        return values.response(await forward(request.withContact({ email: substitute })));
      };
    },
  },
];
