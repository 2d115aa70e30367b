// Opens every page of a running program (HUITOU_URL, with its token) at two widths in two languages,
// checks what a person must see, and leaves pictures in HUITOU_SHOTS.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withBrowser } from './browser.mjs';
import { pages } from './pages.mjs';

const address = process.env.HUITOU_URL;
const shots = process.env.HUITOU_SHOTS;
if (!address) {
  console.error('HUITOU_URL is not set: give the address that `huitou serve` prints.');
  process.exit(2);
}
if (shots) await mkdir(shots, { recursive: true });

const base = new URL(address);
const only = process.env.HUITOU_ONLY;
let passed = 0;
const failures = [];

function pathOf(path, language) {
  const url = new URL(path, base.origin);
  for (const [key, value] of base.searchParams) url.searchParams.set(key, value);
  url.searchParams.set('lang', language);
  return url.href;
}

async function settled(page) {
  await page.waitForLoadState('networkidle', { timeout: 60000 });
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .state-loading'), null, { timeout: 60000 });
  await page.waitForTimeout(450);
}

/** Nothing sticks out to the right, no number is written as NaN, and nothing bears a name of the program unless the page is about such (`showsNames`). */
async function sound(page, one) {
  const problems = [];
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 1) problems.push(`the page is ${over} px wider than the window`);
  const text = await page.evaluate(() => document.body.innerText);
  for (const bad of ['NaN', 'undefined', 'Infinity', '[object', 'null%']) {
    if (text.includes(bad)) problems.push(`"${bad}" on the page`);
  }
  const code = text.match(/\b[a-z]+_[a-z0-9_]+\b(?!\.)/);
  if (code && !one.showsNames) {
    const around = text.slice(Math.max(0, code.index - 100), code.index + 100);
    problems.push(`a name of the program "${code[0]}" in "${around}"`);
  }
  const raw = text.match(/\b[a-z_]+\.[a-z_]+\.[a-z_.]+\b/);
  if (raw) problems.push(`an untranslated text "${raw[0]}"`);
  return problems;
}

/** What is still not on the page when a person's patience is over. */
async function missingTexts(page, texts) {
  const all = (wanted) => wanted.every((text) => document.body.innerText.includes(text));
  await page.waitForFunction(all, texts, { timeout: 30000 }).catch(() => {});
  const text = await page.evaluate(() => document.body.innerText);
  return texts.filter((wanted) => !text.includes(wanted)).map((wanted) => `"${wanted}" is not on the page`);
}

async function checkPage(page, one, size, language) {
  const name = `${one.name}-${size}-${language}`;
  const heard = [];
  const onError = (error) => heard.push(`page error: ${error.message}`);
  const onConsole = (message) => {
    if (message.type() === 'error') heard.push(`console: ${message.text()}`);
  };
  page.on('pageerror', onError);
  page.on('console', onConsole);
  try {
    await page.goto(pathOf(one.path, language), { waitUntil: 'domcontentloaded' });
    await settled(page);
    const missing = await missingTexts(page, one.texts[language]);
    const problems = [...heard, ...missing, ...(await sound(page, one))];
    if (one.steps && (!one.only || one.only === size)) await one.steps({ page, language, size, settled, problems });
    if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
    if (problems.length === 0) passed += 1;
    else failures.push(`${name}: ${problems.join('; ')}`);
  } catch (error) {
    failures.push(`${name}: ${error.message.split('\n')[0]}`);
    if (shots) await page.screenshot({ path: join(shots, `${name}-failed.png`) }).catch(() => {});
  } finally {
    page.off('pageerror', onError);
    page.off('console', onConsole);
  }
}

for (const size of ['wide', 'narrow']) {
  for (const language of ['zh', 'en']) {
    await withBrowser({ size, language }, async (context) => {
      const page = context.pages()[0] ?? (await context.newPage());
      for (const one of pages) {
        if (!only || one.name === only) await checkPage(page, one, size, language);
      }
    });
  }
}
failures.forEach((failure) => console.error(`FAILED ${failure}`));
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
