// Time that only goes forward.

/**
 * Milliseconds since some moment. The same as `performance.now()`, whose module takes longer to load than most of what is
 * timed: for what runs at every start.
 */
export function milliseconds(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
