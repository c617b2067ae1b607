// Asking the server to stop what a session is doing: a request of its own, over a connection of its own.

import { AludelError } from '../../../errors.ts'
import type { Client, Driver } from './driver.ts'

const patience = 5000

/** Resolves when the server has taken the request; the cancelled query fails by itself. */
export async function requestCancel(driver: Driver, client: Client): Promise<void> {
  const { processID, secretKey, host, port, ssl } = client
  if (processID === null || secretKey === null) return
  // A client that never connects lends its wire, with the same certificates.
  const options = {
    connectionString: '',
    application_name: 'aludel',
    connectionTimeoutMillis: patience,
    keepAlive: false,
  }
  const wire = new driver.Client({ ...options, ssl } as typeof options).connection
  await new Promise<void>((resolve, reject) => {
    const giveUp = setTimeout(() => {
      wire.stream.destroy()
      reject(new AludelError('unreachable', 'The server did not take the request to cancel.'))
    }, patience)
    const ask = () => wire.cancel(processID, secretKey)
    wire.once('connect', () => (ssl ? wire.requestSsl() : ask()))
    wire.once('sslconnect', ask)
    wire.once('end', resolve)
    wire.once('error', reject)
    wire.once('end', () => clearTimeout(giveUp))
    if (host.startsWith('/')) wire.connect(`${host}/.s.PGSQL.${port}`)
    else wire.connect(port, host)
  })
}
