// What a first visit loads before it can draw the overview, without the chart library: at most 300 kB gzip.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readdirSync } from 'node:fs';

const most = 300_000;
const dist = process.argv[2] ?? fileURLToPath(new URL('../dist/', import.meta.url));
const assets = join(dist, 'assets');
const isChartLibrary = (name) => name.startsWith('echarts');

/** The script and all that it imports before it runs. */
async function reach(name, seen) {
  if (seen.has(name) || isChartLibrary(name)) return;
  const text = await readFile(join(assets, name), 'utf8');
  seen.set(name, gzipSync(text).length);
  const imported = [...text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)].map((found) => found[1]);
  for (const each of imported) await reach(each, seen);
}

const page = await readFile(join(dist, 'index.html'), 'utf8');
const seen = new Map();
for (const [, name] of page.matchAll(/\/assets\/([^"]+\.js)/g)) await reach(name, seen);
await reach(readdirSync(assets).find((name) => name.startsWith('OverviewPage')), seen);
const total = [...seen.values()].reduce((sum, size) => sum + size, 0);
console.log(`first visit: ${(total / 1000).toFixed(1)} kB of JavaScript (gzip) in ${seen.size} files; at most ${most / 1000} kB`);
process.exit(total > most ? 1 : 0);
