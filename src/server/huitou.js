/* Huitou's snippet for web pages. Nothing is sent or stored before consent.
   window.huitou = window.huitou || [];
   huitou.push(['init', {key: 'hk_...', consent: true}], ['page']); */
(function (window, document) {
  'use strict';
  var QUEUE = 'huitou.queue', VISITOR = 'huitou.visitor', USER = 'huitou.user', SESSION = 'huitou.session';
  var KEPT = 1000, BATCH = 50, BYTES = 60000, EVERY = 3000, LONGEST = 300000;
  var script = document.currentScript;
  var settings = {}, consent = null, held = [], wait = EVERY, timer = null, sending = false;

  function stored(name) {
    try { return JSON.parse(window.localStorage.getItem(name)); } catch (e) { return null; }
  }
  function store(name, value) {
    try {
      if (value === null) window.localStorage.removeItem(name);
      else window.localStorage.setItem(name, JSON.stringify(value));
    } catch (e) { /* full or forbidden: what is held in memory is sent all the same */ }
  }
  function id() {
    if (window.crypto && window.crypto.randomUUID) return window.crypto.randomUUID();
    var bytes = window.crypto.getRandomValues(new Uint8Array(16));
    return Array.prototype.map.call(bytes, function (b) { return (b + 256).toString(16).slice(1); }).join('');
  }
  function visitor() {
    settings.visitor = settings.visitor || stored(VISITOR) || id();
    store(VISITOR, settings.visitor);
    return settings.visitor;
  }
  /* As long as the tab is open. */
  function session() {
    try {
      settings.session = settings.session || window.sessionStorage.getItem(SESSION) || id();
      window.sessionStorage.setItem(SESSION, settings.session);
    } catch (e) { settings.session = settings.session || id(); }
    return settings.session;
  }
  function address() {
    return (settings.host || script.src.replace(/\/v1\/huitou\.js.*$/, '')) + '/v1/batch';
  }

  function add(event) {
    if (consent === false) return;
    event.messageId = id();
    event.originalTimestamp = new Date().toISOString();
    event.context = {
      page: { path: window.location.pathname, url: window.location.href, title: document.title, referrer: document.referrer },
      locale: window.navigator.language
    };
    var campaign = /[?&]utm_campaign=([^&]*)/.exec(window.location.search);
    if (campaign) event.context.campaign = { name: decodeURIComponent(campaign[1].replace(/\+/g, ' ')) };
    held.push(event);
    if (held.length > KEPT) held.shift();
    if (consent) keep();
  }
  /* Events get their persons when they may be kept, so that nothing is stored before consent. */
  function keep() {
    held.forEach(function (event) {
      if (!event.anonymousId) event.anonymousId = visitor();
      if (!event.context.sessionId) event.context.sessionId = session();
      var user = settings.user || stored(USER);
      if (!event.userId && user) event.userId = user;
    });
    store(QUEUE, held);
    later(wait);
  }
  function later(milliseconds) {
    if (!timer) timer = window.setTimeout(function () { timer = null; flush(); }, milliseconds);
  }
  function body() {
    var batch = held.slice(0, BATCH), text;
    do {
      text = JSON.stringify({ writeKey: settings.key, sentAt: new Date().toISOString(), batch: batch });
    } while (text.length > BYTES && batch.length > 1 && (batch = batch.slice(0, batch.length / 2)));
    return { text: text, size: batch.length };
  }
  /* Taken or refused for good: forgotten. Anything else is sent again, and counted once. */
  function flush() {
    if (!consent || !held.length || sending || !settings.key) return;
    var sent = body();
    sending = true;
    window.fetch(address(), { method: 'POST', body: sent.text, headers: { 'Content-Type': 'text/plain' } })
      .then(function (reply) { return reply.status < 500 && reply.status !== 429; }, function () { return false; })
      .then(function (done) {
        sending = false;
        wait = done ? EVERY : Math.min(wait * 2, LONGEST);
        if (done) {
          held.splice(0, sent.size);
          store(QUEUE, held.length ? held : null);
        }
        if (held.length) later(done ? 0 : wait);
      });
  }
  /* The page goes: what is left is sent once more by the browser, and stays in the queue for the next page. */
  function leave() {
    if (consent && held.length && settings.key && window.navigator.sendBeacon) window.navigator.sendBeacon(address(), body().text);
  }

  var calls = {
    init: function (given) {
      settings.key = given.key;
      settings.host = given.host;
      if (given.consent !== undefined) calls.consent(given.consent);
    },
    consent: function (yes) {
      consent = !!yes;
      if (consent) {
        held = (stored(QUEUE) || []).concat(held);
        if (held.length) keep();
      } else {
        held = [];
        settings.visitor = settings.user = settings.session = null;
        [QUEUE, VISITOR, USER].forEach(function (name) { store(name, null); });
        try { window.sessionStorage.removeItem(SESSION); } catch (e) { /* was never there */ }
      }
    },
    track: function (name, properties) { add({ type: 'track', event: name, properties: properties || {} }); },
    page: function (name, properties) { add({ type: 'page', name: name || document.title, properties: properties || {} }); },
    identify: function (user, traits) {
      settings.user = String(user);
      if (consent) store(USER, settings.user);
      add({ type: 'identify', userId: settings.user, traits: traits || {} });
    },
    group: function (group, traits) { add({ type: 'group', groupId: group, traits: traits || {} }); },
    reset: function () {
      settings.user = settings.visitor = null;
      store(USER, null);
      store(VISITOR, null);
    },
    flush: flush
  };

  function push() {
    for (var i = 0; i < arguments.length; i++) {
      var words = Array.prototype.slice.call(arguments[i]);
      if (calls[words[0]]) calls[words[0]].apply(null, words.slice(1));
    }
  }
  var before = window.huitou || [];
  window.huitou = { push: push };
  Object.keys(calls).forEach(function (name) { window.huitou[name] = calls[name]; });
  push.apply(null, before);
  window.addEventListener('online', function () { wait = EVERY; flush(); });
  document.addEventListener('visibilitychange', function () { if (document.visibilityState === 'hidden') leave(); });
})(window, document);
