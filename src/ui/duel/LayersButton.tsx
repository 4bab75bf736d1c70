/** A network's layers on demand, each with the shape it puts out and its parameters, and the way to change them. */
import { Popover } from "radix-ui";
import { formatCount } from "../../shared/counts.ts";
import type { NetworkSummary } from "../../worker/protocol.ts";
import { writeLink } from "../../state/link.ts";
import { useSession } from "../context.ts";
import styles from "./LayersButton.module.css";

interface LayersButtonProps {
  readonly title: string;
  readonly network: NetworkSummary;
}

export function LayersButton({ title, network }: LayersButtonProps) {
  const presetId = useSession((state) => state.presetId);
  const config = useSession((state) => state.wanted);
  return (
    <Popover.Root>
      <Popover.Trigger className={styles.trigger} aria-label={`Layers of the ${title.toLowerCase()}`}>
        layers
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles.content}
          sideOffset={6}
          collisionPadding={8}
          aria-label={`${title} layers`}
          tabIndex={0}
        >
          <table>
            <thead>
              <tr>
                <th scope="col">Layer</th>
                <th scope="col">Output</th>
                <th scope="col">Parameters</th>
              </tr>
            </thead>
            <tbody>
              {network.layers.map((layer, index) => (
                <tr key={index}>
                  <th scope="row">{layer.type}</th>
                  <td>{layer.outputShape.join(" × ")}</td>
                  <td>{formatCount(layer.parameters)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <a className={styles.build} href={writeLink({ presetId, config, place: "build" })}>
            Change the layers
          </a>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
