const BEGIN = '<!-- npm run grader-report -- --write -->'
const END = '<!-- end of the grader report -->'

/** The README with this report in place of the one that it has. Throws where the two marks are not there. */
export function inReadme(readme: string, table: string): string {
  const [from, to] = [readme.indexOf(BEGIN), readme.indexOf(END)]
  if (from === -1 || to < from) {
    throw new Error(`README.md needs a line ${BEGIN} and a line ${END}.`)
  }
  return `${readme.slice(0, from + BEGIN.length)}\n${table}\n${readme.slice(to)}`
}
