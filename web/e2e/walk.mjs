// Walks through pages as a person would go: for each width and language a program of its own with an
// empty home (HUITOU_BIN, HUITOU_WEB). Pictures go to HUITOU_SHOTS; HUITOU_ONLY names one, as `wide-zh`.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withBrowser } from './browser.mjs';
import { withProgram } from './program.mjs';

const shots = process.env.HUITOU_SHOTS;
const only = process.env.HUITOU_ONLY;

export function check(truth, problem) {
  if (!truth) throw new Error(problem);
}

/** Asks the program itself, as the page does. */
export async function call(walk, method, path, data) {
  const { page } = walk;
  return (await page.request[method](new URL(path, page.url()).href, data && { data })).json();
}

/** A job from its beginning to its end. */
export async function work(walk, path, data) {
  let { job } = await call(walk, 'post', path, data);
  while (job.state === 'waiting' || job.state === 'running') {
    await walk.page.waitForTimeout(500);
    job = await call(walk, 'get', `/api/jobs/${job.id}`);
  }
  check(job.state === 'done', `${path} is ${job.state}`);
}

/** What a person sees and does; every step waits for what a person would wait for. */
class Walk {
  /** `name` is the walk's; `t` its words in the language; `home` the program's; `hidden` what no page may show. */
  constructor({ page, home, name, size, language, words, hidden = [] }) {
    Object.assign(this, { page, home, name, size, language, t: words[language], hidden, count: 0 });
  }

  async sees(text) {
    await this.page.getByText(text, { exact: false }).first().waitFor({ timeout: 30000 });
  }

  async picture(name) {
    await this.page.waitForTimeout(500);
    const over = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    check(over <= 1, `${name}: the page is ${over} px wider than the window`);
    const text = await this.page.evaluate(() => document.body.innerText);
    for (const bad of ['NaN', 'undefined', '[object', ...this.hidden]) check(!text.includes(bad), `${name}: "${bad}" on the page`);
    check(!/\b(?:data|mapping|segments|segmenting|sources|surveys)\.[a-z_]+\b/.test(text), `${name}: an untranslated text`);
    this.count += 1;
    await this.shoot(`${this.count}-${name}`);
  }

  async shoot(name) {
    if (shots) await this.page.screenshot({ path: join(shots, `${this.name}-${this.size}-${this.language}-${name}.png`), fullPage: true });
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  /**
   * A line of the list of an open choice, and of no other list that is still on its way out. The list bears the choice's
   * id; its lines do so only where the list is as wide as it likes, for then all of them are drawn.
   */
  async lineOf(select, text) {
    const list = this.page.locator(`[id="${await select.getAttribute('id')}_list"]`);
    return this.page.locator('.ant-select-dropdown').filter({ has: list }).locator('.ant-select-item-option').filter({ hasText: text }).first();
  }

  /** Nothing on the page is being asked. */
  async settled() {
    await this.page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
  }

  /** Says what a column of a file means. */
  async choose(column, meaning) {
    const select = this.page.getByRole('combobox', { name: this.t.meaning(column) });
    await select.focus();
    await select.press('Enter');
    await select.fill(meaning);
    await select.press('Enter');
  }
}

async function walked({ path, steps, ...about }) {
  const { size, language } = about;
  await withProgram((address, home) => withBrowser({ size, language }, async (context) => {
    const page = context.pages()[0] ?? (await context.newPage());
    const heard = [];
    page.on('pageerror', (error) => heard.push(`page error: ${error.message}`));
    const url = new URL(address);
    url.searchParams.set('lang', language);
    await page.goto(url.href);
    await page.goto(new URL(`${path}?lang=${language}`, url).href);
    const walk = new Walk({ page, home, ...about });
    try {
      await steps(walk);
    } catch (error) {
      await walk.shoot('failed').catch(() => {});
      throw error;
    }
    check(heard.length === 0, heard.join('; '));
  }));
}

/** `steps(walk)` from `path` on, in each width and language. Ends the process: 1 if one failed. */
export async function walkEverywhere(about) {
  if (!process.env.HUITOU_BIN) {
    console.error('HUITOU_BIN is not set: give the path of the program.');
    process.exit(2);
  }
  if (shots) await mkdir(shots, { recursive: true });
  let failures = 0;
  for (const size of ['wide', 'narrow']) {
    for (const language of ['zh', 'en']) {
      const name = `${size}-${language}`;
      if (only && only !== name) continue;
      try {
        await walked({ ...about, size, language });
        console.log(`passed ${name}`);
      } catch (error) {
        failures += 1;
        console.error(`FAILED ${name}: ${error.message.split('\n').slice(0, 4).join(' ')}`);
      }
    }
  }
  process.exit(failures === 0 ? 0 : 1);
}
