/** Write a number: what a person types, in the hand of a generator that is told digits, while it learns. */
import { Download, PenLine } from "lucide-react";
import { useEffect, useId } from "react";
import { followWeights } from "../../state/weights.ts";
import { writesNumbers } from "../../state/writing.ts";
import { useDuel, useSession, useWriter } from "../context.ts";
import { IconButton } from "../controls/Button.tsx";
import { Picture } from "../explore/Picture.tsx";
import { savePicture } from "../explore/savePicture.ts";
import { useSaving } from "../explore/saving.ts";
import styles from "./WriteNumber.module.css";

export function WriteNumber() {
  return useSession(writesNumbers) ? <Panel /> : null;
}

function Panel() {
  const { writer, stream } = useDuel();
  const run = useSession((state) => state.run);
  const text = useWriter((state) => state.text);
  const image = useWriter((state) => state.image);
  const problem = useWriter((state) => state.problem);
  const saving = useSaving();
  const problemId = useId();
  useEffect(() => {
    writer.refresh();
    return followWeights(() => {
      writer.refresh();
    }, stream);
  }, [writer, stream, run]);
  return (
    <section aria-label="Write a number" className={styles.panel}>
      <label className={styles.label}>
        Write a number
        <input
          className={styles.field}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          value={text}
          aria-invalid={problem !== ""}
          aria-describedby={problemId}
          onChange={(event) => {
            writer.write(event.currentTarget.value);
          }}
        />
      </label>
      <div className={styles.written}>
        <Picture name="The number as the generator writes it" images={image} index={0} className={styles.picture} />
      </div>
      <IconButton
        name="Another hand"
        hint="Write it with other latents"
        onClick={() => {
          writer.changeHand();
        }}
      >
        <PenLine size={14} aria-hidden="true" />
      </IconButton>
      <IconButton
        name="Save the number"
        disabled={image === null || saving.underWay}
        onClick={() => {
          saving.save(() => savePicture(image, "duel-number.png"));
        }}
      >
        <Download size={14} aria-hidden="true" />
      </IconButton>
      <p id={problemId} role="status" aria-label="Number" className={styles.problem}>
        {problem}
        {saving.problem}
      </p>
    </section>
  );
}
