// Loaded before the program that is to be hurt: tells each statement as it goes and as it is answered, and kills the program at one of them.
//
// ALUDEL_CHAOS is { "kill": null | { "statement": n, "when": "before" | "after" } }; lines go to file descriptor 3:
// "> n text" as a statement is sent, "< n" as its answer comes.

import { writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Socket } from 'node:net'

const { kill } = JSON.parse(process.env.ALUDEL_CHAOS ?? '{"kill":null}')
let sent = 0

function tell(line) {
  writeSync(3, `${line}\n`)
}

function die() {
  process.kill(process.pid, 'SIGKILL')
  // The signal is on its way: nothing may happen any more.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

function before(text) {
  sent += 1
  if (kill?.statement === sent && kill.when === 'before') die()
  tell(`> ${sent} ${text.replace(/\s+/g, ' ').slice(0, 300)}`)
  return sent
}

function after(number) {
  if (kill?.statement === number && kill.when === 'after') die()
}

/** The statement that a message to a server holds; null for every other message. */
function statementIn(bytes) {
  if (!Buffer.isBuffer(bytes) || bytes.length < 6) return null
  if (bytes[0] === 0x51) return bytes.toString('utf8', 5, bytes.length - 1)
  if (bytes[0] === 0x50 && bytes.readInt32BE(1) <= bytes.length) return bytes.toString('utf8', 6)
  if (bytes[3] === 0 && bytes[4] === 3) return bytes.toString('utf8', 5)
  return null
}

const write = Socket.prototype.write
const open = new WeakMap()
Socket.prototype.write = function (bytes, ...others) {
  const text = this.remotePort === undefined ? null : statementIn(bytes)
  if (text === null) return write.call(this, bytes, ...others)
  // Before the driver's own listener, which sends the next statement as it hears of this one's answer.
  if (!open.has(this)) this.prependListener('data', (answer) => answered(this, answer))
  const number = before(text)
  open.set(this, number)
  const answer = write.call(this, bytes, ...others)
  after(number)
  return answer
}

function answered(socket, bytes) {
  const number = open.get(socket)
  // PostgreSQL says that it is ready in the last six bytes of an answer; the other sends an answer in one piece.
  const isPostgres = bytes.length >= 6 && bytes.readUInt32BE(bytes.length - 5) === 5 && bytes.at(-6) === 0x5a
  const isOther = bytes.length >= 4 && bytes[0] + (bytes[1] << 8) + (bytes[2] << 16) + 4 <= bytes.length
  if (number === null || !(isPostgres || isOther)) return
  tell(`< ${number}`)
  open.set(socket, null)
}

function around(target, name, textOf) {
  const original = target[name]
  target[name] = function (...given) {
    const number = before(textOf(this, given))
    try {
      return original.apply(this, given)
    } finally {
      tell(`< ${number}`)
      after(number)
    }
  }
}

const texts = new WeakMap()
function trapSqlite(database, statement) {
  const prepare = database.prototype.prepare
  database.prototype.prepare = function (sql, ...others) {
    const prepared = prepare.call(this, sql, ...others)
    texts.set(prepared, sql)
    const own = statement ?? Object.getPrototypeOf(prepared)
    if (!texts.has(own)) {
      texts.set(own, '')
      for (const name of ['run', 'all', 'iterate']) around(own, name, (one) => texts.get(one) ?? '')
    }
    return prepared
  }
  around(database.prototype, 'exec', (_, [sql]) => String(sql))
}

const builtIn = process.getBuiltinModule?.('node:sqlite')
if (builtIn !== undefined) trapSqlite(builtIn.DatabaseSync, builtIn.StatementSync.prototype)
const require = createRequire(new URL('../../packages/aludel/package.json', import.meta.url))
trapSqlite(require('libsql'), null)
