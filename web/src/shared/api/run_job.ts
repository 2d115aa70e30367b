import { ApiError, unreachable } from './http';
import { isFinished, startJob, watchJob } from './jobs';
import type { Args } from './batch';
import type { Answer } from './types';

/** A command that changes data, to its end: the answer, or an ApiError. */
export async function runJob(command: string, args: Args): Promise<Answer> {
  const first = await startJob(command, args);
  return new Promise((resolve, reject) => {
    watchJob(first.id, (job) => {
      if (!isFinished(job)) return;
      if (job.answer) resolve(job.answer);
      else reject(job.failure ? new ApiError(job.failure, 0) : unreachable());
    });
  });
}

export function asApiError(reason: unknown): ApiError {
  if (reason instanceof ApiError) return reason;
  const text = reason instanceof Error ? reason.message : String(reason);
  return new ApiError({ code: 'unavailable', message: text, hint: '', message_zh: text, hint_zh: '' }, 0);
}
