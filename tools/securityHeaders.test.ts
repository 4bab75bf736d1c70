import { expect, test } from "vitest";
import { contentSecurityPolicy } from "./securityHeaders.ts";

/** The sources that a policy allows, by directive. */
function directives(policy: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    policy.split("; ").map((directive) => {
      const [name = "", ...sources] = directive.split(" ");
      return [name, sources];
    }),
  );
}

test("the policy lets no script in but the page's own, and no code be made from text", () => {
  expect(directives(contentSecurityPolicy("abc")).get("script-src")).toEqual(["'self'", "'wasm-unsafe-eval'"]);
});

test("the policy allows nothing that it does not name, and names no other host", () => {
  const policy = directives(contentSecurityPolicy("abc"));
  expect(policy.get("default-src")).toEqual(["'none'"]);
  const sources = [...policy.values()].flat();
  expect(sources.filter((source) => source.includes("/") || source.includes("*"))).toEqual([]);
  expect(sources).not.toContain("'unsafe-inline'");
});

test("style elements need the nonce of the response, and have none where there is no page", () => {
  expect(directives(contentSecurityPolicy("abc")).get("style-src")).toEqual(["'self'", "'nonce-abc'"]);
  expect(directives(contentSecurityPolicy(null)).get("style-src")).toEqual(["'self'"]);
});
