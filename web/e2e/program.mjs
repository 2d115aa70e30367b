// A program of its own with an empty home: HUITOU_BIN is the program, HUITOU_WEB the built pages.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

function addressOf(child) {
  return new Promise((found, failed) => {
    let said = '';
    const limit = setTimeout(() => failed(new Error(`no address within 60 s: ${said}`)), 60000);
    child.stdout.on('data', (bytes) => {
      said += bytes;
      const address = said.match(/https?:\/\/\S+token=\S+/)?.[0];
      if (!address) return;
      clearTimeout(limit);
      found(address);
    });
    child.on('exit', (code) => failed(new Error(`the program ended with ${code}: ${said}`)));
  });
}

/** Runs `work(address, home)` beside a new program and ends it whatever happens. */
export async function withProgram(work) {
  const program = process.env.HUITOU_BIN;
  const pages = process.env.HUITOU_WEB ?? 'dist';
  const home = await mkdtemp(join(tmpdir(), 'huitou-home-'));
  execFileSync(program, ['--home', home, 'init'], { stdio: 'ignore' });
  const child = spawn(program, ['--home', home, 'serve', '--port', '0', '--web', pages], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    return await work(await addressOf(child), home);
  } finally {
    const ended = new Promise((done) => { child.once('exit', done); });
    if (child.exitCode === null && child.kill('SIGTERM')) await ended;
    await rm(home, { recursive: true, force: true });
  }
}
