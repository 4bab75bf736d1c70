/** `npm run parity`: compares the training step with PyTorch's, file by file. `--help` says more. */
import type { BackendName } from "../../src/engine/backends.ts";
import type { FailedEvent, ParityResultEvent } from "../../src/worker/protocol.ts";
import { PARITY_HELP, parseParityArguments } from "./parityArguments.ts";
import { openSession } from "./session.ts";
import type { Session } from "./session.ts";
import { EXIT, runTool } from "./usage.ts";

/** The largest relative error that passes. PyTorch's own float32 stays under 1e-5; GPUs round their own way. */
function toleranceOn(backend: BackendName): number {
  return backend === "webgpu" ? 2e-4 : 5e-5;
}

async function answerTo(session: Session, request: number): Promise<ParityResultEvent | FailedEvent> {
  for (;;) {
    const event = await session.next();
    if (event.type === "parityResult" && event.request === request) return event;
    if (event.type === "failed") return event;
  }
}

async function parity(): Promise<number> {
  const args = parseParityArguments(process.argv.slice(2));
  if (args === "help") {
    console.log(PARITY_HELP);
    return EXIT.done;
  }
  const session = await openSession();
  let failures = 0;
  try {
    for (const [request, { name, content }] of args.files.entries()) {
      await session.send({ type: "checkParity", request, backend: args.backend, file: content });
      const answer = await answerTo(session, request);
      if (answer.type === "failed" && answer.code !== "unexpected") {
        console.error(`${answer.message} ${answer.next}`);
        return EXIT.failed;
      }
      const passed = answer.type === "parityResult" && answer.largestError <= toleranceOn(answer.backend.name);
      if (!passed) failures += 1;
      console.log(`${passed ? "✓" : "✗"} ${name}  ${describe(answer)}`);
    }
  } finally {
    await session.close();
  }
  console.log(`${String(args.files.length - failures)} of ${String(args.files.length)} files pass.`);
  return failures === 0 ? EXIT.done : EXIT.failed;
}

function describe(answer: ParityResultEvent | FailedEvent): string {
  if (answer.type === "failed") return answer.message;
  return `${answer.largestError.toExponential(1)} at ${answer.where} (${answer.backend.name})`;
}

await runTool("parity", parity);
