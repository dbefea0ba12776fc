import { describe, expect, it } from "vitest";
import { forwarding, forwardingTo } from "../../src/storage/forwarding.ts";

describe("an object that forwards", () => {
  it("passes the name of the method and the values of each call on", async () => {
    const calls: unknown[] = [];
    const object = forwarding<{ one(a: number): string; two(): string }>({ one: true, two: true }, (method, values) => {
      calls.push([method, values]);
      return method;
    });
    expect([object.one(1), object.two()]).toEqual(["one", "two"]);
    expect(calls).toEqual([
      ["one", [1]],
      ["two", []],
    ]);
  });

  it("calls the methods of its target on the target", () => {
    class Counter {
      #count = 0;
      add(amount: number, times: number) {
        this.#count += amount * times;
        return this.#count;
      }
    }
    const counter = forwardingTo<Pick<Counter, "add">>({ add: true }, new Counter());
    expect([counter.add(1, 2), counter.add(3, 1)]).toEqual([2, 5]);
  });

  it("throws if the target has no such method", () => {
    const target = { name: "text" };
    const object: { readonly name: unknown } = forwardingTo<{ readonly name: string }>({ name: true }, target);
    const { name } = object;
    if (typeof name !== "function") throw new Error("Each member forwards.");
    expect(() => name()).toThrow(new TypeError("name is not a method."));
  });
});
