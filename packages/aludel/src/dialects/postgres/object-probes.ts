// What makes an object under another name beside everything, and what prints it there.

import type { TableName } from '../../schema/model.ts'
import type { Policy, SchemaObject } from '../../schema/object-model.ts'
import { rawSql } from '../../schema/sql.ts'
import { plainText, textNamed } from './heads.ts'
import { literal, qualified, quote, quoteAll, withoutParentheses, written } from './literal.ts'
import { reenterable } from './reenter.ts'

export interface ObjectProbe {
  readonly statements: readonly string[]
  /** Gives one text. */
  readonly question: string
  /** What is compared of it. */
  text(printed: string): string
}

/** The name under which all texts are compared. */
const common = 'x'

/** What is compared of an object. */
export function textOf(object: SchemaObject): string {
  switch (object.kind) {
    case 'view':
    case 'materializedView':
      return plainText(object.query)
    case 'function':
    case 'trigger':
      return textNamed(plainText(object.text), common)
    case 'defined':
      return textNamed(plainText(object.text), common)
    case 'policy':
      return conditionsOf(object)
    default:
      return ''
  }
}

const apart = '\u0001'

function conditionsOf({ using, check }: Policy): string {
  return [using, check].map((one) => (one === null ? '' : withoutParentheses(written(one)))).join(apart)
}

/** The object with what is compared of it in the place of its own. */
export function withTextOf(object: SchemaObject, text: string): SchemaObject {
  const own = { all: rawSql(text) }
  switch (object.kind) {
    case 'view':
    case 'materializedView':
      return { ...object, query: own }
    case 'function':
    case 'trigger':
    case 'defined':
      return { ...object, text: own }
    case 'policy': {
      const [using = '', check = ''] = text.split(apart)
      return { ...object, using: using === '' ? null : rawSql(using), check: check === '' ? null : rawSql(check) }
    }
    default:
      return object
  }
}

const withoutEnd = (text: string) => reenterable(text.trim().replace(/;$/, '').trimEnd())
const commonly = (text: string) => textNamed(withoutEnd(text), common)
const exactly = (text: string) => textNamed(text.trim(), common)

/** Null for what is compared as it is written. */
export function probeOf(object: SchemaObject, label: string): ObjectProbe | null {
  switch (object.kind) {
    case 'view':
    case 'materializedView': {
      const columns = object.kind === 'view' && object.columns !== null ? ` (${quoteAll(object.columns)})` : ''
      return {
        statements: [`CREATE TEMPORARY VIEW ${label}${columns} AS ${plainText(object.query)}`],
        question: `SELECT pg_get_viewdef('pg_temp.${label}'::regclass) AS text`,
        text: withoutEnd,
      }
    }
    case 'function':
      if (object.routine === 'aggregate') return null
      return {
        statements: [textNamed(plainText(object.text), `pg_temp.${label}`)],
        question: `SELECT pg_get_functiondef(p.oid) AS text FROM pg_proc p
          WHERE p.pronamespace = pg_my_temp_schema() AND p.proname = '${label}'`,
        text: exactly,
      }
    case 'trigger':
      return onCopy(object.table, plainText(object.text), label, {
        question: `SELECT pg_get_triggerdef(t.oid, true) AS text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
          WHERE c.relnamespace = pg_my_temp_schema() AND t.tgname = '${label}'`,
        text: commonly,
      })
    case 'defined':
      return definedProbe(object.type, object.table, plainText(object.text), label)
    case 'policy':
      return policyProbe(object, label)
    default:
      return null
  }
}

type Reading = Pick<ObjectProbe, 'question' | 'text'>

function definedProbe(type: string, table: TableName | null, text: string, label: string): ObjectProbe | null {
  if (type !== 'rule' || table === null) return null
  return onCopy(table, text, label, {
    question: `SELECT pg_get_ruledef(r.oid, true) AS text FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
      WHERE c.relnamespace = pg_my_temp_schema() AND r.rulename = '${label}'`,
    text: commonly,
  })
}

/** A table of the same name and columns takes its place for whatever names it. */
function copyOf(table: TableName, isView: boolean): string {
  const [own, there] = [quote(table.name), qualified(table)]
  return isView
    ? `CREATE TEMPORARY VIEW ${own} AS SELECT * FROM ${there}`
    : `CREATE TEMPORARY TABLE ${own} (LIKE ${there})`
}

function onCopy(table: TableName, text: string, label: string, reading: Reading): ObjectProbe {
  const isView = /\bINSTEAD\s+OF\b/i.test(text)
  return { statements: [copyOf(table, isView), textNamed(text, label, table)], ...reading }
}

function policyProbe(policy: Policy, label: string): ObjectProbe {
  const { table, command, using, check } = policy
  const clauses = [
    ...(command === 'all' ? [] : [`FOR ${command.toUpperCase()}`]),
    ...(using === null ? [] : [`USING (${written(using)}\n)`]),
    ...(check === null ? [] : [`WITH CHECK (${written(check)}\n)`]),
  ]
  return {
    statements: [copyOf(table, false), `CREATE POLICY ${label} ON pg_temp.${quote(table.name)} ${clauses.join(' ')}`],
    question: `SELECT coalesce(pg_get_expr(p.polqual, p.polrelid), '') || ${literal(apart)} || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') AS text
      FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = pg_my_temp_schema() AND p.polname = '${label}'`,
    text: (printed) =>
      printed
        .split(apart)
        .map((one) => reenterable(withoutParentheses(one)))
        .join(apart),
  }
}
