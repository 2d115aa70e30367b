/** What changed from one sentence to another. */
export interface Piece {
  text: string;
  kind: 'same' | 'gone' | 'new';
}

/** Words of letters, numbers whole, and every other sign alone; a Chinese character is a word. */
function wordsOf(text: string): string[] {
  return text.match(/[\d.,]*\d%?|[A-Za-zÀ-ɏ]+|\s+|./gu) ?? [];
}

/** The longest common row of words, by the table of lengths from each pair of places on. */
function lengths(a: string[], b: string[]): number[][] {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (row: number, column: number) => table[row]?.[column] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      (table[i] as number[])[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return table;
}

const most = 1500;

/** From `before` to `after`; very long ones differ as a whole. */
export function difference(before: string, after: string): Piece[] {
  if (before === after) return [{ text: after, kind: 'same' }];
  const a = wordsOf(before);
  const b = wordsOf(after);
  if (a.length > most || b.length > most) return [{ text: before, kind: 'gone' }, { text: after, kind: 'new' }];
  const table = lengths(a, b);
  const pieces: Piece[] = [];
  const put = (text: string, kind: Piece['kind']) => {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += text;
    else pieces.push({ text, kind });
  };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const down = table[i + 1]?.[j] ?? -1;
    const right = table[i]?.[j + 1] ?? -1;
    if (i < a.length && j < b.length && a[i] === b[j]) {
      put(a[i] as string, 'same');
      i += 1;
      j += 1;
    } else if (i < a.length && (j === b.length || down >= right)) {
      put(a[i] as string, 'gone');
      i += 1;
    } else {
      put(b[j] as string, 'new');
      j += 1;
    }
  }
  return pieces;
}
