import { ref } from 'vue'

import { ApiError } from '@/api/client'

export function useAction() {
  const busy = ref(false)
  const error = ref<ApiError | null>(null)

  async function run(action: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    error.value = null
    try {
      await action()
      return true
    } catch (problem) {
      if (!(problem instanceof ApiError)) throw problem
      error.value = problem
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, error, run }
}
