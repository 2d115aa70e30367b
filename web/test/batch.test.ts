import { afterEach, describe, expect, it, vi } from 'vitest';
import { ask, cleanArgs } from '@/shared/api/batch';
import { ApiError } from '@/shared/api/http';

const answer = { columns: [], rows: [], notes: [], view: 'table', currency: '' };
const failure = { error: { code: 'invalid_input', message: 'no', hint: '', message_zh: '不', hint_zh: '' } };

function server(entries: (body: { command: string }[]) => unknown, status = 200) {
  const bodies: { command: string; args: object }[][] = [];
  vi.stubGlobal('fetch', vi.fn((_: string, init: RequestInit) => {
    const body = JSON.parse(String(init.body)) as { command: string; args: object }[];
    bodies.push(body);
    return Promise.resolve(new Response(JSON.stringify(entries(body)), { status, headers: { 'content-type': 'application/json' } }));
  }));
  return bodies;
}

afterEach(() => { vi.unstubAllGlobals(); });

describe('questions of one moment', () => {
  it('travel together, each lane by itself, and find their own answers', async () => {
    const bodies = server((body) => body.map(({ command }) => ({ ...answer, currency: command })));
    const answers = await Promise.all([
      ask({ command: 'first', args: { b: 1, a: '' }, lane: 'cards' }), ask({ command: 'slow', args: {}, lane: 'analysis' }),
      ask({ command: 'second', args: {}, lane: 'cards' }),
    ]);
    expect(answers.map(({ currency }) => currency)).toEqual(['first', 'slow', 'second']);
    expect(bodies.map((body) => body.map(({ command }) => command))).toEqual([['first', 'second'], ['slow']]);
    expect(bodies[0]?.[0]?.args).toEqual({ b: 1 });
  });

  it('are sent in order of their first question', async () => {
    const bodies = server((body) => body.map(() => answer));
    await Promise.all([ask({ command: 'cards', args: {}, lane: 'cards' }), ask({ command: 'rest', args: {}, lane: 'rest' })]);
    expect(bodies.map((body) => body[0]?.command)).toEqual(['cards', 'rest']);
  });

  it('fail one by one', async () => {
    server((body) => body.map(({ command }) => (command === 'bad' ? failure : answer)));
    const [good, bad] = await Promise.allSettled([ask({ command: 'good', args: {} }), ask({ command: 'bad', args: {} })]);
    expect(good.status).toBe('fulfilled');
    expect(bad.status === 'rejected' && (bad.reason as ApiError).failure.message).toBe('no');
  });

  it('are taken back once nobody waits for any of them', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    vi.stubGlobal('fetch', vi.fn((_: string, init: RequestInit) => {
      signals.push(init.signal ?? undefined);
      return new Promise((_resolve, reject) => {
        init.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
      });
    }));
    const [one, two] = [new AbortController(), new AbortController()];
    const all = Promise.allSettled([ask({ command: 'a', args: {} }, one.signal), ask({ command: 'b', args: {} }, two.signal)]);
    void ask({ command: 'kept', args: {}, lane: 'kept' });
    await vi.waitFor(() => expect(signals).toHaveLength(2));
    one.abort();
    expect(signals[0]?.aborted).toBe(false);
    two.abort();
    expect(signals[0]?.aborted).toBe(true);
    expect(signals[1]).toBeUndefined();
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('fail together where the request fails', async () => {
    server(() => failure, 503);
    const all = await Promise.allSettled([ask({ command: 'one', args: {} }), ask({ command: 'two', args: {} })]);
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('are cut into batches that the program takes', async () => {
    const bodies = server((body) => body.map(() => answer));
    await Promise.all(Array.from({ length: 41 }, (_, index) => ask({ command: `c${index}`, args: {} })));
    expect(bodies.map((body) => body.length)).toEqual([40, 1]);
  });
});

describe('arguments', () => {
  it('leave out what is not set, in one order', () => {
    expect(JSON.stringify(cleanArgs({ to: '2', from: '1', by: null, filter: [], days: 0, all: false, text: '' })))
      .toBe('{"all":false,"days":0,"from":"1","to":"2"}');
  });
});
