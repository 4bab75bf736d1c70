import { expect, test } from "vitest";
import { MEASURE_NAMES, type QualityReading } from "../metrics/quality.ts";
import { Gauge } from "./gauge.ts";
import { pretendRun, settled } from "./pretendedRun.ts";

const NONE = Object.fromEntries(MEASURE_NAMES.map((name) => [name, null])) as QualityReading["measures"];
const READING: QualityReading = { step: 3, measures: NONE, histogram: null, real: null };

function openGauge(refuses = false) {
  const run = pretendRun(({ name }) =>
    name === "measure" && !refuses ? { name, answer: READING } : "The images are not here.",
  );
  return { ...run, gauge: new Gauge(run.session) };
}

test("everything is measured once, however often it is asked meanwhile", async () => {
  const { gauge, asked } = openGauge();
  const first = gauge.measure();
  expect(gauge.store.getState()).toEqual({ measuring: true, refusal: "" });
  await gauge.measure();
  await first;
  expect(asked).toEqual([{ name: "measure", question: { extent: "all" } }]);
  expect(gauge.store.getState()).toEqual({ measuring: false, refusal: "" });
});

test("a refusal is told until something else is asked, or the run is another", async () => {
  const { gauge, session } = openGauge(true);
  await gauge.measure();
  expect(gauge.store.getState()).toEqual({ measuring: false, refusal: "The images are not here. Wait." });
  session.reset();
  expect(gauge.store.getState()).toEqual({ measuring: false, refusal: "" });
});

test("a run that goes away takes its measurement along, and the next one can be measured", async () => {
  const { gauge, session, asked } = openGauge();
  const first = gauge.measure();
  session.reset();
  await first;
  await settled();
  expect(gauge.store.getState()).toEqual({ measuring: false, refusal: "" });
  await gauge.measure();
  expect(asked).toHaveLength(2);
});
