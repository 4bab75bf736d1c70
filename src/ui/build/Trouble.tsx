/** What is wrong with a network, why, and the nearest ways out. It shows repairs and makes none. */
import type { NetworkConfig, Phase } from "../../gan/config.ts";
import type { Shape } from "../../gan/layers/layerShape.ts";
import { repairNetwork } from "../../gan/networkRepairs.ts";
import type { NetworkProblem } from "../../gan/networkShape.ts";
import { useBuilder, useSession } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import styles from "./NetworkColumn.module.css";

interface TroubleProps {
  readonly player: Phase;
  readonly dataShape: Shape;
  readonly classes: number;
  readonly problem: NetworkProblem | null;
  readonly onRepair: (network: NetworkConfig, label: string) => void;
}

/** The region stays while nothing is wrong, so that what comes into it is read out. */
export function Trouble({ player, dataShape, classes, problem, onRepair }: TroubleProps) {
  const design = useBuilder((state) => state.design);
  const conditioning = useSession((state) => state.wanted.conditioning);
  return (
    <div role="status" aria-label={`What is wrong with the ${player}`}>
      {problem !== null && (
        <div className={styles.trouble}>
          <p>{problem.message}</p>
          <div className={styles.repairs}>
            {repairNetwork(player, { ...design, conditioning }, dataShape, classes).map(({ label, network }) => (
              <Button
                key={label}
                onClick={() => {
                  onRepair(network, label);
                }}
              >
                {label}
              </Button>
            ))}
          </div>
        </div>
      )}
    </div>
  );
}
