// Serves the built pages and answers like the program, with made-up figures: `npm run mock`.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as answers from './answers.mjs';
import { catalogue } from './catalogue.mjs';
import { dataRoutes } from './data.mjs';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

function run(command, args) {
  if (command === 'metric' && args.definitions) return answers.definitions();
  if (command === 'metric' && args.explain) return answers.explain(args);
  const known = {
    metric: answers.metric, 'analyse rfm': answers.rfm, 'analyse cohort_retention': answers.cohorts,
    'analyse repurchase_interval': answers.interval, status: answers.status, ...dataRoutes.commands,
  };
  const found = known[command];
  if (found) return found(args);
  return { error: { code: 'not_found', message: `No command '${command}'.`, hint: '', message_zh: `没有命令 ${command}。`, hint_zh: '' } };
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

function json(response, value, status = 200) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

async function page(path, response) {
  const file = extname(path) ? path : '/index.html';
  try {
    const bytes = await readFile(join(dist, file));
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  if (pathname === '/api/catalogue') return json(response, catalogue);
  if (pathname === '/api/batch') {
    const entries = JSON.parse((await bodyOf(request)).toString());
    return json(response, entries.map(({ command, args }) => run(command, args ?? {})));
  }
  if (pathname.startsWith('/api/')) {
    const body = await bodyOf(request);
    return dataRoutes.handle({ request, response, pathname, searchParams, body, json, run });
  }
  return page(pathname, response);
});

const port = Number(process.env.PORT ?? 8790);
server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/`));
