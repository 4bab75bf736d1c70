/** What a chosen layer makes of the image under the lens, or of a sample's latent: as maps, or as bars where it has no places. */
import { useMemo } from "react";
import type { Phase } from "../../gan/config.ts";
import type { LayerSightState } from "../../state/layerSight.ts";
import { useDuel, useLayerSight, useSession } from "../context.ts";
import { Select } from "../controls/Select.tsx";
import styles from "../explore/Tool.module.css";
import layerStyles from "./LayerPanel.module.css";
import { Sheet } from "./Sheet.tsx";
import { tonedMaps } from "./tones.ts";
import { UnitBars } from "./UnitBars.tsx";

const NETWORKS = [
  { value: "discriminator", label: "Discriminator", help: "Follow the image under the lens to its score" },
  { value: "generator", label: "Generator", help: "Follow the latent of a sample to its image" },
] as const satisfies readonly { readonly value: Phase; readonly label: string; readonly help: string }[];

export function LayerMaps() {
  const { layerSight } = useDuel();
  const { player, layer } = useLayerSight((state) => state.chosen);
  const layers = useSession((state) => state.networks?.[player].layers ?? null);
  const count = useSession((state) => state.running[player].length);
  return (
    <div className={layerStyles.part}>
      <div className={layerStyles.choices}>
        <Select
          name="Network"
          value={player}
          options={NETWORKS}
          onChange={(value) => {
            layerSight.choose(value === "generator" ? value : "discriminator");
          }}
        />
        {layers !== null && (
          <Select
            name="Layer"
            value={String(layer)}
            options={layers.slice(0, count).map(({ type, outputShape }, index) => ({
              value: String(index),
              label: `${String(index)} ${type}`,
              help: `makes ${outputShape.join(" × ")}`,
            }))}
            onChange={(value) => {
              layerSight.choose(player, Number(value));
            }}
          />
        )}
      </div>
      <Maps />
    </div>
  );
}

function Maps() {
  const maps = useLayerSight((state) => state.maps);
  const sheet = useMemo(() => {
    if (maps === null) return null;
    const { shape, values } = maps;
    return shape.length === 3 ? tonedMaps(values, shape) : null;
  }, [maps]);
  if (maps === null) return <p role="status">Looking …</p>;
  const { player, layer } = maps.place;
  const name = `What layer ${String(layer)} of the ${player} makes`;
  return (
    <figure className={layerStyles.figure}>
      {sheet === null ? (
        <UnitBars name={name} player={player} values={maps.values} />
      ) : (
        <Sheet name={name} toned={sheet} />
      )}
      <figcaption className={styles.hint}>{captionOf(maps)}</figcaption>
    </figure>
  );
}

function captionOf({ place, cell, shape, of, values }: NonNullable<LayerSightState["maps"]>): string {
  const subject =
    place.player === "generator"
      ? `the latent of sample ${String(cell + 1)}; click another sample to follow that one`
      : "the image under the lens";
  const told = shape.length === 3 ? shape[2] : values.length;
  const kind = shape.length === 3 ? "map" : "number";
  const counted =
    told < of ? `the first ${String(told)} of ${String(of)} ${kind}s` : `${String(of)} ${kind}${of === 1 ? "" : "s"}`;
  return `What it makes of ${subject}: ${counted}, all on one scale.`;
}
