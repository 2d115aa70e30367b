/** A poster of a survey, in points of A4 at 200 to the inch; A6 is the same at half the width and height. */

export const sheet = { width: 1654, height: 2339 };
export const papers = ['A4', 'A6'] as const;
export type Paper = (typeof papers)[number];

const widths: Record<Paper, number> = { A4: 210, A6: 105 };
const margin = 160;
const codeSide = 900;
/** Light modules around a code, without which phones do not find it. */
const quiet = 4;

export interface Words {
  title: string;
  question: string;
  /** What to do with the code. */
  hint: string;
  /** Which store it hangs in; may be empty. */
  store: string;
  link: string;
}

export interface Line {
  text: string;
  /** Of the line's middle. */
  x: number;
  /** Of the line the letters stand on. */
  y: number;
  size: number;
  bold: boolean;
}

export interface Poster {
  lines: Line[];
  /** Of the first module, and of a module; whole points, so that every edge is sharp. */
  code: { x: number; y: number; module: number };
}

export type Measure = (text: string, size: number, bold: boolean) => number;

interface Block {
  text: string;
  most: number;
  least: number;
  lines: number;
  bold: boolean;
}

/** Words stay whole, Chinese breaks anywhere, and what is wider than the line breaks where it must. */
function piecesOf(text: string): string[] {
  return text.match(/[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]|[^\s\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]+|\s+/gu) ?? [];
}

/** A mark that ends a phrase does not begin a line. */
const neverFirst = /^[，。！？、；：）》」』”’…,.!?;:)]/u;

export function broken(text: string, width: number, wide: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  const put = (piece: string) => {
    if (line !== '' && wide((line + piece).trim()) > width && !neverFirst.test(piece)) {
      lines.push(line.trim());
      line = '';
    }
    line += piece;
  };
  for (const piece of piecesOf(text)) {
    if (wide(piece) <= width) put(piece);
    else Array.from(piece).forEach(put);
  }
  return [...lines, line.trim()].filter((each) => each !== '');
}

/** The largest letters that take at most so many lines; of what is longer still, the end is left out with a sign. */
function fitted(block: Block, measure: Measure): { lines: string[]; size: number } {
  const width = sheet.width - 2 * margin;
  const at = (size: number) => broken(block.text, width, (text) => measure(text, size, block.bold));
  for (let size = block.most; size > block.least; size -= 2) {
    const lines = at(size);
    if (lines.length <= block.lines) return { lines, size };
  }
  const lines = at(block.least);
  if (lines.length <= block.lines) return { lines, size: block.least };
  const last = Array.from(lines[block.lines - 1] ?? '').slice(0, -1).join('');
  return { lines: [...lines.slice(0, block.lines - 1), `${last}…`], size: block.least };
}

/** Title and question above the code, what to do and where below it. `modules`: the code's width in modules. */
export function posterOf(words: Words, modules: number, measure: Measure): Poster {
  const lines: Line[] = [];
  const put = (block: Block, top: number): number => {
    const { lines: texts, size } = fitted(block, measure);
    texts.forEach((text, index) => lines.push({ text, x: sheet.width / 2, y: Math.round(top + size + index * size * 1.3), size, bold: block.bold }));
    return top + texts.length * size * 1.3;
  };
  const module = Math.floor(codeSide / modules);
  const side = module * modules;
  const below = put({ text: words.title, most: 120, least: 60, lines: 2, bold: true }, 170);
  const asked = put({ text: words.question, most: 68, least: 40, lines: 4, bold: false }, below + 40);
  const top = 880;
  const down = Math.max(0, Math.round((top - quiet * module - asked - 40) / 2));
  lines.forEach((line) => { line.y += down; });
  const under = put({ text: words.hint, most: 54, least: 36, lines: 1, bold: false }, top + side + quiet * module);
  const next = put({ text: words.store, most: 64, least: 36, lines: 2, bold: true }, under + 40);
  put({ text: words.link, most: 34, least: 20, lines: 2, bold: false }, Math.max(next + 30, sheet.height - 230));
  return { lines, code: { x: Math.round((sheet.width - side) / 2), y: top, module } };
}

/** How wide the code is on this paper, in millimetres. */
export function codeMillimetres(poster: Poster, modules: number, paper: Paper): number {
  return Math.round((poster.code.module * modules * widths[paper]) / sheet.width);
}

/** From how far a phone reads a code of this width, in centimetres: about ten times as far as it is wide. */
export function reachCentimetres(millimetres: number): number {
  return Math.round(millimetres / 10) * 10;
}

/** A name for the picture that says which survey and store it is of. */
export function pictureName(title: string, store: string): string {
  return `${[title, store].filter(Boolean).join('-').replace(/[\s/\\:*?"<>|]+/g, '_')}.png`;
}
