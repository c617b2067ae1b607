// Sums of texts, by which a change is noticed.

import { hash } from 'node:crypto'

/** The sum of a file's text with LF line ends and without a byte order mark. */
export function sourceSum(text: string): string {
  // Nearly every file has neither, and a thousand of them are asked at every start.
  const marked = text.startsWith('\uFEFF') ? text.slice(1) : text
  return textSum(marked.includes('\r') ? marked.replaceAll('\r\n', '\n') : marked)
}

export function textSum(text: string): string {
  return hash('sha256', text)
}
