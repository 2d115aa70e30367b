// A segment as a person makes one, on a demo shop: clicked, counted, typed, arranged with keys, saved, saved again,
// restored and removed.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { call, check, walkEverywhere, work } from './walk.mjs';

const fixtures = join(dirname(fileURLToPath(import.meta.url)), '../../src/segments/fixtures');

const words = {
  zh: {
    condition: '+ 条件', pick: '条件内容', days: '距上次下单天数', orders: '订单数', op: (name) => `${name}的比较方式`, value: (name) => `${name}的值`, least: (name) => `${name}的下限`, most: (name) => `${name}的上限`,
    between: '介于', atLeast: '至少', click: '点选', text: '文字', rule: '规则', canonical: '订单数 >= 3 且 距上次下单天数 介于 60 和 120', edited: '订单数 >= 2 且 距上次下单天数 介于 60 和 120', broken: '订单量 >= 2', notClicked: '还不能点选', mend: '改为 订单数',
    notText: '还不能写成文字', undo: '撤销', name: '分群名称', description: '用途', owner: '负责人', who: '符合的客户', saved: '已保存的分群', menu: (name) => `更多操作：${name}`, grip: (name) => `移动：${name}`, wrap: '放进一个组', atFirst: '第 1 位，共 2 位，第 1 层', copy: '复制一份',
    versions: (name) => `${name} 的历史版本`, saveVersion: /第 2 版/, third: '第 3 版', restore: /恢复第 1 版/, remove: (name) => `移除 ${name}`, whom: '会员号、手机号或邮箱', out: '不属于该分群', inside: '属于该分群', lacksOne: '只差这一项', nobody: '没有与“nobody-at-all”对应的客户', freeze: (name) => `冻结 ${name}`, frozenAs: '新名称', doFreeze: '冻结名单', isFrozen: 'june 已冻结', seeFrozen: '看成员', moves: (name) => `${name} 的进出`, oneDay: '目前只记录了一天', came: /^进入/, left: /^离开/, to: '截止日（结束时）', backwards: '第二个日期须晚于第一个', first: '第一个分群', second: '第二个分群', both: /^同时属于两者/, whyOut: (name) => `为何不属于 ${name}？`, whyIn: (name) => `为何属于 ${name}？`, seeAll: '看全部客户', anyway: '仍然移除', breaks: '移除后会标为失效', isBroken: '已失效：',
  },
  en: {
    condition: '+ Condition', pick: 'What is asked', days: 'Days since the last order', orders: 'Orders', op: (name) => `Comparison of ${name}`, value: (name) => `Value of ${name}`, least: (name) => `Least of ${name}`, most: (name) => `Most of ${name}`,
    between: 'between', atLeast: 'at least', click: 'Click', text: 'Text', rule: 'Rule', canonical: 'orders >= 3 and days_since_last_order between 60 and 120', edited: 'orders >= 2 and days_since_last_order between 60 and 120', broken: 'order >= 2', notClicked: 'cannot be clicked yet', mend: 'Write orders',
    notText: 'cannot be written in words yet', undo: 'Undo', name: 'Name of the segment', description: 'What it is for', owner: 'Who is asked about it', who: 'Who fits', saved: 'Saved segments', menu: (name) => `More with: ${name}`, grip: (name) => `Move: ${name}`, wrap: 'Put into a group', atFirst: 'Place 1 of 2 in: All of these, level 1', copy: 'Duplicate',
    versions: (name) => `Versions of ${name}`, saveVersion: /version 2/, third: 'Version 3', restore: /Restore version 1/, remove: (name) => `Remove ${name}`, whom: 'Member number, phone or e-mail', out: 'Not in the segment', inside: 'In the segment', lacksOne: 'One thing keeps this person out', nobody: "Nobody is known as 'nobody-at-all'", freeze: (name) => `Freeze ${name}`, frozenAs: 'New name', doFreeze: 'Freeze the list', isFrozen: 'june is frozen', seeFrozen: 'See its customers', moves: (name) => `Moves of ${name}`, oneDay: 'Only one day is noted so far', came: /^Came in/, left: /^Left/, to: 'To the end of', backwards: 'Choose a second day that is after', first: 'First segment', second: 'Second segment', both: /^In both/, whyOut: (name) => `Why not in ${name}?`, whyIn: (name) => `Why in ${name}?`, seeAll: 'See all its customers', anyway: 'Remove all the same', breaks: 'will be marked as broken', isBroken: 'Broken:',
  },
};

