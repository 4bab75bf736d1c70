/** The place where both networks are built from layers. It holds what is announced; the design is the builder's. */
import { useEffect, useState } from "react";
import { DATA_SETS } from "../../data/catalogue.ts";
import { describeNetworks } from "../../gan/networkShape.ts";
import { useBuilder, useDuel, useSession } from "../context.ts";
import { PlaceFrame } from "../places/PlaceFrame.tsx";
import styles from "./BuildPlace.module.css";
import { Decision } from "./Decision.tsx";
import { NetworkColumn } from "./NetworkColumn.tsx";
import { isTriedShape, shapeOf, type TriedShape } from "./shapeChoices.ts";
import { StartFrom } from "./StartFrom.tsx";

export function BuildPlace() {
  const design = useBuilder((state) => state.design);
  const dataSet = useSession((state) => state.wanted.dataSet);
  const conditioning = useSession((state) => state.wanted.conditioning);
  const [tried, setTried] = useState<TriedShape | null>(null);
  const [announcement, setAnnouncement] = useState("");
  useHistoryKeys(setAnnouncement);
  const choice = tried ?? dataSet;
  const dataShape = shapeOf(choice);
  const classes = DATA_SETS[dataSet].classes.length;
  const described = describeNetworks({ ...design, conditioning }, dataShape, classes);
  const isSound = described.generator.problem === null && described.discriminator.problem === null;
  return (
    <PlaceFrame
      title="Build"
      intro="Stack layers into two networks. Nothing restarts until you train them; Alt with an arrow key moves a layer."
    >
      <div className={styles.build}>
        <StartFrom
          choice={choice}
          onTry={(chosen) => {
            setTried(isTriedShape(chosen) ? chosen : null);
          }}
          announce={setAnnouncement}
        />
        <Decision isSound={isSound} isTried={tried !== null} announce={setAnnouncement} />
        <div className={styles.columns}>
          {(["generator", "discriminator"] as const).map((player) => (
            <NetworkColumn
              key={player}
              player={player}
              dataShape={dataShape}
              classes={classes}
              described={described[player]}
              announce={setAnnouncement}
            />
          ))}
        </div>
        <p role="status" aria-label="Changes" className="visuallyHidden">
          {announcement}
        </p>
      </div>
    </PlaceFrame>
  );
}

/** Ctrl+Z (⌘Z) takes back and Ctrl+Shift+Z or Ctrl+Y brings again, wherever the focus is: what is typed is a change, too. */
function useHistoryKeys(announce: (text: string) => void): void {
  const { builder } = useDuel();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== "z" && key !== "y")) return;
      event.preventDefault();
      const isRedo = key === "y" || event.shiftKey;
      if (isRedo) builder.redo();
      else builder.undo();
      announce(isRedo ? "Done again." : "Taken back.");
    };
    window.addEventListener("keydown", press);
    return () => {
      window.removeEventListener("keydown", press);
    };
  }, [builder, announce]);
}
