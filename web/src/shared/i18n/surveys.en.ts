export const surveysEn = {
  title: 'Surveys', subtitle: 'Ask customers by a link that opens on the phone, and see who answers. Answers count in the NPS analysis seconds later.',
  list: 'Surveys', list_hint: 'The newest first; the link is open to anybody', none: 'No survey yet', none_hint: 'Make one below: a title is enough.',
  answers: 'Answers', sent: 'Personal links', opened: 'Opened', rate: 'Response rate', closed: 'closed', close: 'Close', close_one: 'Close {{title}}', sure: 'Close “{{title}}”? Its links take no more answers.', keep: 'Keep open',
  copy: 'Copy', copied: 'Copied', copy_of: 'Copy the link of {{title}}', link_of: 'Link of {{title}}', kind: { nps: 'NPS, 0 to 10', csat: 'CSAT, 1 to 5' },
  results: 'Results: {{title}}', in_analysis: 'All answers in the NPS analysis', no_answers: 'No answers yet', no_answers_hint: 'Send the link, or export personal links for a segment on the command line: huitou surveys links.',
  make: 'New survey', make_hint: 'A text in one language stands for both; an empty question is the usual one.', make_act: 'Make the survey',
  field: {
    title: 'Title (English)', title_zh: 'Title (Chinese)', kind: 'Kind', question: 'Question (English)', question_zh: 'Question (Chinese)', comment: 'Also ask for a text (English)', comment_zh: 'Also ask for a text (Chinese)',
    days: 'Days a link is good', address: 'Address for customers', by: 'Made by',
  },
  example: {
    title: 'Your visit', title_zh: '您的到店体验', question: 'How likely are you to recommend us to a friend?', question_zh: '您有多大可能把我们推荐给朋友？', comment: 'What is the main reason?', comment_zh: '主要原因是什么？',
    days: 'empty: always', address: 'https://ask.example.cn', by: 'Li',
  },
};
