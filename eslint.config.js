/** What is checked in every file beyond its types: the import rules of the house and the habits of CONTRIBUTING.md. */
import { importX } from "eslint-plugin-import-x";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import ts from "typescript-eslint";
import { boundariesConfig } from "./tools/lint/boundaries.js";

const TESTS = ["**/*.test.{ts,tsx}", "e2e/**"];

export default defineConfig(
  {
    // AssemblyScript looks like TypeScript and is not.
    ignores: [
      "dist",
      "out",
      ".cache",
      "public",
      "test-results",
      "src/engine/simd/generated",
      "src/engine/simd/assembly",
    ],
  },
  ts.configs.strictTypeChecked,
  ts.configs.stylisticTypeChecked,
  boundariesConfig,
  {
    languageOptions: {
      parserOptions: {
        project: ["tsconfig.worker.json", "tsconfig.page.json", "tsconfig.tools.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { "import-x": importX },
    rules: {
      eqeqeq: "error",
      "import-x/extensions": ["error", "ignorePackages", { checkTypeImports: true }],
      "import-x/no-default-export": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-invalid-void-type": ["error", { allowAsThisParameter: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "no-restricted-properties": [
        "error",
        { object: "Math", property: "random", message: "Draw from src/shared/random.ts: seed, stream and counter." },
      ],
      "no-restricted-imports": [
        "error",
        { paths: [{ name: "@tensorflow/tfjs", message: "Import named operations from @tensorflow/tfjs-core." }] },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "TSEnumDeclaration", message: "Use a union of literals or a table." },
        { selector: "ImportExpression[source.type!='Literal']", message: "Import a module by its name." },
      ],
      "max-lines": ["warn", 400],
      "max-lines-per-function": ["warn", 60],
    },
  },
  {
    files: ["**/*.tsx"],
    extends: [reactHooks.configs.flat["recommended-latest"]],
    // A component is a function that may be longer than others.
    rules: { "max-lines": ["warn", 200], "max-lines-per-function": ["warn", 200] },
  },
  { files: ["src/{state,ui}/**/*.ts"], extends: [reactHooks.configs.flat["recommended-latest"]] },
  { files: TESTS, rules: { "max-lines-per-function": "off" } },
  // Tools read their configuration and their reporters from a default export.
  { files: ["**/*.config.{js,ts}", "tools/checks/*Reporter.ts"], rules: { "import-x/no-default-export": "off" } },
);
