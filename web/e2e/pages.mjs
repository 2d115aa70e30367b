// What must be seen on each page. `steps` act on the page like a person would.

async function expectText(page, text, problems) {
  const found = await page.getByText(text, { exact: false }).first().isVisible().catch(() => false);
  if (!found) problems.push(`"${text}" did not appear`);
}

export const pages = [
  {
    name: 'overview', path: '/',
    texts: { zh: ['近 12 个整月', '接下来做什么', '复购率', '客单价', '流失率'], en: ['Last 12 full months', 'What to do next', 'Repurchase rate', 'Churn rate'] },
    async steps({ page, language, size, problems }) {
      if (size !== 'narrow') return;
      await page.getByRole('button', { name: language === 'zh' ? '打开菜单' : 'Open menu' }).click();
      const entry = page.getByRole('dialog').getByText(language === 'zh' ? '口径对照' : 'Definitions');
      await entry.waitFor({ timeout: 5000 }).catch(() => problems.push('the menu does not open'));
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
      await settled(page);
      if (!page.url().includes('period=last_month')) problems.push('the period is not in the address');
      await page.goBack();
      await settled(page);
      if (!page.url().includes('period=90d')) problems.push('the back button does not bring the period back');
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
      if ((await page.locator('.answer-table tbody tr').count()) < 2) problems.push('the chart has no table');
    },
  },
  { name: 'definitions', path: '/definitions', texts: { zh: ['口径对照', '净额口径'], en: ['Definitions side by side', 'Net orders'] } },
  { name: 'analyses', path: '/analyses', texts: { zh: ['分析'], en: ['Analyses'] } },
  { name: 'rfm', path: '/analyses/rfm', texts: { zh: ['参数'], en: ['Parameters'] } },
  { name: 'cohorts', path: '/analyses/cohort_retention', texts: { zh: ['加权平均'], en: ['Weighted mean'] } },
  { name: 'interval', path: '/analyses/repurchase_interval', texts: { zh: ['参数'], en: ['Parameters'] } },
  { name: 'data', path: '/data', texts: { zh: ['数据', '把文件拖到这里'], en: ['Drop a file here'] } },
  { name: 'settings', path: '/settings', texts: { zh: ['怎样读这些数字'], en: ['How to read the numbers'] } },
];
