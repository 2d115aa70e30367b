// From an empty home to findings, as a person would go: drop, look, correct, load.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, walkEverywhere } from './walk.mjs';

const fixtures = join(dirname(fileURLToPath(import.meta.url)), 'fixtures');

const words = {
  zh: {
    first: '放进你的第一个文件', understood: '我们的理解', gbk: 'GB18030', load: /^载入 .*行$/, undo: '撤销我的修改', changed: '由你修改', blocked: '这样还不能载入', unread: '个值中有 1 个无法识别', loaded: '载入完成', added: '读取 65 = 载入 60 + 剔除 5',
    history: '已载入的数据', demo: '载入示例店铺', making: '正在生成并载入示例店铺', cancel: /^取\s?消$/, cancelled: '已取消，数据和之前一样', paused: '上传停在', resume: '继续上传', unreadable: '日期无法识别', examples: /^看例子：日期无法识别/, another: '再载入一个文件', paid: '实付金额（退款前）', ignore: '不使用', unchanged: '不需要载入',
    meaning: (column) => `列 ${column} 的含义`, refused: '无法读取', overview: '看概览', workbook: 'Excel', kept: '还留着', again: '换一个文件',
  },
  en: {
    first: 'Drop your first file', understood: 'What we understood', gbk: 'GB18030', load: /^Load .* rows$/, undo: 'Undo my changes', changed: 'You changed this', blocked: 'It cannot be loaded like this', unread: 'values in the sample cannot be read', loaded: 'Loaded', added: '65 read = 60 loaded + 5 left out',
    history: 'What is loaded', demo: 'Load the demo shop', making: 'Making and loading the demo shop', cancel: /^Cancel$/, cancelled: 'Cancelled; the data is as before', paused: 'The upload stopped at', resume: 'Go on', unreadable: 'the date cannot be read', examples: /^Show examples of: the date cannot be read/, another: 'Load another file', paid: 'amount paid, before refunds', ignore: 'not used', unchanged: 'Nothing to do',
    meaning: (column) => `Meaning of column ${column}`, refused: 'cannot be read', overview: 'See the overview', workbook: 'Excel', kept: 'is kept', again: 'Another file',
  },
};

async function give(walk, name, buffer) {
  await walk.page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
}

async function drop(walk, name, buffer) {
  const transfer = await walk.page.evaluateHandle(([fileName, base64]) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], fileName, { type: 'text/csv', lastModified: 1700000000000 }));
    return data;
  }, [name, buffer.toString('base64')]);
  await walk.page.dispatchEvent('.data-drop', 'drop', { dataTransfer: transfer });
}

async function emptyHome(walk) {
  await walk.sees(walk.t.first);
  await walk.picture('empty');
  await give(walk, 'picture.png', Buffer.from('x'));
  await walk.sees(walk.t.refused);
}

/** The demo shop is begun and given up: the home is as empty as before. */
async function demoGivenUp(walk) {
  await walk.button(walk.t.demo).click();
  await walk.sees(walk.t.making);
  await walk.button(walk.t.cancel).click();
  await walk.sees(walk.t.cancelled);
  await walk.picture('cancelled');
  await walk.button(walk.t.again).click();
  await walk.sees(walk.t.first);
}

/** The connection breaks, then comes back: the upload waits and goes on. */
async function brokenConnection(walk, buffer) {
  const uploads = '**/api/uploads/**';
  const refuse = (route) => (route.request().method() === 'PUT' ? route.fulfill({ status: 403, json: { error: { code: 'denied', message: 'The door is shut.', hint: 'Try again.', message_zh: '门关着。', hint_zh: '请再试一次。' } } }) : route.continue());
  await walk.page.route(uploads, refuse);
  await drop(walk, 'taobao.csv', buffer);
  await walk.sees(walk.t.paused);
  await walk.picture('paused');
  await walk.page.unroute(uploads, refuse);
  await walk.button(walk.t.resume).click();
  await walk.sees(walk.t.understood);
  await walk.button(walk.t.again).click();
}

async function unreadableFile(walk) {
  await give(walk, 'orders.csv', Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.from('[Content_Types].xml xl/workbook.xml')]));
  await walk.sees(walk.t.kept);
  await walk.picture('unreadable');
  await walk.button(walk.t.again).click();
}

async function brokenRows(walk, buffer) {
  await drop(walk, 'taobao.csv', buffer);
  await walk.sees(walk.t.understood);
  await walk.sees(walk.t.gbk);
  await walk.button(walk.t.load).waitFor();
  await walk.picture('check');
  await walk.choose('买家实际支付金额', walk.t.ignore);
  await walk.sees(walk.t.changed);
  await walk.sees(walk.t.blocked);
  check(await walk.button(walk.t.load).isDisabled(), 'a file without amounts can be loaded');
  await walk.choose('备注金额', walk.t.paid);
  await walk.settled();
  check(await walk.button(walk.t.load).isEnabled(), 'the corrected mapping cannot be loaded');
  await walk.picture('corrected');
  await walk.button(walk.t.undo).click();
  await walk.settled();
  await walk.button(walk.t.load).click();
  await walk.sees(walk.t.added);
  await walk.sees(walk.t.history);
  await walk.button(walk.t.examples).click();
  await walk.sees('昨天');
  await walk.picture('findings');
}

async function namedByHand(walk, buffer) {
  await walk.button(walk.t.another).click();
  await give(walk, 'unnamed.csv', buffer);
  await walk.sees(walk.t.blocked);
  await walk.picture('incomplete');
  await walk.choose('worth', walk.t.paid);
  await walk.settled();
  await walk.button(walk.t.load).click();
  await walk.button(walk.t.another).waitFor({ timeout: 30000 });
  await walk.picture('loaded');
}

async function sameAgain(walk, buffer) {
  await walk.button(walk.t.another).click();
  await drop(walk, 'taobao.csv', buffer);
  await walk.button(walk.t.load).click();
  await walk.sees(walk.t.unchanged);
  await walk.picture('unchanged');
}

async function wholeWay(walk) {
  const taobao = await readFile(join(fixtures, 'taobao_broken_rows.csv'));
  const unnamed = await readFile(join(fixtures, 'unnamed_amount.csv'));
  await emptyHome(walk);
  await demoGivenUp(walk);
  await brokenConnection(walk, taobao);
  await unreadableFile(walk);
  await brokenRows(walk, taobao);
  await namedByHand(walk, unnamed);
  await sameAgain(walk, taobao);
  await walk.page.getByRole('link', { name: walk.t.overview }).first().click();
  await walk.page.locator('.kpis').waitFor({ timeout: 30000 });
}

await walkEverywhere({ name: 'data', path: '/data', words, steps: wholeWay });
