import { posterOf, sheet, type Poster, type Words } from './poster';

/** A code as it is drawn: its width in modules, and the dark ones as a path of which a module is one unit. */
export interface Code {
  modules: number;
  path: string;
}

/** The code that a QR component has drawn into this element; null while it has not. */
export function codeIn(element: Element | null): Code | null {
  const svg = element?.querySelector('svg[viewBox]');
  const path = svg?.querySelector('path:last-of-type')?.getAttribute('d');
  const modules = Number(svg?.getAttribute('viewBox')?.split(' ')[2]);
  return path && modules > 0 ? { modules, path } : null;
}

export interface Picture {
  /** PNG as a data address. */
  address: string;
  poster: Poster;
}

/** The poster as a picture; null where the browser cannot draw. */
export function pictureOf(words: Words, code: Code): Picture | null {
  const canvas = document.createElement('canvas');
  canvas.width = sheet.width;
  canvas.height = sheet.height;
  const context = canvas.getContext('2d');
  if (!context) return null;
  const family = getComputedStyle(document.body).fontFamily;
  const font = (size: number, bold: boolean) => `${bold ? 600 : 400} ${size}px ${family}`;
  const poster = posterOf(words, code.modules, (text, size, bold) => {
    context.font = font(size, bold);
    return context.measureText(text).width;
  });
  context.fillStyle = '#fff';
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.fillStyle = '#000';
  context.textAlign = 'center';
  poster.lines.forEach(({ text, x, y, size, bold }) => {
    context.font = font(size, bold);
    context.fillText(text, x, y);
  });
  context.translate(poster.code.x, poster.code.y);
  context.scale(poster.code.module, poster.code.module);
  context.fill(new Path2D(code.path));
  return { address: canvas.toDataURL('image/png'), poster };
}