/** The small demo shop in this program. */
async function demo(walk) {
  const { page } = walk;
  await work(walk, '/api/demo', { customers: 600, load: true, to: '2026-01-01' });
  await page.goto(page.url());
  await walk.settled();
}

/** Nothing was written for a while, and nothing is being asked. */
async function quiet(walk) {
  await walk.page.waitForTimeout(700);
  await walk.settled();
}

/** Types into the choice that has this name and takes the first that is found. */
async function choose(walk, name, typed, place = 0) {
  const select = walk.page.getByRole('combobox', { name, exact: true }).nth(place);
  await select.focus();
  if ((await select.getAttribute('aria-expanded')) !== 'true') await select.press('Enter');
  if ((await select.getAttribute('readonly')) === null) {
    await select.fill(typed);
    await select.press('Enter');
  } else {
    await (await walk.lineOf(select, typed)).click();
  }
}

async function fillNumber(walk, name, value) {
  await walk.page.getByRole('spinbutton', { name, exact: true }).first().fill(String(value));
}

async function mode(walk, name) {
  await walk.page.locator('.ant-segmented-item').filter({ hasText: name }).first().click();
}

function area(walk) {
  return walk.page.getByRole('textbox', { name: walk.t.rule, exact: true });
}

async function customers(walk) {
  await quiet(walk);
  const text = await walk.page.locator('.segments-preview .total .figure-large').first().innerText();
  check(/^[\d,]+$/.test(text), `the count is "${text}"`);
  return Number(text.replaceAll(',', ''));
}

/** orders at least 3 and days since the last order 60 to 120, with the keyboard alone. */
async function clicked(walk) {
  const { t } = walk;
  await walk.picture('empty');
  await walk.button(t.condition).focus();
  await walk.page.keyboard.press('Enter');
  await walk.picture('facts');
  await walk.page.keyboard.type(t.orders);
  await walk.page.keyboard.press('Enter');
  await fillNumber(walk, t.value(t.orders), 3);
  await walk.button(t.condition).first().click();
  await choose(walk, t.pick, t.days, 1);
  await choose(walk, t.op(t.days), t.between);
  await mode(walk, t.text);
  await walk.sees(t.notText);
  await mode(walk, t.click);
  await fillNumber(walk, t.least(t.days), 60);
  await fillNumber(walk, t.most(t.days), 120);
  const count = await customers(walk);
  check(count > 0, 'nobody fits');
  await walk.picture('clicked');
  return count;
}

/** The same rule as text; a wrong one stays text and says why. */
async function typed(walk, count) {
  const { t } = walk;
  await mode(walk, t.text);
  await area(walk).waitFor({ timeout: 30000 });
  check((await area(walk).inputValue()) === t.canonical, `the text is "${await area(walk).inputValue()}"`);
  await area(walk).fill(t.broken);
  await quiet(walk);
  await mode(walk, t.click);
  await walk.sees(t.notClicked);
  await walk.picture('not-yet');
  await walk.button(t.mend).first().click();
  await walk.page.getByRole('spinbutton', { name: t.value(t.orders) }).waitFor({ timeout: 30000 });
  await mode(walk, t.text);
  await area(walk).fill(t.edited);
  await mode(walk, t.click);
  await walk.page.getByRole('spinbutton', { name: t.least(t.days) }).waitFor({ timeout: 30000 });
  const more = await customers(walk);
  check(more > count, `fewer with 2 orders (${more}) than with 3 (${count})`);
}

/** With keys: one moves, one is copied, and it can be undone. */
async function arranged(walk) {
  const { t } = walk;
  const facts = () => walk.page.locator('.segments-node .segments-fact-select').allInnerTexts();
  await walk.page.getByRole('spinbutton', { name: t.least(t.days) }).press('Alt+ArrowUp');
  check((await facts())[0].includes(t.days), 'a condition does not move up');
  check((await walk.page.getByRole('spinbutton', { name: t.least(t.days) }).inputValue()) === '60', 'the key that moves a condition changes its number');
  await walk.button(t.menu(t.orders)).first().focus();
  await walk.page.keyboard.press('Enter');
  await walk.page.getByRole('menuitem', { name: t.copy }).waitFor({ timeout: 30000 });
  await walk.picture('menu');
  await walk.page.getByRole('menuitem', { name: t.copy }).click();
  check((await facts()).length === 3, 'a condition is not copied');
  await walk.page.locator('.segments-node').last().press('Alt+Delete');
  check((await facts()).length === 2, 'a condition is not taken out');
  for (let step = 0; step < 3; step += 1) await walk.button(t.undo).click();
  check((await facts())[0].includes(t.orders), 'undoing does not bring the order back');
}

