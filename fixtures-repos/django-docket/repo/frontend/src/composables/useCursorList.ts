import { ref, shallowRef } from 'vue'

import type { Page, PageQuery } from '@/api/client'

type FetchPage<T, F> = (query: F & PageQuery, signal: AbortSignal) => Promise<Page<T>>

export function useCursorList<T, F extends object>(fetchPage: FetchPage<T, F>) {
  const items = shallowRef<T[]>([])
  const next = ref<string | null>(null)
  const loading = ref(false)

  let filters: F | null = null
  let pending: AbortController | null = null

  async function request(query: F & PageQuery, accept: (page: Page<T>) => void) {
    pending?.abort()
    const controller = new AbortController()
    pending = controller
    loading.value = true
    try {
      const page = await fetchPage(query, controller.signal)
      if (controller.signal.aborted) return
      accept(page)
      next.value = page.page.next
    } catch (error) {
      if (!controller.signal.aborted) throw error
    } finally {
      if (pending === controller) loading.value = false
    }
  }

  async function load(wanted: F) {
    filters = wanted
    await request(wanted, (page) => {
      items.value = page.items
    })
  }

  async function loadMore() {
    if (!filters || !next.value || loading.value) return
    await request({ ...filters, cursor: next.value }, (page) => {
      items.value = [...items.value, ...page.items]
    })
  }

  return { items, next, loading, load, loadMore }
}
