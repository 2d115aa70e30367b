// A survey as a shop makes one and a customer answers it: made, its code hung up, its personal links taken, its link opened,
// answered, seen in the results, closed.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { check, walkEverywhere, work } from './walk.mjs';

const words = {
  zh: {
    title: '标题（中文）', comment: '另问一段文字（中文）', make: '创建问卷', none: '还没有问卷', link: '到店 的链接', question: '您有多大可能把我们推荐给朋友？', why: '为什么？', send: '提交', thanks: '谢谢您的回答！',
    wrong: '尚未选择评分', noAnswers: '还没有答卷', all: '全部答卷', analysis: '在 NPS 分析中看全部答卷', answered: '净推荐值', close: '关闭 到店', sure: '关闭', closed: '这份问卷已结束', isClosed: '已关闭', other: 'English',
    poster: '到店 的二维码', noAddress: '外部的手机可能打不开', print: '打印', save: '存为图片', store: '答卷记入的门店', make_code: '生成该位置的二维码', a6: 'A6（桌面、收银台）', mm: '57 毫米',
    ask: '用 到店 邀请分群', segment: '分群', everyone: '全部客户', first: '选择分群后即可看到可邀请的人数', nobody: '其中没有可用邮件邀请的客户', email: '邮件', sms: '短信', by: '导出人', makeList: '生成 1 个链接的名单', ready: '1 位客户的名单已生成', download: '下载名单', asked: '专属链接',
  },
  en: {
    title: 'Title (Chinese)', comment: 'Also ask for a text (Chinese)', make: 'Make the survey', none: 'No survey yet', link: 'Link of 到店', question: 'How likely are you to recommend us to a friend?', why: '为什么？', send: 'Send', thanks: 'Thank you for your answer.',
    wrong: 'No score was chosen', noAnswers: 'No answers yet', all: 'All answers', analysis: 'All answers in the NPS analysis', answered: 'Net promoter score', close: 'Close 到店', sure: 'Close', closed: 'This survey is closed', isClosed: 'closed', other: '中文',
    poster: 'QR code of 到店', noAddress: 'phones outside may not come in', print: 'Print', save: 'Save as a picture', store: 'Store its answers name', make_code: 'Make the code of this place', a6: 'A6, table or till', mm: '57 mm',
    ask: 'Ask a segment with 到店', segment: 'Segment', everyone: 'All customers', first: 'Choose a segment to see how many', nobody: 'Nobody in it can be asked by E-mail', email: 'E-mail', sms: 'SMS', by: 'Who takes the list', makeList: 'Make the list of 1 link', ready: 'The list of 1 customer is ready', download: 'Download the list', asked: 'Personal links',
  },
};

/** What a customer sees, on a page of its own. */
async function visit(walk, link, steps) {
  const page = await walk.page.context().newPage();
  await page.goto(link);
  const sees = (text) => page.getByText(text, { exact: false }).first().waitFor({ timeout: 30000 });
  const picture = async (name) => {
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    check(over <= 1, `${name}: the page is ${over} px wider than the window`);
    const own = walk.page;
    walk.page = page;
    await walk.shoot(name);
    walk.page = own;
  };
  await steps({ page, sees, picture });
  await page.close();
}

async function made(walk) {
  const { t, page } = walk;
  await walk.sees(t.none);
  await walk.picture('empty');
  await page.getByLabel(t.title, { exact: true }).fill('到店');
  await page.getByLabel(t.comment, { exact: true }).fill(t.why);
  await page.getByRole('button', { name: t.make, exact: true }).click();
  const link = page.getByRole('textbox', { name: t.link, exact: true });
  await link.waitFor({ timeout: 30000 });
  await page.getByRole('button', { name: '到店', exact: true }).click();
  await walk.sees(t.noAnswers);
  return link.inputValue();
}

async function closeDrawer(walk) {
  await walk.page.locator('.ant-drawer-close').click();
  await walk.page.locator('.ant-drawer-open').waitFor({ state: 'hidden', timeout: 30000 });
}

/** The code to hang up: what is seen is what is saved and what is printed, on one sheet; a store has a code of its own. */
async function hung(walk) {
  const { t, page } = walk;
  await walk.button(t.poster).click();
  await walk.sees(t.noAddress);
  const poster = page.locator('img.surveys-poster');
  await poster.waitFor({ timeout: 30000 });
  const sizes = await poster.evaluate((image) => [image.naturalWidth, image.naturalHeight]);
  check(sizes.join() === '1654,2339', `the poster is ${sizes.join(' by ')}`);
  await walk.picture('poster');
  const first = await poster.getAttribute('src');
  await page.getByRole('combobox', { name: t.store, exact: true }).fill('S01');
  check((await poster.count()) === 0, 'the code of another place is shown');
  await walk.button(t.make_code).click();
  await poster.waitFor({ timeout: 30000 });
  check((await poster.getAttribute('src')) !== first, 'the store has the same poster');
  await page.locator('.ant-segmented-item').filter({ hasText: t.a6 }).click();
  await walk.sees(t.mm);
  await walk.picture('poster-store');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: t.save, exact: true }).click()]);
  check(download.suggestedFilename() === '到店-S01.png', `the picture is called ${download.suggestedFilename()}`);
  const png = await readFile(await download.path());
  check(png.subarray(1, 4).toString() === 'PNG' && png.length > 10000, 'the picture is none');
  await page.emulateMedia({ media: 'print' });
  const shown = await page.evaluate(() => [...document.body.children].filter((each) => each.getClientRects().length > 0).map((each) => each.className));
  check(shown.length === 1 && shown[0].includes('surveys-print-A6'), `printed would be ${shown.join(', ')}`);
  const sheets = (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length;
  check(sheets === 1, `${sheets} sheets would be printed`);
  await page.emulateMedia({ media: null });
  await closeDrawer(walk);
}

