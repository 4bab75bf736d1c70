import { expect, test } from "vitest";
import type { Shelf } from "./preferences.ts";
import { createPreferences, toggled } from "./preferences.ts";

function shelfWith(text: string | null): Shelf & { text: string | null } {
  return {
    text,
    getItem() {
      return this.text;
    },
    setItem(_key: string, value: string) {
      this.text = value;
    },
  };
}

test("a preference is still there on the next visit", () => {
  const shelf = shelfWith(null);
  createPreferences(shelf).setState({ theme: "dark", closedGroups: ["data"] });
  expect(createPreferences(shelf).getState()).toMatchObject({ theme: "dark", closedGroups: ["data"] });
});

test.each([null, "", "null", "3", "[]", "{", '{"theme":"mauve","closedGroups":[1]}', '{"__proto__":{"theme":"dark"}}'])(
  "what cannot be read, such as %j, stands for the defaults",
  (text) => {
    expect(createPreferences(shelfWith(text)).getState()).toEqual({
      theme: "system",
      lossScale: "linear",
      hiddenSeries: [],
      closedGroups: [],
      labViews: ["real", "fake", "surface"],
    });
  },
);

test("a browser that refuses to store costs only the memory", () => {
  const refuse = (): never => {
    throw new Error("no storage here");
  };
  for (const shelf of [null, { getItem: refuse, setItem: refuse }]) {
    const preferences = createPreferences(shelf);
    preferences.setState({ theme: "light" });
    expect(preferences.getState().theme).toBe("light");
  }
});

test("toggling puts an item in, and takes it out again", () => {
  expect(toggled(toggled(["a"], "b"), "a")).toEqual(["b"]);
});
