export const qualityEn = {
  title: 'Quality', subtitle: 'How good the orders are, what that does to the figures, and what to take out of them.',
  check: 'Check the data', again: 'Check again', checking: 'Checking: {{stage}} {{done}} of {{total}}', waiting: 'Waiting for another job', failed: 'Nothing was changed',
  score: {
    title: 'Score', subtitle: '100 less the points that each rule costs', of: 'of 100', orders: '{{orders}} orders, checked {{at}}', best: 'No rule was broken.', stale: 'The data changed since then: check again.', lost: 'Most points are lost by “{{rule}}”: {{points}}.',
    never: 'Not checked yet', never_hint: 'A check looks at all orders with every rule. It changes no figure.', course: 'Earlier checks', before: '{{score}} on {{at}}',
  },
  rules: {
    title: 'Rules', subtitle: 'What breaks them, and how the repurchase rate would be without it', severity: 'Severity', rule: 'Rule', rows: 'Rows', share: 'Share', lost: 'Points lost', effect: 'Repurchase rate', advice: 'Advice', details: 'Details',
    show: 'Details of: {{rule}}', hide: 'Hide details of: {{rule}}', all: 'All rules', broken: 'Broken rules', none: 'No rule is broken', none_hint: 'Every order keeps all of them.', which: 'Which rules are shown',
  },
  severity: { error: 'Error', warning: 'Warning', info: 'Note' },
  advice: { keep: 'Keep', fix: 'Correct', quarantine: 'Quarantine' },
  detail: {
    customer: 'Customer {{id}}', metric: 'Metric', value: 'As it is', without: 'Without these orders', change: 'Change', rows: 'Rows, newest first', key: 'Key', day: 'Day', amount: 'Value', quarantine_one: 'Quarantine {{count}} order', quarantine_other: 'Quarantine {{count}} orders',
    sure: 'Take these orders out of every figure?', sure_text: 'They are kept aside and can be released at any time.', no_effect: 'This rule flags no orders, so it has no effect of its own on a figure.', one: 'Quarantine order {{key}}', yes: 'Quarantine', no: 'Not now',
  },
  status: { created: 'Created', paid: 'Paid', delivered: 'Delivered', cancelled: 'Cancelled', refunded: 'Refunded' },
  fix: {
    do: 'Correct', one: 'Correct order {{key}}', title: 'Correct order {{key}}', yes: 'Correct', keep: 'as it is', nobody: 'Nobody', ordered_at: 'Time', status: 'Status', customer: 'Customer', gross: 'Gross', discount: 'Discount', refund: 'Refund', reason: 'Reason',
    hint: 'Fill in only what is wrong. The order counts as corrected, also after it is loaded again, and can be released at any time. Times are in the shop\'s time zone.', customer_hint: 'any key, or nobody',
    none: 'This order does not count now', none_hint: 'It may be under quarantine, or gone since the last check.',
  },
  aside: {
    title: 'Set aside', subtitle: 'These orders count in no figure, or as corrected; here they are as they came', none: 'No order is set aside', none_hint: 'What you put under quarantine is listed here and can be released.', order: 'Order', day: 'Day', net: 'Net as it came', decision: 'Decision',
    why: 'Rule', who: 'By', release: 'Release', release_one: 'Release order {{key}}', all: 'Release all', sure: 'Bring all these orders back as they came?', quarantine: 'Quarantined', fix: 'Corrected', hand: 'By hand',
  },
};