/** A link of each customer's own: who did not agree is not asked, and the list is what the numbers said. */
async function askedThem(walk) {
  const { t, page, home } = walk;
  const orders = join(home, 'orders.csv');
  const consent = join(home, 'consent.csv');
  await writeFile(orders, 'order_key,customer_key,ordered_at,paid,status,phone\nA1,anna,2025-01-05 08:00:00,70.00,paid,13900000001\nA2,ben,2025-03-01 08:00:00,8.00,paid,13900000002\n');
  await writeFile(consent, 'customer,sms\nanna,yes\nben,no\n');
  await work(walk, '/api/load', { files: [orders] });
  await work(walk, '/api/consent/import', { file: consent });
  await page.reload();
  await walk.button(t.ask).click();
  await walk.sees(t.first);
  await walk.picture('ask-first');
  const select = page.getByRole('combobox', { name: t.segment, exact: true });
  await select.focus();
  await select.press('Enter');
  await (await walk.lineOf(select, t.everyone)).click();
  const mode = (name) => page.locator('.surveys-drawer .ant-segmented-item').filter({ hasText: name }).click();
  await mode(t.email);
  await walk.sees(t.nobody);
  await walk.picture('ask-nobody');
  await mode(t.sms);
  await page.getByLabel(t.by, { exact: true }).fill('Li');
  await walk.picture('ask-some');
  await walk.button(t.makeList).click();
  await walk.sees(t.ready);
  await walk.picture('ask-done');
  check((await page.locator('.page > section').count()) === 3, 'list, results and maker are not there once each');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: t.download, exact: true }).click()]);
  check(download.suggestedFilename() === 'survey-1-sms.xlsx', `the list is called ${download.suggestedFilename()}`);
  check((await readFile(await download.path())).subarray(0, 2).toString() === 'PK', 'the list is no workbook');
  const book = await (await page.request.post(new URL('/api/segments/exports', page.url()).href, { data: {} })).json();
  const cell = (name) => book.rows[0][book.columns.findIndex((column) => column.name === name)];
  check(book.rows.length === 1 && cell('by') === 'Li' && cell('customers') === 1, `the book says ${JSON.stringify(book.rows)}`);
  await closeDrawer(walk);
}

async function answered(walk, link) {
  const { t } = walk;
  await visit(walk, link, async ({ page, sees, picture }) => {
    await sees(t.question);
    await picture('question');
    check((await page.evaluate(() => document.scripts.length)) === 0, 'the page has a script');
    await page.getByRole('radio', { name: '9', exact: true }).check({ force: true });
    await page.getByRole('textbox').fill('好喝 <b>');
    await picture('filled');
    await page.getByRole('button', { name: t.send, exact: true }).click();
    await sees(t.thanks);
    await picture('thanks');
  });
  await visit(walk, link, async ({ page, sees, picture }) => {
    await page.evaluate(() => document.querySelectorAll('input').forEach((input) => input.removeAttribute('required')));
    await page.getByRole('button', { name: t.send, exact: true }).click();
    await sees(t.wrong);
    await picture('wrong');
    await page.getByRole('link', { name: t.other, exact: true }).click();
    await page.waitForURL((url) => url.search.includes('lang='), { timeout: 30000 });
  });
}

async function seen(walk) {
  const { t, page } = walk;
  await page.reload();
  await walk.sees(t.all);
  await walk.settled();
  await walk.picture('results');
  await page.getByRole('link', { name: t.analysis, exact: true }).click();
  await page.waitForURL((url) => url.pathname === '/analyses/nps', { timeout: 30000 });
  await walk.sees(t.answered);
  await page.goBack();
}

async function closed(walk, link) {
  const { t, page } = walk;
  await page.getByRole('button', { name: t.close, exact: true }).click();
  await page.locator('.ant-popover').getByRole('button', { name: new RegExp(`^${t.sure.split('').join(' ?')}$`) }).click();
  await page.locator('.surveys-name').getByText(t.isClosed).waitFor({ timeout: 30000 });
  await visit(walk, link, ({ sees }) => sees(t.closed));
  await walk.picture('closed');
}

async function wholeWay(walk) {
  const link = await made(walk);
  await hung(walk);
  await askedThem(walk);
  await answered(walk, link);
  await seen(walk);
  await closed(walk, link);
}

await walkEverywhere({ name: 'surveys', path: '/surveys', words, hidden: ['surveys.'], steps: wholeWay });
