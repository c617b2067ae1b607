/** Merge forum */
import type { Operations } from 'aludel'

export const revision = 'd5b8e1943f06'
export const downRevision = ['5f27b9c8e143', '6c4e20f8b7a1']
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-03-16T14:00:00Z'

export function upgrade(_op: Operations) {}

export function downgrade(_op: Operations) {}
