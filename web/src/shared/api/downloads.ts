import { postJson } from './http';
import type { Download } from './types';

/** A place where a job may write a file of this name, for this browser to take. */
export function beginDownload(name: string): Promise<Download> {
  return postJson<Download>(`/api/downloads/${encodeURIComponent(name)}`, {});
}

export function downloadAddress({ id }: Download): string {
  return `/api/downloads/${encodeURIComponent(id)}`;
}
