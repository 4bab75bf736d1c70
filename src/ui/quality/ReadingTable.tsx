/** One measurement in numbers, beside what real images get, with the samples that each rests on. It knows no run. */
import { formatCount } from "../../shared/counts.ts";
import { MEASURE_NAMES, MEASURES, type MeasureName, type QualityReading } from "../../metrics/quality.ts";
import styles from "./Quality.module.css";
import { describeReal, formatMeasure } from "./readings.ts";

export function ReadingTable({ reading }: { readonly reading: QualityReading }) {
  const measured = MEASURE_NAMES.filter((name) => reading.measures[name] !== null);
  return (
    <div className={styles.reading}>
      <table className={styles.table}>
        <caption className={styles.caption}>At step {formatCount(reading.step)}</caption>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col">Samples</th>
            {reading.real !== null && <th scope="col">Real</th>}
            <th scope="col">Rests on</th>
          </tr>
        </thead>
        <tbody>
          {measured.map((name) => (
            <Row key={name} name={name} reading={reading} />
          ))}
        </tbody>
      </table>
      <p className={styles.note}>{describeReal(reading.real)}</p>
      <details className={styles.note}>
        <summary>What these numbers say</summary>
        <dl>
          {measured.map((name) => (
            <div key={name}>
              <dt>{MEASURES[name].label}</dt>
              <dd>{MEASURES[name].help}</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}

function Row({ name, reading }: { readonly name: MeasureName; readonly reading: QualityReading }) {
  const measure = MEASURES[name];
  return (
    <tr>
      <th scope="row">{measure.label}</th>
      <td>{formatMeasure(measure, reading.measures[name])}</td>
      {reading.real !== null && <td>{formatMeasure(measure, reading.real.measures[name].mean)}</td>}
      <td>{formatCount(measure.samples)}</td>
    </tr>
  );
}
