// Random tests draw the same examples in every run, so that a red run is about the change at hand. Other examples:
// ALUDEL_TEST_SEED=1, or ALUDEL_TEST_SEED=random for new ones each time.

import fc from 'fast-check'

const wanted = process.env.ALUDEL_TEST_SEED ?? '20261123'
if (wanted !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) })
