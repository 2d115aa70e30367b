// From an empty home to findings, as a person would go: drop, look, correct, load. For each width and
// language a program of its own (HUITOU_BIN, HUITOU_WEB); pictures go to HUITOU_SHOTS.
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withBrowser } from './browser.mjs';
import { withProgram } from './program.mjs';

const fixtures = join(dirname(fileURLToPath(import.meta.url)), 'fixtures');
const shots = process.env.HUITOU_SHOTS;
const only = process.env.HUITOU_ONLY;
if (!process.env.HUITOU_BIN) {
  console.error('HUITOU_BIN is not set: give the path of the program.');
  process.exit(2);
}
if (shots) await mkdir(shots, { recursive: true });

const words = {
  zh: {
    first: '放进你的第一个文件', understood: '我们的理解', gbk: 'GB18030', load: /^载入 .*行$/, undo: '撤销我的修改', changed: '由你修改', loaded: '载入完成', added: '读取 65 = 载入 60 + 剔除 5',
    history: '已载入的数据', unreadable: '日期无法识别', examples: /^看例子：日期无法识别/, another: '再载入一个文件', incomplete: '还缺少内容', paid: '实付金额（退款前）', ignore: '不使用', unchanged: '不需要载入',
    meaning: (column) => `列 ${column} 的含义`, refused: '不是文本表格', overview: '看概览', workbook: 'Excel', kept: '还留着', again: '换一个文件',
  },
  en: {
    first: 'Drop your first file', understood: 'What we understood', gbk: 'GB18030', load: /^Load .* rows$/, undo: 'Undo my changes', changed: 'You changed this', loaded: 'Loaded', added: '65 read = 60 loaded + 5 left out',
    history: 'What is loaded', unreadable: 'the date cannot be read', examples: /^Show examples of: the date cannot be read/, another: 'Load another file', incomplete: 'Something is still missing', paid: 'amount paid, before refunds', ignore: 'not used', unchanged: 'Nothing to do',
    meaning: (column) => `Meaning of column ${column}`, refused: 'is not a table of text', overview: 'See the overview', workbook: 'Excel', kept: 'is kept', again: 'Another file',
  },
};

function check(truth, problem) {
  if (!truth) throw new Error(problem);
}

/** A walk through the page; every step waits for what a person would wait for. */
class Walk {
  constructor(page, size, language) {
    Object.assign(this, { page, size, language, t: words[language], count: 0 });
  }

  async sees(text) {
    await this.page.getByText(text, { exact: false }).first().waitFor({ timeout: 20000 });
  }

  async picture(name) {
    await this.page.waitForTimeout(500);
    const over = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    check(over <= 1, `${name}: the page is ${over} px wider than the window`);
    const text = await this.page.evaluate(() => document.body.innerText);
    for (const bad of ['NaN', 'undefined', '[object']) check(!text.includes(bad), `${name}: "${bad}" on the page`);
    check(!/\bdata\.[a-z_]+\.[a-z_]+/.test(text), `${name}: an untranslated text`);
    this.count += 1;
    if (shots) await this.page.screenshot({ path: join(shots, `data-${this.size}-${this.language}-${this.count}-${name}.png`), fullPage: true });
  }

  async give(name, buffer) {
    await this.page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
  }

  async drop(name, buffer) {
    const transfer = await this.page.evaluateHandle(([fileName, base64]) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], fileName, { type: 'text/csv', lastModified: 1700000000000 }));
      return data;
    }, [name, buffer.toString('base64')]);
    await this.page.dispatchEvent('.data-drop', 'drop', { dataTransfer: transfer });
  }

  button(name) {
    return this.page.getByRole('button', { name });
  }

  async choose(column, meaning) {
    const select = this.page.getByRole('combobox', { name: this.t.meaning(column) });
    await select.focus();
    await select.press('Enter');
    await select.fill(meaning);
    await select.press('Enter');
  }
}

async function emptyHome(walk) {
  await walk.sees(walk.t.first);
  await walk.picture('empty');
  await walk.give('picture.png', Buffer.from('x'));
  await walk.sees(walk.t.refused);
}

