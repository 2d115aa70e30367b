import { ApiError, failureOf, fetchJson, postJson } from './http';
import type { Args } from './batch';
import type { Job } from './types';

const finished = new Set(['done', 'failed', 'cancelled']);

export function isFinished(job: Job): boolean {
  return finished.has(job.state);
}

/** Starts a command that changes data. */
export async function startJob(command: string, args: Args): Promise<Job> {
  const { job } = await postJson<{ job: Job }>(`/api/${command.split(' ').join('/')}`, args);
  return job;
}

export function cancelJob(id: string): Promise<unknown> {
  return fetchJson(`/api/jobs/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

/**
 * Tells every step of a job until it has ended. Where the stream of events breaks, the job is asked
 * for each second instead. Returns how to stop listening.
 */
export function watchJob(id: string, tell: (job: Job) => void): () => void {
  const path = `/api/jobs/${encodeURIComponent(id)}`;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const events = new EventSource(`${path}/events`);
  const stop = () => {
    stopped = true;
    events.close();
    clearTimeout(timer);
  };
  const heard = (job: Job) => {
    if (stopped) return;
    tell(job);
    if (isFinished(job)) stop();
  };
  const poll = async () => {
    if (stopped) return;
    try {
      heard(await fetchJson<Job>(path));
    } catch {
      // The program may be starting again; the next round asks once more.
    }
    if (!stopped) timer = setTimeout(() => void poll(), 1000);
  };
  const onEvent = (event: MessageEvent<string>) => heard(JSON.parse(event.data) as Job);
  events.addEventListener('progress', onEvent);
  events.addEventListener('end', onEvent);
  events.addEventListener('error', () => {
    events.close();
    void poll();
  });
  return stop;
}

/** Starts a command and waits for its end. Throws what kept it from being done. */
export async function doJob(command: string, args: Args): Promise<Job> {
  const begun = await startJob(command, args);
  return new Promise((done, failed) => {
    watchJob(begun.id, (job) => {
      if (!isFinished(job)) return;
      if (job.state === 'done') done(job);
      else failed(job.failure ? new ApiError(job.failure, 0) : failureOf(null, 0));
    });
  });
}
