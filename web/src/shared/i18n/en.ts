import { dataEn } from './data.en';
import { lineageEn } from './lineage.en';
import { mappingEn } from './mapping.en';
import { sourcesEn } from './sources.en';
import { customersEn } from './customers.en';
import { surveysEn } from './surveys.en';
import { formsEn } from './forms.en';
import { segmentsEn } from './segments.en';
import { identityEn } from './identity.en';
import { qualityEn } from './quality.en';
import { reasonsEn } from './reasons.en';

export const en = {
  brand: { name: 'Huitou', line: 'Repurchase analytics', promise: 'Every number can say what it means.' },
  nav: {
    label: 'Main navigation', overview: 'Overview', metrics: 'Metrics', definitions: 'Definitions', analyses: 'Analyses', customers: 'Customers', segments: 'Segments', data: 'Data', quality: 'Quality', lineage: 'Lineage', identity: 'Identity', sources: 'Sources', forms: 'Forms', surveys: 'Surveys', settings: 'Settings',
    open: 'Open menu', skip: 'Skip to content', crumbs: 'Where you are',
  },
  language: { label: 'Language' },
  fresh: { until: 'Data to {{last}} · {{orders}} orders', none: 'No data yet', title: 'Since {{first}}, data version {{version}}' },
  locked: {
    title: 'Come in with the token', text: 'When it starts, the program (huitou serve) prints a full address that holds a token. Open that address; this browser will remember it.',
  },
  period: {
    '12m': 'Last 12 full months', '90d': 'Last 90 days', '30d': 'Last 30 days', '7d': 'Last 7 days', this_month: 'This month', last_month: 'Last month',
    this_year: 'This year', all: 'All time', custom: 'Custom', from: 'From', to: 'To', apply: 'Use this period', hint: 'Counted back from {{last}}, the last day of the data.',
  },
  granularity: { auto: 'Automatic', day: 'By day', week: 'By week', month: 'By month', quarter: 'By quarter', year: 'By year' },
  granularity_by: { day: 'A point for each day', week: 'A point for each week (from Monday)', month: 'A point for each month', quarter: 'A point for each quarter', year: 'A point for each year' },
  compare: { none: 'No comparison', previous_period: 'vs previous period', same_period_last_year: 'vs last year' },
  status: { net: 'Net orders', paid: 'Paid orders', delivered: 'Completed orders', all: 'All orders' },
  status_hint: {
    net: 'Without cancelled and fully refunded orders; amounts after refunds.', paid: 'Orders that were paid, even if refunded later; amounts as paid.',
    delivered: 'Completed orders only; amounts as paid.', all: 'Every order, unpaid and cancelled ones too.',
  },
  filter: { title: 'How to look at the numbers', open: 'Filters and rules', done: 'Show results', granularity: 'Granularity', compare: 'Comparison', status: 'Which orders count',
    definition: 'Repurchase rate on the overview', channel: 'Channel', store_key: 'Store', region: 'Region', all: 'All', nothing: 'Nothing to choose in this period', remove: 'Remove {{value}}',
  },
  definition: {
    repurchase_rate: 'Repurchase rate', repurchase_rate_by_day: 'Repurchase rate by day', repeat_order_share: 'Repeat order share',
    returning_customer_rate: 'Returning customer rate', next_period_repurchase_rate: 'Next-period repurchase', repeat_amount_share: 'Repeat amount share',
  },
  definition_hint: {
    repurchase_rate: 'Customers with 2 or more orders in the period ÷ customers with any', repurchase_rate_by_day: 'Customers with orders on 2 or more days ÷ customers with any',
    repeat_order_share: '(orders − buyers) ÷ orders', returning_customer_rate: 'Buyers who bought before, or twice in the period ÷ buyers',
    next_period_repurchase_rate: 'Buyers who buy again in the next period ÷ buyers', repeat_amount_share: 'Amount of second and later orders ÷ amount',
  },
  figure: { none: 'no data', interval: '95% confidence interval' },
  delta: {
    against: { previous_period: 'vs previous period', same_period_last_year: 'vs last year', none: '' },
    nothing: { previous_period: 'Nothing to compare: no previous period', same_period_last_year: 'Nothing to compare: no last year', none: '' },
    better: 'better', worse: 'worse', same: 'unchanged',
  },
  headline: {
    hundred: '{{period}}: {{hundred}} of every 100 buyers came back to buy again.', rate: '{{period}}: {{title}} is {{value}}.', nothing: '{{period}}: no orders to calculate from.', waiting: '{{period}}: calculating …',
    up: 'Up {{text}}', down: 'Down {{text}}', same: 'Unchanged', better: ' and getting better.', worse: ' and needs attention.',
  },
  headline_note: {
    net: 'Exactly {{value}} of {{base}} buyers; net orders: without cancelled and fully refunded ones.', paid: 'Exactly {{value}} of {{base}} buyers; paid orders.',
    delivered: 'Exactly {{value}} of {{base}} buyers; completed orders only.', all: 'Exactly {{value}} of {{base}} buyers; all orders.',
  },
  step: {
    title: 'What to do next',
    win_back: { verb: 'Win back first', why: '“{{name}}” have been away {{days}} on average, {{late}} later than the median gap ({{median}}); they brought {{amount}} of the amount.' },
    second_order: { verb: 'Bring the next order', why: '“{{name}}” are {{share}} of customers but {{amount}} of the amount; last seen {{days}} ago on average, still within the window to return.' },
    keep: { verb: 'Keep', why: '“{{name}}” are only {{share}} of customers and bring {{amount}} of the amount.' },
    look_at_rate: { verb: 'Look at the rate', why: 'It was {{before}} in the comparison period. Open it to see which channel or store is falling.' },
  },
  kpi: { title: 'Key figures', meaning: '{{title}}: meaning and formula', open: 'Open {{title}}', course: 'Course of {{title}}', per_order: 'Per order', target: 'Target', reached: 'reached', missed: 'not reached' },
  trend: { window: 'each point looks at its own span only', title: '{{title}} over time', before: 'Comparison' },
  buyers: { title: 'New and returning buyers', subtitle: 'First-ever buyers, and those who bought before and came again', new: 'New', returning: 'Returning' },
  cohort: { title: 'Retention after the first order', subtitle: 'Of those who first bought in a month, who buys again so many months later; grey dots are not over yet' },
  heat: { base: 'Customers', all: 'Weighted mean', immature: 'Not over yet, so nothing is said', nobody: 'Nobody was there, so nothing is said' },
  interval: {
    title: 'How long until they return', subtitle: 'Share who bought again within so many days; those still waiting are accounted for', returned: 'Bought again',
    median: 'Half are back within {{days}}', no_median: 'Fewer than half came back while observed, so there is no median gap.',
  },
  segments: { title: 'Segments and what to do', subtitle: 'By last order, number and amount of orders (RFM); green: share of customers, orange: share of amount', customers: 'customers', amount: 'of amount' },
  panel: { chart: 'Chart', table: 'Table', explain: 'Definition and query', open: 'Open', more: 'Show more ({{left}} rows left)' },
  state: {
    loading: 'Calculating', empty: 'Nothing here yet', empty_hint: 'No orders match this period and these filters. Widen the period or drop a filter.', not_enough: 'Not enough data',
    retry: 'Try again', stale: 'This is the result of {{time}}; the update failed:',
  },
  empty: { no_orders: 'There are no orders yet. Drop in an export of orders and see the repurchase rate seconds later.', load: 'Load a file of orders' },
  explain: { title: 'How {{title}} is calculated' },
  metrics: {
    title: 'Metrics', subtitle: '{{count}} metrics: one word, one formula. Open one for its course, breakdown and definition.', search: 'Search: repurchase, AOV, churn…',
    nothing: 'There is no metric called “{{text}}”.', group: { repurchase: 'Repurchase', rhythm: 'Gaps and one-time customers', customers: 'Customers', value: 'Amounts and orders', other: 'Other' },
  },
  metric: {
    back: 'Back to metrics', unknown: 'There is no metric called “{{name}}”.', definitions: 'Compare definitions', total: 'This period', course: 'Over time', breakdown: 'Breakdown',
    breakdown_note: 'Each one looks at its own orders only', by: 'Break down by', before: 'Comparison:', switches: 'Switches',
  },
  definitions: {
    title: 'Definitions side by side', subtitle: 'The same period and the same orders under every definition of the repurchase rate, and why they differ.', panel: 'Every definition of repurchase rate',
    note: 'Numerator and denominator are shown, so nobody has to argue.', definition: 'Definition', switches: 'Rules', value: 'Value', fraction: 'Numerator / denominator', merged: 'days merged', every_status: 'Show all ways to count orders', one_status: 'Show the chosen one only',
  },
  analyses: { title: 'Analyses', subtitle: 'Each one answers a question.' },
  analysis: { unknown: 'There is no analysis called “{{name}}”.', back: 'Back to analyses', params: 'Parameters', as_segments: 'Make a segment of a list', as_segments_hint: 'Opens the rule that counts the same customers; there it can be looked at, changed and saved.' },
  choice: {
    active: 'Everyone active in it', events: 'Events', refunds: 'Refunds', product: 'Product',
    A: 'Class A', B: 'Class B', C: 'Class C',
    answers: 'Every answer', latest: 'The last of each customer', tickets: 'Tickets', complaints: 'Complaints', surveys: 'Survey answers', promoters: 'NPS answers 9 and 10', detractors: 'NPS answers 0 to 6', reason: 'Reason', store: 'Store',
    classic: 'Five bins, classic', rfm_0_3: 'Five bins, as rfm 0.3', eight: 'Eight segments (2×2×2)', rules: 'Own rules', mean: 'Mean', median: 'Median',
    score_mean: 'Mean of scores', score_median: 'Median of scores', segment: 'Segments', cell: 'R × F grid', cuts: 'Cut points', week: 'Week', month: 'Month',
    quarter: 'Quarter', customers: 'Customers', orders: 'Orders', amount: 'Amount', in: 'In that period', on_or_after: 'Then or later', curve: 'Curve',
    summary: 'Quartiles', gaps: 'Distribution of gaps', every: 'Every purchase', first: 'First purchase only', day: 'Day', top: 'A few shares', abc: 'Classes A, B and C', units: 'Units',
    category: 'Category', channel: 'Channel', monday: 'Monday', sunday: 'Sunday',
    products: 'Products', margin: 'Margin', quantity: 'Units', classes: 'Classes A, B and C', list: 'One by one', all: 'All',
    quadrants: 'Quadrants', groups: 'High and low repurchase, edge of loss', recency: 'Days since the last order', own: 'Own', states: 'States', better: 'Whichever did better', individual: 'Single customers', accounts: 'Accounts that add up',
    shop: "By the shop's own level", none: 'No list', dependent: 'Dependent on discounts', mixed: 'Mixed', full_price: 'Full price', too_few: 'Too few orders',
    clusters: 'Clusters', choice: 'How good each number is', business: 'In business hours', wall: 'By the clock on the wall', k_means: 'k-means', mixture: 'Gaussian mixture', matrix: 'Matrix', moves: 'The moves', each: "Each instant's own cut points", start: 'Those of the first instant',
  },
  fact: {
    engine: 'Engine', replicas: 'Replicas up', time_zone: 'Time zone', currency: 'Currency', week_start: 'Weeks begin on', data_version: 'Data version', first_order_on: 'First order', last_order_on: 'Last order',
    customers_rows: 'Customers', identities_rows: 'Customer keys', orders_rows: 'Orders', order_lines_rows: 'Order lines', products_rows: 'Products', stores_rows: 'Stores', findings_rows: 'Findings', events_rows: 'Events', tickets_rows: 'Service tickets', surveys_rows: 'Survey answers',
  },
  data: dataEn,
  sources: sourcesEn,
  customers: customersEn,
  forms: formsEn,
  surveys: surveysEn,
  segmenting: segmentsEn,
  reasons: reasonsEn,
  identity: identityEn,
  quality: qualityEn,
  lineage: lineageEn, mapping: mappingEn,
  settings: { title: 'Settings', subtitle: 'What this shop runs on, and how to read the numbers.', state: 'State', read: 'How to read the numbers', version: 'Huitou {{version}}',
    stages: {
      title: 'Stages of customers', subtitle: 'Analyses, rules and customer pages use the same.', save: 'Save', saving: 'Saving …', suggest: 'Suggest from the gaps between orders',
      suggest_subtitle: 'Of those who come back within a year, 75% do so while active, 95% before they are lost.', use: 'Use these days',
      limit: 'Stage', now: 'Now', back: 'Back by then', suggested: 'Suggested', share: 'Share meant', active_days: 'Active', sleeping_days: 'Sleeping',
    },
    hours: {
      title: 'Business hours', subtitle: 'First reply and closing of tickets are counted in these hours, in the time zone of the shop.', closed: 'closed',
      mon: 'Monday', tue: 'Tuesday', wed: 'Wednesday', thu: 'Thursday', fri: 'Friday', sat: 'Saturday', sun: 'Sunday',
      holidays: 'Holidays, one line each', holidays_example: '2026-10-01..2026-10-07', workdays: 'Working days and half days, one line each',
      workdays_example: '2026-10-10 9:00-18:00', clear: 'Count by the clock on the wall',
      none: 'No business hours yet', example: 'Write 9:00-12:00,13:30-18:00 beside a day; a day left empty is closed.', begin: 'Set business hours',
    },
  },
  reading: {
    truth: { term: 'Definitions', text: 'The i beside a number shows formula, switches and query.' }, nothing: { term: '— and 0', text: 'Nothing is a dash; 0 is only shown where it really is zero.' },
    period: { term: 'Time', text: 'Presets count back from the last day of the data; a window that is not over yet says nothing.' },
    status: { term: 'Which orders', text: 'Net by default: without cancelled and fully refunded orders.' },
    interval: { term: 'Intervals', text: 'The range beside a rate is its 95% interval; where two overlap a lot, do not conclude yet.' },
  },
};

export type Texts = typeof en;
