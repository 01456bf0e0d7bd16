import { commands } from '../server/src/cli.ts'

/** docs/reference/cli.md, from the commands themselves. */
export async function cliReference(): Promise<string> {
  const sections: string[] = []
  for (const load of Object.values(commands)) {
    const { name, usage, about } = await load()
    sections.push(`## qiao ${name}\n\n${about}\n\n\`\`\`\n${usage.join('\n')}\n\`\`\`\n`)
  }
  return `# Commands 命令

\`npx qiao COMMAND\`. Exit codes: 0 done; 1 could not, with what to do; 2 asked wrongly; 3 expression refused.
Generated from \`server/src/commands/\`.

${sections.join('\n')}`
}
