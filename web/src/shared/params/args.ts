import type { Args } from '@/shared/api/batch';
import type { Param } from '@/shared/api/types';

/** Parameters that the screen's own period and filters already answer. */
export const ofTheScreen = {
  metric: new Set([
    'metric', 'from', 'to', 'by', 'group_by', 'filter', 'status', 'compare', 'as_of', 'explain', 'definitions', 'language',
  ]),
  analysis: new Set(['from', 'to', 'status', 'as_of', 'filter', 'with_rule']),
};

export function ownParams(kind: keyof typeof ofTheScreen, params: Param[]): Param[] {
  return params.filter((param) => !ofTheScreen[kind].has(param.name) && param.type !== 'file');
}

const prefix = 'arg.';

/** A value fits its parameter: the same checks as the program's, so that a bad link does no harm. */
export function fits(param: Param, value: string): boolean {
  switch (param.type) {
    case 'choice': return param.choices.includes(value);
    case 'boolean': return value === 'true' || value === 'false';
    case 'date': return /^\d{4}-\d{2}-\d{2}$/.test(value);
    case 'integer':
    case 'number': {
      const number = Number(value);
      if (value.trim() === '' || !Number.isFinite(number)) return false;
      if (param.type === 'integer' && !Number.isInteger(number)) return false;
      return (param.at_least === null || number >= param.at_least) && (param.at_most === null || number <= param.at_most);
    }
    default: return value.length <= 2000;
  }
}

/** Arguments in the address, as `arg.days=30`. Those that are not valid are left out. */
export function readArgs(search: URLSearchParams, params: Param[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const param of params) {
    const value = search.get(prefix + param.name);
    if (value !== null && value !== '' && fits(param, value)) found[param.name] = value;
  }
  return found;
}

export function writeArg(search: URLSearchParams, param: Param, value: string): void {
  if (value === '' || value === param.default) search.delete(prefix + param.name);
  else search.set(prefix + param.name, value);
}

/** As the program takes them: numbers as numbers, true and false as such. */
export function toArgs(values: Record<string, string>, params: Param[]): Args {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => {
    const type = params.find((param) => param.name === name)?.type;
    if (type === 'integer' || type === 'number') return [name, Number(value)];
    return [name, type === 'boolean' ? value === 'true' : value];
  }));
}
