export const surveysEn = {
  title: 'Surveys', subtitle: 'Ask customers by a link that opens on the phone, and see who answers. Answers count in the NPS analysis seconds later.',
  list: 'Surveys', list_hint: 'The newest first; the link is open to anybody', none: 'No survey yet', none_hint: 'Make one below: a title is enough.',
  answers: 'Answers', sent: 'Personal links', opened: 'Opened', rate: 'Response rate', closed: 'closed', close: 'Close', close_one: 'Close {{title}}', sure: 'Close “{{title}}”? Its links take no more answers.', keep: 'Keep open',
  copy: 'Copy', copied: 'Copied', copy_of: 'Copy the link of {{title}}', link_of: 'Link of {{title}}', kind: { nps: 'NPS, 0 to 10', csat: 'CSAT, 1 to 5' },
  results: 'Results: {{title}}', in_analysis: 'All answers in the NPS analysis', no_answers: 'No answers yet', no_answers_hint: 'Send the link, hang up its QR code, or make personal links for a segment.',
  no_address: 'This survey was made without an address for customers: its links begin with {{origin}}, where phones outside may not come in. Make one with the address that your web server passes on.',
  channel: { sms: 'SMS', email: 'E-mail', wecom: 'WeCom' },
  poster: {
    act: 'QR code', one: 'QR code of {{title}}', title: 'QR code: {{title}}', store: 'Store its answers name', store_none: 'None: one code for all', channel: 'Channel its answers name', channel_example: 'poster, receipt', shown: 'What the poster calls the store', shown_example: 'such as: Nanjing Road store',
    make: 'Make the code of this place', old: 'This place has a code of its own: make it first.', scan: 'Scan with your phone to answer', alt: 'Poster: {{title}}. {{question}} The code leads to {{link}}',
    paper: 'Paper', paper_A4: 'A4, wall or door', paper_A6: 'A6, table or till', width: 'The code is {{width}} mm wide; a phone reads it from about {{reach}} cm.', print: 'Print', save: 'Save as a picture',
  },
  ask: {
    no_address: 'This survey was made without an address for customers: its links in the list are only /q/…, and the address of your web server has to be put before them.',
    act: 'Ask a segment', one: 'Ask a segment with {{title}}', title: 'Personal links: {{title}}', what: 'Every customer gets a link of their own, so an answer is known to be theirs and the response rate can be told. The list goes to your SMS, e-mail or WeCom tool.',
    segment: 'Segment', pick: 'Choose a segment', everyone: 'All customers', other_segment: 'Somebody else?', no_segment: 'No segment is saved yet.', to_segments: 'Make a segment', channel: 'Channel', first: 'Choose a segment to see how many of it can be asked.',
    count: { fitting: 'In the segment', without_consent: 'Did not agree to the channel', without_address: 'Without an address or member number', customers: 'Can be asked' },
    nobody_fits: 'Nobody is in this segment now', nobody_fits_hint: 'Choose another segment.', nobody: 'Nobody in it can be asked by {{channel}}', nobody_hint: 'Only customers who agreed to a channel and can be reached there are asked. Choose another channel, or bring their consent in first.',
    by: 'Who takes the list', make_one: 'Make the list of {{count, number}} link', make_other: 'Make the list of {{count, number}} links', done_one: 'The list of {{count, number}} customer is ready.', done_other: 'The list of {{count, number}} customers is ready.', done_hint: 'It is entry {{entry}} in the book of exports; the file can be taken for a day.', download: 'Download the list',
  },
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
