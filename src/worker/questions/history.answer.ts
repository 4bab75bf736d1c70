/** All measurements of a run so far, not thinned. */
import type { Answerer } from "./answers.ts";

export const history: Answerer<"history"> = ({ trainer }) => trainer.history();
