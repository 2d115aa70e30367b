// Runs the snippet for web pages in a page of pretence; prints what it stored and sent, for events_test.py.
'use strict';
const fs = require('fs');
const vm = require('vm');

const storage = () => {
  const kept = new Map();
  return { getItem: (k) => (kept.has(k) ? kept.get(k) : null), setItem: (k, v) => kept.set(k, v), removeItem: (k) => kept.delete(k), size: () => kept.size };
};
const sent = [], beacons = [], timers = [];
let online = true;
const window = {
  localStorage: storage(), sessionStorage: storage(), crypto: require('crypto').webcrypto, location: { pathname: '/p', href: 'https://shop/p', search: '?utm_campaign=spring' },
  navigator: { language: 'zh', sendBeacon: (url, text) => beacons.push(JSON.parse(text)) }, setTimeout: (work) => timers.push(work), addEventListener: () => {},
  fetch: (url, request) => { sent.push({ url, body: JSON.parse(request.body) }); return online ? Promise.resolve({ status: 200 }) : Promise.reject(new Error('offline')); },
};
const listeners = {};
const document = { currentScript: { src: 'https://events.shop/v1/huitou.js' }, title: 'Shop', referrer: '', visibilityState: 'hidden', addEventListener: (name, work) => { listeners[name] = work; } };
const settle = async () => { for (let i = 0; i < 5; i++) { await new Promise(setImmediate); for (const work of timers.splice(0)) work(); } };

(async () => {
  const steps = {};
  const note = (name) => { steps[name] = { sent: sent.length, stored: window.localStorage.size() + window.sessionStorage.size() }; };
  window.huitou = [['init', { key: 'hk_1' }], ['page']];
  vm.runInNewContext(fs.readFileSync(process.argv[2], 'utf8'), { window, document, JSON, Array, Object, Uint8Array, Math, Date, String, decodeURIComponent });
  window.huitou.push(['track', 'Seen', { product_id: 'P1' }]);
  await settle();
  note('before consent');
  window.huitou.consent(true);
  await settle();
  note('after consent');
  online = false;
  window.huitou.identify('anna');
  await new Promise(setImmediate);
  timers.splice(0).forEach((work) => work());
  await new Promise(setImmediate);
  steps.waiting = JSON.parse(window.localStorage.getItem('huitou.queue')).length;
  listeners.visibilitychange();
  online = true;
  await settle();
  steps.emptied = window.localStorage.getItem('huitou.queue') === null;
  window.huitou.consent(false);
  window.huitou.track('Not seen');
  await settle();
  note('after refusal');
  process.stdout.write(JSON.stringify({ steps, sent, beacons }));
})();
