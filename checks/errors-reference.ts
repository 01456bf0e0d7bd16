import { problemCatalogue } from '../server/src/problem-catalogue.ts'

/** docs/reference/errors.md: every code an answer may carry. */
export function errorsReference(): string {
  const rows = Object.entries(problemCatalogue)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([code, { status, title, remedy }]) => `| \`${code}\` | ${status} | ${title} | ${remedy} |`,
    )
  return `# Error codes 错误码

Failures are \`application/problem+json\` (RFC 9457) with \`code\`, \`title\`, \`status\`, \`detail\`, \`requestId\` and, for
input, \`errors: [{path, message}]\`. Codes stay as they are. Generated from each feature's \`problems.ts\`.

| code | status | title | what to do |
| --- | --- | --- | --- |
${rows.join('\n')}
`
}
