export const reasonsEn = {
  hers: 'this person:', unknown: 'not known', in: 'In the segment', out: 'Not in the segment', one_missing: 'One thing keeps this person out:', more_missing: '{{count}} things keep this person out:',
  must_not: 'should not hold: {{text}}', tree: 'The rule, part by part', not_known: 'Not a customer yet', not_known_hint: 'Registered, or ordered first, after the days that are counted.',
};
