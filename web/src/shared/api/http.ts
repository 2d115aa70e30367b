import type { Failure } from './types';

/** What the program answered instead of an answer; it carries both languages. */
export class ApiError extends Error {
  constructor(readonly failure: Failure['error'], readonly status: number) {
    super(failure.message);
    this.name = 'ApiError';
  }
}

export function unreachable(): ApiError {
  return new ApiError(
    {
      code: 'unavailable',
      message: 'The program cannot be reached.',
      hint: 'Check that huitou serve is running, then try again.',
      message_zh: '连不上程序。',
      hint_zh: '请确认 huitou serve 正在运行，然后重试。',
    },
    0,
  );
}

function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'error' in value
    && typeof (value as { error: unknown }).error === 'object';
}

export function failureOf(body: unknown, status: number): ApiError {
  if (isFailure(body)) return new ApiError(body.error, status);
  const text = `The program answered with HTTP ${status}.`;
  return new ApiError(
    { code: 'engine_failed', message: text, hint: '', message_zh: `程序返回 HTTP ${status}。`, hint_zh: '' },
    status,
  );
}

async function answered(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw unreachable();
  }
}

/** JSON of a 2xx answer; anything else is thrown as ApiError. */
export async function fetchJson<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await answered(path, init);
  const text = await response.text();
  let body: unknown = null;
  try {
    body = text === '' ? null : JSON.parse(text);
  } catch {
    throw failureOf(null, response.status);
  }
  if (!response.ok || isFailure(body)) throw failureOf(body, response.status);
  return body as T;
}

export function postJson<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return fetchJson<T>(path, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal,
  });
}
