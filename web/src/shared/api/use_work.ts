import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from './http';
import { isFinished, startJob, watchJob } from './jobs';
import type { Args } from './batch';
import type { Job } from './types';

export interface Work {
  /** What runs now; null is nothing. */
  job: Job | null;
  error: ApiError | null;
  start: (command: string, args: Args) => void;
}

function asError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const text = error instanceof Error ? error.message : String(error);
  return new ApiError({ code: 'unavailable', message: text, hint: '', message_zh: text, hint_zh: '' }, 0);
}

/** One job of this page at a time; everything is asked again when it has ended. */
export function useWork(): Work {
  const client = useQueryClient();
  const [job, setJob] = useState<Job | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);
  const start = useCallback((command: string, args: Args) => {
    setError(null);
    void startJob(command, args).then((first) => {
      setJob(first);
      stop.current = watchJob(first.id, (heard) => {
        if (!isFinished(heard)) {
          setJob(heard);
          return;
        }
        setJob(null);
        if (heard.failure) setError(new ApiError(heard.failure, 0));
        void client.invalidateQueries();
      });
    }).catch((reason: unknown) => setError(asError(reason)));
  }, [client]);
  return { job, error, start };
}
