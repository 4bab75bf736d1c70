/** The page as it is served: whole, isolated, and nothing the security policy had to stop. */
import { expect, test } from "playwright/test";

test("the page opens without a word in the console, isolated, with a nonce of its own", async ({ page }) => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  const nonceOf = async () => {
    const response = await page.goto("/");
    const policy = response?.headers()["content-security-policy"] ?? "";
    return /style-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1];
  };
  const first = await nonceOf();
  await expect(page.getByRole("button", { name: "Train", exact: true })).toBeVisible();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const second = await nonceOf();
  expect(first).toBeTruthy();
  expect(second).not.toBe(first);
  expect(complaints).toEqual([]);
});

test("nothing outside the build is served, and no unknown address gets the page", async ({ request }) => {
  for (const path of [
    "/package.json",
    "/..%2fpackage.json",
    "/%2e%2e/package.json",
    "/assets/..%5c..%5cpackage.json",
    "/nowhere",
  ]) {
    const response = await request.get(path);
    expect(response.status(), path).toBeGreaterThanOrEqual(400);
  }
});

test("data and scripts come as they are, with the headers that isolation needs", async ({ request }) => {
  const data = await request.get("/data/mnist/train-0.bin");
  expect(data.status()).toBe(200);
  expect(data.headers()).toMatchObject({
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-opener-policy": "same-origin",
    "x-content-type-options": "nosniff",
  });
  expect(data.headers()["content-encoding"]).toBeUndefined();
  const manifest: unknown = await (await request.get("/data/mnist/manifest.json")).json();
  expect(manifest).toHaveProperty("train.shards.0.packedBytes", (await data.body()).length);
});
