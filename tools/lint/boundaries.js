/** The import rules of the house, as ESLint configuration: which layer may import which. It knows no other rule. */
import boundaries from "eslint-plugin-boundaries";
import { importX } from "eslint-plugin-import-x";
import ts from "typescript-eslint";

/** Which layers each layer may import, from the lowest to the highest. */
const LAYERS = {
  shared: [],
  engine: ["shared"],
  gan: ["shared", "engine"],
  metrics: ["shared", "engine", "gan"],
  data: ["shared"],
  worker: ["shared", "engine", "gan", "metrics", "data"],
  export: ["shared"],
  storage: ["shared"],
  state: ["shared", "storage"],
  ui: ["shared", "state", "export"],
  app: ["shared", "state", "ui"],
};

/** Plain types and tables that every layer from gan/ upwards may import. */
const CONTRACTS = [
  "src/engine/backends.ts",
  "src/gan/config.ts",
  "src/gan/settings.ts",
  "src/gan/presets/**",
  "src/gan/networkShape.ts",
  "src/gan/networkRepairs.ts",
  "src/gan/templates.ts",
  "src/gan/config/layerFields.ts",
  "src/gan/layers/layerShape.ts",
  "src/gan/layers/catalogue.ts",
  "src/data/catalogue.ts",
  "src/metrics/evaluator/evaluators.ts",
  "src/metrics/quality.ts",
  "src/worker/protocol.ts",
  "src/worker/questions/questions.ts",
  "src/worker/questions/*.question.ts",
];
const READS_CONTRACTS = ["gan", "metrics", "data", "worker", "export", "storage", "state", "ui", "app"];

/** These run without a page. */
const BELOW_STATE = ["shared", "engine", "gan", "metrics", "data", "worker", "export", "storage"];
const PAGE_LIBRARIES = ["react", "react-dom", "react-dom/client", "radix-ui", "lucide-react", "zustand", "recharts"];

/** These compute no tensors. */
const WITHOUT_TENSORS = ["shared", "data", "export", "storage", "state", "ui", "app"];

/** @param {readonly string[]} types */
const layers = (types) => ({ element: { types: { anyOf: [...types] } } });
/** @param {readonly string[]} source */
const packages = (source) => ({ module: { origin: "external", source: [...source] } });
/** @param {string} category */
const file = (category) => ({ file: { categories: category } });

const policies = [
  { from: layers(Object.keys(LAYERS)), allow: { to: { module: { origin: "external" } } } },
  ...Object.entries(LAYERS)
    .filter(([, allowed]) => allowed.length > 0)
    .map(([layer, allowed]) => ({ from: layers([layer]), allow: { to: layers(allowed) } })),
  { from: layers(READS_CONTRACTS), allow: { to: file("contract") } },
  { from: layers(["state"]), allow: { to: file("client") } },
  // The page without a screen holds no state: it hands the client to the command line.
  { from: file("headless"), allow: { to: file("client") } },
  // Tests run in Node, and read their fixtures there.
  { from: file("test"), allow: { to: { module: { origin: "core" } } } },
  { from: layers(BELOW_STATE), disallow: { to: packages(PAGE_LIBRARIES) } },
  { from: layers(WITHOUT_TENSORS), disallow: { to: packages(["@tensorflow/*"]) } },
];

export const boundariesConfig = /** @type {import("eslint").Linter.Config[]} */ ([
  importX.flatConfigs.typescript,
  {
    files: ["src/**/*.{ts,tsx}"],
    languageOptions: { parser: ts.parser },
    plugins: { boundaries, "import-x": importX },
    settings: {
      "import/resolver": { typescript: true },
      "boundaries/include": ["src/**/*"],
      "boundaries/elements": Object.keys(LAYERS).map((type) => ({ type, pattern: `src/${type}` })),
      "boundaries/files": [
        { category: "contract", pattern: CONTRACTS },
        { category: "client", pattern: "src/worker/client.ts" },
        { category: "headless", pattern: "src/app/headless.ts" },
        { category: "test", pattern: "src/**/*.test.{ts,tsx}" },
      ],
    },
    rules: {
      "import-x/no-cycle": "error",
      "boundaries/no-unknown-files": "error",
      "boundaries/dependencies": ["error", { default: "disallow", checkAllOrigins: true, policies }],
    },
  },
]);
