import { asNumber, asText, columnIndex } from '@/shared/api/answer';
import type { Answer, Note, Sentence } from '@/shared/api/types';

export const tables = ['orders', 'lines', 'order_lines', 'customers', 'products', 'stores'] as const;

/** What one column of a file was taken for. */
export interface ColumnGuess {
  column: string;
  field: string;
  confidence: number;
  samples: string[];
  reasons: Sentence;
}

export interface Seen {
  columns: ColumnGuess[];
  table: string;
  encoding: string;
  bytes: number;
  rows: number;
  /** The mapping as the program wrote it. */
  mapping: string;
  summary: Sentence;
  notes: Note[];
}

/** What a person said instead: the meaning of columns by their place, and of a row. */
export interface Corrections {
  fields: Record<number, string>;
  table: string | null;
}

export const noCorrections: Corrections = { fields: {}, table: null };

export function columnsOf(answer: Answer): ColumnGuess[] {
  const at = (name: string) => columnIndex(answer, name);
  const places = {
    column: at('column'), field: at('field'), confidence: at('confidence'), samples: at('samples'), en: at('reasons_en'), zh: at('reasons_zh'),
  };
  return answer.rows.map((row) => ({
    column: asText(row[places.column]),
    field: asText(row[places.field]),
    confidence: asNumber(row[places.confidence]) ?? 0,
    samples: asText(row[places.samples]).split(' | ').filter((sample) => sample !== ''),
    reasons: { en: asText(row[places.en]), zh: asText(row[places.zh]) },
  }));
}

/** Of `preview` with its parts `columns` and `file`. */
export function seenOf(columns: Answer, file: Answer): Seen {
  const facts = new Map(file.rows.map((row) => [asText(row[0]), asText(row[1])]));
  const summary = file.notes.find((note) => note.code === 'understood');
  return {
    columns: columnsOf(columns),
    table: facts.get('table') ?? 'orders',
    encoding: facts.get('encoding') ?? '',
    bytes: Number(facts.get('file_bytes') ?? 0),
    rows: Number(facts.get('estimated_rows') ?? 0),
    mapping: facts.get('mapping') ?? '',
    summary: { en: summary?.en ?? '', zh: summary?.zh ?? '' },
    notes: file.notes.filter((note) => note.code !== 'understood'),
  };
}

export function fieldAt(seen: Seen, corrections: Corrections, place: number): string {
  return corrections.fields[place] ?? seen.columns[place]?.field ?? 'ignore';
}

/** Gives a column a meaning; the column that had it until now is not used any more. */
export function correct(seen: Seen, corrections: Corrections, place: number, field: string): Corrections {
  const fields = { ...corrections.fields };
  const set = (which: number, meaning: string) => {
    if (seen.columns[which]?.field === meaning) delete fields[which];
    else fields[which] = meaning;
  };
  if (field !== 'ignore') {
    seen.columns.forEach((_, other) => {
      if (other !== place && fieldAt(seen, corrections, other) === field) set(other, 'ignore');
    });
  }
  set(place, field);
  return { ...corrections, fields };
}

export function countOf(corrections: Corrections): number {
  return Object.keys(corrections.fields).length + (corrections.table === null ? 0 : 1);
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/\t/g, '\\t').replace(/[\r\n]/g, '\\n')}"`;
}

/** The program's mapping with the lines of corrected columns written anew; formats of the others stay. */
export function correctedMapping(seen: Seen, corrections: Corrections): string {
  const lines = seen.mapping.split('\n');
  const start = lines.indexOf('columns:') + 1;
  const head = lines.slice(0, start).map((line) =>
    line.startsWith('table:') && corrections.table !== null ? `table: ${corrections.table}` : line);
  const columns = seen.columns.map((column, place) => {
    const field = corrections.fields[place];
    return field === undefined ? (lines[start + place] ?? '') : `  ${quoted(column.column)}: ${field}`;
  });
  return `${[...head, ...columns].join('\n')}\n`;
}

export type Level = 'high' | 'middle' | 'low' | 'none' | 'yours';

export function levelOf(guess: ColumnGuess, changed: boolean): Level {
  if (changed) return 'yours';
  if (guess.field === 'ignore') return 'none';
  if (guess.confidence >= 0.8) return 'high';
  return guess.confidence >= 0.6 ? 'middle' : 'low';
}
