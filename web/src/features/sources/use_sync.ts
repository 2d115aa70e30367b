import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, failureOf, fetchJson } from '@/shared/api/http';
import { cancelJob, isFinished, startJob, watchJob } from '@/shared/api/jobs';
import type { Job } from '@/shared/api/types';

const pause = 4000;

export interface Syncing {
  job: Job | null;
  /** It was asked to stop and has not yet. */
  cancelling: boolean;
  error: ApiError | null;
  start: (names: string[]) => void;
  cancel: () => void;
}

function isSync(job: Job): boolean {
  return !isFinished(job) && (job.command === 'sources sync' || job.command === 'sources apply');
}

/** A sync that this page did not begin: by the schedule, on the command line, on another page. */
function useRunning(idle: boolean, follow: (job: Job) => void): void {
  useEffect(() => {
    if (!idle) return undefined;
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      const jobs = await fetchJson<Job[]>('/api/jobs').catch(() => []);
      if (gone) return;
      const running = jobs.find((job) => isSync(job) && job.state === 'running') ?? jobs.find(isSync);
      if (running) follow(running);
      else timer = setTimeout(() => void look(), pause);
    };
    void look();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [idle, follow]);
}

/** Starts a sync, or joins one that runs, and listens to it; once it has ended, everything is asked anew. */
export function useSync(): Syncing {
  const client = useQueryClient();
  const [job, setJob] = useState<Job | null>(null);
  const [cancelling, setCancelling] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const stop = useRef<() => void>(() => {});
  useEffect(() => () => stop.current(), []);
  const follow = useCallback((begun: Job) => {
    setJob(begun);
    setCancelling(false);
    stop.current();
    void client.invalidateQueries({ queryKey: ['ask'], predicate: (query) => String(query.queryKey[2]).startsWith('sources') });
    stop.current = watchJob(begun.id, (heard) => {
      setJob(isFinished(heard) ? null : heard);
      if (!isFinished(heard)) return;
      if (heard.failure && heard.state !== 'cancelled') setError(new ApiError(heard.failure, 0));
      void client.invalidateQueries();
    });
  }, [client]);
  useRunning(job === null, follow);
  const start = useCallback((names: string[]) => {
    setError(null);
    startJob('sources sync', { names }).then(follow).catch((failed: unknown) => setError(failed instanceof ApiError ? failed : failureOf(null, 0)));
  }, [follow]);
  const cancel = () => {
    if (job === null) return;
    setCancelling(true);
    void cancelJob(job.id).catch(() => setCancelling(false));
  };
  return { job, cancelling, error, start, cancel };
}
