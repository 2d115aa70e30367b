import type { ApiError } from '@/shared/api/http';
import type { Job, Upload } from '@/shared/api/types';
import { mayLoad as mayBeLoaded, wishesOf, type Seen, type Wishes } from '@/shared/mapping/mapping';

/** Where a file is on its way into the tables. An error keeps everything that was reached before. */
export type Loader =
  | { stage: 'idle'; error: ApiError | null }
  | { stage: 'uploading'; file: File; sent: number }
  | { stage: 'paused'; file: File; sent: number; error: ApiError }
  | { stage: 'looking'; file: File; upload: Upload }
  | { stage: 'unreadable'; file: File; upload: Upload; error: ApiError }
  | { stage: 'checking'; checked: Checked }
  | { stage: 'loading'; checked: Checked | null; job: Job; cancelling: boolean }
  | { stage: 'ended'; checked: Checked | null; job: Job };

/** A file whose columns are on the screen. */
export interface Checked {
  file: File;
  upload: Upload;
  /** With what the person says. */
  seen: Seen;
  wishes: Wishes;
  /** What she began with: nothing, or a mapping that was written before. */
  start: Wishes;
  source: string;
  /** What was said last is with the program. */
  busy: boolean;
  error: ApiError | null;
}

export function newlyChecked(file: File, upload: Upload, seen: Seen): Checked {
  const start = wishesOf(seen);
  return { file, upload, seen, wishes: start, start, source: file.name, busy: false, error: null };
}

export const steps = ['file', 'check', 'load', 'done'] as const;

export function stepOf(loader: Loader): number {
  switch (loader.stage) {
    case 'checking': return 1;
    case 'loading': return 2;
    case 'ended': return loader.job.state === 'done' ? 3 : 2;
    default: return 0;
  }
}

export function mayLoad(checked: Checked): boolean {
  return !checked.busy && checked.error === null && mayBeLoaded(checked.seen);
}

/** Done part of a job from 0 to 100; null while it is not known. */
export function partOf(job: Job): number | null {
  if (job.total <= 0) return null;
  return Math.min(100, Math.floor((job.done / job.total) * 100));
}
