import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'

import { ApiError } from '@/api/client'
import * as api from '@/api/documents'
import type { DocumentState, DocumentStatus } from '@/api/documents'
import { useStatusPolling } from '@/composables/useStatusPolling'

function state(status: DocumentStatus): DocumentState {
  return { id: 'doc_1', status, status_changed_at: '2026-03-09T08:30:15.250Z', run: null }
}

function failure(status: number, retryAfter: number | null = null) {
  return new ApiError(status, { code: 'any', message: 'Any.', field: null, details: [] }, retryAfter)
}

describe('useStatusPolling', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })

  afterEach(() => {
    vi.useRealTimers()
  })

  it.each(['ready', 'failed'] as const)('asks until the document is %s', async (last) => {
    const request = vi
      .spyOn(api, 'getDocumentState')
      .mockResolvedValueOnce(state('queued'))
      .mockResolvedValueOnce(state('processing'))
      .mockResolvedValueOnce(state(last))
    const seen: DocumentStatus[] = []
    const { polling, start } = useStatusPolling(({ status }) => void seen.push(status))

    start('doc_1')
    await vi.advanceTimersByTimeAsync(60_000)

    expect(seen).toEqual(['queued', 'processing', last])
    expect(request).toHaveBeenCalledTimes(3)
    expect(polling.value).toBe(false)
  })

  it('waits longer each time', async () => {
    const request = vi.spyOn(api, 'getDocumentState').mockResolvedValue(state('queued'))
    const { start, stop } = useStatusPolling(() => {})

    start('doc_1')
    await vi.advanceTimersByTimeAsync(1000)
    expect(request).toHaveBeenCalledTimes(2)
    await vi.advanceTimersByTimeAsync(1499)
    expect(request).toHaveBeenCalledTimes(2)
    await vi.advanceTimersByTimeAsync(1)
    expect(request).toHaveBeenCalledTimes(3)
    stop()
  })

  it('waits as long as a throttled answer says', async () => {
    const request = vi
      .spyOn(api, 'getDocumentState')
      .mockRejectedValueOnce(failure(429, 20))
      .mockResolvedValueOnce(state('ready'))
    const { error, start } = useStatusPolling(() => {})

    start('doc_1')
    await vi.advanceTimersByTimeAsync(19_999)
    expect(request).toHaveBeenCalledTimes(1)
    expect(error.value?.status).toBe(429)
    await vi.advanceTimersByTimeAsync(1)
    expect(request).toHaveBeenCalledTimes(2)
    expect(error.value).toBeNull()
  })

  it('gives up when the document is gone', async () => {
    const request = vi.spyOn(api, 'getDocumentState').mockRejectedValue(failure(404))
    const { error, polling, start } = useStatusPolling(() => {})

    start('doc_1')
    await vi.advanceTimersByTimeAsync(60_000)

    expect(request).toHaveBeenCalledTimes(1)
    expect(polling.value).toBe(false)
    expect(error.value?.status).toBe(404)
  })

  it('stops with its scope', async () => {
    const request = vi.spyOn(api, 'getDocumentState').mockResolvedValue(state('processing'))
    const scope = effectScope()
    scope.run(() => useStatusPolling(() => {}).start('doc_1'))
    await vi.advanceTimersByTimeAsync(0)

    scope.stop()
    await vi.advanceTimersByTimeAsync(60_000)

    expect(request).toHaveBeenCalledTimes(1)
  })
})
