import { errorResponse } from "../../../support/errors.ts";
import { itemsOf, textOf } from "../../../support/proxied-messages.ts";
import { Ledger, Substitution, unusedPhone } from "../../ledger.ts";
import { accepting, type PlantedBug, rewritten } from "../../planted-bug.ts";

const contactOf = (item: unknown): Record<string, unknown> => Object(Object(Object(item).traits).Contact);

/** An item with the trait `phone` replaced, or removed if it is `undefined`. */
const withPhone = (item: unknown, phone: string | undefined) => ({
  traits: { ...Object(item).traits, Contact: { ...contactOf(item), phone } },
});

const CHUNK = 100;

/** Batches. */
export const BATCH_BUGS: readonly PlantedBug[] = [
  {
    name: "batch-partially-applied",
    breaks: "The valid items of a rejected batch are applied.",
    in: ["updateProfilesBulk"],
    foundBy: ["model", "concurrency"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      if (request.operation !== "updateProfilesBulk" || response.status !== 400) return response;
      for (const item of itemsOf(request).slice(0, 20)) await forward(request.withJson({ profiles: [item] }));
      return response;
    },
  },
  {
    name: "batch-skips-invalid-items",
    breaks: "A batch with an invalid item is accepted, and that item is skipped.",
    in: ["updateProfilesBulk"],
    foundBy: ["model", "concurrency"],
    fault: accepting(
      ["updateProfilesBulk"],
      (request) => itemsOf(request).length > 1 && itemsOf(request).length <= 1000,
    ),
  },
  {
    name: "batch-in-reverse-order",
    breaks: "The items of a batch are applied in reverse order.",
    in: ["updateProfilesBulk"],
    foundBy: ["model", "concurrency"],
    fault: rewritten(["updateProfilesBulk"], (request) =>
      itemsOf(request).length > 1
        ? request.withJson({ ...Object(request.json), profiles: itemsOf(request).toReversed() })
        : request,
    ),
  },
  {
    name: "batch-drops-last-item",
    breaks: "The last item of a batch is not applied.",
    in: ["updateProfilesBulk"],
    foundBy: ["model", "concurrency"],
    fault: () => async (request, forward) => {
      const items = itemsOf(request);
      const { storeId } = request.path;
      if (request.operation !== "updateProfilesBulk" || items.length < 2 || items.length > 1000)
        return forward(request);
      const isValid = items.every((item) => {
        const contact = Object(Object(Object(item).traits).Contact);
        return typeof contact.email === "string" && Object.values(contact).every((value) => typeof value === "string");
      });
      return storeId !== undefined && isValid
        ? forward(request.withJson({ profiles: items.slice(0, -1) }))
        : forward(request);
    },
  },
  {
    name: "batch-overwrites-duplicates",
    breaks: "Of two items of a batch for one person, only the last is applied.",
    in: ["updateProfilesBulk"],
    foundBy: ["model", "concurrency"],
    fault: rewritten(["updateProfilesBulk"], (request) => {
      const identityOf = (item: unknown) => {
        const { email, phone } = Object(Object(Object(item).traits).Contact);
        return textOf(email)?.toLowerCase() ?? textOf(phone);
      };
      const items = itemsOf(request);
      const kept = items.filter(
        (item, at) => !items.slice(at + 1).some((later) => identityOf(later) === identityOf(item)),
      );
      const isValid = items.every((item) => identityOf(item) !== undefined);
      return isValid && kept.length < items.length
        ? request.withJson({ ...Object(request.json), profiles: kept })
        : request;
    }),
  },
  {
    name: "batch-merges-nothing",
    breaks: "An item of a batch with the identifiers of two profiles updates one and merges nothing.",
    in: ["updateProfilesBulk"],
    foundBy: ["model"],
    fault: () => {
      const ledger = new Ledger();
      return async (request, forward) => {
        if (request.operation === "updateProfilesBulk") {
          const isBridge = (item: unknown) =>
            ledger.ownersOf(request.withJson({ traits: Object(item).traits })).length > 1;
          const items = itemsOf(request);
          return forward(
            items.some(isBridge)
              ? request.withJson({
                  profiles: items.map((item) => (isBridge(item) ? withPhone(item, undefined) : item)),
                })
              : request,
          );
        }
        const response = await forward(request);
        ledger.observe(request, response);
        return response;
      };
    },
  },
  {
    name: "batch-ignores-phone",
    breaks: "The phone number of an item of a batch identifies nobody if it also has an email address.",
    in: ["updateProfilesBulk"],
    foundBy: ["model"],
    fault: () => {
      const values = new Substitution();
      return async (request, forward) => {
        const isMeant = (item: unknown) =>
          typeof contactOf(item)["email"] === "string" && typeof contactOf(item)["phone"] === "string";
        const items = itemsOf(request);
        if (request.operation !== "updateProfilesBulk" || !items.some(isMeant))
          return values.response(await forward(request));
        const profiles = items.map((item) => {
          if (!isMeant(item)) return item;
          const phone = unusedPhone();
          values.add(String(contactOf(item)["phone"]), phone);
          return withPhone(item, phone);
        });
        return values.response(await forward(request.withJson({ profiles })));
      };
    },
  },
  {
    name: "batch-cut-at-100",
    breaks: "The items of a batch after the 100th are not applied.",
    in: ["updateProfilesBulk"],
    foundBy: ["model", "parameters", "requests", "paging"],
    fault: rewritten(["updateProfilesBulk"], (request) =>
      itemsOf(request).length > CHUNK && itemsOf(request).length <= 1000
        ? request.withJson({ profiles: itemsOf(request).slice(0, CHUNK) })
        : request,
    ),
  },
  {
    name: "batch-in-unordered-chunks",
    breaks: "The items of a batch after the 100th are applied before the others.",
    in: ["updateProfilesBulk"],
    foundBy: ["model", "parameters", "requests"],
    fault: rewritten(["updateProfilesBulk"], (request) =>
      itemsOf(request).length > CHUNK
        ? request.withJson({ profiles: [...itemsOf(request).slice(CHUNK), ...itemsOf(request).slice(0, CHUNK)] })
        : request,
    ),
  },
  {
    name: "batch-limit-of-other-operations",
    breaks: "A batch over 5 MiB is rejected with 413, as in the other operations.",
    in: ["updateProfilesBulk"],
    foundBy: ["protocol", "requests"],
    fault: () => async (request, forward) =>
      request.operation === "updateProfilesBulk" && request.body.length > 5 * 1024 * 1024
        ? errorResponse(413, 20413)
        : forward(request),
  },
];
