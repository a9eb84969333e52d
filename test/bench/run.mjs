// `npm run bench [-- NAME …]`: long measurements, never part of a test's verdict. Without a name, all of them.
import { benchAudit } from './audit.mjs';
import { benchEvaluate } from './evaluate.mjs';
import { benchGrid } from './grid.mjs';
import { benchImport } from './import.mjs';
import { benchKinds } from './kinds.mjs';

const BENCHES = { audit: benchAudit, evaluate: benchEvaluate, grid: benchGrid, import: benchImport, kinds: benchKinds };

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`bench: knows ${Object.keys(BENCHES).join(', ')}, not ${unknown.join(', ')}`);
  process.exit(2);
}
for (const name of asked.length > 0 ? asked : Object.keys(BENCHES)) if (!(await BENCHES[name]())) process.exitCode = 1;