async function unreadableFile(walk) {
  await walk.give('orders.csv', Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.from('[Content_Types].xml xl/workbook.xml')]));
  await walk.sees(walk.t.kept);
  await walk.picture('unreadable');
  await walk.button(walk.t.again).click();
}

async function brokenRows(walk, buffer) {
  await walk.drop('taobao.csv', buffer);
  await walk.sees(walk.t.understood);
  await walk.sees(walk.t.gbk);
  await walk.button(walk.t.load).waitFor();
  await walk.picture('check');
  await walk.choose('买家实际支付金额', walk.t.ignore);
  await walk.sees(walk.t.changed);
  await walk.sees(walk.t.incomplete);
  check(await walk.button(walk.t.load).isDisabled(), 'a file without amounts can be loaded');
  await walk.choose('备注金额', walk.t.paid);
  await walk.page.waitForFunction(() => !document.querySelector('.data-check[aria-busy="true"]'));
  check(await walk.button(walk.t.load).isEnabled(), 'the corrected mapping cannot be loaded');
  await walk.picture('corrected');
  await walk.button(walk.t.undo).click();
  await walk.page.waitForFunction(() => !document.querySelector('.data-check[aria-busy="true"]'));
  await walk.button(walk.t.load).click();
  await walk.sees(walk.t.added);
  await walk.sees(walk.t.history);
  await walk.button(walk.t.examples).click();
  await walk.sees('昨天');
  await walk.picture('findings');
}

async function namedByHand(walk, buffer) {
  await walk.button(walk.t.another).click();
  await walk.give('unnamed.csv', buffer);
  await walk.sees(walk.t.incomplete);
  await walk.picture('incomplete');
  await walk.choose('worth', walk.t.paid);
  await walk.page.waitForFunction(() => !document.querySelector('.data-check[aria-busy="true"]'));
  await walk.button(walk.t.load).click();
  await walk.button(walk.t.another).waitFor({ timeout: 20000 });
  await walk.picture('loaded');
}

async function sameAgain(walk, buffer) {
  await walk.button(walk.t.another).click();
  await walk.drop('taobao.csv', buffer);
  await walk.button(walk.t.load).click();
  await walk.sees(walk.t.unchanged);
  await walk.picture('unchanged');
}

async function wholeWay(size, language) {
  const taobao = await readFile(join(fixtures, 'taobao_broken_rows.csv'));
  const unnamed = await readFile(join(fixtures, 'unnamed_amount.csv'));
  await withProgram((address) => withBrowser({ size, language }, async (context) => {
    const page = context.pages()[0] ?? (await context.newPage());
    const heard = [];
    page.on('pageerror', (error) => heard.push(`page error: ${error.message}`));
    const url = new URL(address);
    url.searchParams.set('lang', language);
    await page.goto(url.href);
    await page.goto(new URL(`/data?lang=${language}`, url).href);
    const walk = new Walk(page, size, language);
    try {
      await emptyHome(walk);
      await unreadableFile(walk);
      await brokenRows(walk, taobao);
      await namedByHand(walk, unnamed);
      await sameAgain(walk, taobao);
      await page.getByRole('link', { name: walk.t.overview }).first().click();
      await page.locator('.kpis').waitFor({ timeout: 20000 });
    } catch (error) {
      if (shots) await page.screenshot({ path: join(shots, `data-${size}-${language}-failed.png`), fullPage: true }).catch(() => {});
      throw error;
    }
    check(heard.length === 0, heard.join('; '));
  }));
}

let failures = 0;
for (const size of ['wide', 'narrow']) {
  for (const language of ['zh', 'en']) {
    const name = `${size}-${language}`;
    if (only && only !== name) continue;
    try {
      await wholeWay(size, language);
      console.log(`passed ${name}`);
    } catch (error) {
      failures += 1;
      console.error(`FAILED ${name}: ${error.message.split('\n').slice(0, 2).join(' ')}`);
    }
  }
}
process.exit(failures === 0 ? 0 : 1);
