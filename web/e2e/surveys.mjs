// A survey as a shop makes one and a customer answers it: made, its link copied, opened, answered, seen in the results,
// closed.
import { check, walkEverywhere } from './walk.mjs';

const words = {
  zh: {
    title: '标题（中文）', comment: '另问一段文字（中文）', make: '创建问卷', none: '还没有问卷', link: '到店 的链接', question: '您有多大可能把我们推荐给朋友？', why: '为什么？', send: '提交', thanks: '谢谢您的回答！',
    wrong: '尚未选择评分', noAnswers: '还没有答卷', all: '全部答卷', analysis: '在 NPS 分析中看全部答卷', answered: '净推荐值', close: '关闭 到店', sure: '关闭', closed: '这份问卷已结束', isClosed: '已关闭', other: 'English',
  },
  en: {
    title: 'Title (Chinese)', comment: 'Also ask for a text (Chinese)', make: 'Make the survey', none: 'No survey yet', link: 'Link of 到店', question: 'How likely are you to recommend us to a friend?', why: '为什么？', send: 'Send', thanks: 'Thank you for your answer.',
    wrong: 'No score was chosen', noAnswers: 'No answers yet', all: 'All answers', analysis: 'All answers in the NPS analysis', answered: 'Net promoter score', close: 'Close 到店', sure: 'Close', closed: 'This survey is closed', isClosed: 'closed', other: '中文',
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
  await answered(walk, link);
  await seen(walk);
  await closed(walk, link);
}

await walkEverywhere({ name: 'surveys', path: '/surveys', words, hidden: ['surveys.'], steps: wholeWay });
