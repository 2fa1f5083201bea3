import { getCurrentScope, onScopeDispose, ref } from 'vue'

import { ApiError } from '@/api/client'
import { getDocumentState, isSettled, type DocumentState } from '@/api/documents'

const FIRST_DELAY = 1000
const LONGEST_DELAY = 10000
const GROWTH = 1.5

export function useStatusPolling(onState: (state: DocumentState) => void | Promise<void>) {
  const polling = ref(false)
  const error = ref<ApiError | null>(null)

  let controller: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function stop() {
    controller?.abort()
    controller = null
    clearTimeout(timer)
    polling.value = false
  }

  function start(documentId: string) {
    stop()
    controller = new AbortController()
    polling.value = true
    error.value = null
    void poll(documentId, FIRST_DELAY, controller.signal)
  }

  async function poll(documentId: string, delay: number, signal: AbortSignal) {
    let wait = delay
    try {
      const state = await getDocumentState(documentId, signal)
      if (signal.aborted) return
      await onState(state)
      if (signal.aborted) return
      error.value = null
      if (isSettled(state.status)) return stop()
    } catch (problem) {
      if (signal.aborted) return
      if (!(problem instanceof ApiError)) {
        stop()
        throw problem
      }
      error.value = problem
      if (!isTemporary(problem)) return stop()
      if (problem.retryAfter) wait = Math.max(wait, problem.retryAfter * 1000)
    }
    const following = Math.min(delay * GROWTH, LONGEST_DELAY)
    timer = setTimeout(() => void poll(documentId, following, signal), wait)
  }

  if (getCurrentScope()) onScopeDispose(stop)

  return { polling, error, start, stop }
}

function isTemporary(error: ApiError): boolean {
  return error.status === 0 || error.status === 429 || error.status >= 500
}
