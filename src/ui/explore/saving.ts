/** Saving that takes a while and may fail, for a button: whether it is under way, and what went wrong. */
import { useState } from "react";

export interface Saving {
  readonly underWay: boolean;
  /** Empty where nothing went wrong. */
  readonly problem: string;
  readonly save: (work: () => Promise<void>) => void;
}

export function useSaving(): Saving {
  const [underWay, setUnderWay] = useState(false);
  const [problem, setProblem] = useState("");
  const run = async (work: () => Promise<void>): Promise<void> => {
    setUnderWay(true);
    setProblem("");
    try {
      await work();
    } catch (error) {
      setProblem(`Nothing was saved. ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      setUnderWay(false);
    }
  };
  return {
    underWay,
    problem,
    save: (work) => {
      void run(work);
    },
  };
}
