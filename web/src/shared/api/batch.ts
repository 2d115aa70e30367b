import { ApiError, failureOf, postJson } from './http';
import type { Answer } from './types';

export type ArgValue = string | number | boolean | string[] | null | undefined;
export type Args = Record<string, ArgValue>;

export interface CommandRequest {
  command: string;
  args: Args;
  /** Requests of one lane travel together; a slow analysis does not hold up the cards. */
  lane?: string;
  /** Nobody waits for it any more once another question has taken its place: it is taken back. */
  abandon?: boolean;
}

interface Waiting {
  request: CommandRequest;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
  signal?: AbortSignal;
}

const lanes = new Map<string, Waiting[]>();
const largestBatch = 40;

/** Without what is not set, so that equal questions are equal texts. */
export function cleanArgs(args: Args): Args {
  const kept = Object.entries(args).filter(
    ([, value]) => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
}

type Entry = Answer | { error: ApiError['failure'] };

/** Aborted once every one of those who wait has turned away. */
function commonSignal(waiting: Waiting[]): AbortSignal | undefined {
  if (waiting.some((each) => each.signal === undefined)) return undefined;
  const all = new AbortController();
  const look = () => { if (waiting.every((each) => each.signal?.aborted)) all.abort(); };
  waiting.forEach((each) => each.signal?.addEventListener('abort', look));
  look();
  return all.signal;
}

async function send(waiting: Waiting[]): Promise<void> {
  try {
    const body = waiting.map(({ request }) => ({ command: request.command, args: cleanArgs(request.args) }));
    const entries = await postJson<Entry[]>('/api/batch', body, commonSignal(waiting));
    waiting.forEach((each, index) => {
      const entry = entries[index];
      if (entry && 'columns' in entry) each.resolve(entry);
      else each.reject(failureOf(entry, 200));
    });
  } catch (error) {
    waiting.forEach((each) => each.reject(error));
  }
}

function flush(lane: string): void {
  const all = lanes.get(lane) ?? [];
  lanes.delete(lane);
  for (let start = 0; start < all.length; start += largestBatch) {
    void send(all.slice(start, start + largestBatch));
  }
}

/** Asks one command; requests made in the same moment go out as one, which `signal` takes back. */
export function ask(request: CommandRequest, signal?: AbortSignal): Promise<Answer> {
  const lane = request.lane ?? 'main';
  return new Promise((resolve, reject) => {
    const waiting = lanes.get(lane);
    if (waiting) {
      waiting.push({ request, resolve, reject, signal });
      return;
    }
    lanes.set(lane, [{ request, resolve, reject, signal }]);
    setTimeout(() => flush(lane), 0);
  });
}
