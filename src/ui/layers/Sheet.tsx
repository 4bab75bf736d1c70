/** Small grey images side by side, with the scale that all of them share. It knows tones, and not what they stand for. */
import { useMemo, type CSSProperties } from "react";
import { Picture } from "../explore/Picture.tsx";
import { formatMeasurement } from "../numbers.ts";
import layerStyles from "./LayerPanel.module.css";
import { enlarged, type Toned } from "./tones.ts";

interface SheetProps {
  /** What the images are; their scale is read after it. */
  readonly name: string;
  readonly toned: Toned;
}

export function Sheet({ name, toned: { images, scale } }: SheetProps) {
  const [black, white] = [scale.black, scale.white].map((end) => formatMeasurement(end, 3));
  const shown = useMemo(() => enlarged(images), [images]);
  const isSigned = scale.black < 0;
  return (
    <>
      <div className={layerStyles.sheet} style={{ "--columns": images.grid?.columns ?? 1 } as CSSProperties}>
        <Picture
          name={`${name}: black is ${black ?? ""}, ${isSigned ? "grey 0, " : ""}white ${white ?? ""}`}
          images={shown}
        />
      </div>
      <div className={layerStyles.scale} aria-hidden="true">
        <span>{black}</span>
        <span className={layerStyles.ramp} />
        <span>{white}</span>
      </div>
    </>
  );
}
