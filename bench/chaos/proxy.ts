// A wire between a program and a server, which can be cut.

import { createServer, connect as dial, type Socket } from 'node:net'

export interface Proxy {
  /** The address of the server, through the wire. */
  url(server: string): string
  /** Ends every connection that goes through, on both sides, without a word. */
  cut(): void
  close(): Promise<void>
}

export async function startProxy(server: string): Promise<Proxy> {
  const target = new URL(server)
  const ends = new Set<Socket>()
  const listener = createServer((near) => {
    const far = dial(Number(target.port), target.hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(one)
      one.setNoDelay(true)
      one.pipe(other)
      one.on('error', () => undefined)
      one.on('close', () => {
        ends.delete(one)
        other.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  const port = address === null || typeof address === 'string' ? '' : String(address.port)
  return {
    url: (url) => {
      const through = new URL(url)
      through.port = port
      return through.href
    },
    cut: () => {
      for (const socket of ends) socket.resetAndDestroy()
    },
    close: () => new Promise((resolve) => listener.close(() => resolve())),
  }
}
