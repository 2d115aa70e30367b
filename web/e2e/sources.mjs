// A source from the form to figures, as a person would go: describe, test, correct the mapping, save,
// sync, change, remove.
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { check, walkEverywhere } from './walk.mjs';

const words = {
  zh: {
    add: '添加数据源', kind: '类型', name: '名称', test: /^测\s?试$/, save: /^保\s?存$/, back: /^返\s?回$/, reached: '可以连接', guess: '金额', meaning: (column) => `列 ${column} 的含义`, paid: '实付金额（退款前）', ignore: '不使用', blocked: '这样还不能载入',
    first: '前几行将这样载入', sync: '同步 pos', done: '完成', change: '修改 pos', remove: '移除 pos', sure: /^移\s?除$/, none: '还没有数据源', missing: '还需要', wrong: '无法读取', schedule: '何时同步', every: '每隔', mysql: 'MySQL', working: '正在同步', cancel: /^取\s?消$/, cancelled: '已取消',
  },
  en: {
    add: 'Add a source', kind: 'Kind', name: 'Name', test: /^Test$/, save: /^Save$/, back: /^Back$/, reached: 'It can be reached', guess: 'paid', meaning: (column) => `Meaning of column ${column}`, paid: 'amount paid, before refunds', ignore: 'not used', blocked: 'It cannot be loaded like this',
    first: 'The first rows as they will be loaded', sync: 'Sync pos', done: 'Done', change: 'Change pos', remove: 'Remove pos', sure: /^Remove$/, none: 'No source yet', missing: 'Still needed', wrong: 'cannot be read', schedule: 'It runs', every: 'every', mysql: 'MySQL', working: 'A sync is running', cancel: /^Cancel$/, cancelled: 'Cancelled',
  },
};

const till = `单号,会员,日期,金额,实际\n${Array.from({ length: 30 }, (_, row) => `T${row},m${row % 7},2025-03-${String(1 + (row % 28)).padStart(2, '0')} 10:00,999.00,${row}.50`).join('\n')}\n`;

async function pick(walk, label, text) {
  const select = walk.page.getByRole('combobox', { name: label, exact: true });
  await select.click({ force: true });
  await (await walk.lineOf(select, text)).click();
}

async function fillPath(walk, path) {
  const field = walk.page.getByRole('combobox', { name: /^path/ });
  await field.fill(path);
  await field.press('Enter');
}

/** Secrets are typed unseen, and another kind has other fields. */
async function otherKind(walk) {
  await pick(walk, walk.t.kind, walk.t.mysql);
  const password = walk.page.getByLabel('password', { exact: true });
  await password.fill('hush-hush');
  check((await password.getAttribute('type')) === 'password', 'the password can be read');
  await walk.sees(walk.t.missing);
  await walk.picture('mysql');
  await walk.page.getByRole('button', { name: walk.t.back }).click();
}

async function addSource(walk, folder) {
  await walk.button(walk.t.add).click();
  await walk.page.getByLabel(walk.t.name, { exact: true }).fill('pos');
  await fillPath(walk, join(folder, 'nowhere.csv'));
  await walk.button(walk.t.test).click();
  await walk.sees(walk.t.wrong);
  await walk.picture('wrong');
  await walk.page.locator('.ant-select-selection-item-remove').click();
  await fillPath(walk, folder);
  await walk.button(walk.t.test).click();
  await walk.sees(walk.t.reached);
  await walk.sees(walk.t.first);
  await walk.picture('tested');
  await walk.choose('金额', walk.t.ignore);
  await walk.settled();
  await walk.sees(walk.t.blocked);
  check(await walk.button(walk.t.save).isDisabled(), 'a source without amounts can be saved');
  await walk.choose('实际', walk.t.paid);
  await walk.settled();
  await walk.sees(walk.t.first);
  await pick(walk, walk.t.schedule, walk.t.every);
  await walk.picture('corrected');
  await walk.button(walk.t.save).click();
  await walk.button(walk.t.sync).waitFor({ timeout: 30000 });
}

async function syncChangeRemove(walk) {
  await walk.button(walk.t.sync).click();
  await walk.page.getByRole('row').filter({ hasText: 'pos' }).getByText(walk.t.done, { exact: true }).first().waitFor({ timeout: 60000 });
  await walk.picture('synced');
  const asked = await walk.page.request.post(new URL('/api/metric', walk.page.url()).href, { data: { metric: 'net_amount', from: '2025-03-01', to: '2025-04-01' } });
  const answer = await asked.json();
  check(JSON.stringify(answer.rows).includes('45000'), `the amounts are not those of the corrected mapping: ${JSON.stringify(answer).slice(0, 200)}`);
  await walk.button(walk.t.change).click();
  await walk.button(walk.t.test).click();
  await walk.sees(walk.t.reached);
  await walk.picture('change');
  await walk.button(walk.t.back).click();
  await walk.button(walk.t.remove).click();
  await walk.page.locator('.ant-popover').getByRole('button', { name: walk.t.sure }).click();
  await walk.sees(walk.t.none);
}

/** A web shop whose orders never end. */
async function withEndlessShop(work) {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify([{ no: `W${asked}`, member: 'm1', paid_at: '2025-03-01 10:00', amount: '1.00' }]));
  });
  await new Promise((listening) => { server.listen(0, '127.0.0.1', listening); });
  try {
    await work(`http://127.0.0.1:${server.address().port}/orders`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** A sync that somebody else began is shown as it goes on, and can be given up. */
async function cancelAnothersSync(walk) {
  await withEndlessShop(async (url) => {
    const post = (path, data) => walk.page.request.post(new URL(path, walk.page.url()).href, { data });
    const set = [`url=${url}`, 'columns=no', 'columns=member', 'columns=paid_at', 'columns=amount', 'paging=page', 'size_param=size', 'page_size=1'];
    await post('/api/sources/add', { name: 'web', kind: 'http_json', set, look: false });
    await post('/api/sources/sync', { names: ['web'] });
    await walk.page.getByRole('region', { name: walk.t.working }).waitFor({ timeout: 30000 });
    await walk.picture('running');
    await walk.button(walk.t.cancel).click();
    await walk.page.getByRole('row').filter({ hasText: 'web' }).getByText(walk.t.cancelled, { exact: true }).first().waitFor({ timeout: 60000 });
    await walk.picture('cancelled');
  });
}

async function wholeWay(walk) {
  const folder = join(walk.home, 'tills');
  await mkdir(folder);
  await writeFile(join(folder, 'till.csv'), till);
  await walk.sees(walk.t.none);
  await walk.picture('empty');
  await walk.button(walk.t.add).click();
  await otherKind(walk);
  await addSource(walk, folder);
  await syncChangeRemove(walk);
  await cancelAnothersSync(walk);
}

await walkEverywhere({ name: 'sources', path: '/sources', words, hidden: ['hush-hush'], steps: wholeWay });
