/** Names and sizes of files as a person reads them. */

const units = ['B', 'KB', 'MB', 'GB'];

export function fileSize(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${size >= 100 || unit === 0 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`;
}

/** The last part of a path, without the mark that tells uploads of one name apart. */
export function shownName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return path.includes('/uploads/') ? name.replace(/^[0-9a-z]+-[0-9a-z]+-(?=.)/, '') : name;
}

/** Old workbooks, pictures and packed folders cannot be read; better said before the upload. */
export function looksReadable(name: string): boolean {
  return !/\.(xlsb?|ods|numbers|pdf|docx?|zip|rar|7z|png|jpe?g)$/i.test(name);
}

/** What the program says of an upload, with the name that the person knows. */
export function withFileName(text: string, upload: { path: string; id: string }, file: { name: string }): string {
  return text.replaceAll(upload.path, file.name).replaceAll(upload.id, file.name);
}
