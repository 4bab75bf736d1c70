/** The way through the held latents as a film: play it, go through it by hand, take it home as GIF, MP4 or PNG. */
import { Download, Pause, Play } from "lucide-react";
import { useEffect, useState } from "react";
import { useDuel, useExplorer } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import { saveBlob } from "../saveBlob.ts";
import { Picture } from "./Picture.tsx";
import { SavePng } from "./SavePng.tsx";
import { useSaving } from "./saving.ts";
import styles from "./Tool.module.css";

const FRAMES_PER_SECOND = 24;
/** Screen pixels for one source pixel in what is saved. */
const SAVED_SCALE = 8;
const OPTIONS = { scale: SAVED_SCALE, framesPerSecond: FRAMES_PER_SECOND } as const;

export function Film() {
  const { explorer } = useDuel();
  const film = useExplorer((state) => state.film);
  const heldCount = useExplorer((state) => state.held.length);
  const count = film?.images.count ?? 0;
  const { frame, playing, setFrame, setPlaying } = usePlayer(count);
  const saving = useSaving();
  return (
    <section aria-label="In between" className={styles.tool}>
      <h3 className={styles.title}>In between</h3>
      <p className={styles.hint}>
        Walks along the sphere from one held latent to the next. A generator that has understood changes one thing into
        another; one that has learnt by heart jumps.
      </p>
      <Button
        disabled={heldCount < 2}
        onClick={() => {
          explorer.filmHeld();
          setPlaying(true);
        }}
      >
        Film the held latents
      </Button>
      {heldCount < 2 && <p className={styles.hint}>Hold at least two latents first.</p>}
      {film !== null && (
        <>
          <div className={styles.pair}>
            <Picture name={`Frame ${String(frame + 1)} of ${String(count)}`} images={film.images} index={frame} />
            <div className={styles.side}>
              <p className={styles.caption}>{film.caption}</p>
              <Button
                onClick={() => {
                  setPlaying(!playing);
                }}
              >
                {playing ? <Pause size={14} aria-hidden="true" /> : <Play size={14} aria-hidden="true" />}
                {playing ? "Stop film" : "Play film"}
              </Button>
              <input
                type="range"
                aria-label="Frame"
                min={0}
                max={count - 1}
                value={frame}
                onChange={(event) => {
                  setPlaying(false);
                  setFrame(event.currentTarget.valueAsNumber);
                }}
              />
            </div>
          </div>
          <div className={styles.row}>
            <Button
              disabled={saving.underWay}
              onClick={() => {
                saving.save(async () => {
                  const { gifOf } = await import("../../export/gif.ts");
                  saveBlob(new Blob([gifOf(film.images, OPTIONS)], { type: "image/gif" }), "duel-between.gif");
                });
              }}
            >
              <Download size={14} aria-hidden="true" />
              Save as GIF
            </Button>
            <Button
              disabled={saving.underWay}
              onClick={() => {
                saving.save(async () => {
                  const { mp4Of } = await import("../../export/mp4.ts");
                  saveBlob(new Blob([await mp4Of(film.images, OPTIONS)], { type: "video/mp4" }), "duel-between.mp4");
                });
              }}
            >
              <Download size={14} aria-hidden="true" />
              Save as MP4
            </Button>
            <SavePng
              label="Save frames as PNG"
              images={film.images}
              columns={FRAMES_PER_SECOND}
              file="duel-between.png"
            />
          </div>
          {saving.problem !== "" && <p role="alert">{saving.problem}</p>}
        </>
      )}
    </section>
  );
}

/** Which frame is shown, going on by itself while it plays. */
function usePlayer(count: number) {
  const [frame, setFrame] = useState(0);
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    if (!playing || count === 0) return;
    const timer = setInterval(() => {
      setFrame((shown) => (shown + 1) % count);
    }, 1000 / FRAMES_PER_SECOND);
    return () => {
      clearInterval(timer);
    };
  }, [playing, count]);
  return { frame: count === 0 ? 0 : frame % count, playing, setFrame, setPlaying };
}
