/**
 * Why PostgreSQL gave up, from what it and its tools print: the last line that says so, with the
 * detail below it. Without such a line, the last line.
 */
export function reasonIn(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const at = lines.findLastIndex((line) => /FATAL|PANIC|error:|could not|cannot/i.test(line))
  if (at < 0) return bare(lines.at(-1) ?? 'it said nothing')
  const detail = lines.slice(at + 1).find((line) => /DETAIL: /.test(line))
  return [lines[at] ?? '', detail ?? '']
    .map(bare)
    .filter((part) => part !== '')
    .join('; ')
}

/** Without time, process and level, and without the full stop. */
function bare(line: string): string {
  return line
    .replace(/^.*?(FATAL|PANIC|ERROR|LOG|DETAIL|error): +/, '')
    .trim()
    .replace(/\.$/, '')
}
