import { describe, expect, test } from "vitest";
import { parseConfig, type LayerConfig } from "../gan/config.ts";
import { TEMPLATES } from "../gan/templates.ts";
import type { ReadyEvent } from "../worker/protocol.ts";
import { Builder } from "./builder.ts";
import { DEFAULT_PRESET } from "./link.ts";
import { pretendRun } from "./pretendedRun.ts";

const DENSE: LayerConfig = { type: "dense", units: 7, useBias: true };

const READY: Omit<ReadyEvent, "type" | "run"> = {
  backend: { name: "cpu", device: "test", reason: "asked" },
  networks: { generator: { parameters: 1, layers: [] }, discriminator: { parameters: 1, layers: [] } },
  fingerprints: { generator: "aa", discriminator: "bb" },
  memory: { tensors: 0, bytes: 0, takenBytes: null },
};

function startBuilder() {
  const { session, sent, receive } = pretendRun(() => "nothing is asked");
  const builder = new Builder(session);
  const design = () => builder.store.getState().design;
  const types = () => design().discriminator.map(({ type }) => type);
  return { builder, session, sent, receive, design, types };
}

describe("a builder", () => {
  test("wants what is built, and begins no run", () => {
    const { builder, session, sent } = startBuilder();
    builder.insert("discriminator", 1, DENSE);
    expect(session.store.getState().wanted.discriminator[1]).toEqual(DENSE);
    expect(session.store.getState().running).toBe(DEFAULT_PRESET.config);
    expect(sent.map(({ type }) => type)).toEqual(["configure"]);
  });

  test("takes every change back, and brings it again", () => {
    const { builder, session, design, types } = startBuilder();
    const start = design();
    builder.insert("discriminator", 0, DENSE);
    builder.move("discriminator", 0, 2);
    expect(types().slice(0, 3)).toEqual(["flatten", "dense", "dense"]);
    expect(design().discriminator[2]).toEqual(DENSE);
    builder.remove("discriminator", 2);
    builder.change(TEMPLATES.dcgan.make([28, 28, 1]));
    const end = design();
    for (let press = 0; press < 4; press++) builder.undo();
    expect(design()).toEqual(start);
    expect(session.store.getState().wanted).toEqual(DEFAULT_PRESET.config);
    for (let press = 0; press < 4; press++) builder.redo();
    expect(design()).toEqual(end);
  });

  test("takes what was typed into one field back as one change", () => {
    const { builder, design } = startBuilder();
    const start = design();
    for (const units of [1, 12, 128]) builder.replace("discriminator", 1, { ...DENSE, units }, "units");
    builder.settle();
    builder.replace("discriminator", 1, { ...DENSE, units: 9 }, "units");
    builder.undo();
    expect(design().discriminator[1]).toMatchObject({ units: 128 });
    builder.undo();
    expect(design()).toEqual(start);
  });

  test("lets a network stand without layers, which is not wanted until it has one", () => {
    const { builder, session, design } = startBuilder();
    builder.change({ ...design(), generator: [] });
    expect(design().generator).toEqual([]);
    expect(session.store.getState().wanted).toBe(DEFAULT_PRESET.config);
    builder.insert("generator", 0, DENSE);
    expect(session.store.getState().wanted.generator).toEqual([DENSE]);
  });

  test("follows a slider and a preset, and can take them back", () => {
    const { builder, session, design } = startBuilder();
    session.changeSetting("latentDim", 7);
    expect(design().latentDim).toBe(7);
    session.choosePreset("mnist-dcgan");
    expect(design().generator[1]).toEqual({ type: "batchNorm" });
    builder.undo();
    builder.undo();
    expect(session.store.getState().wanted.latentDim).toBe(DEFAULT_PRESET.config.latentDim);
  });

  test("leaves what is built alone while other settings move", () => {
    const { builder, session, design } = startBuilder();
    builder.change({ ...design(), generator: [] });
    session.changeSetting("batchSize", 32);
    expect(design().generator).toEqual([]);
  });

  test("keeps what fits another data set, and takes networks that do where it does not", () => {
    const { builder, session, design } = startBuilder();
    builder.chooseDataSet("ring");
    expect(design().latentDim).toBe(2);
    const built = { ...TEMPLATES.mlp.make([28, 28, 1]), latentDim: 9 };
    builder.change(built);
    builder.chooseDataSet("mnist");
    expect(design()).toEqual(built);
    expect(session.store.getState().wanted).toMatchObject({ dataSet: "mnist", latentDim: 9 });
    builder.undo();
    expect([session.store.getState().wanted.dataSet, design()]).toEqual(["ring", built]);
    builder.undo();
    expect(design().latentDim).toBe(2);
  });

  test("takes the choice of data back with all that came with it, and brings it again", () => {
    const { builder, session, design } = startBuilder();
    session.changeSetting("conditioning.type", "projection");
    session.changeSetting("optimizer.generator.learningRate", 3e-4);
    const before = session.store.getState().wanted;
    builder.chooseDataSet("ring");
    const chosen = session.store.getState().wanted;
    expect(chosen).toMatchObject({ dataSet: "ring", conditioning: null });
    session.changeSetting("dataSet", "moons");
    builder.undo();
    expect(session.store.getState().wanted).toEqual(chosen);
    builder.undo();
    expect(session.store.getState().wanted).toEqual(before);
    expect(builder.store.getState().past).toEqual([]);
    builder.redo();
    builder.redo();
    expect(session.store.getState().wanted).toEqual({ ...chosen, dataSet: "moons" });
    expect(design()).toMatchObject({ latentDim: 2 });
  });

  test("takes a choice of data back that came while a network was without layers", () => {
    const { builder, session, design } = startBuilder();
    const before = session.store.getState().wanted;
    builder.change({ ...design(), generator: [] });
    builder.chooseDataSet("ring");
    builder.undo();
    expect(design().generator).toEqual([]);
    expect(session.store.getState().wanted).toEqual(before);
    builder.undo();
    expect(design().generator).toEqual(before.generator);
  });

  test("leaves settings alone that were moved since, when data of the same kind are taken back", () => {
    const { builder, session } = startBuilder();
    builder.chooseDataSet("ring");
    builder.chooseDataSet("moons");
    session.changeSetting("optimizer.generator.learningRate", 5e-4);
    builder.undo();
    expect(session.store.getState().wanted).toMatchObject({
      dataSet: "ring",
      optimizer: { generator: { learningRate: 5e-4 } },
    });
  });

  test("begins a run of what is built, and trains it as soon as it stands ready", () => {
    const { builder, session, sent, receive } = startBuilder();
    builder.insert("discriminator", 1, DENSE);
    builder.train();
    const { run, running } = session.store.getState();
    expect(running.discriminator[1]).toEqual(DENSE);
    expect(sent.map(({ type }) => type)).toEqual(["configure", "configure"]);
    receive({ type: "ready", run, ...READY });
    expect(sent.at(-1)).toMatchObject({ type: "train", run });
  });

  test("goes back to the networks that run, and keeps to what a config may be", () => {
    const { builder, session, design } = startBuilder();
    builder.change(TEMPLATES.dcgan.make([28, 28, 1]));
    builder.takeRunning();
    expect(design().generator).toEqual(DEFAULT_PRESET.config.generator);
    expect(parseConfig(session.store.getState().wanted).ok).toBe(true);
  });
});