/** A condition is dragged into a group, and out of it with keys; the group that is left empty goes. */
async function dragged(walk) {
  const { t, page } = walk;
  const grip = (name) => page.getByRole('button', { name: t.grip(name), exact: true });
  const tree = () => page.locator('.segments-tree').first().evaluate((root) => {
    const say = (list) => [...(list?.children ?? [])].map((node) => {
      const inner = node.querySelector(':scope > .segments-body > [role=group] > .segments-children');
      return inner ? `(${say(inner)})` : (node.getAttribute('aria-label') ?? '');
    }).join(' ');
    return say(root.querySelector(':scope > [role=group] > .segments-children'));
  });
  const { orders, days } = t;
  check((await tree()) === `${orders} ${days}`, `the tree is "${await tree()}" before`);
  await walk.button(t.menu(days)).click();
  await page.getByRole('menuitem', { name: t.wrap }).click();
  check((await tree()) === `${orders} (${days})`, `the tree is "${await tree()}" with a group`);
  // As high as it takes, for near the edge the page would move on under the pointer.
  const size = page.viewportSize();
  await page.setViewportSize({ ...size, height: 2200 });
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.waitForTimeout(500);
  const from = await grip(orders).boundingBox();
  const goal = await page.locator('.segments-node .segments-node').first().boundingBox();
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(goal.x + 60, goal.y + goal.height - 4, { steps: 8 });
  await page.locator('.segments-spot').waitFor({ timeout: 30000 });
  await walk.picture('dragging');
  await page.mouse.up();
  await page.setViewportSize(size);
  check((await tree()) === `(${days} ${orders})`, `the tree is "${await tree()}" after dragging`);
  await grip(days).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowUp');
  await page.getByRole('status').filter({ hasText: t.atFirst }).waitFor({ timeout: 30000 });
  await walk.picture('carrying');
  await page.keyboard.press('Enter');
  check((await tree()) === `${days} (${orders})`, `the tree is "${await tree()}" after the keys`);
  await grip(orders).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Escape');
  check((await tree()) === `${days} (${orders})`, 'a node that was left has moved');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  check((await tree()) === `${orders} ${days}`, `the tree is "${await tree()}" in the end: an empty group stays`);
  await quiet(walk);
}

/** Every rule of the fixtures, typed, clicked and typed again, stays what it was. */
async function fixturesStay(walk) {
  const { t } = walk;
  for (const name of ['chinese.txt', 'sets.txt']) {
    await mode(walk, t.text);
    await area(walk).fill((await readFile(join(fixtures, name), 'utf8')).trim());
    await quiet(walk);
    const sentence = await walk.page.locator('.segments-sentence').innerText();
    await mode(walk, t.click);
    await walk.page.locator('.segments-tree').waitFor({ timeout: 30000 });
    await quiet(walk);
    await walk.picture(name.replace('.txt', ''));
    check((await walk.page.locator('.segments-sentence').innerText()) === sentence, `${name} means something else after clicking`);
    await mode(walk, t.text);
    await area(walk).waitFor({ timeout: 30000 });
    await quiet(walk);
    check((await walk.page.locator('.segments-sentence').innerText()) === sentence, `${name} means something else as text again`);
  }
}

async function label(walk, field, text) {
  await walk.page.getByRole('textbox', { name: field, exact: true }).fill(text);
}

