// What MariaDB takes for a sequence where nothing is said, told by nothing being said.

import type { Sequence } from '../../schema/object-model.ts'
import { wholeNumber } from './constants.ts'

const greatest = 9223372036854775806n
const least = -9223372036854775807n
const usualCache = 1000n

type Numbers = Pick<Sequence, 'start' | 'increment' | 'minValue' | 'maxValue' | 'cache'>

export function plainNumbers({ start, increment, minValue, maxValue, cache }: Numbers): Numbers {
  const [lowest, highest] = increment < 0 ? [least, -1n] : [1n, greatest]
  const unless = (value: number | bigint | null, usual: bigint) =>
    value === null || BigInt(value) === usual ? null : wholeNumber(BigInt(value))
  return {
    start: wholeNumber(BigInt(start)),
    increment: wholeNumber(BigInt(increment)),
    minValue: unless(minValue, lowest),
    maxValue: unless(maxValue, highest),
    cache: unless(cache, usualCache),
  }
}
