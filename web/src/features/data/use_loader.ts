import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState, type Dispatch, type SetStateAction } from 'react';
import { ApiError, failureOf, fetchJson } from '@/shared/api/http';
import { cancelJob, isFinished, startJob, watchJob } from '@/shared/api/jobs';
import type { Job, Upload } from '@/shared/api/types';
import { uploadFile } from '@/shared/api/upload';
import { countOf, draftOf, lookAt, type Seen, type Wishes } from '@/shared/mapping/mapping';
import { useNewest } from '@/shared/mapping/use_newest';
import { newlyChecked, type Checked, type Loader } from './loader';

function asError(error: unknown): ApiError {
  return error instanceof ApiError ? error : failureOf(null, 0);
}

async function look(path: string, wishes: Wishes | null): Promise<Seen> {
  const seen = await lookAt('preview', { files: path, draft: wishes && (draftOf(wishes) ?? '{}') });
  if (seen === null) throw failureOf(null, 0);
  return seen;
}

export interface LoaderActions {
  start: (file: File) => void;
  resume: () => void;
  correct: (wishes: Wishes) => void;
  source: (name: string) => void;
  load: () => void;
  demo: () => void;
  cancel: () => void;
  back: () => void;
  reset: () => void;
}

/** Listens to a job until it ends; then everything that was asked before is asked anew. */
function useJob(set: (change: (loader: Loader) => Loader) => void) {
  const client = useQueryClient();
  const stop = useRef<() => void>(() => {});
  useEffect(() => () => stop.current(), []);
  return useCallback((job: Job, checked: Checked | null) => {
    set(() => ({ stage: 'loading', job, checked, cancelling: false }));
    stop.current();
    stop.current = watchJob(job.id, (heard) => {
      set((loader) => {
        if (loader.stage !== 'loading') return loader;
        return isFinished(heard) ? { stage: 'ended', checked, job: heard } : { ...loader, job: heard };
      });
      if (heard.state === 'done') void client.invalidateQueries();
    });
  }, [client, set]);
}

/** A load that goes on, begun before this page was opened. */
function useRunningJob(follow: (job: Job, checked: null) => void): void {
  useEffect(() => {
    let gone = false;
    void fetchJson<Job[]>('/api/jobs').then((jobs) => {
      const running = jobs.find((job) => !isFinished(job) && (job.command === 'load' || job.command === 'demo'));
      if (running && !gone) follow(running, null);
    }).catch(() => {
      // Without the list the page begins with an empty drop zone.
    });
    return () => { gone = true; };
  }, [follow]);
}

/** The whole mapping where the person said something of it; else the program's own way holds. */
function said({ wishes, start, seen }: Checked): string | undefined {
  return countOf(wishes, start) > 0 ? seen.mapping : undefined;
}

type Set = Dispatch<SetStateAction<Loader>>;

/** Sends a file and looks at it; `stop` gives up what is under way. */
function useSending(set: Set) {
  const sending = useRef<AbortController | null>(null);
  const stop = () => sending.current?.abort();
  useEffect(() => () => sending.current?.abort(), []);

  const lookAt = async (file: File, there: Upload, signal: AbortSignal) => {
    try {
      const seen = await look(there.path, null);
      if (!signal.aborted) set({ stage: 'checking', checked: newlyChecked(file, there, seen) });
    } catch (error) {
      if (!signal.aborted) set({ stage: 'unreadable', file, upload: there, error: asError(error) });
    }
  };

  const send = async (file: File) => {
    stop();
    const control = new AbortController();
    sending.current = control;
    let sent = 0;
    set({ stage: 'uploading', file, sent });
    try {
      const there = await uploadFile(file, (progress) => {
        sent = progress.sent;
        if (!control.signal.aborted) set({ stage: 'uploading', file, sent });
      }, control.signal);
      if (control.signal.aborted) return;
      set({ stage: 'looking', file, upload: there });
      await lookAt(file, there, control.signal);
    } catch (error) {
      if (!control.signal.aborted) set({ stage: 'paused', file, sent, error: asError(error) });
    }
  };
  return { send, stop };
}

/** What the person says of the mapping, looked at again once she pauses. */
function useCorrecting(set: Set) {
  const { ask, forget } = useNewest();
  const change = (part: Partial<Checked>) => set((now) =>
    (now.stage === 'checking' ? { ...now, checked: { ...now.checked, ...part } } : now));
  const correct = (checked: Checked, wishes: Wishes) => {
    change({ wishes, busy: true, error: null });
    ask(() => look(checked.upload.path, wishes), ({ value, error }) => change(error ? { busy: false, error } : { seen: value, busy: false, error: null }));
  };
  return { change, correct, forget };
}

export function useLoader(): [Loader, LoaderActions] {
  const [loader, set] = useState<Loader>({ stage: 'idle', error: null });
  const { send, stop } = useSending(set);
  const { change, correct, forget } = useCorrecting(set);
  const follow = useJob(set);
  useRunningJob(follow);

  const begin = async (command: 'load' | 'demo', checked: Checked | null) => {
    const args = checked === null ? { load: true } : { files: [checked.upload.path], mapping_text: said(checked), source: checked.source };
    try {
      follow(await startJob(command, args), checked);
    } catch (error) {
      if (checked === null) set({ stage: 'idle', error: asError(error) });
      else change({ error: asError(error) });
    }
  };

  const actions: LoaderActions = {
    start: (file) => void send(file),
    resume: () => {
      if (loader.stage === 'paused' || loader.stage === 'unreadable') void send(loader.file);
    },
    correct: (wishes) => {
      if (loader.stage === 'checking') correct(loader.checked, wishes);
    },
    source: (name) => change({ source: name }),
    load: () => {
      if (loader.stage === 'checking') void begin('load', loader.checked);
      if (loader.stage === 'ended') void begin(loader.checked ? 'load' : 'demo', loader.checked);
    },
    demo: () => void begin('demo', null),
    cancel: () => {
      if (loader.stage !== 'loading') return;
      set({ ...loader, cancelling: true });
      void cancelJob(loader.job.id).catch(() => set((now) => (now.stage === 'loading' ? { ...now, cancelling: false } : now)));
    },
    back: () => {
      if (loader.stage === 'ended' && loader.checked) set({ stage: 'checking', checked: loader.checked });
    },
    reset: () => {
      stop();
      forget();
      set({ stage: 'idle', error: null });
    },
  };
  return [loader, actions];
}