/** Saved, saved again, the first version restored; removed though another one refers to it, which is broken then. */
async function kept(walk) {
  const { t, page } = walk;
  const write = async (rule) => {
    await mode(walk, t.text);
    await area(walk).fill(rule);
    await quiet(walk);
  };
  await write(t.canonical);
  await label(walk, t.name, 'base');
  await label(walk, t.owner, '李雷');
  await label(walk, t.description, 'win back');
  await page.locator('.segments-save button').click();
  await page.getByRole('button', { name: t.versions('base') }).waitFor({ timeout: 30000 });
  await write(t.edited);
  await page.locator('.segments-save button').filter({ hasText: t.saveVersion }).click();
  await page.getByRole('button', { name: t.versions('base') }).filter({ hasText: '2' }).waitFor({ timeout: 30000 });
  await write("in_segment('base') and orders >= 4");
  await label(walk, t.name, 'more');
  await page.locator('.segments-save button').click();
  await page.getByRole('button', { name: t.versions('more') }).waitFor({ timeout: 30000 });
  await page.getByRole('button', { name: t.versions('base') }).click();
  const drawer = page.locator('.segments-versions');
  await drawer.locator('del').first().waitFor({ timeout: 30000 });
  check((await drawer.locator('del').first().innerText()) === '3' && (await drawer.locator('ins').first().innerText()) === '2', 'the difference is not from 3 to 2');
  await walk.picture('versions');
  await walk.button(t.restore).click();
  await drawer.getByText(t.third, { exact: true }).waitFor({ timeout: 30000 });
  await page.keyboard.press('Escape');
  await page.locator('.ant-drawer-open').waitFor({ state: 'hidden', timeout: 30000 });
  await walk.picture('saved');
  await walk.button(t.remove('base')).click();
  await walk.sees(t.breaks);
  await walk.picture('removing');
  await walk.button(t.anyway).click();
  await page.locator('.segments-saved em').filter({ hasText: t.isBroken }).waitFor({ timeout: 30000 });
  await walk.picture('broken');
}

/** The list behind a number becomes a segment of as many customers. */
async function fromAnalyses(walk) {
  const { page, language } = walk;
  for (const path of ['rfm', 'value_activity', 'abc', 'stage_migration']) {
    await page.goto(new URL(`/analyses/${path}?lang=${language}`, page.url()).href);
    const link = page.locator('.as-segments a').nth(1);
    await link.waitFor({ timeout: 30000 });
    if (path === 'rfm') await walk.picture('lists');
    const counted = Number((await link.locator('.figure').innerText()).replaceAll(',', ''));
    await link.click();
    await page.locator('.segments-tree').waitFor({ timeout: 30000 });
    await quiet(walk);
    const found = await customers(walk);
    check(found === counted, `${path} counts ${counted} and its rule ${found}`);
    if (path === 'rfm') await walk.picture('from-rfm');
  }
}

async function numberIn(found) {
  await found.waitFor({ timeout: 30000 });
  return Number((await found.innerText()).replaceAll(',', ''));
}

function cell(answer, row, name) {
  return answer.rows[row]?.[answer.columns.findIndex((column) => column.name === name)] ?? null;
}

/** Sleeping regulars and those who just miss them: by one condition alone. */
const sleeping = 'days_since_last_order between 60 and 120 and orders >= 3';
const awake = 'not days_since_last_order between 60 and 120 and orders >= 3';

/** One who fits and one who does not, each with the value that decides. */
async function explained(walk) {
  const { t, page, language } = walk;
  await work(walk, '/api/segments/save', { name: 'sleeping', rule: sleeping });
  const outside = await call(walk, 'post', '/api/segments/customers', { rule: awake, limit: 1 });
  const inside = await call(walk, 'post', '/api/segments/customers', { rule: sleeping, limit: 1 });
  await page.goto(new URL(`/segments?lang=${language}&rule=${encodeURIComponent(sleeping)}`, page.url()).href);
  const whom = page.getByRole('searchbox', { name: t.whom });
  const ask = async (key) => {
    await whom.waitFor({ timeout: 30000 });
    await whom.fill(key);
    await whom.press('Enter');
  };
  await ask('nobody-at-all');
  await walk.sees(t.nobody);
  await ask(cell(outside, 0, 'customer_key'));
  const verdict = page.locator('.why-verdict');
  await verdict.getByText(t.out, { exact: true }).waitFor({ timeout: 30000 });
  await verdict.getByText(t.lacksOne).waitFor({ timeout: 30000 });
  await page.locator('.why-tree .why-fails .why-value').first().waitFor({ timeout: 30000 });
  await walk.picture('why-out');
  await ask(cell(inside, 0, 'customer_key'));
  await verdict.getByText(t.inside, { exact: true }).waitFor({ timeout: 30000 });
  await walk.picture('why-in');
  const person = new URL(`/customers/${cell(outside, 0, 'customer_id')}?lang=${language}`, page.url()).href;
  await page.goto(person);
  await page.getByRole('button', { name: t.whyOut('sleeping') }).click({ timeout: 30000 });
  await page.locator('.ant-drawer .why-verdict').getByText(t.out, { exact: true }).waitFor({ timeout: 30000 });
  await walk.picture('why-of-person');
  await page.goto(person.replace(/customers\/\d+/, `customers/${cell(inside, 0, 'customer_id')}`));
  await page.getByRole('button', { name: t.whyIn('sleeping') }).click({ timeout: 30000 });
  await page.locator('.ant-drawer .why-verdict').getByText(t.inside, { exact: true }).waitFor({ timeout: 30000 });
  await page.getByRole('link', { name: t.seeAll }).click();
  await page.waitForURL((url) => url.searchParams.get('rule') === "in_segment('sleeping')", { timeout: 30000 });
}

