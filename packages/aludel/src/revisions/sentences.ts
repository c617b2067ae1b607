// Lists and numbers inside a sentence.

const shown = 6

/** `"a"`, `"a" and "b"`, `"a", "b" and "c"`; a long list ends in how many more there are. */
export function quotedList(names: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  const items = names.map((name) => `"${name}"`)
  if (items.length > shown) items.splice(shown - 1, items.length, `${names.length - shown + 1} more`)
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)}`
}

/** `1 step`, `2 steps`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
