import { ApiError, fetchJson } from './http';
import type { Upload } from './types';

const partBytes = 4 * 1024 * 1024;
const mostRetries = 5;

/** Letters, digits, dot, dash, underscore and Chinese characters stay; the size tells two files apart. */
export function uploadId(file: { name: string; size: number; lastModified: number }): string {
  const name = file.name.replace(/[^A-Za-z0-9._\-\u4e00-\u9fff]/g, '_').slice(-80);
  return `${(file.lastModified % 1e9).toString(36)}-${file.size.toString(36)}-${name}`;
}

export interface UploadProgress {
  sent: number;
  total: number;
}

async function alreadyThere(path: string, signal: AbortSignal): Promise<Upload | null> {
  try {
    return await fetchJson<Upload>(path, { signal });
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => { setTimeout(done, milliseconds); });
}

/** Sends a file in parts. What the program already has is not sent again, so a broken upload goes on. */
export async function uploadFile(
  file: File, tell: (progress: UploadProgress) => void, signal: AbortSignal,
): Promise<Upload> {
  const path = `/api/uploads/${encodeURIComponent(uploadId(file))}`;
  let there = await alreadyThere(path, signal);
  let offset = there?.size ?? 0;
  let failures = 0;
  tell({ sent: offset, total: file.size });
  while (offset < file.size || there === null) {
    const part = file.slice(offset, offset + partBytes);
    try {
      there = await fetchJson<Upload>(`${path}?offset=${offset}`, {
        method: 'PUT', body: part, signal, headers: { 'content-type': 'application/octet-stream' },
      });
      offset = there.size;
      failures = 0;
    } catch (error) {
      const mayPass = error instanceof ApiError && (error.status === 0 || error.status === 409 || error.status >= 500);
      if (!mayPass || ++failures > mostRetries) throw error;
      await pause(300 * 2 ** failures);
      there = await alreadyThere(path, signal);
      offset = there?.size ?? 0;
    }
    tell({ sent: offset, total: file.size });
  }
  return there;
}