/** The list of one day is kept under a name of its own. */
async function frozen(walk) {
  const { t, page, language } = walk;
  await page.goto(new URL(`/segments?lang=${language}`, page.url()).href);
  await page.getByRole('button', { name: t.freeze('sleeping') }).click({ timeout: 30000 });
  const name = page.locator('.ant-drawer').getByRole('textbox', { name: t.frozenAs });
  await name.waitFor({ timeout: 30000 });
  check(await walk.button(t.doFreeze).isDisabled(), 'a list without a name can be frozen');
  await name.fill('june');
  await page.locator('.ant-drawer input[type=date]').fill('2025-06-30');
  await walk.picture('freeze');
  await walk.button(t.doFreeze).click();
  await walk.sees(t.isFrozen);
  await walk.button(t.seeFrozen).click();
  await page.locator('.segments-frozen').filter({ hasText: '2025-06-30' }).waitFor({ timeout: 30000 });
  await page.locator('.ant-drawer-open').waitFor({ state: 'hidden', timeout: 30000 });
  const shown = await customers(walk);
  const was = await call(walk, 'post', '/api/segments/preview', { rule: sleeping, as_of: '2025-07-01' });
  check(shown > 0 && shown === cell(was, 0, 'customers'), `${shown} are frozen, ${cell(was, 0, 'customers')} were in it`);
  await walk.picture('frozen');
}

/** Who came and left between two days: counts, and as many people in their lists. */
async function moved(walk) {
  const { t, page } = walk;
  await work(walk, '/api/segments/refresh', {});
  await page.getByRole('button', { name: t.moves('sleeping') }).click({ timeout: 30000 });
  await walk.sees(t.oneDay);
  await work(walk, '/api/segments/refresh', { as_of: '2026-02-15' });
  await page.reload();
  await page.getByRole('button', { name: t.moves('sleeping') }).click({ timeout: 30000 });
  const drawer = page.locator('.ant-drawer');
  for (const part of [t.came, t.left]) {
    const card = drawer.getByRole('button', { name: part });
    const counted = await numberIn(card.locator('.figure'));
    check(counted > 0, 'nobody moved');
    await card.click();
    await drawer.locator('.answer-table tbody tr a').first().waitFor({ timeout: 30000 });
    const rows = await drawer.locator('section[aria-label] .answer-table tbody tr').count();
    check(rows === Math.min(counted, 100), `${counted} moved and ${rows} are in the list`);
  }
  await walk.picture('moves');
  await drawer.getByLabel(t.to, { exact: true }).fill('2020-01-01');
  await walk.sees(t.backwards);
  await page.keyboard.press('Escape');
  await page.locator('.ant-drawer-open').waitFor({ state: 'hidden', timeout: 30000 });
}

/** Two segments over each other; the number shared is the rule behind it. */
async function overlapped(walk) {
  const { t, page } = walk;
  await choose(walk, t.first, 'sleeping');
  await choose(walk, t.second, 'june');
  const both = page.getByRole('button', { name: t.both });
  const counted = await numberIn(both.locator('.figure'));
  await walk.picture('overlap');
  await both.click();
  await page.waitForURL((url) => url.href.includes('june'), { timeout: 30000 });
  const found = await customers(walk);
  check(found === counted, `${counted} are in both and their rule finds ${found}`);
}

async function wholeWay(walk) {
  await demo(walk);
  const count = await clicked(walk);
  await typed(walk, count);
  await arranged(walk);
  await dragged(walk);
  await fixturesStay(walk);
  await kept(walk);
  await explained(walk);
  await frozen(walk);
  await moved(walk);
  await overlapped(walk);
  await fromAnalyses(walk);
}

await walkEverywhere({ name: 'segments', path: '/segments', words, hidden: ['segmenting.', 'reasons.', 'huitou '], steps: wholeWay });
