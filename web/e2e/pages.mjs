// What must be seen on each page. `steps` act on the page like a person would.

const patience = 30000;

/** Waits as a person would on a busy machine; what has not come by then is a problem. */
async function expectSeen(found, problem, problems) {
  await found.first().waitFor({ timeout: patience }).catch(() => problems.push(problem));
}

async function expectText(page, text, problems) {
  await expectSeen(page.getByText(text, { exact: false }).filter({ visible: true }), `"${text}" did not appear`, problems);
}

async function expectAddress(page, part, problem, problems) {
  await page.waitForURL((url) => url.href.includes(part), { timeout: patience }).catch(() => problems.push(problem));
}

export const pages = [
  {
    name: 'overview', path: '/',
    texts: { zh: ['近 12 个整月', '接下来做什么', '复购率', '客单价', '流失率'], en: ['Last 12 full months', 'What to do next', 'Repurchase rate', 'Churn rate'] },
    async steps({ page, language, size, problems }) {
      if (size !== 'narrow') return;
      await page.getByRole('button', { name: language === 'zh' ? '打开菜单' : 'Open menu' }).click();
      const entry = page.getByRole('dialog').getByText(language === 'zh' ? '口径对照' : 'Definitions');
      await expectSeen(entry, 'the menu does not open', problems);
      await page.keyboard.press('Escape');
      await page.waitForTimeout(400);
    },
  },
  {
    name: 'overview-filtered', path: '/?period=90d&compare=same_period_last_year&status=paid', only: 'wide',
    texts: { zh: ['近 90 天', '对比去年同期', '已付款口径'], en: ['Last 90 days', 'vs last year', 'Paid orders'] },
    async steps({ page, language, settled, problems }) {
      await page.getByText(language === 'zh' ? '近 90 天' : 'Last 90 days').first().click();
      await page.getByRole('button', { name: language === 'zh' ? '上月' : 'Last month' }).click();
      await expectAddress(page, 'period=last_month', 'the period is not in the address', problems);
      await settled(page);
      await page.goBack();
      await expectAddress(page, 'period=90d', 'the back button does not bring the period back', problems);
      await settled(page);
    },
  },
  { name: 'metrics', path: '/metrics', texts: { zh: ['指标', '复购率', '笔单价'], en: ['Metrics', 'Repurchase rate'] } },
  {
    name: 'metric', path: '/metrics/repurchase_rate', texts: { zh: ['复购率', '走势', '拆分'], en: ['Over time', 'Breakdown'] },
    async steps({ page, language, settled, problems }) {
      await page.getByRole('button', { name: language === 'zh' ? '口径与查询' : 'Definition and query' }).first().click();
      await settled(page);
      await expectText(page, 'SELECT', problems);
      await page.keyboard.press('Escape');
      await page.waitForTimeout(400);
      await page.getByRole('button', { name: language === 'zh' ? '看表' : 'Table', exact: true }).nth(1).click();
      await expectSeen(page.locator('.answer-table tbody tr:nth-child(2)'), 'the chart has no table', problems);
    },
  },
  { name: 'definitions', path: '/definitions', texts: { zh: ['口径对照', '净额口径'], en: ['Definitions side by side', 'Net orders'] } },
  { name: 'analyses', path: '/analyses', texts: { zh: ['分析'], en: ['Analyses'] } },
  { name: 'rfm', path: '/analyses/rfm', texts: { zh: ['参数', '把名单变成分群'], en: ['Parameters', 'Make a segment of a list'] } },
  { name: 'cohorts', path: '/analyses/cohort_retention', texts: { zh: ['加权平均'], en: ['Weighted mean'] } },
  { name: 'interval', path: '/analyses/repurchase_interval', texts: { zh: ['参数'], en: ['Parameters'] } },
  { name: 'lifecycle', path: '/analyses/lifecycle', texts: { zh: ['客户生命周期', '时段的粒度'], en: ['Customer lifecycle', 'How long a period is'] } },
  { name: 'stages', path: '/analyses/stage_migration', texts: { zh: ['活跃', '沉睡', '流失', '新客'], en: ['Active', 'Sleeping', 'Lost', 'New'] } },
  {
    name: 'concentration', path: '/analyses/concentration?arg.show=abc', texts: { zh: ['基尼系数', 'A、B、C 三类'], en: ['Gini coefficient', 'Classes A, B and C'] },
    async steps({ page, settled, language, problems }) {
      await page.goto(page.url().replace('arg.show=abc', 'arg.show=curve'));
      await settled(page);
      await expectText(page, language === 'zh' ? '基尼系数' : 'Gini coefficient', problems);
    },
  },
  {
    name: 'first-purchase', path: '/analyses/repurchase_by_first_purchase?arg.by=category',
    texts: { zh: ['首购特征', '不是因果证明', '品类'], en: ['First purchase', 'not proof of a cause', 'Category'] },
  },
  { name: 'abc', path: '/analyses/abc?arg.of=products', texts: { zh: ['ABC 分类', '占总量', '跨过分界线'], en: ['ABC classes', 'Share of the total', 'crosses a cut'] } },
  { name: 'abc-list', path: '/analyses/abc?arg.show=list', texts: { zh: ['名次', '累计占比'], en: ['Rank', 'Running share'] } },
  { name: 'nps', path: '/analyses/nps?arg.by=month', texts: { zh: ['净推荐值', '推荐者', '并非随机样本'], en: ['Net promoter score', 'Promoters', 'no chance sample'] } },
  {
    name: 'after-contact', path: '/analyses/repurchase_after_contact?arg.of=promoters',
    texts: { zh: ['联系后的复购', '其余购买', '不能证明'], en: ['Repurchase after a contact', 'All others', 'no proof'] },
  },
  {
    name: 'customers', path: '/customers?q=C0000001', showsNames: true, texts: { zh: ['查找结果', 'C00000017'], en: ['Found', 'C00000017'] },
    async steps({ page, language, settled, problems }) {
      const zh = language === 'zh';
      await page.getByRole('searchbox').fill('nobody-at-all');
      await page.keyboard.press('Enter');
      await settled(page);
      await expectText(page, zh ? '没有找到客户' : 'Nobody found', problems);
    },
  },
  {
    name: 'customer', path: '/customers/17', showsNames: true, texts: { zh: ['时间线', '自身节奏', '偏好', '标识', '已掩码'], en: ['Line of time', 'Own rhythm', 'Favourites', 'Keys', 'masked'] },
    async steps({ page, language, settled, problems }) {
      const zh = language === 'zh';
      await page.getByRole('button', { name: zh ? '完整显示' : 'Show in full' }).click();
      await settled(page);
      await expectSeen(page.getByRole('button', { name: zh ? '恢复掩码' : 'Mask' }), 'keys are not shown in full', problems);
      await page.goto(new URL('/customers/99999999', page.url()).href);
      await settled(page);
      await expectText(page, zh ? '没有这位客户' : 'There is no such customer', problems);
    },
  },
  {
    name: 'segments', path: '/segments?rule=orders%20%3E%3D%203%20and%20not%20bought(%27%E7%8C%AB%E7%B2%AE%27%2C%20last%2090%20days)',
    texts: { zh: ['客户分群', '全部满足', '含该商品或品类的订单数', '符合的客户', '占比'], en: ['Segments', 'All of these', 'Orders with the product or category', 'Who fits', 'Share'] },
    async steps({ page, language, settled, problems }) {
      const zh = language === 'zh';
      await page.locator('.ant-segmented-item').filter({ hasText: zh ? '文字' : 'Text' }).first().click();
      const area = page.getByRole('textbox', { name: zh ? '规则' : 'Rule', exact: true });
      await expectSeen(area, 'the rule cannot be typed', problems);
      await area.fill(zh ? '订单数 >= 三' : 'orders >= three');
      await expectSeen(page.locator('.segments-problems mark'), 'what is wrong is not shown at its place', problems);
      await expectSeen(page.locator('.segments-old .figure-large'), 'the last count does not stay, greyed', problems);
      await settled(page);
    },
  },
  { name: 'value-activity', path: '/analyses/value_activity', texts: { zh: ['价值与活跃度', '高活跃高价值', '流失风险'], en: ['Value and activity', 'Low activity, high value'] } },
  { name: 'accounts', path: '/analyses/lifecycle?arg.show=accounts', texts: { zh: ['上期活跃客户', '沉寂'], en: ['Active the period before', 'Silent'] } },
  { name: 'price', path: '/analyses/price_sensitivity', texts: { zh: ['价格敏感度', '折扣依赖', '只凭偶然'], en: ['Price sensitivity', 'Dependent on discounts', 'By chance alone'] } },
  { name: 'rfm-migration', path: '/analyses/rfm_migration', texts: { zh: ['RFM 分群迁移', '尚未下单', '同一分群'], en: ['RFM migration', 'No order yet', 'same segment'] } },
  { name: 'clusters', path: '/analyses/behaviour_clusters', texts: { zh: ['行为聚类', '轮廓系数', '兰德指数', '与众不同之处'], en: ['Clusters of behaviour', 'highest silhouette', 'What sets it apart'] } },
  { name: 'data', path: '/data', texts: { zh: ['数据', '把文件拖到这里'], en: ['Drop a file here'] } },
  {
    name: 'quality', path: '/quality', texts: { zh: ['数据质量', '得分'], en: ['Quality', 'Score'] },
    async steps({ page, language, settled, problems }) {
      const zh = language === 'zh';
      await page.getByRole('button', { name: zh ? /检查数据|重新检查/ : /Check the data|Check again/ }).first().click();
      const all = page.getByText(zh ? '全部规则' : 'All rules', { exact: true }).first();
      await all.waitFor({ timeout: 2 * patience }).catch(() => problems.push('the check does not end'));
      await settled(page);
      await all.click();
      await page.getByRole('button', { name: zh ? '查看详情：测试账号订单' : 'Details of: Orders of test accounts' }).click();
      await expectText(page, zh ? '正则表达式' : 'regular expression', problems);
    },
  },
  {
    name: 'identity', path: '/identity?customer=C00000001', texts: { zh: ['一位客户', '该客户的账户', '停用名单', '手机号'], en: ['One customer', 'Accounts of this person', 'Stop-list', 'Phone'] },
    async steps({ page, language, settled, problems }) {
      const zh = language === 'zh';
      await page.getByRole('searchbox').fill('nobody-at-all');
      await page.keyboard.press('Enter');
      await settled(page);
      await expectText(page, zh ? '没有与“nobody-at-all”对应的客户' : "Nobody is known as 'nobody-at-all'", problems);
    },
  },
  {
    name: 'forms', path: '/forms', texts: { zh: ['填报', '目标', '导入', '填报记录'], en: ['Forms', 'Targets', 'Import', 'Who changed what'] },
    async steps({ page, language, settled, problems }) {
      await page.getByRole('button', { name: language === 'zh' ? /新\s?增/ : 'Add', exact: true }).click();
      await page.locator('.forms-editor input').first().fill('2025-13');
      await expectSeen(page.getByText('“2025-13”').or(page.getByText("'2025-13'")), 'a period that is none is not refused at its field', problems);
      await settled(page);
    },
  },
  { name: 'sources', path: '/sources', texts: { zh: ['数据源', '同步历史'], en: ['Sources', 'History'] } },
  {
    name: 'lineage', path: '/lineage', showsNames: true, texts: { zh: ['数据血缘', 'orders.customer_id', 'counted_orders'], en: ['Lineage', 'orders.customer_id', 'counted_orders'] },
    async steps({ page, language, settled, problems }) {
      await page.getByRole('link', { name: language === 'zh' ? '查看 orders.status' : 'Look at orders.status' }).click();
      await expectAddress(page, 'column=orders.status', 'the column is not in the address', problems);
      await settled(page);
      await expectText(page, language === 'zh' ? '哪些依赖 orders.status' : 'What depends on orders.status', problems);
      await expectText(page, language === 'zh' ? '流失率' : 'Churn rate', problems);
    },
  },
  { name: 'settings', path: '/settings', texts: { zh: ['怎样读这些数字', '工作时间'], en: ['How to read the numbers', 'Business hours'] } },
];
