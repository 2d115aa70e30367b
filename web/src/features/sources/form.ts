import { asText, cellAt } from '@/shared/api/answer';
import type { Args } from '@/shared/api/batch';
import type { Answer, Param, SourceKind } from '@/shared/api/types';

/** A source as a person describes it. Secrets are those that she types now; kept ones are never here. */
export interface SourceForm {
  name: string;
  kind: string;
  settings: Record<string, string[]>;
  secrets: Record<string, string>;
  schedule: string;
  system: string;
  enabled: boolean;
}

export const emptyForm: SourceForm = { name: '', kind: 'files', settings: {}, secrets: {}, schedule: 'manual', system: '', enabled: true };

/** What `sources show --part settings` tells of a source that is there. */
export interface Described {
  form: SourceForm;
  /** Settings whose secret is kept. */
  kept: string[];
  /** As it was described, and as the last load obeyed it; empty: guessed. */
  mapping: string;
  obeyed: string;
}

export function describedOf(name: string, answer: Answer): Described {
  const out: Described = { form: { ...emptyForm, name, settings: {} }, kept: [], mapping: '', obeyed: '' };
  answer.rows.forEach((_, row) => {
    const text = (column: string) => asText(cellAt(answer, row, column));
    const value = text('value');
    switch (text('item')) {
      case 'kind': out.form.kind = value; break;
      case 'schedule': out.form.schedule = value; break;
      case 'enabled': out.form.enabled = value === 'true'; break;
      case 'system': out.form.system = value; break;
      case 'set': out.form.settings[text('name')] = [...(out.form.settings[text('name')] ?? []), value]; break;
      case 'secret': out.kept.push(text('name')); break;
      case 'mapping': out.mapping = value; break;
      case 'obeyed': out.obeyed = value; break;
      default:
    }
  });
  return out;
}

function pairs(values: Record<string, string[]>): string[] {
  return Object.entries(values).flatMap(([name, each]) => each.map((value) => value.trim()).filter((value) => value !== '').map((value) => `${name}=${value}`));
}

/** What `sources look` and `sources add` take: where the rows are. */
export function whereArgs(form: SourceForm): Args {
  return {
    name: form.name.trim(), kind: form.kind, system: form.system.trim(), set: pairs(form.settings),
    secret: Object.entries(form.secrets).filter(([, value]) => value !== '').map(([name, value]) => `${name}=${value}`),
  };
}

/** Params that must be given and are not. A secret may be kept already, or be none. */
export function lackingParams(form: SourceForm, kind: SourceKind): Param[] {
  return kind.params.filter((param) => param.required && !kind.secrets.includes(param.name) && pairs({ [param.name]: form.settings[param.name] ?? [] }).length === 0);
}

/** What decides over a source comes first; what has a good value already is folded away. */
export function sortedParams(kind: SourceKind): { first: Param[]; more: Param[] } {
  return { first: kind.params.filter((param) => param.default === ''), more: kind.params.filter((param) => param.default !== '') };
}

/** The names that the program takes. */
export function isName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$/.test(name.trim());
}

export interface Timing {
  kind: 'manual' | 'every' | 'daily';
  count: number;
  unit: 'm' | 'h' | 'd';
  time: string;
}

export function timingOf(schedule: string): Timing {
  const every = /^(?:every )?(\d+)([mhd])$/.exec(schedule);
  if (every) return { kind: 'every', count: Number(every[1]), unit: every[2] as Timing['unit'], time: '03:30' };
  const daily = /^daily (\d{2}:\d{2})$/.exec(schedule);
  return { kind: daily ? 'daily' : 'manual', count: 15, unit: 'm', time: daily?.[1] ?? '03:30' };
}

export function scheduleOf({ kind, count, unit, time }: Timing): string {
  if (kind === 'every') return `every ${count}${unit}`;
  return kind === 'daily' ? `daily ${time}` : 'manual';
}
