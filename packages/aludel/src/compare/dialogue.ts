// Answers as they come: those that were given before, and those of somebody who is asked.

import type { Answer, Answers, Question } from '../diff/questions.ts'

/** Asks somebody; null where this one is left open. */
export type Ask = (question: Question) => Promise<Answer | null>

export interface Dialogue {
  answers(): Answers
  /** Asks until nothing new is found: an answer may lead to other questions, and make some meaningless. */
  about<T extends { readonly questions: readonly Question[] }>(find: (answers: Answers) => T): Promise<T>
}

export function createDialogue(given: Answers, ask: Ask | null): Dialogue {
  const byId: Record<string, Answer> = { ...given.byId }
  const open = new Set<string>()
  const answers = () => ({ ...given, byId: { ...byId } })
  return {
    answers,
    about: async (find) => {
      for (;;) {
        const found = find(answers())
        const next = found.questions.find(({ id }) => !open.has(id))
        if (ask === null || next === undefined) return found
        const answer = await ask(next)
        if (answer === null) open.add(next.id)
        else byId[next.id] = answer
      }
    },
  }
}
