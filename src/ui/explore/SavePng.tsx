/** A button that saves images as one PNG, and says when that failed. It knows images, not what they show. */
import { Download } from "lucide-react";
import type { ImageBatch } from "../../worker/protocol.ts";
import { Button } from "../controls/Button.tsx";
import { savePicture } from "./savePicture.ts";
import { useSaving } from "./saving.ts";

interface SavePngProps {
  /** What the button says. */
  readonly label: string;
  /** Null as long as there are none. */
  readonly images: ImageBatch | null;
  /** How many stand in a row; the squarest sheet where it is left out. */
  readonly columns?: number;
  /** The name of the file. */
  readonly file: string;
}

export function SavePng({ label, images, columns, file }: SavePngProps) {
  const { underWay, problem, save } = useSaving();
  return (
    <>
      <Button
        disabled={images === null || underWay}
        onClick={() => {
          const sheet =
            images === null || columns === undefined ? images : { ...images, grid: { columns, rowLabels: [] } };
          save(() => savePicture(sheet, file));
        }}
      >
        <Download size={14} aria-hidden="true" />
        {label}
      </Button>
      {problem !== "" && <p role="alert">{problem}</p>}
    </>
  );
}
