import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState, type Dispatch, type SetStateAction } from 'react';
import { ask } from '@/shared/api/batch';
import { ApiError, failureOf, fetchJson } from '@/shared/api/http';
import { cancelJob, isFinished, startJob, watchJob } from '@/shared/api/jobs';
import type { Job, Upload } from '@/shared/api/types';
import { uploadFile, uploadId } from '@/shared/api/upload';
import { newlyChecked, type Checked, type Loader } from './loader';
import { correctedMapping, countOf, seenOf, type Corrections, type Seen } from './mapping';

const quiet = 350;

function asError(error: unknown): ApiError {
  return error instanceof ApiError ? error : failureOf(null, 0);
}

async function look(path: string, mapping: string | null): Promise<Seen> {
  const args = { files: path, mapping };
  const [columns, file] = await Promise.all([
    ask({ command: 'preview', args, lane: 'preview' }),
    ask({ command: 'preview', args: { ...args, part: 'file' }, lane: 'preview' }),
  ]);
  return seenOf(columns, file);
}

/** Puts the corrected mapping beside the upload; the whole text each time. */
async function keepMapping(checked: Checked, corrections: Corrections): Promise<string> {
  const id = encodeURIComponent(`${uploadId(checked.file)}.corrected.yaml`);
  const body = correctedMapping(checked.guessed, corrections);
  const kept = await fetchJson<Upload>(`/api/uploads/${id}?offset=0`, {
    method: 'PUT', body, headers: { 'content-type': 'application/octet-stream' },
  });
  return kept.path;
}

export interface LoaderActions {
  start: (file: File) => void;
  resume: () => void;
  correct: (corrections: Corrections) => void;
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

/** Corrections of the mapping: looked at again once the person pauses; only the newest answer counts. */
function useCorrecting(set: Set) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const round = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);

  const change = (part: Partial<Checked>) => set((now) =>
    (now.stage === 'checking' ? { ...now, checked: { ...now.checked, ...part } } : now));

  const check = async (checked: Checked, corrections: Corrections, mine: number) => {
    try {
      const mapping = countOf(corrections) === 0 ? null : await keepMapping(checked, corrections);
      const seen = mapping === null ? checked.guessed : await look(checked.upload.path, mapping);
      if (mine === round.current) change({ seen, mapping, busy: false, error: null });
    } catch (error) {
      if (mine === round.current) change({ busy: false, error: asError(error) });
    }
  };

  const forget = () => {
    round.current += 1;
    clearTimeout(timer.current);
  };
  const correct = (checked: Checked, corrections: Corrections) => {
    forget();
    const mine = round.current;
    change({ corrections, busy: true, error: null });
    timer.current = setTimeout(() => void check(checked, corrections, mine), quiet);
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
    const args = checked === null ? { load: true } : { files: [checked.upload.path], mapping: checked.mapping, source: checked.source };
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
    correct: (corrections) => {
      if (loader.stage === 'checking') correct(loader.checked, corrections);
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
