export const identityEn = {
  title: 'One customer', subtitle: 'Accounts that share a phone, an address or another key count as one person. See why, and take apart what does not belong together.',
  look: 'Look up', placeholder: 'Member number, phone, e-mail or another key', start: 'Whom do you look for?', start_hint: 'Give any key of a customer: all accounts of the person are shown, with the key that joined each.', working: 'Working: accounts and orders are put where they belong',
  person: {
    page: 'All that is known of this person', title: 'Accounts of this person', subtitle: 'Each with its keys and the orders that came with it', none: 'Nobody has this key', none_hint: 'Try a member number, phone number or e-mail address.', only: 'the only account', first: 'the oldest account: the person has its number',
    joined: 'is the same person as {{member}} by {{kind}} {{key}}, since', orders: 'Orders', split: 'Split', split_one: 'Split off by {{key}}', no: 'Not now', sure_key: 'Shall {{key}} join nobody any more? Orders go back to their accounts.', sure_account: 'Shall {{key}} be a customer alone? Its orders go with it.',
  },
  kind: { member: 'Member number', unionid: 'unionid', openid: 'openid', phone: 'Phone', email: 'E-mail', device: 'Device', cookie: 'Browser' },
  state: { own: 'nobody else has it', joined: 'joined', joins: 'joins accounts', agrees: 'shared by the accounts', shared: 'others have it too: joins nobody', stopped: 'on the stop-list', alone: 'stays alone' },
  stops: {
    title: 'Stop-list', subtitle: 'Keys that join nobody', none: 'No key was stopped in this shop', common_one: '{{count}} number or address that people invent is stopped in every shop.', common_other: '{{count}} numbers and addresses that people invent are stopped in every shop.', kind: 'Kind', key: 'Key', reason: 'Reason', at: 'Since', remove: 'Remove',
    remove_one: 'Let {{key}} join again', split: 'A person was taken apart',
  },
};
