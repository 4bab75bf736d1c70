import { expect, test, vi } from "vitest";
import type { ImageBatch } from "../worker/protocol.ts";
import { Inquiries, InquiryError } from "./inquiries.ts";

const IMAGES: ImageBatch = { count: 1, shape: [1, 1, 1], pixels: new Uint8Array(1) };
const FRESH = { kind: "fresh", first: 0, count: 1 } as const;
const FAILURE = {
  type: "failed",
  run: "r",
  code: "badCommand",
  message: "No.",
  safe: "All.",
  next: "Ask less.",
} as const;

function listening() {
  const send = vi.fn();
  return { send, inquiries: new Inquiries(send) };
}

test("a question is sent with a number of its own, and settled by the answer of that number", async () => {
  const { send, inquiries } = listening();
  const first = inquiries.ask("r", "render", FRESH);
  const second = inquiries.ask("r", "render", FRESH);
  expect(send.mock.calls).toEqual(
    [1, 2].map((request) => [{ type: "ask", run: "r", request, asked: { name: "render", question: FRESH } }]),
  );
  const other = { ...IMAGES, count: 2 };
  expect(inquiries.receive({ type: "answered", run: "r", request: 2, given: { name: "render", answer: other } })).toBe(
    true,
  );
  expect(inquiries.receive({ type: "answered", run: "r", request: 1, given: { name: "render", answer: IMAGES } })).toBe(
    true,
  );
  expect([await first, await second]).toEqual([IMAGES, other]);
});

test("a question that makes no sense is refused in the worker's words", async () => {
  const { inquiries } = listening();
  const asked = inquiries.ask("r", "render", FRESH);
  expect(inquiries.receive({ ...FAILURE, request: 1 })).toBe(true);
  await expect(asked).rejects.toMatchObject({ message: "No.", next: "Ask less.", dropped: false });
});

test("a question is withdrawn by its signal, also before it is asked", async () => {
  const { send, inquiries } = listening();
  const controller = new AbortController();
  const asked = inquiries.ask("r", "render", FRESH, { signal: controller.signal });
  controller.abort();
  await expect(asked).rejects.toMatchObject({ dropped: true });
  expect(send).toHaveBeenLastCalledWith({ type: "withdraw", run: "r", request: 1 });
  await expect(inquiries.ask("r", "render", FRESH, { signal: controller.signal })).rejects.toBeInstanceOf(InquiryError);
  expect(send).toHaveBeenCalledTimes(2);
});

test("the end of a run ends its questions", async () => {
  const { inquiries } = listening();
  const asked = inquiries.ask("r", "history", null);
  inquiries.drop();
  await expect(asked).rejects.toMatchObject({ dropped: true });
});

test("events that answer nothing are left to others", () => {
  const { inquiries } = listening();
  expect(inquiries.receive({ type: "pong" })).toBe(false);
  expect(inquiries.receive(FAILURE)).toBe(false);
  expect(inquiries.receive({ ...FAILURE, request: 7 })).toBe(false);
});
